"""A first look at all pairs of a block, never below their weight, many pairs at a time."""
