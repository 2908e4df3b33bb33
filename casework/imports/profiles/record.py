"""Whole records as another registry of this kind handed them out: `reunir-record`, version 1.

Here only what makes a row: which record it is, and whether this release can read it. What was
said in it is held against the minimum data set where it is kept.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from casework.imports.drafts import PlainRow
from casework.imports.problems import Problem, Rule
from casework.imports.profiles.cells import tidy
from casework.imports.profiles.profile import (
    Layout,
    Profile,
    ReadRow,
    Reads,
    Rows,
    plain_rows,
)

SOURCE = "reunir"
VERSION = "1"
# What tells records of one kind from those of others, and holds the version of the notation.
MARKER: Mapping[Reads, str] = {
    Reads.MISSING: "missing_person_record",
    Reads.REMAINS: "remains_record",
    Reads.LIVING: "living_person_record",
}
STATED = ("record_id", "statements")
ENVELOPE = (
    *("copy", "reference", "owner", "owner_country", "entered_at", "changed_at"),
    *("form_version", "dataset_version", "made_at", "invented", "groups", "closed", "photos"),
    "expiry_action",
)


def _profile(name: str, reads: Reads) -> Profile:
    marker = MARKER[reads]
    layout = Layout(required=frozenset({marker, *STATED}), optional=frozenset(ENVELOPE))
    return Profile(name, reads, SOURCE, {"1": layout}, partial(_read, marker))


def _read(marker: str, _layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, partial(_row, marker))


def _row(marker: str, cells: Mapping[str, str]) -> PlainRow:
    found: list[Problem] = []
    version = cells.get(marker, "")
    if not version:
        found.append(Problem(Rule.OTHER_KIND_OF_RECORD, marker))
    elif version != VERSION:
        found.append(Problem(Rule.NEWER_RECORD, marker, detail=version[:20]))
    record_id = tidy(cells.get("record_id", ""))
    if not record_id:
        found.append(Problem(Rule.NO_RECORD_ID, "record_id"))
    return PlainRow({**cells, "record_id": record_id}, tuple(found), frozenset(cells))


MISSING = _profile("reunir-record", Reads.MISSING)
REMAINS = _profile("reunir-record-remains", Reads.REMAINS)
LIVING = _profile("reunir-record-living", Reads.LIVING)
