"""Reading from the log what is needed to notice unusual access, and who saw one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.oversight.unusual import (
    HABIT,
    WINDOW,
    Finding,
    Hour,
    Kind,
    Nationality,
    Sought,
    unusual_hours,
    unusual_nationalities,
    unusual_seeking,
)
from casework.signin.model import Account, Institution
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import HUMAN_ROLES, Permission, Role, Viewer, demand

# Deeds that name a record without showing what is in it.
REFUSED = (Deed.ACCESS_REFUSED, Deed.NOT_FOUND)
SHOWS_NOTHING = (
    *REFUSED,
    Deed.UNPROVEN,
    Deed.LOG_READ,
    Deed.MISSING_REPORTED,
    Deed.REMAINS_RECORDED,
)
# Lines by which a guard of ours says that it has stopped somebody or something.
ALARMS = (
    Deed.QUOTA_EXCEEDED,
    Deed.POLICY_DISAGREED,
    Deed.LOG_NOT_SIGNED,
    Deed.LOG_LINE_ERASED,
)
_ONE_FILE = (
    Deed.MISSING_READ,
    Deed.REMAINS_READ,
    Deed.PAIRING_READ,
    Deed.PAIRING_PRINTED,
    Deed.LINK_PRINTED,
    Deed.DECISION_PRINTED,
    Deed.BOARD_PRINTED,
    Deed.MISSING_PRINTED,
    Deed.REMAINS_PRINTED,
)
_MOST_SOUGHT = 50
_opens = Entry.deed.not_in(SHOWS_NOTHING)
_people = Entry.role.in_(HUMAN_ROLES)


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who saw one person's record, how often and when."""

    person: str
    role: Role
    institution: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class WholeRegister:
    """Matching runs open everybody who may be searched for; they are one deed with counts."""

    runs: int
    last: datetime | None


