"""Records packed into columns, so that millions of pairs can be weighed a second."""

from matching.packing.records import Packed, pack

__all__ = ["Packed", "pack"]
