"""Whole records of another registry into this one: as copies, with all that was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.envelope import ExpiryAction
from casework.imports.drafts import PlainRow
from casework.imports.findings import Finding
from casework.imports.how_new import CLOCKS
from casework.imports.keeping import Draft, Kept, ids_by_key, is_erased, open_statements
from casework.imports.person_rows import PersonRows
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import ReadRow, Reads
from casework.imports.record_dna import dna_problems
from casework.imports.record_photos import Brought, keep_photos, read_photos
from casework.living.statements import LIVING_PERSON
from casework.missing.statements import MISSING_PERSON
from casework.remains.statements import REMAINS
from casework.statements.describing import Described, project, projected_fields
from casework.statements.picture import Picture, picture_of
from casework.statements.taking_in import take_in
from casework.statements.written import (
    CannotBeRead,
    Fault,
    WrittenStatement,
    assertions_in,
    read_statements,
)
from privacy.model import Reveals

DESCRIBED: Mapping[Reads, Described] = {
    Reads.MISSING: MISSING_PERSON,
    Reads.REMAINS: REMAINS,
    Reads.LIVING: LIVING_PERSON,
}
MADE_AT = "made_at"
"""Beside the hash of what was said: when that was written down where it comes from."""
_PARTS = ("names", "marks", "articles")


@dataclass(slots=True)
class RecordRows(PersonRows):
    """The records of one file, each with its statements."""

    ours: frozenset[str] = frozenset()
    read: dict[str, list[WrittenStatement]] = field(default_factory=dict, repr=False)
    photos: dict[str, list[Brought]] = field(default_factory=dict, repr=False)
    made: dict[str, str] = field(default_factory=dict, repr=False)
    stored: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows, and which of them are copies of our own."""
        keys = [row.plain.record_id for row in rows if row.plain]
        table = self.shelf.table
        own = session.scalars(sa.select(table.record_id).where(table.record_id.in_(keys)))
        self.ours = frozenset(own)
        self.stored = PersonRows.known(self, session, rows)
        return self.stored

    def draft_of(
        self, row: ReadRow, stored: Any | None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Read what was said, and lay it together for the columns that lists read."""
        if row.plain is None:
            return None, ()
        read, problems = self._read(row.plain, stored)
        if problems:
            return None, tuple(Finding.of(row.line, each) for each in problems)
        key, cells = row.plain.record_id, row.plain.cells
        described = DESCRIBED[self.reads]
        self.read[key] = read
        declared, noted = self.declared_with(row.plain, stored)
        declared["invented"] = declared["invented"] or cells.get("invented") == "true"
        columns, parts = _projected(
            described, self.shelf.table, picture_of(assertions_in(read))
        )
        if stored is not None:
            # A file names countries to keep from, and never lets one see again: here it stood.
            named = {*columns["country_restrictions"], *stored.country_restrictions}
            columns["country_restrictions"] = sorted(named)
        columns |= _envelope(cells, self.made[key], stored)
        # Of what was said only the hash: the groups of the statements seal it apart.
        told = _hash_of(cells)
        content = {"record_id": key, "statements": told, MADE_AT: self.made[key]}
        if stored is not None and stored.content.get("statements") == told:
            content = stored.content  # `declare` notes how new it is
        draft = Draft(key, told, {**columns, **declared, "content": content}, parts)
        return draft, tuple(Finding.of(row.line, each) for each in noted)

    def _read(
        self, plain: PlainRow, stored: Any | None
    ) -> tuple[list[WrittenStatement], list[Problem]]:
        """Read what was said, or say why none of it is taken."""
        key, cells = plain.record_id, plain.cells
        if key in self.ours:
            return [], [Problem(Rule.RECORD_IS_OURS, "record_id", key)]
        kind = DESCRIBED[self.reads].kind
        try:
            made = self.made[key] = made_of(cells, until=self.dating.read_at + CLOCKS)
            statements = read_statements(kind, cells.get("statements", ""))
            self.photos[key] = read_photos(self.reads, cells.get("photos", ""))
        except CannotBeRead as refusal:
            return [], [_problem(e.where, is_of_value=e.is_of_value) for e in refusal.faults]
        held = stored.content if stored is not None else {}
        is_new = held.get("statements") != _hash_of(cells)
        if made and is_new and made < held.get(MADE_AT, ""):
            return [], [Problem(Rule.OLDER_RECORD, MADE_AT, detail=made[:10])]
        return statements, list(dna_problems(picture_of(assertions_in(statements))))

    def declare(
        self,
        session: Session,
        drafts: Sequence[Draft],
        outcomes: Sequence[Kept],
        *,
        at: datetime,
    ) -> None:
        """Enter what was declared with the file, and keep what was said of each record."""
        PersonRows.declare(self, session, drafts, outcomes, at=at)
        changed = [
            draft.key
            for draft, outcome in zip(drafts, outcomes, strict=True)
            if outcome is not Kept.UNCHANGED
        ]
        for draft, outcome in zip(drafts, outcomes, strict=True):
            if outcome is Kept.UNCHANGED:
                self._note_how_new(draft.key)
        table, described = self.shelf.table, DESCRIBED[self.reads]
        ids = ids_by_key(session, table, changed, key=self.shelf.key, scope=self.shelf.scope)
        by = self.owner.account_id
        for key, number in ids.items():
            about = session.get_one(table, number)
            held = open_statements(session, described.statement, number)
            keep_photos(session, about, self.photos[key], self.reads, at=at)
            take_in(session, described, about, self.read[key], held=held, by=by, at=at)

    def _note_how_new(self, key: str) -> None:
        """Keep that the same words were handed out again, so that no older ones follow."""
        stored, made = self.stored[key], self.made[key]
        if made and not is_erased(stored) and made > stored.content.get(MADE_AT, ""):
            stored.content = {**stored.content, MADE_AT: made}
            stored.source_date = datetime.fromisoformat(made)


def _envelope(cells: Mapping[str, str], made: str, stored: Any | None) -> dict[str, Any]:
    """Read from when it is, and whether it is closed once nobody answers: never loosened."""
    closes = cells.get("expiry_action") == ExpiryAction.RESTRICT
    held = stored.expiry_action if stored is not None else ExpiryAction.BY_RULE
    since = stored.source_date if stored is not None else None
    return {
        "expiry_action": ExpiryAction.RESTRICT if closes else held,
        "source_date": datetime.fromisoformat(made) if made else since,
    }


def _hash_of(cells: Mapping[str, str]) -> str:
    told = (cells.get("statements", ""), cells.get("photos", ""))
    return sha256("".join(told).encode()).hexdigest()


def made_of(cells: Mapping[str, str], *, until: datetime) -> str:
    """Say when a record was written down, in a form that sorts; empty if it does not say.

    Raises
    ------
    CannotBeRead
        If it says something else than an instant, or one to come: nothing would be newer.
    """
    said = cells.get(MADE_AT) or cells.get("changed_at", "")
    if not said:
        return ""
    try:
        instant = datetime.fromisoformat(said)
    except ValueError as error:
        raise CannotBeRead([Fault(MADE_AT, is_of_value=False)]) from error
    if instant.tzinfo is None or instant > until:
        raise CannotBeRead([Fault(MADE_AT, is_of_value=False)])
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _problem(where: str, *, is_of_value: bool) -> Problem:
    rule = Rule.NO_VALUE_OF_FIELD if is_of_value else Rule.RECORD_UNREADABLE
    return Problem(rule, where)


def _projected(
    described: Described, table: type[Any], picture: Picture
) -> tuple[dict[str, Any], dict[type[Any], list[dict[str, Any]]]]:
    """Write what stands into an empty record, and give its columns and its parts."""
    about = table(answers={}, carried={})
    project(described, about, picture, projected_fields(described))
    written = {name.removesuffix("_sealed") for name in about.__dict__}
    columns = {name: getattr(about, name) for name in _said_columns(table) if name in written}
    parts = {
        link.mapper.class_: [_columns_of(part) for part in getattr(about, name)]
        for name, link in sa.inspect(table).relationships.items()
        if name in _PARTS
    }
    return columns | {"carried": about.carried}, parts


def _columns_of(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in _said_columns(type(part))}


def _said_columns(table: type[Any]) -> list[str]:
    columns = cast("sa.Table", table.__table__).columns
    return [each.name for each in columns if each.info["reveals"] is not Reveals.NOTHING]
