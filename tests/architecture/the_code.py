"""Finds the code by walking it. Every rule looks here, so that none keeps a list by hand."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("casework", "matching", "privacy")
NOT_OURS = {".venv", ".venv-tools", ".git", "var", "build", "node_modules"}


@dataclass(frozen=True)
class Source:
    """One file of code, and its path from the root of the checkout."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1

    @cached_property
    def _named_calls(self) -> list[tuple[str, ast.Call]]:
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return [(ast.unparse(node.func), node) for node in nodes]

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Give each call with its name as it is written: `datetime.now`, `sa.text`."""
        yield from self._named_calls

    def imports(self) -> Iterator[str]:
        """Name each module that is imported, here or inside a function."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def _known(path: str, text: str) -> Source:
    """Keep what was read out of a text: dozens of rules look at the same."""
    return Source(path, text)


def sources(*folders: str, root: Path = ROOT) -> list[Source]:
    """Read all code below the named folders."""
    found = [
        _known(path.relative_to(root).as_posix(), path.read_text("utf-8"))
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    ]
    assert found, f"nothing to look at below {folders}"
    return found


def tracked_files(root: Path = ROOT) -> list[Path]:
    """Name what belongs to the repository; without git, all that is not this machine's."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - the git of whoever runs the tests
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
        found = [root / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = [
            path for path in root.rglob("*") if not NOT_OURS & set(path.relative_to(root).parts)
        ]
    return [path for path in found if path.is_file()]


def is_below(path: str, *places: str) -> bool:
    """Say whether a path is one of `places`, or lies in one that ends in a slash."""
    return any(
        path.startswith(place) if place.endswith("/") else path == place for place in places
    )
