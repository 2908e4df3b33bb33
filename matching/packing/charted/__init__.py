"""Dental charts of both sides, laid together."""

from matching.packing.charted.comparison import Charts

__all__ = ["Charts"]
