"""Lists of things both sides name: marks, and clothing with belongings."""

from matching.packing.things.evidence import Clothes, Marks

__all__ = ["Clothes", "Marks"]
