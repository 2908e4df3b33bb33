"""Proposed pairings and the runs that proposed them."""
