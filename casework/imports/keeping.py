"""Keeping what was read: new, changed or as before, and never two of one.

A source's row is known again by its own key. What it said before goes into the record's
versions before a newer file changes it; nothing is overwritten in silence, and a column that
a file does not have blanks nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from casework.finding.following import follow_rows as follow_texts
from casework.finding.following import outdate
from privacy.model import Reveals
from privacy.sealing.bulk import seal_cases, seal_parts
from privacy.sealing.columns import SealedRow
from privacy.sealing.opening import open_fields
from privacy.tokens.following import FoundByTokens, follow_rows
from privacy.tokens.keeping import forget

Columns = Mapping[str, Any]


def as_brought(_record: Any) -> None:
    """Leave what a file brought as it is."""


class Kept(StrEnum):
    """What became of a row that could be taken."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Draft:
    """One record to keep: its key in its source, its content's hash, and what it states.

    `parts` holds the rows of the tables that hang on the record: names, marks, articles.
    """

    key: str
    content_hash: str
    columns: Columns = field(repr=False)
    parts: Mapping[type[Any], Sequence[Columns]] = field(repr=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One table that drafts are kept in, and how one of its records is known again.

    `opening` gives the columns that only a new record gets, `blank` what stands in one of
    which a draft says nothing; `content_of` says what a record says now, to be kept as a
    version before it changes; `compared` names the columns that are the source's own words
    and not our reading of them. `dated` is the column that says how new a row is: it moves on
    where nothing else does. `settle` rounds what the columns of a changed record may not hold.
    """

    table: type[Any]
    versions: type[Any]
    key: str
    scope: Columns
    opening: Callable[[], Columns]
    content_of: Callable[[Any], dict[str, Any]]
    compared: frozenset[str]
    blank: Columns = field(default_factory=dict)
    dated: str = "source_date"
    settle: Callable[[Any], None] = as_brought

    def says_the_same(self, record: Any, draft: Draft) -> bool:
        """Tell whether nothing that the draft states differs from the record."""
        return getattr(record, self.key) == draft.key and all(
            _is_same(getattr(record, name), value)
            for name, value in draft.columns.items()
            if name in self.compared
        )


Known = Mapping[str, Any]
Owner = tuple[int, UUID]
"""A record's number, and the number its key is kept under."""

_NO_DIFFERENCE = 1e-5
"""A metre, in degrees: releases of one file cut the same coordinates at different digits."""


def is_erased(record: Any) -> bool:
    """Tell a record of which nothing may come back, whatever a later file says of it."""
    return getattr(record, "erased_at", None) is not None


def _is_same(stored: Any, stated: Any) -> bool:
    if isinstance(stored, float) and isinstance(stated, float):
        return abs(stored - stated) <= _NO_DIFFERENCE
    return bool(stored == stated)


def known_by_key(session: Session, shelf: Shelf, keys: Sequence[str]) -> dict[str, Any]:
    """Find the records that the source's keys name, with what their source said opened."""
    table = shelf.table
    ids = ids_by_key(session, table, keys, key=shelf.key, scope=shelf.scope)
    if not ids:
        return {}
    found = session.scalars(
        sa.select(table)
        .where(table.id.in_(list(ids.values())))
        .execution_options(populate_existing=True)
    ).all()
    if issubclass(table, SealedRow):
        open_fields(session, found, shelf.table.content.reveals)
    return {getattr(record, shelf.key): record for record in found}


def open_statements(session: Session, table: type[Any], case_id: int) -> Sequence[Any]:
    """Open all that was said of a record, to be held against what a file says of it."""
    found = session.scalars(sa.select(table).where(table.case_id == case_id)).all()
    for group in Reveals:
        open_fields(session, found, group)
    return found


def ids_by_key(
    session: Session, table: type[Any], keys: Collection[str], *, key: str, scope: Columns
) -> dict[str, int]:
    """Find the numbers of the records that keys name among those of one source.

    OFFSET keeps the planner to an index of the keys. It believes that what came in with this
    very file is not there, so that all ways cost it nothing; by the index of the institution
    it read, for each thousand rows, all those before them.
    """
    columns = _plain(table).c
    named = columns[key] == sa.func.any(sa.literal(list(keys), ARRAY(sa.Text)))
    tempting = [name for name in scope if columns[name].index]
    within = [columns[name] == scope[name] for name in scope if name not in tempting]
    among = sa.select(columns.id, columns[key].label("key"), *(columns[n] for n in tempting))
    found = among.where(named, *within).offset(0).subquery()
    of_source = [found.c[name] == scope[name] for name in tempting]
    rows = session.execute(sa.select(found.c.key, found.c.id).where(*of_source))
    return {row.key: row.id for row in rows}


def keep(
    session: Session,
    shelf: Shelf,
    drafts: Sequence[Draft],
    known: Known,
    *,
    run_id: int,
    at: datetime,
) -> list[Kept]:
    """Keep drafts of different keys, and say of each what became of it, in their order.

    `known` holds the record that a draft's key stands for, where there is one.
    """
    outcome: list[Kept] = []
    new: list[Draft] = []
    for draft in drafts:
        record = known.get(draft.key)
        if record is None:
            new.append(draft)
            outcome.append(Kept.ADDED)
        elif is_erased(record):
            outcome.append(Kept.UNCHANGED)
        elif shelf.says_the_same(record, draft):
            _note_how_new(record, draft, shelf.dated)
            outcome.append(Kept.UNCHANGED)
        else:
            _change(session, shelf, record, draft, run_id=run_id, at=at)
            outcome.append(Kept.UPDATED)
    session.flush()
    _add(session, shelf, new, run_id=run_id, at=at)
    return outcome


def _note_how_new(record: Any, draft: Draft, dated: str) -> None:
    """Keep that the same was said again later, so that nothing older follows."""
    before, now = getattr(record, dated), draft.columns.get(dated)
    if now is not None and (before is None or now > before):
        setattr(record, dated, now)


def _add(
    session: Session, shelf: Shelf, drafts: Sequence[Draft], *, run_id: int, at: datetime
) -> None:
    if not drafts:
        return
    rows = [
        {
            **shelf.opening(),
            **shelf.scope,
            **shelf.blank,
            **draft.columns,
            shelf.key: draft.key,
            "content_hash": draft.content_hash,
            "changed_at": at,
            "import_run_id": run_id,
        }
        for draft in drafts
    ]
    # As they stand before they are sealed.
    texts = [dict(row) for row in rows]
    if issubclass(shelf.table, SealedRow):
        seal_cases(session, shelf.table, rows)
    _insert_at_once(session, _plain(shelf.table), _whole(_plain(shelf.table), rows))
    if any(draft.parts for draft in drafts):
        keys = [draft.key for draft in drafts]
        ids = ids_by_key(session, shelf.table, keys, key=shelf.key, scope=shelf.scope)
        owners = [(ids[row[shelf.key]], row["seal_id"]) for row in rows]
        numbered = [(owner_id, text) for (owner_id, _), text in zip(owners, texts, strict=True)]
        follow_texts(session, shelf.table, numbered)
        _add_parts(session, list(zip(owners, drafts, strict=True)))


def _whole(table: sa.Table, rows: Sequence[Columns]) -> list[Columns]:
    """Fill in what a column of our own says where nothing was stated."""
    lacking = [each for each in table.columns if each.name not in rows[0] and each.default]
    return [{**row, **{each.name: _default_of(each) for each in lacking}} for row in rows]


def _default_of(column: sa.Column[Any]) -> Any:
    default: Any = column.default
    return default.arg(None) if default.is_callable else default.arg


def _plain(table: type[Any]) -> sa.Table:
    return cast("sa.Table", table.__table__)


def _add_parts(session: Session, owners: Sequence[tuple[Owner, Draft]]) -> None:
    rows: dict[type[Any], list[tuple[UUID, dict[str, Any]]]] = {}
    for (owner_id, key), draft in owners:
        for table, parts in draft.parts.items():
            wanted = rows.setdefault(table, [])
            wanted.extend((key, {**part, "case_id": owner_id}) for part in parts)
    for table, wanted in rows.items():
        if wanted:
            follow_texts(session, table, [(row["case_id"], row) for _, row in wanted])
            if issubclass(table, FoundByTokens):
                follow_rows(session, [row for _, row in wanted])
            if issubclass(table, SealedRow):
                seal_parts(session, table, wanted)
            _insert_at_once(session, _plain(table), [row for _, row in wanted])


def _insert_at_once(session: Session, table: sa.Table, rows: Sequence[Columns]) -> None:
    """Insert rows of the same columns by one statement that takes each column as an array.

    The policies of a part look at its whole, and making ready for that once for each row took
    twice as long as all other work of an import.
    """
    columns = [table.c[name] for name in rows[0]]
    handed = {each.name: JSONB() if _is_list(each) else each.type for each in columns}
    arrays = (
        sa.literal([row[name] for row in rows], ARRAY(kind, dimensions=1))
        for name, kind in handed.items()
    )
    given = (
        sa.func.unnest(*arrays)
        .table_valued(*(sa.column(name, kind) for name, kind in handed.items()))
        .render_derived()
    )
    chosen = sa.select(
        *(
            _listed(given.c[each.name]) if _is_list(each) else given.c[each.name]
            for each in columns
        )
    )
    new = sa.insert(table).from_select(list(handed), chosen, include_defaults=False)
    session.execute(new)


def _is_list(column: sa.Column[Any]) -> bool:
    """Tell a column of lists: an array of them would lose where each begins."""
    return isinstance(column.type, sa.ARRAY)


def _listed(told: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Take a list out of its JSON, in its order."""
    items = sa.func.jsonb_array_elements_text(told).table_valued("value")
    return sa.func.array(sa.select(items.c.value).scalar_subquery())


def _change(
    session: Session, shelf: Shelf, record: Any, draft: Draft, *, run_id: int, at: datetime
) -> None:
    _keep_version(session, shelf, record)
    for name, value in draft.columns.items():
        setattr(record, name, value)
    shelf.settle(record)
    setattr(record, shelf.key, draft.key)
    record.content_hash = draft.content_hash
    record.version += 1
    record.changed_at = at
    record.import_run_id = run_id
    for table in draft.parts:
        session.execute(sa.delete(table).where(table.case_id == record.id))
        if issubclass(table, FoundByTokens):
            forget(session, [record.id])
    if draft.parts:
        _add_parts(session, [((record.id, record.seal_id), draft)])
    outdate(session, shelf.table, record.id)


def _keep_version(session: Session, shelf: Shelf, record: Any) -> None:
    """Keep what the record said until now, word for word."""
    before = {
        "case_id": record.id,
        "version": record.version,
        "content": shelf.content_of(record),
        "content_hash": record.content_hash,
        "import_run_id": record.import_run_id,
        "recorded_at": record.changed_at,
    }
    if issubclass(shelf.versions, SealedRow):
        seal_parts(session, shelf.versions, [(record.seal_id, before)])
    session.execute(sa.insert(_plain(shelf.versions)).values(before))
