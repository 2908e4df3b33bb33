"""Keeping what was read: new, changed or as before, and never two of one.

A source's row is known again by its own key. What it said before goes into the record's
versions before a newer file changes it; nothing is overwritten in silence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

Columns = Mapping[str, Any]


class Kept(StrEnum):
    """What became of a row that could be taken."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Draft:
    """One record to keep: its key in its source, its content's hash, and its columns.

    `parts` holds the rows of the tables that hang on the record: names, marks, articles.
    """

    key: str
    content_hash: str
    columns: Columns = field(repr=False)
    parts: Mapping[type[Any], Sequence[Columns]] = field(repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One table that drafts are kept in, and how one of its records is known again.

    `opening` gives the columns that only a new record gets; `content_of` says what a record
    says now, to be kept as a version before it changes.
    """

    table: type[Any]
    versions: type[Any]
    key: str
    scope: Columns
    opening: Callable[[], Columns]
    content_of: Callable[[Any], dict[str, Any]]


def keep(
    session: Session, shelf: Shelf, drafts: Sequence[Draft], *, run_id: int, at: datetime
) -> list[Kept]:
    """Keep drafts, and say of each what became of it, in their order."""
    known = _known(session, shelf, [draft.key for draft in drafts])
    outcome: list[Kept] = []
    new: dict[str, Draft] = {}
    for draft in drafts:
        record = known.get(draft.key)
        if record is None and draft.key not in new:
            new[draft.key] = draft
            outcome.append(Kept.ADDED)
        elif _says(record, new.get(draft.key)) == draft.content_hash:
            outcome.append(Kept.UNCHANGED)
        else:
            # A key that comes twice in one file is added first, then changed like any other.
            _add(session, shelf, list(new.values()), run_id=run_id, at=at)
            known |= _known(session, shelf, list(new))
            new.clear()
            _change(session, shelf, known[draft.key], draft, run_id=run_id, at=at)
            outcome.append(Kept.UPDATED)
    _add(session, shelf, list(new.values()), run_id=run_id, at=at)
    return outcome


def _says(record: Any, draft: Draft | None) -> str | None:
    if draft is not None:
        return draft.content_hash
    return record.content_hash if record is not None else None


def _known(session: Session, shelf: Shelf, keys: Sequence[str]) -> dict[str, Any]:
    table = shelf.table
    found = session.scalars(
        sa.select(table)
        .where(getattr(table, shelf.key).in_(keys))
        .filter_by(**shelf.scope)
        .execution_options(populate_existing=True)
    )
    return {getattr(record, shelf.key): record for record in found}


def _add(
    session: Session, shelf: Shelf, drafts: Sequence[Draft], *, run_id: int, at: datetime
) -> None:
    if not drafts:
        return
    rows = [
        {
            **shelf.opening(),
            **shelf.scope,
            **draft.columns,
            shelf.key: draft.key,
            "content_hash": draft.content_hash,
            "changed_at": at,
            "import_run_id": run_id,
        }
        for draft in drafts
    ]
    ids = session.scalars(
        sa.insert(shelf.table).returning(shelf.table.id, sort_by_parameter_order=True), rows
    ).all()
    _add_parts(session, list(zip(ids, drafts, strict=True)))


def _add_parts(session: Session, owners: Sequence[tuple[int, Draft]]) -> None:
    rows: dict[type[Any], list[dict[str, Any]]] = {}
    for owner_id, draft in owners:
        for table, parts in draft.parts.items():
            rows.setdefault(table, []).extend({**part, "case_id": owner_id} for part in parts)
    for table, wanted in rows.items():
        if wanted:
            session.execute(sa.insert(table), wanted)


def _change(
    session: Session, shelf: Shelf, record: Any, draft: Draft, *, run_id: int, at: datetime
) -> None:
    session.execute(
        sa.insert(shelf.versions).values(
            case_id=record.id,
            version=record.version,
            content=shelf.content_of(record),
            content_hash=record.content_hash,
            import_run_id=record.import_run_id,
            recorded_at=record.changed_at,
        )
    )
    for name, value in draft.columns.items():
        setattr(record, name, value)
    record.content_hash = draft.content_hash
    record.version += 1
    record.changed_at = at
    record.import_run_id = run_id
    for table in draft.parts:
        session.execute(sa.delete(table).where(table.case_id == record.id))
    session.flush()
    _add_parts(session, [(record.id, draft)])
