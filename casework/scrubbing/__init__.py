"""A copy of the registry for developers: its shape, and nobody in it."""
