"""The registry people use, in slices by concept."""
