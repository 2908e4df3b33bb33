"""Keeping in touch with families: how to reach them, what was said, what was promised."""
