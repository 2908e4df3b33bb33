"""How the kernels are compiled: kept on disk, free of Python's lock, dividing as numpy does.

Numba keeps a kernel until *its own* file changes; it does not see that a function called from
another file, or a constant read from one, did. A wrong kernel would go on weighing in
silence. So the name under which a kernel is kept carries a hash of every source it can be
made of, wherever it is kept: its own module and all that these import from each other. An
edit or an upgrade compiles anew what it can reach, and nothing else: that takes minutes.
"""

import ast
import hashlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.resources import files
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
        # What is run by `python -m` calls itself __main__; its specification does not.
        module = kernel.__globals__["__spec__"].name
        kernel.__qualname__ += f"_{hash_of_sources(module)[:16]}"
        return njit(cache=True, nogil=True, error_model="numpy")(kernel)

    return compile_kept


@cache
def hash_of_sources(module: str) -> str:
    """Hash names and contents of what a module's kernels are made of: SHA-256, hexadecimal."""
    digest = hashlib.sha256()
    for name, content in sorted(_reached_from(module).items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _reached_from(module: str) -> dict[str, bytes]:
    reached: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        content = None if name in reached else _source_of(name)
        if content is not None:
            reached[name] = content
            waiting.extend(_imported_by(content))
    return reached


def _imported_by(content: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            # `from a import b` may read a name of `a`, or a module `a.b`.
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


@cache
def _source_of(module: str) -> bytes | None:
    root, *parts = module.split(".")
    if root != "matching" or not parts or parts[0] not in SOURCES:
        return None
    folder = files("matching").joinpath(*parts[:-1])
    for source in (
        folder.joinpath(f"{parts[-1]}.py"),
        folder.joinpath(parts[-1], "__init__.py"),
    ):
        if source.is_file():
            return source.read_bytes()
    return None
