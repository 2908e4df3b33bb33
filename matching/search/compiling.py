"""How the kernels are compiled: kept on disk, free of Python's lock, dividing as numpy does.

Numba keeps a kernel until *its own* file changes. Whoever changes a kernel that others call
must delete the kept ones: ``find matching -name '*.nb[ic]' -delete``.
"""

from functools import partial

from numba import njit

compiled = partial(njit, cache=True, nogil=True, error_model="numpy")
"""Decorator of kernels called from Python. No fast mathematics: sums keep their digits."""

within = partial(
    njit, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
)
"""Decorator of what only kernels call: kept inside theirs, and never called from Python."""
