"""Files of people and of remains, in our own columns or in a layout the registry knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Generic, TypeVar

from casework.batch.files import SURPLUS, Rows, UnreadableTable, read_rows
from casework.batch.writing import RejectedFrom, RejectedLine
from casework.imports.profiles import recognise
from casework.imports.profiles.profile import Outcome, Profile, ReadRow, Reads
from casework.imports.reading import RawRow
from matching.records import MissingRecord, RemainsRecord
from matching.tables import NumberedRow, RejectedRow, Table, missing_table, remains_table
from matching.tables.columns import RECORD_ID

Record = TypeVar("Record")
TableReader = Callable[[Sequence[str], Iterable[NumberedRow]], Table[Record]]

OWN_LAYOUT = "batch-tables"

WORTH_A_PROCESS = 200_000
"""Bytes, packed or not: from here on reading takes longer than a process takes to start."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Record]):
    """What became of one file; its rows are in `records` or in `rejected`, none in neither."""

    path: Path
    layout: str
    records: list[Record]
    rejected: RejectedFrom
    unknown_columns: tuple[str, ...] = ()
    rows_with_warning: int = 0

    @property
    def rows(self) -> int:
        return len(self.records) + len(self.rejected.rows)


Sides = tuple[Loaded[MissingRecord], Loaded[RemainsRecord]]


def load_missing(path: Path) -> Loaded[MissingRecord]:
    """Read a file about missing persons.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or its header is of no layout about missing persons.
    """
    return load_as(path, Reads.MISSING, missing_table)


def load_remains(path: Path) -> Loaded[RemainsRecord]:
    """Read a file about remains.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or its header is of no layout about remains.
    """
    return load_as(path, Reads.REMAINS, remains_table)


def load_both(left: Path, right: Path, jobs: int) -> Sides:
    """Read both files, at the same time where they are large and a second core is there."""
    small = min(_size(left), _size(right)) < WORTH_A_PROCESS
    if jobs == 1 or small:
        return load_missing(left), load_remains(right)
    # A fresh process, not a fork: by now libraries may have started threads of their own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as second:
        remains = second.submit(load_remains, right)
        return load_missing(left), remains.result()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def load_as(path: Path, reads: Reads, read: TableReader[Record]) -> Loaded[Record]:
    """Read a file with the reader of one kind of table, translated first where it is foreign.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or its header is of no layout of that kind.
    """
    source = read_rows(path)
    if RECORD_ID in source.header:
        table = read(source.header, source.rows)
        lines = [_rejected(row, row.cells) for row in table.rejected]
        rejected = RejectedFrom(path, source.header, lines)
        return Loaded(path, OWN_LAYOUT, table.records, rejected, table.unknown_columns)
    return _load_foreign(source, _profile(source, reads), read)


def _profile(source: Rows, reads: Reads) -> Profile:
    profile = recognise(source.header)
    if profile is None or profile.reads is not reads:
        what = f"looks like {profile.name}" if profile else "is of no layout we know"
        raise UnreadableTable(
            f"{source.path} has no column record_id, and its header {what}, not {reads}."
        )
    return profile


def _load_foreign(source: Rows, profile: Profile, read: TableReader[Record]) -> Loaded[Record]:
    """Translate each row into our columns first; what the profile puts aside is rejected."""
    layout, notes = profile.check(source.header, source.path.name)
    translation = _Translation(profile)
    plain = translation.rows(layout, source.rows, len(source.header))
    table = read((RECORD_ID,), plain)
    lines = [_rejected(row, translation.originals[row.line]) for row in table.rejected]
    lines = sorted([*translation.refused, *lines], key=lambda line: line.line)
    return Loaded(
        source.path,
        profile.name,
        table.records,
        RejectedFrom(source.path, source.header, lines),
        tuple(note.column for note in notes if note.column),
        translation.warned,
    )


@dataclass(slots=True)
class _Translation:
    """What a profile made of a file on the way: rows it put aside, and what it warned of."""

    profile: Profile
    originals: dict[int, Mapping[str, str]] = field(default_factory=dict)
    refused: list[RejectedLine] = field(default_factory=list)
    warned: int = 0

    def rows(
        self, layout: str, rows: Iterable[NumberedRow], width: int
    ) -> Iterator[NumberedRow]:
        for read in self.profile.read(layout, (_raw(row, width) for row in rows)):
            if read.plain is None or read.outcome is Outcome.QUARANTINED:
                self.refused.append(_refused(read))
                continue
            self.warned += read.outcome is Outcome.ACCEPTED_WITH_WARNING
            self.originals[read.line] = read.original
            yield NumberedRow(read.line, read.plain.cells)


def _raw(row: NumberedRow, width: int) -> RawRow:
    cells = dict(row.cells)
    surplus = cells.pop(SURPLUS, None)
    return RawRow(row.line, cells, () if surplus is None else (surplus,), width)


def _refused(read: ReadRow) -> RejectedLine:
    rules = "|".join(problem.rule for problem in read.problems)
    reasons = "; ".join(problem.sentence for problem in read.problems)
    return RejectedLine(read.line, rules, reasons, read.original)


def _rejected(row: RejectedRow, original: Mapping[str, str]) -> RejectedLine:
    rules = "|".join(problem.rule for problem in row.problems)
    reasons = "; ".join(problem.sentence for problem in row.problems)
    return RejectedLine(row.line, rules, reasons, original)
