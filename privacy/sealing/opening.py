"""Opening one group of fields of some records: asked, counted, logged, and only then opened."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.policy import decide_each
from privacy.sealing.cipher import place_of, unseal
from privacy.sealing.columns import SealedField, SealedRow, case_of, fields_of
from privacy.sealing.keyring import keys_of
from privacy.sealing.quota import count_openings


@dataclass(frozen=True, slots=True)
class Opened:
    """Which of the rows asked for are open now, and which the policies keep closed."""

    rows: tuple[Any, ...]
    refused: tuple[Any, ...]


def open_group(
    session: Session, viewer: Viewer, rows: Sequence[Any], group: Reveals, *, at: datetime
) -> Opened:
    """Open one group of fields of cases and of what hangs on them, as far as it may be.

    One deed with all whom it concerns; what is refused stands in the log as well.

    Raises
    ------
    TooManyOpened
        If the viewer opens more in an hour than a person needs. Nothing is opened.
    KeysUnavailable
        If the keys cannot be had; the message says what to do.
    """
    if not rows:
        return Opened((), ())
    opened = _asked(session, viewer, rows, group, at=at)
    count_openings(session, viewer, opened.rows, group, at=at)
    _record(session, viewer, opened, group, at=at)
    open_fields(session, [*opened.rows, *_parts(session, opened.rows, group)], group)
    return opened


def open_fields(session: Session, rows: Iterable[SealedRow], group: Reveals) -> None:
    """Open the group's fields of rows that somebody else has asked and answered for."""
    sealed = [
        (row, case_of(row).seal_id, fields)
        for row in rows
        if (fields := [each for each in fields_of(type(row)) if _is_sealed(row, each, group)])
    ]
    keys = keys_of(session).to_open({case for _, case, _ in sealed}) if sealed else {}
    for row, case, fields in sealed:
        for field in fields:
            field.put_opened(row, _unsealed(keys.get(case), row, field))


def _is_sealed(row: Any, field: SealedField[Any], group: Reveals) -> bool:
    return field.reveals is group and bool(getattr(row, field.attribute))


def _unsealed(key: bytearray | None, row: Any, field: SealedField[Any]) -> bytes | None:
    """Open one field; without a key its case was erased, and it says nothing any more."""
    if key is None:
        return None
    place = place_of(row.__table__.name, row.seal_id, field.name)
    return unseal(key, getattr(row, field.attribute), place)


def _asked(
    session: Session, viewer: Viewer, rows: Sequence[Any], group: Reveals, *, at: datetime
) -> Opened:
    """Ask the policies for every row; a group that nothing opens stays closed."""
    permission = type(case_of(rows[0])).opened_by.get(group)
    if permission is None:
        return Opened((), tuple(rows))
    rulings = decide_each(session, viewer, permission, [case_of(row) for row in rows], at=at)
    asked = list(zip(rows, rulings, strict=True))
    return Opened(
        tuple(row for row, ruling in asked if ruling.allowed),
        tuple(row for row, ruling in asked if not ruling.allowed),
    )


def _parts(session: Session, rows: Sequence[Any], group: Reveals) -> list[Any]:
    """Load what hangs on the cases and has fields of this group: one query for each kind."""
    cases = [row for row in rows if not row.case_of_key]
    if not cases:
        return []
    found: list[Any] = []
    for link in sa.inspect(type(cases[0])).relationships:
        part = link.mapper.class_
        if any(field.reveals is group for field in fields_of(part)):
            found += _loaded(session, cases, link.key, part)
    return found


def _loaded(session: Session, cases: Sequence[Any], name: str, part: Any) -> list[Any]:
    bare = [case for case in cases if name in sa.inspect(case).unloaded]
    if bare:
        by_case: dict[int, list[Any]] = {case.id: [] for case in bare}
        parts = sa.select(part).where(part.case_id.in_(by_case)).order_by(part.id)
        for each in session.scalars(parts):
            by_case[each.case_id].append(each)
        for case in bare:
            set_committed_value(case, name, by_case[case.id])
    return [each for case in cases for each in getattr(case, name)]


def _record(
    session: Session, viewer: Viewer, opened: Opened, group: Reveals, *, at: datetime
) -> None:
    if opened.rows:
        record(
            session,
            Deed.SEALED_OPENED,
            by=viewer,
            at=at,
            concerning=_references(opened.rows),
            group=group.value,
            count=len(opened.rows),
        )
    if opened.refused:
        record(
            session,
            Deed.SEALED_REFUSED,
            by=viewer,
            at=at,
            concerning=_references(opened.refused),
            group=group.value,
            count=len(opened.refused),
        )


def _references(rows: Collection[Any]) -> set[str]:
    cases = (case_of(row) for row in rows)
    return {case.reference for case in cases if hasattr(case, "reference")}
