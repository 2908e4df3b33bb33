"""Rows of people and of remains into the registry, merged with what the source said before."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from casework.envelope import Originality, SearchConsent
from casework.families.telling import call_back_from_countries
from casework.imports.declaring import enter_declared
from casework.imports.drafts import PlainRow
from casework.imports.findings import Finding
from casework.imports.how_new import DATED_BY, Dating, passed_over
from casework.imports.keeping import (
    Draft,
    Kept,
    Shelf,
    as_brought,
    ids_by_key,
    is_erased,
    known_by_key,
)
from casework.imports.plain_rows import PersonColumns, Remembered, read_person
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import ReadRow, Reads
from casework.imports.rules import is_named_as_invented, stricter
from casework.living.model import (
    LivingPerson,
    LivingPersonArticle,
    LivingPersonMark,
    LivingPersonName,
    LivingPersonVersion,
)
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonVersion,
    PersonName,
)
from casework.opening import Envelope
from casework.remains.model import Remains, RemainsArticle, RemainsMark, RemainsVersion
from casework.remains.resting import round_at_a_site
from privacy.permissions import Viewer

# Of a row: what is kept in columns of its own, or says nothing of the person.
NO_CONTENT = frozenset({*DATED_BY, "kept_from", "copy", "reference", "groups"})
DECLARED = "(declared)"
"""Where a version keeps what is no column of the source's own row."""

_TABLES: Mapping[Reads, tuple[type[Any], type[Any]]] = {
    Reads.MISSING: (MissingPerson, MissingPersonVersion),
    Reads.REMAINS: (Remains, RemainsVersion),
    Reads.LIVING: (LivingPerson, LivingPersonVersion),
}


@dataclass(slots=True)
class PersonRows:
    """The people of one file; what a column says is read by the engine's own reader."""

    reads: Reads
    owner: Viewer
    shelf: Shelf
    consent: SearchConsent
    invented: bool
    dating: Dating
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
        stops = self.stopped_by(row.plain, stored)
        if stops is not None:
            return None, (Finding.of(row.line, stops),)
        said_before = stored.content if stored is not None else {}
        cells = _merged(said_before, row.plain.cells, row.plain.stated)
        person, problems = read_person(cells, self.reads, self.remembered)
        if person is None:
            return None, tuple(Finding.of_cell(row.line, each) for each in problems)
        declared, noted = self.declared_with(row.plain, stored)
        declared["source_date"], undated = self.dating.written_at(row.plain.cells)
        declared["country_restrictions"] = _kept_from(row.plain, stored)
        text = json.dumps(cells, sort_keys=True, ensure_ascii=False)
        draft = Draft(
            row.plain.record_id,
            sha256(text.encode()).hexdigest(),
            {**person.columns, **declared, "content": cells},
            _parts(person, self.reads),
        )
        too_old = passed_over(self.shelf, stored, draft)
        found = (*noted, *undated, *((too_old,) if too_old else ()))
        return (None if too_old else draft), tuple(Finding.of(row.line, each) for each in found)

    def stopped_by(self, plain: PlainRow, stored: Any | None) -> Problem | None:
        """Say what keeps a row out before it is read."""
        if stored is not None and not is_erased(stored) and "statements" in stored.content:
            return Problem(Rule.HELD_WHOLE, "record_id")
        if plain.kept_from is None:
            return Problem(Rule.NO_COUNTRY_TO_KEEP_FROM, "kept_from", plain.cells["kept_from"])
        return None

    def declare(
        self,
        session: Session,
        drafts: Sequence[Draft],
        outcomes: Sequence[Kept],
        *,
        at: datetime,
    ) -> None:
        """Enter into the ledger what was declared with the people who were kept."""
        if self.reads is Reads.MISSING:
            source = self.shelf.scope["origin_source_name"]
            enter_declared(session, self.owner, drafts, outcomes, source=source, at=at)
        self._call_back(session, drafts, outcomes, at=at)

    def _call_back(
        self,
        session: Session,
        drafts: Sequence[Draft],
        outcomes: Sequence[Kept],
        *,
        at: datetime,
    ) -> None:
        """Call back what institutions have of countries that a file names to keep from."""
        named = [
            draft.key
            for draft, outcome in zip(drafts, outcomes, strict=True)
            if outcome is Kept.UPDATED and draft.columns["country_restrictions"]
        ]
        table, shelf = self.shelf.table, self.shelf
        ids = ids_by_key(session, table, named, key=shelf.key, scope=shelf.scope)
        for number in ids.values():
            call_back_from_countries(session, session.get_one(table, number), at=at)

    def declared_with(
        self, plain: PlainRow, stored: Any | None
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Hold what was said with the file against what the registry was told before."""
        before = stored.search_consent if stored is not None else self.consent
        # A file that declares nothing takes nothing back from a family that has answered.
        declares = self.consent is not SearchConsent.NOT_ASKED
        consent = stricter(self.consent, before) if declares else before
        invented = self.invented or (stored is not None and stored.invented)
        noted: list[Problem] = []
        if declares and consent != self.consent:
            noted.append(Problem(Rule.CONSENT_NOT_LOOSENED, "search_consent"))
        if not invented and is_named_as_invented(plain.record_id):
            noted.append(Problem(Rule.TAKEN_AS_INVENTED, "record_id"))
            invented = True
        return {"search_consent": consent, "invented": invented}, noted


def person_rows(
    reads: Reads,
    *,
    owner: Viewer,
    source: str,
    envelope: Callable[[], Envelope],
    invented: bool,
    dating: Dating,
    of: Callable[..., PersonRows] = PersonRows,
) -> PersonRows:
    """Make ready for the rows of one file; `envelope` opens each new record."""
    table, versions = _TABLES[reads]
    opened = envelope()
    shelf = Shelf(
        table=table,
        versions=versions,
        key="origin_record_id",
        scope={
            "owner_institution_id": opened["owner_institution_id"],
            "origin_source_name": source,
        },
        opening=lambda: {
            **envelope(),
            "originality": Originality.COPY,
            "version": 1,
        },
        content_of=_content,
        compared=frozenset(
            {"content", "search_consent", "invented", "expiry_action", "country_restrictions"}
        ),
        settle=round_at_a_site if table is Remains else as_brought,
    )
    return of(reads, owner, shelf, opened["search_consent"], invented, dating)


def _kept_from(plain: PlainRow, stored: Any | None) -> list[str]:
    """Name the countries: a file may name more, and never lets one see again."""
    held = stored.country_restrictions if stored is not None else ()
    return sorted({*(plain.kept_from or ()), *held})


def _content(record: Any) -> dict[str, Any]:
    """Give what the source's row said, and beside it what was declared with its file."""
    declared = {"search_consent": record.search_consent.value, "invented": record.invented}
    return {**record.content, DECLARED: declared}


def _merged(
    before: Mapping[str, str], cells: Mapping[str, str], stated: frozenset[str] | None
) -> dict[str, str]:
    said = {name: text for name, text in cells.items() if name not in NO_CONTENT}
    if stated is None:
        return said
    return {**{name: before[name] for name in before if name not in stated}, **said}


def _parts(person: PersonColumns, reads: Reads) -> dict[type[Any], list[dict[str, Any]]]:
    if reads is Reads.MISSING:
        return {
            PersonName: person.names,
            MissingPersonMark: person.marks,
            MissingPersonArticle: person.articles,
        }
    if reads is Reads.LIVING:
        return {
            LivingPersonName: person.names,
            LivingPersonMark: person.marks,
            LivingPersonArticle: person.articles,
        }
    return {RemainsMark: person.marks, RemainsArticle: person.articles}
