"""Asking the other institution to open a blinded proposal, and what both said to it."""
