"""Kinds that speak only where both sides name the same rare thing, or nearly the same."""

from matching.packing.rare.company import Companies
from matching.packing.rare.papers import Papers
from matching.packing.rare.serials import Serials

__all__ = ["Companies", "Papers", "Serials"]
