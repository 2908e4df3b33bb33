"""What is due: every record whose time is over or nearly, with what was said of it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.listing import COUNTED, AtLeast
from casework.remains.model import Remains
from casework.retention.rules import RECORDS, Record, dates_of, due_day, restricts, rule_of
from casework.retention.sight import as_keeper
from privacy.permissions import Permission, Role, Viewer, demand
from privacy.retention.model import RetentionHold, RetentionNotice, RetentionRound, Stage
from privacy.retention.rules import BETWEEN_STAGES, Noted, Rule, due_on, next_stage

Row = TypeVar("Row", RetentionNotice, RetentionHold)

PAGE_SIZE = 50
AHEAD = timedelta(days=60)
"""How far a preview looks ahead: as long as the two warnings take."""


@dataclass(frozen=True, slots=True)
class Due:
    """A record whose time is over or soon will be: what was said, what comes, what holds it."""

    record: Record = field(repr=False)
    rule: Rule
    due_on: date
    noted: Sequence[Noted]
    hold: RetentionHold | None
    next: Stage | None

    @property
    def reference(self) -> str:
        return self.record.reference

    @property
    def erased_from(self) -> date | None:
        """Give the earliest day of erasure; None if it is held, or never is by the clock."""
        return self._ends_from if self.rule.erases and self.hold is None else None

    @property
    def restricted_from(self) -> date | None:
        """Give the earliest day on which it is closed to others; None if it never is."""
        return self._ends_from if restricts(self.record) and self.hold is None else None

    @property
    def is_restricted(self) -> bool:
        """Say whether it was the clock that closed it, and nobody closed it since."""
        return any(
            each.stage is Stage.RESTRICTED and each.at == self.record.restricted_at
            for each in self.noted
        )

    @property
    def _ends_from(self) -> date:
        said = {each.stage: each.at.date() for each in self.noted}
        if Stage.REMINDER in said:
            return said[Stage.REMINDER] + BETWEEN_STAGES
        return said.get(Stage.REVIEW, self.due_on) + 2 * BETWEEN_STAGES


def list_due(
    session: Session,
    viewer: Viewer,
    *,
    today: date,
    ahead: timedelta = AHEAD,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> tuple[list[Due], int]:
    """List one page of what `viewer` may see of what is due by then, the soonest first.

    And how many there are, as far as the page tells: in a registry that was filled in one
    week, all of it is due in one week.

    Raises
    ------
    NotPermitted
        If `viewer` has no part in how long records stay.
    """
    demand(viewer, Permission.RETENTION_READ)
    first = (page - 1) * size
    with as_keeper(session, viewer):
        soonest = sa.union_all(
            *(
                _due_by(table, today + ahead)
                .where(_is_seen_by(viewer, table))
                .with_only_columns(
                    sa.literal(place).label("place"),
                    table.id,
                    table.reference.label("reference"),
                    due_day(table).label("due"),
                )
                for place, table in enumerate(RECORDS)
            )
        ).subquery()
        keys = session.execute(
            sa.select(soonest.c.place, soonest.c.id)
            .order_by(soonest.c.due, soonest.c.reference)
            .limit(size + 1)
            .offset(first)
        ).all()
        records: list[Record] = []
        for place, table in enumerate(RECORDS):
            ids = [number for at, number in keys[:size] if at == place]
            records += session.scalars(sa.select(table).where(table.id.in_(ids)))
        due = _soonest_first(_judged(session, records, today))
    listed = [each for each in due if _may_see(viewer, each.record)]
    total = first + len(listed)
    return listed, AtLeast(total) if len(keys) > size else total


def count_over(session: Session, viewer: Viewer, *, today: date) -> int:
    """Count the records of which the time is over; beyond a thousand only that there are more.

    Raises
    ------
    NotPermitted
        If `viewer` has no part in how long records stay.
    """
    demand(viewer, Permission.RETENTION_READ)
    with as_keeper(session, viewer):
        over = sa.union_all(
            *(
                _due_by(table, today)
                .where(_is_seen_by(viewer, table))
                .with_only_columns(table.id)
                .limit(COUNTED + 1)
                for table in RECORDS
            )
        ).subquery()
        found = session.scalar(sa.select(sa.func.count()).select_from(over)) or 0
    return AtLeast(COUNTED) if found > COUNTED else found


def get_due(session: Session, viewer: Viewer, reference: str, *, today: date) -> Due:
    """Find what is said of one record, whether or not its time is over.

    Raises
    ------
    NotFound
        If there is none, or it is not `viewer`'s to decide on.
    """
    demand(viewer, Permission.RETENTION_READ)
    with as_keeper(session, viewer):
        record = find_record(session, reference)
        if record is None or not _may_see(viewer, record):
            raise NotFound("retention")
        return _judged(session, [record], today)[0]


def all_due(session: Session, *, today: date, ahead: timedelta) -> list[Due]:
    """List what is due in the whole registry. Only for the keeper's sessions."""
    records: list[Record] = []
    for table in RECORDS:
        records += session.scalars(_due_by(table, today + ahead))
    return _soonest_first(_judged(session, records, today))


