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


def test_the_generator_imports_nothing_of_the_engine():
    modules = sorted(SLICE.glob("*.py"))

    assert modules
    assert {m.name: engine_imports(m.read_text(encoding="utf-8")) for m in modules} == {
        m.name: [] for m in modules
    }


def test_the_generator_names_no_file_of_the_engine():
    assert not [
        m.name for m in SLICE.glob("*.py") if "matching" in m.read_text(encoding="utf-8")
    ]
