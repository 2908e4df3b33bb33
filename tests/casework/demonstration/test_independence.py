"""The world that measures the engine may not know what the engine believes."""

import ast
from pathlib import Path

import casework.demonstration

SLICE = Path(casework.demonstration.__file__).parent


def engine_imports(source):
    """Modules of the engine that a piece of code imports."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return [name for name in names if name.split(".")[0] == "matching"]


def test_a_planted_import_of_the_engine_is_found():
    assert engine_imports("from matching.model_file import load_model") == [
        "matching.model_file"
    ]
    assert engine_imports("import matching.evidence.sex") == ["matching.evidence.sex"]


def modules_of_the_generator():
    """The modules of the slice that inventing a world needs, found by following imports."""
    found, waiting = set(), ["invention"]
    while waiting:
        name = waiting.pop()
        if name in found or not (SLICE / f"{name}.py").exists():
            continue
        found.add(name)
        waiting += [
            node.module.removeprefix("casework.demonstration.")
            for node in ast.walk(ast.parse(source_of(name)))
            if isinstance(node, ast.ImportFrom) and node.module
        ]
    return found


def source_of(name):
    return (SLICE / f"{name}.py").read_text(encoding="utf-8")


def test_the_generator_imports_nothing_of_the_engine():
    modules = modules_of_the_generator()

    assert {"people", "journeys", "recoveries", "reports", "examinations"} <= modules
    assert not [name for name in modules if engine_imports(source_of(name))]


def test_the_generator_names_no_file_of_the_engine():
    assert not [name for name in modules_of_the_generator() if "matching" in source_of(name)]
