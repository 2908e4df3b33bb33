"""Samples for DNA, of relatives and of remains: by whose leave, and where each went."""
