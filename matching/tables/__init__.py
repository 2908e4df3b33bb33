"""Rows of the flat files read into records, each unreadable cell named.

`columns` says which columns there are, `cells` reads one cell, `people` one row and a table.
Users' view: `docs/reference/batch-tables.md`.
"""

from matching.tables.columns import LIVING_COLUMNS, MISSING_COLUMNS, REMAINS_COLUMNS
from matching.tables.people import (
    NumberedRow,
    RejectedRow,
    Table,
    living_table,
    missing_table,
    read_living,
    read_missing,
    read_remains,
    remains_table,
)
from matching.tables.problems import Problem, Rule

__all__ = [
    "LIVING_COLUMNS",
    "MISSING_COLUMNS",
    "REMAINS_COLUMNS",
    "NumberedRow",
    "Problem",
    "RejectedRow",
    "Rule",
    "Table",
    "living_table",
    "missing_table",
    "read_living",
    "read_missing",
    "read_remains",
    "remains_table",
]
