"""Whole records of another registry into this one: as copies, with all that was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.imports.findings import Finding
from casework.imports.keeping import Draft, Kept, ids_by_key, open_statements
from casework.imports.person_rows import PersonRows
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import ReadRow, Reads
from casework.living.statements import LIVING_PERSON
from casework.missing.statements import MISSING_PERSON
from casework.remains.statements import REMAINS
from casework.statements.describing import Described, project, projected_fields
from casework.statements.picture import Picture, picture_of
from casework.statements.taking_in import take_in
from casework.statements.written import (
    CannotBeRead,
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
_PARTS = ("names", "marks", "articles")


@dataclass(slots=True)
class RecordRows(PersonRows):
    """The records of one file, each with its statements."""

    ours: frozenset[str] = frozenset()
    read: dict[str, list[WrittenStatement]] = field(default_factory=dict, repr=False)

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows, and which of them are copies of our own."""
        keys = [row.plain.record_id for row in rows if row.plain]
        table = self.shelf.table
        own = session.scalars(sa.select(table.record_id).where(table.record_id.in_(keys)))
        self.ours = frozenset(own)
        return PersonRows.known(self, session, rows)

    def draft_of(
        self, row: ReadRow, stored: Any | None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Read what was said, and lay it together for the columns that lists read."""
        if row.plain is None:
            return None, ()
        key, cells = row.plain.record_id, row.plain.cells
        if key in self.ours:
            return None, (Finding.of(row.line, Problem(Rule.RECORD_IS_OURS, "record_id", key)),)
        text = cells.get("statements", "")
        described = DESCRIBED[self.reads]
        try:
            statements = read_statements(described.kind, text)
        except CannotBeRead as refusal:
            return None, tuple(
                Finding.of(row.line, _problem(each.where, is_of_value=each.is_of_value))
                for each in refusal.faults
            )
        self.read[key] = statements
        declared, noted = self._declared(key, stored)
        declared["invented"] = declared["invented"] or cells.get("invented") == "true"
        columns, parts = _projected(
            described, self.shelf.table, picture_of(assertions_in(statements))
        )
        # Of what was said only the hash: the groups of the statements seal it apart.
        told = sha256(text.encode()).hexdigest()
        content = {"record_id": key, "statements": told}
        draft = Draft(key, told, {**columns, **declared, "content": content}, parts)
        return draft, tuple(Finding.of(row.line, each) for each in noted)

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
        table, described = self.shelf.table, DESCRIBED[self.reads]
        ids = ids_by_key(session, table, changed, key=self.shelf.key, scope=self.shelf.scope)
        by = self.owner.account_id
        for key, number in ids.items():
            about = session.get_one(table, number)
            held = open_statements(session, described.statement, number)
            take_in(session, described, about, self.read[key], held=held, by=by, at=at)


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
