"""Reading what offices ask of one another: only what the viewer's own office is party to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.desk.model import OfficeMessage, OfficeReading, OfficeRequest, Step
from casework.desk.rules import AT_A_DESK, KINDS_WITH_A_DESK, PENDING, TAKEN
from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.signin.model import Institution
from casework.signin.rules import DUTIES_OF
from privacy.door import readable, recheck
from privacy.permissions import PURPOSES, Permission, Viewer
from privacy.policy.decisions import decide

SOON = timedelta(days=7)


class Tray(StrEnum):
    """Where a request lies on a desk."""

    RECEIVED = "received"
    SENT = "sent"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests to the viewer's office wait, and how many of its own are late."""

    overdue: int
    today: int
    soon: int
    later: int
    own_overdue: int

    @property
    def received(self) -> int:
        return self.overdue + self.today + self.soon + self.later


@dataclass(frozen=True, slots=True)
class Seen:
    """One request, with all that a list says of it."""

    request: OfficeRequest
    state: Step
    other: Institution
    about: MissingPerson | Remains | None
    unread: bool


def readable_requests(viewer: Viewer, at: datetime) -> sa.Select[OfficeRequest]:
    """Which requests `viewer` may read: the first wall; row-level security is the second."""
    return readable(viewer, Permission.REQUEST_READ, OfficeRequest, at)


def get_request(
    session: Session, viewer: Viewer, number: int, *, at: datetime
) -> OfficeRequest:
    """Find one request.

    Raises
    ------
    NotFound
        If there is none that `viewer` may read, or no longer.
    """
    found = session.scalars(
        readable_requests(viewer, at).where(OfficeRequest.id == number)
    ).all()
    sure = recheck(session, viewer, Permission.REQUEST_READ, found, at)
    if not sure:
        raise NotFound("request")
    return sure[0]


def list_requests(
    session: Session, viewer: Viewer, tray: Tray, at: datetime, *, page: int, size: int
) -> tuple[list[Seen], int]:
    """List one tray, what fell due first first; what is closed, the newest first."""
    asked = readable_requests(viewer, at).where(_lies_in(tray, viewer))
    total = session.scalar(asked.with_only_columns(sa.func.count())) or 0
    order = (
        (OfficeRequest.id.desc(),)
        if tray is Tray.CLOSED
        else (OfficeRequest.due_on, OfficeRequest.id)
    )
    rows = session.scalars(asked.order_by(*order).limit(size).offset((page - 1) * size)).all()
    sure = recheck(session, viewer, Permission.REQUEST_READ, rows, at)
    return seen_of(session, viewer, sure, at), total


def list_about(
    session: Session, viewer: Viewer, people: Collection[int], at: datetime
) -> Mapping[int, int]:
    """Count the requests about each of some people that somebody still waits for."""
    counted = session.execute(
        readable_requests(viewer, at)
        .where(is_pending(), OfficeRequest.missing_person_id.in_(people))
        .with_only_columns(OfficeRequest.missing_person_id, sa.func.count())
        .group_by(OfficeRequest.missing_person_id)
    )
    return {row[0]: row[1] for row in counted if row[0] is not None}


def count_waiting(session: Session, viewer: Viewer, *, at: datetime) -> Waiting:
    """Count what waits on the viewer's desk, by when it falls due."""
    day, due = at.date(), OfficeRequest.due_on
    mine = OfficeRequest.to_institution_id == viewer.institution_id
    counted = session.execute(
        readable_requests(viewer, at)
        .where(is_pending())
        .with_only_columns(
            sa.func.count().filter(mine, due < day),
            sa.func.count().filter(mine, due == day),
            sa.func.count().filter(mine, due > day, due <= day + SOON),
            sa.func.count().filter(mine, due > day + SOON),
            sa.func.count().filter(sa.not_(mine), due < day),
        )
    ).one()
    return Waiting(*counted)


def seen_of(
    session: Session, viewer: Viewer, requests: Sequence[OfficeRequest], at: datetime
) -> list[Seen]:
    """Gather what a list says of requests: state, the other office, the record, what is new."""
    numbers = [each.id for each in requests]
    states = states_of(session, numbers)
    unread = _unread(session, viewer, requests)
    offices = {
        each.id: each
        for each in session.scalars(
            sa.select(Institution).where(
                Institution.id.in_({_other(each, viewer) for each in requests})
            )
        )
    }
    people, remains = records_of(session, viewer, requests, at)
    return [
        Seen(
            each,
            states.get(each.id, Step.OPEN),
            offices[_other(each, viewer)],
            people.get(each.missing_person_id or 0) or remains.get(each.remains_id or 0),
            each.id in unread,
        )
        for each in requests
    ]


def records_of(
    session: Session, viewer: Viewer, requests: Sequence[OfficeRequest], at: datetime
) -> tuple[Mapping[int, MissingPerson], Mapping[int, Remains]]:
    """Find the records that requests are about, as far as `viewer` may read them."""
    people = {each.missing_person_id for each in requests} - {None}
    remains = {each.remains_id for each in requests} - {None}
    found = readable_missing(viewer, at).where(MissingPerson.id.in_(people))
    others = readable_remains(viewer, at).where(Remains.id.in_(remains))
    return (
        {each.id: each for each in session.scalars(found)} if people else {},
        {each.id: each for each in session.scalars(others)} if remains else {},
    )