def find_record(session: Session, reference: str) -> Record | None:
    """Find a record that is not erased, of any kind. Only for the keeper's sessions."""
    for table in RECORDS:
        named = sa.select(table).where(
            table.reference == reference.strip().upper(), table.erased_at.is_(None)
        )
        found = cast("Record | None", session.scalar(named))
        if found is not None:
            return found
    return None


def last_round(session: Session) -> RetentionRound | None:
    """Give the round that the next one measures the clock by."""
    return session.scalar(sa.select(RetentionRound).order_by(RetentionRound.id.desc()).limit(1))


def get_hold(session: Session, hold_id: int) -> RetentionHold:
    """Find one hold that still stands; row-level security says who may.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = session.scalar(
        sa.select(RetentionHold).where(
            RetentionHold.id == hold_id, RetentionHold.lifted_at.is_(None)
        )
    )
    if found is None:
        raise NotFound("hold")
    return found


def _due_by(table: type[Record], day: date) -> sa.Select[Any]:
    return sa.select(table).where(table.erased_at.is_(None), due_day(table) <= day)


def _soonest_first(due: Iterable[Due]) -> list[Due]:
    return sorted(due, key=lambda each: (each.due_on, each.reference))


def _is_seen_by(viewer: Viewer, table: type[Record]) -> sa.ColumnElement[bool]:
    """Ask for the records of which `_may_see` says yes."""
    if viewer.role is Role.DATA_PROTECTION_OFFICER:
        return sa.true()
    if viewer.role is Role.LIAISON_OFFICER and table is Remains:
        return sa.false()
    return table.owner_institution_id == viewer.institution_id


def _judged(session: Session, records: Sequence[Record], today: date) -> list[Due]:
    notices = _by_record(session.scalars(_about(RetentionNotice, records)))
    holds = _by_record(
        session.scalars(
            _about(RetentionHold, records).where(
                RetentionHold.lifted_at.is_(None), RetentionHold.until >= today
            )
        )
    )
    return [_judge(each, notices, holds, today) for each in records]


def _judge(
    record: Record,
    notices: dict[str, list[RetentionNotice]],
    holds: dict[str, list[RetentionHold]],
    today: date,
) -> Due:
    rule = rule_of(record)
    due = due_on(rule, dates_of(record))
    noted = [
        Noted(each.stage, each.due_on, each.noted_at)
        for each in notices.get(record.reference, [])
        if each.due_on == due
    ]
    hold = max(holds.get(record.reference, []), key=lambda each: each.until, default=None)
    stage = next_stage(
        rule,
        due,
        noted,
        is_held=hold is not None,
        today=today,
        restricts=restricts(record),
    )
    return Due(record, rule, due, noted, hold, stage)


def _about(table: type[Row], records: Sequence[Record]) -> sa.Select[Row]:
    return sa.select(table).where(table.reference.in_([each.reference for each in records]))


def _by_record(
    rows: Iterable[Row],
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.reference, []).append(row)
    return found


def _may_see(viewer: Viewer, record: Record) -> bool:
    if viewer.role is Role.DATA_PROTECTION_OFFICER:
        return True
    # Whoever attends to families never learns of remains, not even of their own institution.
    is_theirs = viewer.role is not Role.LIAISON_OFFICER or not isinstance(record, Remains)
    return is_theirs and record.owner_institution_id == viewer.institution_id
