"""Searching names that nobody can read: what tokens are made of, and what they betray."""
