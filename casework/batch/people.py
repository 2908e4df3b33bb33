"""Files of people and of remains, in our own columns or in a layout the registry knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, TypeVar

from casework.batch.files import SURPLUS, Rows, UnreadableTable, read_rows
from casework.batch.whereabouts import Whereabouts
from casework.batch.writing import RejectedFrom, RejectedLine
from casework.imports.profiles import recognise
from casework.imports.profiles.profile import Outcome, Profile, ReadRow, Reads
from casework.imports.reading import RawRow
from matching.pairings import Pairing
from matching.records import LivingRecord, MissingRecord, RemainsRecord
from matching.tables import (
    NumberedRow,
    RejectedRow,
    Table,
    living_table,
    missing_table,
    remains_table,
)
from matching.tables.columns import RECORD_ID

Record = TypeVar("Record")
TableReader = Callable[[Sequence[str], Iterable[NumberedRow]], Table[Record]]

OWN_LAYOUT = "batch-tables"
LIVING = "living"
"""What a file about people alive is of; no foreign layout of such files is read."""

_OF_MISSING = frozenset({"last_contact_from", "last_contact_to", "destination"})
_OF_REMAINS = frozenset(
    {"sex_method", "death_days_min", "death_days_max", "condition", "completeness"}
)
_FOUND = frozenset({"found_from", "found_to"})
TELLTALES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    Reads.MISSING: (_OF_MISSING, _FOUND | _OF_REMAINS),
    Reads.REMAINS: (_FOUND | _OF_REMAINS, _OF_MISSING),
    LIVING: (_FOUND, _OF_MISSING),
}
"""Columns that tell a table of this kind, and those that tell another where these lack."""

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
    far_from_country: int = 0
    let_go: int = 0

    @property
    def read(self) -> int:
        """How many records were read, whether they are still at hand or were let go of."""
        return len(self.records) + self.let_go

    @property
    def rows(self) -> int:
        return self.read + len(self.rejected.rows)

    def without_records(self) -> "Loaded[Record]":
        """Say the same of the file, and hold nobody."""
        return replace(self, records=[], let_go=self.read)


Sides = tuple[Loaded[Any], Loaded[Any]]
Loader = Callable[[Path], Loaded[Any]]


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


def load_living(path: Path) -> Loaded[LivingRecord]:
    """Read a file about people alive.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or has no column record_id.
    """
    return load_as(path, LIVING, living_table)


LOADERS: Mapping[Pairing, tuple[Loader, Loader]] = {
    Pairing.MISSING_REMAINS: (load_missing, load_remains),
    Pairing.MISSING_LIVING: (load_missing, load_living),
    Pairing.MISSING_MISSING: (load_missing, load_missing),
    Pairing.REMAINS_REMAINS: (load_remains, load_remains),
}
"""How the left and the right file of a pairing are read."""


def load_both(
    left: Path, right: Path, jobs: int, pairing: Pairing = Pairing.MISSING_REMAINS
) -> Sides:
    """Read both files, at the same time where they are large and a second core is there.

    One file given as both sides is read once.
    """
    read_left, read_right = LOADERS[pairing]
    if read_left is read_right and left.resolve() == right.resolve():
        only = read_left(left)
        return only, only
    small = min(_size(left), _size(right)) < WORTH_A_PROCESS
    if jobs == 1 or small:
        return read_left(left), read_right(right)
    # A fresh process, not a fork: by now libraries may have started threads of their own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as second:
        other = second.submit(read_right, right)
        return read_left(left), other.result()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def load_as(path: Path, reads: str, read: TableReader[Record]) -> Loaded[Record]:
    """Read a file with the reader of one kind of table, translated first where it is foreign.

    Raises
    ------
    UnreadableTable
        If the file cannot be read, or its header is of no layout of that kind.
    """
    source = read_rows(path)
    if RECORD_ID not in source.header:
        return _load_foreign(source, _profile(source, reads), read)
    _refuse_other_table(source, reads)
    where = Whereabouts()
    table = read(source.header, where.held(source.rows))
    lines = [_rejected(row, row.cells) for row in table.rejected]
    rejected = RejectedFrom(path, source.header, lines)
    loaded = Loaded(path, OWN_LAYOUT, table.records, rejected, table.unknown_columns)
    return replace(loaded, far_from_country=len(where.far - {line.line for line in lines}))


def _refuse_other_table(source: Rows, reads: str) -> None:
    """Refuse a file of another kind: read as this one it would lose its dates in silence."""
    own, others = TELLTALES[reads]
    there = others.intersection(source.header)
    if own.intersection(source.header):
        there = _OF_REMAINS.intersection(source.header) if reads == LIVING else frozenset()
    if there:
        raise UnreadableTable(
            f"{source.path} is not of {reads}: it has the column {min(there)}. Compare --kind "
            "with the order of the files."
        )


def _profile(source: Rows, reads: str) -> Profile:
    _refuse_other_separator(source)
    profile = recognise(source.header)
    if profile is None or profile.reads != reads:
        what = f"looks like {profile.name}" if profile else "is of no layout we know"
        raise UnreadableTable(
            f"{source.path} has no column record_id, and its header {what}, not {reads}."
        )
    return profile


def _refuse_other_separator(source: Rows) -> None:
    only = source.header[0] if len(source.header) == 1 else ""
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if sign in only:
            raise UnreadableTable(
                f"{source.path} is separated by {name}; save it with commas, as RFC 4180 says."
            )


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
