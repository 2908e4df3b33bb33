"""Rows of people and of remains, read into records.

A row with any cell that cannot be read is rejected whole, with all its problems: a cell
dropped in silence would weigh nothing, and a person would be looked for without it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from matching.errors import UnusableTable
from matching.records import LivingRecord, MissingRecord, RemainsRecord
from matching.tables.columns import (
    LIVING_COLUMNS,
    MISSING_COLUMNS,
    RECORD_ID,
    REMAINS_COLUMNS,
    Column,
)
from matching.tables.problems import Problem, Rule
from matching.tables.rows import Remembered, row_fields

Record = TypeVar("Record")
Problems = tuple[Problem, ...]
Read = Callable[[Mapping[str, str]], tuple[Record | None, Problems]]


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row as it stood in the file; `misfit` says so where its cells do not fit the header."""

    line: int
    cells: Mapping[str, str]
    misfit: Problem | None = None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not read, with every reason why."""

    line: int
    cells: Mapping[str, str]
    problems: Sequence[Problem]


@dataclass(slots=True)
class Table(Generic[Record]):
    """What became of a file: records in their order, rows not read, columns not known."""

    records: list[Record] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()


def read_missing(
    row: Mapping[str, str], remembered: Remembered | None = None
) -> tuple[MissingRecord | None, tuple[Problem, ...]]:
    """Read one row about a missing person.

    Parameters
    ----------
    row : mapping of str to str
        Column to text, as `docs/reference/batch-tables.md` describes them. Columns it does
        not name are ignored; an empty or absent cell is *not recorded*.
    remembered : dict, optional
        Cells read before; pass the same one for every row of a file to read faster.

    Returns
    -------
    record : MissingRecord or None
        None when there is any problem.
    problems : tuple of Problem
        Every cell that cannot be read, and every pair of cells that contradict each other.
    """
    fields, problems = row_fields(
        row, MISSING_COLUMNS, {} if remembered is None else remembered
    )
    return (None, problems) if problems else (MissingRecord(**fields), ())


def read_remains(
    row: Mapping[str, str], remembered: Remembered | None = None
) -> tuple[RemainsRecord | None, tuple[Problem, ...]]:
    """Read one row about remains.

    Parameters
    ----------
    row : mapping of str to str
        Column to text, as `docs/reference/batch-tables.md` describes them. Columns it does
        not name are ignored; an empty or absent cell is *not recorded*.
    remembered : dict, optional
        Cells read before; pass the same one for every row of a file to read faster.

    Returns
    -------
    record : RemainsRecord or None
        None when there is any problem.
    problems : tuple of Problem
        Every cell that cannot be read, and every pair of cells that contradict each other.
    """
    fields, problems = row_fields(
        row, REMAINS_COLUMNS, {} if remembered is None else remembered
    )
    return (None, problems) if problems else (RemainsRecord(**fields), ())


def read_living(
    row: Mapping[str, str], remembered: Remembered | None = None
) -> tuple[LivingRecord | None, tuple[Problem, ...]]:
    """Read one row about somebody alive.

    Parameters
    ----------
    row : mapping of str to str
        Column to text, as `docs/reference/batch-tables.md` describes them. Columns it does
        not name are ignored; an empty or absent cell is *not recorded*.
    remembered : dict, optional
        Cells read before; pass the same one for every row of a file to read faster.

    Returns
    -------
    record : LivingRecord or None
        None when there is any problem.
    problems : tuple of Problem
        Every cell that cannot be read, and every pair of cells that contradict each other.
    """
    fields, problems = row_fields(row, LIVING_COLUMNS, {} if remembered is None else remembered)
    return (None, problems) if problems else (LivingRecord(**fields), ())


def missing_table(header: Sequence[str], rows: Iterable[NumberedRow]) -> Table[MissingRecord]:
    """Read a file about missing persons.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of NumberedRow
        The rows after the header; consumed once.

    Returns
    -------
    Table of MissingRecord
        Every row is among its records or among its rejected rows, never in neither.

    Raises
    ------
    UnusableTable
        If there is no column `record_id`.
    """
    table = Table[MissingRecord](unknown_columns=_unknown_columns(header, MISSING_COLUMNS))
    remembered: Remembered = {}
    return _fill(table, rows, lambda row: read_missing(row, remembered))


def remains_table(header: Sequence[str], rows: Iterable[NumberedRow]) -> Table[RemainsRecord]:
    """Read a file about remains.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of NumberedRow
        The rows after the header; consumed once.

    Returns
    -------
    Table of RemainsRecord
        Every row is among its records or among its rejected rows, never in neither.

    Raises
    ------
    UnusableTable
        If there is no column `record_id`.
    """
    table = Table[RemainsRecord](unknown_columns=_unknown_columns(header, REMAINS_COLUMNS))
    remembered: Remembered = {}
    return _fill(table, rows, lambda row: read_remains(row, remembered))


def living_table(header: Sequence[str], rows: Iterable[NumberedRow]) -> Table[LivingRecord]:
    """Read a file about people alive.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of NumberedRow
        The rows after the header; consumed once.

    Returns
    -------
    Table of LivingRecord
        Every row is among its records or among its rejected rows, never in neither.

    Raises
    ------
    UnusableTable
        If there is no column `record_id`.
    """
    table = Table[LivingRecord](unknown_columns=_unknown_columns(header, LIVING_COLUMNS))
    remembered: Remembered = {}
    return _fill(table, rows, lambda row: read_living(row, remembered))


def _unknown_columns(header: Sequence[str], columns: Mapping[str, Column]) -> tuple[str, ...]:
    if RECORD_ID not in header:
        raise UnusableTable("there is no column record_id, so nothing says which row is whose")
    return tuple(name for name in header if name not in columns and name != RECORD_ID)


def _fill(
    table: Table[Record], rows: Iterable[NumberedRow], read: Read[Record]
) -> Table[Record]:
    first_lines: dict[str, int] = {}
    for row in rows:
        record, problems = read(row.cells)
        reasons = _misfit(row) or (*_repeated(row, first_lines), *problems)
        if record is None or reasons:
            table.rejected.append(RejectedRow(row.line, row.cells, reasons))
        else:
            table.records.append(record)
    return table


def _misfit(row: NumberedRow) -> Problems:
    """Say that cells do not fit the header: what else such a row says cannot be trusted."""
    return (row.misfit,) if row.misfit else ()


def _repeated(row: NumberedRow, first_lines: dict[str, int]) -> Problems:
    """Say where the row's id stood before; the first row that bears it keeps it."""
    name = row.cells.get(RECORD_ID, "").strip()
    if not name or first_lines.setdefault(name, row.line) == row.line:
        return ()
    hint = f"line {first_lines[name]}"
    return (Problem(RECORD_ID, name, Rule.RECORD_ID_REPEATED, hint),)
