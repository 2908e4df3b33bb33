"""Examining remains: what is done and due, which bones there are, and what must not be lost."""
