"""The page about the flat files says what the code does, no more and no less."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from matching import codes
from matching.tables import LIVING_COLUMNS, MISSING_COLUMNS, REMAINS_COLUMNS, Rule

PAGE = (Path(__file__).parents[3] / "docs/reference/batch-tables.md").read_text()
COLUMNS = PAGE.split("## Columns", 1)[1].split("### Codes", 1)[0]
CODES = PAGE.split("### Codes", 1)[1].split("## Rows", 1)[0]
LISTS = [
    each
    for each in vars(codes).values()
    if isinstance(each, type) and issubclass(each, StrEnum)
    if each not in (StrEnum, codes.Answer)
]


def first_cells(text):
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in rows for name in re.findall("`([^`]+)`", cell)}


def lists_of(text):
    lines = [line for line in text.splitlines() if line.startswith("- **")]
    return [re.findall("`([^`]+)`", line) for line in lines]


def test_every_column_is_described_and_no_other():
    assert first_cells(COLUMNS) == {
        *("record_id", *MISSING_COLUMNS, *REMAINS_COLUMNS, *LIVING_COLUMNS)
    }


@pytest.mark.parametrize("each", LISTS)
def test_every_code_list_is_printed_whole(each):
    assert [str(member) for member in each] in lists_of(CODES)


def test_every_rule_is_described_and_no_other():
    rules = PAGE.split("## Rows that cannot be read", 1)[1].split("\n## ", 1)[0]

    assert first_cells(rules) == {str(rule) for rule in Rule}
