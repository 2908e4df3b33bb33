"""Reading requests. Liaisons and coordinators see their institution's, the overseer all."""

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.retention.rules import Record
from casework.rights.model import (
    RequestKind,
    RequestState,
    RightsRequest,
    RightsStep,
    StepKind,
)
from privacy.permissions import Permission, Role, Viewer, demand

SOON = timedelta(days=7)
OPEN = (RequestState.RECEIVED, RequestState.PROPOSED, RequestState.GRANTED)


def readable_requests(viewer: Viewer) -> sa.Select[RightsRequest]:
    """Give the requests `viewer` may read; row-level security is the second wall.

    Raises
    ------
    NotPermitted
        If `viewer` has no part in requests.
    """
    demand(viewer, Permission.RIGHTS_READ)
    asked = sa.select(RightsRequest)
    if viewer.role is Role.DATA_PROTECTION_OFFICER:
        return asked
    own = asked.where(RightsRequest.owner_institution_id == viewer.institution_id)
    is_liaison = viewer.role is Role.LIAISON_OFFICER
    return own.where(RightsRequest.remains_id.is_(None)) if is_liaison else own


def list_requests(
    session: Session, viewer: Viewer, *, about: str = ""
) -> Sequence[RightsRequest]:
    """List requests, what is open and due soonest first."""
    wanted = readable_requests(viewer)
    if about:
        wanted = wanted.where(RightsRequest.about == about.strip().upper())
    is_closed = RightsRequest.state.not_in(OPEN)
    return session.scalars(
        wanted.order_by(is_closed, RightsRequest.due_on, RightsRequest.id).limit(200)
    ).all()


def get_request(session: Session, viewer: Viewer, reference: str) -> RightsRequest:
    """Open one request with its steps.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it.
    """
    found = session.scalar(
        readable_requests(viewer)
        .where(RightsRequest.reference == reference)
        .options(selectinload(RightsRequest.steps))
    )
    if found is None:
        raise NotFound("request")
    return found


def record_of(session: Session, request: RightsRequest) -> Record:
    """Find the record a request is about. Only for the keeper's sessions.

    Raises
    ------
    NotFound
        If it was erased meanwhile.
    """
    from casework.retention.queries import find_record  # noqa: PLC0415 - its own slice

    found = find_record(session, request.about)
    if found is None:
        raise NotFound("record")
    return found


def is_restricted(session: Session, request: RightsRequest) -> bool:
    """Say whether the record is restricted now. Only for the keeper's sessions."""
    return record_of(session, request).restricted_at is not None


def others_restrict(session: Session, request: RightsRequest) -> bool:
    """Say whether another request restricts the same record and was not taken back."""
    taken_back = sa.exists().where(
        RightsStep.request_id == RightsRequest.id, RightsStep.kind == StepKind.RELEASED
    )
    others = sa.exists().where(
        RightsRequest.about == request.about,
        RightsRequest.id != request.id,
        RightsRequest.kind == RequestKind.RESTRICTION,
        RightsRequest.state == RequestState.CARRIED_OUT,
        ~taken_back,
    )
    return bool(session.scalar(sa.select(others)))


def count_due(session: Session, viewer: Viewer, today: date) -> tuple[int, int, int]:
    """Count the requests whose answer is late, falls due today, and in the week after."""
    due = RightsRequest.due_on
    counted = session.execute(
        readable_requests(viewer)
        .where(RightsRequest.state.in_(OPEN))
        .with_only_columns(
            sa.func.count().filter(due < today),
            sa.func.count().filter(due == today),
            sa.func.count().filter(due > today, due <= today + SOON),
        )
    ).one()
    return counted[0], counted[1], counted[2]


def is_person(record: Record) -> bool:
    """Say whether a record is of a missing person, and not of remains."""
    return isinstance(record, MissingPerson)
