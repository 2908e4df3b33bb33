"""Rows of people and of remains into the registry, merged with what the source said before."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from casework.envelope import Originality
from casework.imports.findings import Finding
from casework.imports.keeping import Draft, Shelf, known_by_key
from casework.imports.plain_rows import PersonColumns, Remembered, read_person
from casework.imports.profiles import ReadRow, Reads
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonVersion,
    PersonName,
)
from casework.opening import Envelope
from casework.remains.model import Remains, RemainsArticle, RemainsMark, RemainsVersion

_TABLES: Mapping[Reads, tuple[type[Any], type[Any]]] = {
    Reads.MISSING: (MissingPerson, MissingPersonVersion),
    Reads.REMAINS: (Remains, RemainsVersion),
}


@dataclass(slots=True)
class PersonRows:
    """The people of one file; what a column says is read by the engine's own reader."""

    reads: Reads
    shelf: Shelf
    remembered: Remembered = field(default_factory=dict)

    def key_of(self, row: ReadRow) -> str | None:
        """Give the source's key of a row that can be taken."""
        return row.plain.record_id if row.plain else None

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows."""
        keys = [row.plain.record_id for row in rows if row.plain]
        return known_by_key(session, self.shelf, keys)

    def draft_of(
        self, row: ReadRow, stored: Any | None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Read a row together with the columns that its file lacks and an earlier one had."""
        if row.plain is None:
            return None, ()
        said_before = stored.content if stored is not None else {}
        cells = _merged(said_before, row.plain.cells, row.plain.stated)
        person, problems = read_person(cells, self.reads, self.remembered)
        if person is None:
            return None, tuple(Finding.of_cell(row.line, each) for each in problems)
        text = json.dumps(cells, sort_keys=True, ensure_ascii=False)
        draft = Draft(
            row.plain.record_id,
            sha256(text.encode()).hexdigest(),
            {**person.columns, "content": cells},
            _parts(person, self.reads),
        )
        return draft, ()


def person_rows(
    reads: Reads, *, source: str, envelope: Callable[[], Envelope], invented: bool
) -> PersonRows:
    """Make ready for the rows of one file; `envelope` opens each new record."""
    table, versions = _TABLES[reads]
    owned_by = envelope()["owner_institution_id"]
    shelf = Shelf(
        table=table,
        versions=versions,
        key="origin_record_id",
        scope={"owner_institution_id": owned_by, "origin_source_name": source},
        opening=lambda: {
            **envelope(),
            "originality": Originality.COPY,
            "invented": invented,
            "version": 1,
        },
        content_of=lambda record: record.content,
        compared=frozenset({"content"}),
    )
    return PersonRows(reads, shelf)


def _merged(
    before: Mapping[str, str], cells: Mapping[str, str], stated: frozenset[str] | None
) -> dict[str, str]:
    if stated is None:
        return dict(cells)
    return {**{name: before[name] for name in before if name not in stated}, **cells}


def _parts(person: PersonColumns, reads: Reads) -> dict[type[Any], list[dict[str, Any]]]:
    if reads is Reads.MISSING:
        return {
            PersonName: person.names,
            MissingPersonMark: person.marks,
            MissingPersonArticle: person.articles,
        }
    return {RemainsMark: person.marks, RemainsArticle: person.articles}
