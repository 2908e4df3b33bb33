"""Scores never below the weights: whole steps, 32 remains at a time."""
