"""The dates: last contact, death and recovery, packed."""

from matching.packing.days.comparison import Days, curves_take

__all__ = ["Days", "curves_take"]
