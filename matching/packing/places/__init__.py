"""The places of last contact and of recovery, packed."""

from matching.packing.places.comparison import Places

__all__ = ["Places"]
