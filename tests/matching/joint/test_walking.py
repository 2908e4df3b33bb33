"""The walk is compiled from its own file alone."""

import ast
from pathlib import Path

import matching.joint.walking


def test_the_walk_imports_nothing_of_ours():
    tree = ast.parse(Path(matching.joint.walking.__file__).read_text())

    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    assert imported == ["numba"]
