"""The dates: last contact, death and recovery, packed."""

from matching.packing.days.comparison import Days

__all__ = ["Days"]