def states_of(session: Session, requests: Collection[int]) -> Mapping[int, Step]:
    """Say where requests stand: the last step that somebody took; without one they are open."""
    last = session.execute(
        sa.select(OfficeMessage.case_id, OfficeMessage.step)
        .where(OfficeMessage.case_id.in_(requests), OfficeMessage.step.is_not(None))
        .order_by(OfficeMessage.id)
    )
    return {row[0]: row[1] for row in last if row[1] is not None}


def list_messages(session: Session, request: OfficeRequest) -> Sequence[OfficeMessage]:
    """List what was written about a request, the oldest first, without opening it."""
    return session.scalars(
        sa.select(OfficeMessage)
        .where(OfficeMessage.case_id == request.id)
        .order_by(OfficeMessage.id)
    ).all()


def list_readings(session: Session, request: OfficeRequest) -> Mapping[int, OfficeReading]:
    """Say of each office how far it has read, and when it first had read so far."""
    rows = session.scalars(
        sa.select(OfficeReading)
        .where(OfficeReading.case_id == request.id)
        .order_by(OfficeReading.id)
    )
    return {each.institution_id: each for each in rows}


def list_offices(session: Session, viewer: Viewer) -> Sequence[Institution]:
    """List whom something can be asked of: other institutions where somebody sits at a desk."""
    return session.scalars(
        sa.select(Institution)
        .where(
            Institution.kind.in_(sorted(KINDS_WITH_A_DESK)),
            Institution.id != viewer.institution_id,
        )
        .order_by(Institution.country, Institution.name)
    ).all()


def may_know_of(
    session: Session, office: Institution, about: MissingPerson | Remains, *, at: datetime
) -> bool:
    """Say whether somebody of another office may read that a record exists.

    The policies are asked for each duty and purpose there, with what the session itself may
    read of the ledger: of a grant that is hidden from who asks, nothing is learnt.
    """
    exists = (
        Permission.MISSING_READ if isinstance(about, MissingPerson) else Permission.REMAINS_READ
    )
    return any(
        decide(_somebody(office, role, purpose), exists, about, at=at, session=session)
        for role in sorted(DUTIES_OF[office.kind] & AT_A_DESK)
        for purpose in PURPOSES[role]
    )


def _somebody(office: Institution, role: object, purpose: object) -> Viewer:
    return Viewer(
        account_id=0,
        role=role,  # type: ignore[arg-type]
        institution_id=office.id,
        country=office.country,
        purpose=purpose,  # type: ignore[arg-type]
        second_factor=True,
    )


def _lies_in(tray: Tray, viewer: Viewer) -> sa.ColumnElement[bool]:
    own = viewer.institution_id
    if tray is Tray.CLOSED:
        return sa.not_(is_pending())
    side = (
        OfficeRequest.to_institution_id
        if tray is Tray.RECEIVED
        else OfficeRequest.from_institution_id
    )
    return sa.and_(is_pending(), side == own)


def is_pending() -> sa.ColumnElement[bool]:
    """Say of a request that nobody settled it yet."""
    last = (
        sa.select(OfficeMessage.step)
        .where(OfficeMessage.case_id == OfficeRequest.id, OfficeMessage.step.is_not(None))
        .order_by(OfficeMessage.id.desc())
        .limit(1)
        .correlate(OfficeRequest)
        .scalar_subquery()
    )
    state = sa.func.coalesce(sa.cast(last, sa.Text), Step.OPEN.value)
    is_taken = sa.and_(OfficeRequest.kind.in_(TAKEN), state == Step.ACCEPTED.value)
    return sa.and_(state.in_([each.value for each in PENDING]), sa.not_(is_taken))


def _other(request: OfficeRequest, viewer: Viewer) -> int:
    if request.from_institution_id == viewer.institution_id:
        return request.to_institution_id
    return request.from_institution_id


def _unread(
    session: Session, viewer: Viewer, requests: Sequence[OfficeRequest]
) -> frozenset[int]:
    """Name the requests in which the other office wrote what nobody here has read."""
    numbers = [each.id for each in requests]
    theirs = {
        each.id: 0 for each in requests if each.from_institution_id != viewer.institution_id
    } | {
        row[0]: row[1]
        for row in session.execute(
            sa.select(OfficeMessage.case_id, sa.func.max(OfficeMessage.id))
            .where(
                OfficeMessage.case_id.in_(numbers),
                OfficeMessage.institution_id != viewer.institution_id,
            )
            .group_by(OfficeMessage.case_id)
        )
    }
    read = {
        row[0]: row[1]
        for row in session.execute(
            sa.select(OfficeReading.case_id, sa.func.max(OfficeReading.up_to))
            .where(
                OfficeReading.case_id.in_(numbers),
                OfficeReading.institution_id == viewer.institution_id,
            )
            .group_by(OfficeReading.case_id)
        )
    }
    return frozenset(key for key, last in theirs.items() if read.get(key, -1) < last)