def list_onlookers(session: Session, viewer: Viewer, reference: str) -> list[Onlooker]:
    """List who saw the record with this reference, in a file, a list, a comparison or a copy.

    Raises
    ------
    NotPermitted
        If reading the log is not the viewer's duty.
    """
    demand(viewer, Permission.LOG_READ)
    seen = (
        sa.select(
            Entry.account_id,
            Entry.role,
            Entry.institution_id,
            sa.func.count().label("times"),
            sa.func.min(Entry.at).label("first"),
            sa.func.max(Entry.at).label("last"),
        )
        .where(Entry.concerning.contains([reference]), _opens)
        .group_by(Entry.account_id, Entry.role, Entry.institution_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(seen, Account.display_name, Institution.name)
        .outerjoin(Account, Account.id == seen.c.account_id)
        .outerjoin(Institution, Institution.id == seen.c.institution_id)
        .order_by(seen.c.last.desc())
    )
    return [
        Onlooker(
            person=row.display_name or "",
            role=row.role,
            institution=row.name or "",
            times=row.times,
            first=row.first,
            last=row.last,
        )
        for row in rows
    ]


def whole_register_runs(session: Session, viewer: Viewer) -> WholeRegister:
    """Count the matching runs, each of which opened everybody who may be searched for."""
    demand(viewer, Permission.LOG_READ)
    runs, last = session.execute(
        sa.select(sa.func.count(), sa.func.max(Entry.at)).where(
            Entry.deed == Deed.MATCHING_OPENED_CASES.value
        )
    ).one()
    return WholeRegister(runs, last)


def list_unusual(session: Session, viewer: Viewer, *, at: datetime) -> list[Finding]:
    """Find what somebody should ask about in the last week.

    Raises
    ------
    NotPermitted
        If reading the log is not the viewer's duty.
    """
    demand(viewer, Permission.LOG_READ)
    return [
        *_alarms(session, at),
        *unusual_hours(_hours(session, at), at=at),
        *unusual_nationalities(_nationalities(session, at)),
        *unusual_seeking(_names_sought(session, at), _people_opened(session, at)),
    ]


def count_stopped_by_quota(session: Session, viewer: Viewer, *, at: datetime) -> int:
    """Count who, in the last week, asked to open more than an hour admits.

    Raises
    ------
    NotPermitted
        If reading the log is not the viewer's duty.
    """
    demand(viewer, Permission.LOG_READ)
    people = sa.select(sa.func.count(sa.distinct(Entry.account_id)))
    stopped = people.where(Entry.deed == Deed.QUOTA_EXCEEDED.value, _since(at, WINDOW))
    return session.scalar(stopped) or 0


def _alarms(session: Session, at: datetime) -> list[Finding]:
    day = sa.cast(sa.func.timezone("UTC", Entry.at), sa.Date).label("day")
    rows = session.execute(
        sa.select(Entry.deed, Entry.account_id, day, sa.func.count())
        .where(Entry.deed.in_(ALARMS), _since(at, WINDOW))
        .group_by(Entry.deed, Entry.account_id, day)
        .order_by(day.desc(), Entry.deed)
    )
    return [
        Finding(Kind.ALARM, count, account_id=account or None, day=on, about=deed)
        for deed, account, on, count in _plain(rows)
    ]


def _hours(session: Session, at: datetime) -> list[Hour]:
    hour = sa.func.date_trunc("hour", Entry.at).label("hour")
    opened = sa.func.greatest(sa.func.cardinality(Entry.concerning), 1)
    rows = session.execute(
        sa.select(
            Entry.account_id,
            Entry.role,
            Institution.country,
            hour,
            sa.func.coalesce(sa.func.sum(opened).filter(_shows_people()), 0),
            sa.func.count().filter(Entry.deed.in_(REFUSED)),
        )
        .join(Institution, Institution.id == Entry.institution_id)
        .where(_people, Entry.at >= at - WINDOW - HABIT, Entry.at <= at)
        .group_by(Entry.account_id, Entry.role, Institution.country, hour)
    )
    return [Hour(*row) for row in _plain(rows)]


def _nationalities(session: Session, at: datetime) -> list[Nationality]:
    named = sa.func.jsonb_array_elements_text(Entry.details["nationalities"]).label("code")
    people = (
        sa.select(Entry.account_id, Entry.role, Institution.country, Entry.at, named)
        .join(Institution, Institution.id == Entry.institution_id)
        .where(_people, _since(at, WINDOW + HABIT), Entry.details.has_key("nationalities"))
        .subquery()
    )
    who = (people.c.account_id, people.c.role, people.c.country, people.c.code)
    is_late = people.c.at >= at - WINDOW
    rows = session.execute(
        sa.select(
            *who,
            sa.func.count().filter(is_late),
            sa.func.count().filter(~is_late),
        ).group_by(*who)
    )
    return [Nationality(*row) for row in _plain(rows)]


def _names_sought(session: Session, at: datetime) -> list[Sought]:
    token = Entry.details["sought"].astext
    return _sought(session, sa.select(token.label("about")).where(token.is_not(None)), at)


def _people_opened(session: Session, at: datetime) -> list[Sought]:
    reference = sa.func.unnest(Entry.concerning).label("about")
    return _sought(session, sa.select(reference).where(Entry.deed.in_(_ONE_FILE)), at)


def _sought(session: Session, about: sa.Select[Any], at: datetime) -> list[Sought]:
    lines = (
        about.add_columns(Entry.account_id, Entry.institution_id, Entry.at)
        .where(_people, _since(at, WINDOW))
        .subquery()
    )
    accounts = sa.func.count(sa.distinct(lines.c.account_id))
    rows = session.execute(
        sa.select(
            lines.c.about,
            accounts,
            sa.func.count(sa.distinct(lines.c.institution_id)),
            sa.func.max(lines.c.at),
        )
        .group_by(lines.c.about)
        .order_by(accounts.desc(), lines.c.about)
        .limit(_MOST_SOUGHT)
    )
    return [Sought(*row) for row in _plain(rows)]


def _shows_people() -> sa.ColumnElement[bool]:
    """Deeds by which somebody saw people: their own pages and those of the machine do not."""
    return sa.and_(_opens, sa.func.cardinality(Entry.concerning) > 0)


def _since(at: datetime, period: timedelta) -> sa.ColumnElement[bool]:
    return sa.and_(Entry.at >= at - period, Entry.at <= at)


def _plain(rows: Iterable[Any]) -> Sequence[Sequence[Any]]:
    return [tuple(row) for row in rows]
