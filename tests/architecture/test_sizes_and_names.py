"""Files and functions stay small enough to read, and are named for what they hold."""

import ast
from pathlib import PurePosixPath

from tests.architecture.the_code import PACKAGES, Source, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
# Such a file ends up holding whatever found no better place.
EMPTY_NAMES = {"utils", "util", "helpers", "common", "base", "service", "services", "manager"}
# What a person would say they did, never what a program does to a row.
EMPTY_VERBS = ("update_", "process_", "handle_", "manage_")


def says_why_whole(tree):
    return "whole" in (ast.get_docstring(tree) or "").lower()


def too_long(found):
    """Files over the limit that do not say at the top why they must be whole."""
    for source in found:
        if source.lines > LONGEST_FILE and not says_why_whole(source.tree):
            yield source.path


def long_functions(found):
    """Functions over the limit that do not say why they must be whole."""
    for source in found:
        for function in source.functions():
            statements = function.body
            if isinstance(statements[0], ast.Expr) and ast.get_docstring(function):
                statements = statements[1:]
            lines = statements[-1].end_lineno - statements[0].lineno if statements else 0
            if lines >= LONGEST_FUNCTION and not says_why_whole(function):
                yield f"{source.path}: {function.name}"


def badly_named(found):
    for source in found:
        path = PurePosixPath(source.path)
        if EMPTY_NAMES & {path.stem, path.parent.name}:
            yield source.path


def empty_deeds(found):
    for source in found:
        if not source.path.endswith(("/actions.py", "/queries.py")):
            continue
        for function in source.functions():
            if function.name.startswith(EMPTY_VERBS):
                yield f"{source.path}: {function.name}"


def test_a_planted_file_function_and_name_are_caught():
    long_file = Source(
        "casework/x/pages.py", '"""Says nothing."""\n' + "a = 1\n" * LONGEST_FILE
    )
    body = "\n".join("    a = 1" for _ in range(LONGEST_FUNCTION + 1))
    long_function = Source("casework/x/rules.py", f"def f():\n{body}\n")
    named = [Source("casework/utils.py", ""), Source("casework/common/rules.py", "")]
    verb = Source("casework/x/actions.py", "def update_person(): ...")

    assert list(too_long([long_file])) == ["casework/x/pages.py"]
    assert list(long_functions([long_function])) == ["casework/x/rules.py: f"]
    assert list(badly_named(named)) == ["casework/utils.py", "casework/common/rules.py"]
    assert list(empty_deeds([verb])) == ["casework/x/actions.py: update_person"]


def test_no_file_is_longer_than_400_lines_without_saying_why():
    # Migrations are written by the tool that compares tables, and never changed again.
    assert list(too_long(sources(*PACKAGES, "tests"))) == []


def test_no_function_is_longer_than_40_lines_without_saying_why():
    assert list(long_functions(sources(*PACKAGES))) == []


def test_no_module_is_named_for_nothing():
    assert list(badly_named(sources(*PACKAGES))) == []


def test_deeds_are_named_as_a_person_would_say_them():
    assert list(empty_deeds(sources("casework"))) == []
