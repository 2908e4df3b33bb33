"""How the kernels are compiled: kept on disk, free of Python's lock, dividing as numpy does.

Numba keeps a kernel until *its own* file changes; it does not see that a function called from
another file, or a constant read from one, did. A wrong kernel would go on weighing in
silence. So the name under which a kernel is kept carries a hash of every source it can be
made of, wherever it is kept: an edit or an upgrade compiles anew.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from numba import njit

SOURCES = ("packing", "search", "linking", "names")
"""Folders that hold all kernels and all they call or read; a test holds them to it."""

within = partial(
    njit, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
)
"""Decorator of what only kernels call: kept inside theirs, and never called from Python."""


def compiled() -> Callable[[Callable[..., Any]], Any]:
    """Give the decorator of kernels called from Python; no fast mathematics: digits stay."""

    def compile_kept(kernel: Callable[..., Any]) -> Any:
        kernel.__qualname__ += f"_{hash_of_sources()[:16]}"
        return njit(cache=True, nogil=True, error_model="numpy")(kernel)

    return compile_kept


@lru_cache(maxsize=1)
def hash_of_sources() -> str:
    """Hash names and contents of all modules under `SOURCES`: SHA-256, hexadecimal."""
    digest = hashlib.sha256()
    for name, content in _sources():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, bytes]]:
    for folder in SOURCES:
        yield from _modules(files("matching").joinpath(folder), folder)


def _modules(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    # What Python itself leaves beside the sources (`__pycache__`) is made of them.
    sources = [each for each in folder.iterdir() if each.is_dir() or each.name.endswith(".py")]
    for entry in sorted(sources, key=lambda entry: entry.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _modules(entry, name)
        else:
            yield name, entry.read_bytes()
