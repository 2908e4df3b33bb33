"""Every requirement on security has a test that carries its number, and stands in the document.

The numbers are those of docs/security-properties.md. 38 to 46 are about exchange between
registries and about statistics, which do not exist yet; a test with such a number would claim
what is not there.
"""

import re

from tests.architecture.the_code import ROOT, sources

HELD = {*range(1, 38), *range(47, 56)}
NOT_YET = set(range(38, 47))
PROPERTIES = ROOT / "docs" / "security-properties.md"


def numbers_of(functions):
    """The requirements that tests are named after."""
    return {
        int(found.group(1))
        for name in functions
        if (found := re.match(r"test_r(\d\d)_\w", name))
    }


def rows_of(text):
    """The rows of the document: number → the tests it names."""
    return {
        int(number): set(re.findall(r"`(test_\w+)`", row))
        for number, row in re.findall(r"^\| (?:r)?(\d+) \|(.+)$", text, re.MULTILINE)
    }


def names_in_the_tree():
    return [function.name for source in sources("tests") for function in source.functions()]


def test_a_missing_number_would_be_noticed():
    assert numbers_of(["test_r07_a", "test_r7_b", "test_r12", "helper_r01_x"]) == {7}
    assert rows_of("| r1 | a | b | `test_r01_x` |\n| text |") == {1: {"test_r01_x"}}


def test_every_requirement_has_a_test_of_its_number():
    assert HELD - numbers_of(names_in_the_tree()) == set()


def test_no_test_claims_what_is_not_there_yet():
    assert numbers_of(names_in_the_tree()) & NOT_YET == set()


def test_every_requirement_stands_in_the_document_with_a_test_of_its_number():
    rows = rows_of(PROPERTIES.read_text("utf-8"))

    unproven = [
        number
        for number in sorted(HELD)
        if not any(name.startswith(f"test_r{number:02}_") for name in rows.get(number, ()))
    ]
    assert unproven == []
