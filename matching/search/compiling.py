"""How the kernels are compiled: kept on disk, free of Python's lock, dividing as numpy does."""

from functools import partial

from numba import njit

compiled = partial(njit, cache=True, nogil=True, error_model="numpy")
"""Decorator of every kernel. No fast mathematics: sums keep their order, and their digits."""
