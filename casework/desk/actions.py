"""What offices do with requests. Each function is one deed: allowed, done and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import write_checked
from casework.desk import rules
from casework.desk.handing import refusal_to_hand, take_over
from casework.desk.model import OfficeMessage, OfficeReading, OfficeRequest, RequestKind, Step
from casework.desk.queries import (
    list_messages,
    list_readings,
    may_know_of,
    records_of,
    states_of,
)
from casework.desk.rules import refusal_of_day, refusal_of_words, refusal_to_ask_of_nobody
from casework.desk.signing import REFUSED, refusal_to_answer, refusal_to_let_sign
from casework.errors import InvalidInput, NotFound
from casework.jobs.at_commit import ask_at_commit
from casework.missing.model import MissingPerson
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.signin.model import Institution
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.opening import open_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked, of whom, about what and by when."""

    kind: RequestKind
    to: Institution
    about: MissingPerson | Remains | None
    due_on: date
    words: str


def send_request(
    session: Session, viewer: Viewer, asking: Asking, *, at: datetime
) -> OfficeRequest:
    """Ask something of another office, about a record that both may read or about none.

    Raises
    ------
    NotPermitted
        If the duty does not send requests.
    NotFound
        If the other office may not know of the record: as if there were none.
    InvalidInput
        If the day cannot be kept, or the words say too little or too much.
    """
    demand(viewer, Permission.REQUEST_SEND)
    _refuse_what_may_not_be_asked(session, viewer, asking, at)
    about = asking.about
    request = OfficeRequest(
        missing_person_id=about.id if isinstance(about, MissingPerson) else None,
        remains_id=about.id if isinstance(about, Remains) else None,
        from_institution_id=viewer.institution_id,
        to_institution_id=asking.to.id,
        kind=asking.kind,
        due_on=asking.due_on,
        words=asking.words.strip(),
        sent_at=at,
        sent_by=viewer.account_id,
    )
    write_checked(session, request, REFUSED)
    record(
        session,
        Deed.REQUEST_SENT,
        by=viewer,
        at=at,
        about=about.reference if about else None,
        request=str(request.id),
        wanted=asking.kind.value,
        recipient=str(asking.to.id),
    )
    _tell_the_other(session, viewer, request, f"request:{request.id}", at)
    return request


def write(  # noqa: PLR0917 - what is written, where, and what it does
    session: Session,
    viewer: Viewer,
    request: OfficeRequest,
    words: str,
    step: Step | None = None,
    *,
    at: datetime,
) -> OfficeMessage:
    """Write to the other office about a request, do something with it, or both.

    Raises
    ------
    NotPermitted
        If the duty does not answer requests.
    Conflict
        If the request is no longer where this can be done with it.
    InvalidInput
        If nothing is said, or a record is named that the other office may not know of.
    """
    demand(viewer, Permission.REQUEST_SEND)
    about = reference_of(session, viewer, request, at)
    if refusal := refusal_of_words(words, about):
        raise refusal
    if step is None and not words.strip():
        raise InvalidInput(rules.NOTHING_WRITTEN)
    if step is not None:
        _wait_for_ones_turn(session, request)
        state = states_of(session, [request.id]).get(request.id, Step.OPEN)
        is_asked = request.to_institution_id == viewer.institution_id
        allowed = rules.steps_from(request.kind, state, is_asked=is_asked)
        if refused := rules.refusal_to_step(step, allowed, words):
            raise refused
        if denied := refusal_to_answer(viewer, request, step):
            raise denied
    if step is Step.ACCEPTED and request.kind is RequestKind.TRANSFER:
        take_over(session, viewer, request, _person(session, viewer, request, at), at=at)
    message = OfficeMessage(
        case=request,
        institution_id=viewer.institution_id,
        step=step,
        words=words.strip(),
        written_at=at,
        written_by=viewer.account_id,
    )
    write_checked(session, message, REFUSED)
    deed = Deed.REQUEST_MOVED if step else Deed.REQUEST_WRITTEN
    record(
        session,
        deed,
        by=viewer,
        at=at,
        about=about or None,
        request=str(request.id),
        outcome=step.value if step else None,
    )
    _tell_the_other(session, viewer, request, f"message:{message.id}", at)
    _tell_what_waits(session, request, step)
    return message


def read_thread(
    session: Session, viewer: Viewer, request: OfficeRequest, *, at: datetime
) -> Sequence[OfficeMessage]:
    """Open a request and all that was written about it, and note how far it was read."""
    messages = list_messages(session, request)
    opened = open_group(session, viewer, [request, *messages], Reveals.IDENTITY, at=at)
    if request not in opened.rows:
        raise NotFound("request")
    last = messages[-1].id if messages else 0
    before = list_readings(session, request).get(viewer.institution_id)
    if before is None or before.up_to < last:
        reading = OfficeReading(
            case_id=request.id,
            institution_id=viewer.institution_id,
            up_to=last,
            read_at=at,
            read_by=viewer.account_id,
        )
        session.add(reading)
        session.flush()
    record(
        session,
        Deed.REQUEST_READ,
        by=viewer,
        at=at,
        about=reference_of(session, viewer, request, at) or None,
        request=str(request.id),
    )
    return messages


def reference_of(session: Session, viewer: Viewer, request: OfficeRequest, at: datetime) -> str:
    """Give the reference of the record that a request is about; of none, nothing."""
    people, remains = records_of(session, viewer, [request], at)
    found: list[MissingPerson | Remains] = [*people.values(), *remains.values()]
    return found[0].reference if found else ""


def _tell_the_other(  # noqa: PLR0917 - as every deed is told
    session: Session, viewer: Viewer, request: OfficeRequest, key: str, at: datetime
) -> None:
    """Let the other office know that something waits there; never what, nor of whom."""
    is_asked = request.from_institution_id == viewer.institution_id
    told = Told(
        kind=NotificationKind.REQUEST_RECEIVED
        if key.startswith("request")
        else NotificationKind.REQUEST_ANSWERED,
        institution_id=request.to_institution_id if is_asked else request.from_institution_id,
        roles=rules.AT_A_DESK,
        path=f"/desk/{request.id}",
        key=key,
    )
    tell(session, told, at=at)


def _tell_what_waits(session: Session, request: OfficeRequest, step: Step | None) -> None:
    """Have whoever signs for a file from now on told of decisions that wait for just that."""
    is_taken_on = step is Step.ACCEPTED and request.kind is RequestKind.SIGNING
    if is_taken_on and request.missing_person_id is not None:
        ask_at_commit(session, "tell_who_signs_now", request.missing_person_id)


def _person(
    session: Session, viewer: Viewer, request: OfficeRequest, at: datetime
) -> MissingPerson:
    people, _ = records_of(session, viewer, [request], at)
    for found in people.values():
        return found
    raise NotFound("missing person")


def _refuse_what_may_not_be_asked(
    session: Session, viewer: Viewer, asking: Asking, at: datetime
) -> None:
    reaches = asking.to.id != viewer.institution_id
    if not reaches or asking.to.kind not in rules.KINDS_WITH_A_DESK:
        raise InvalidInput(rules.NO_SUCH_OFFICE)
    about = asking.about
    # First of all: whatever else is amiss, nothing is said of a record that is not known there.
    if about is not None and not may_know_of(session, asking.to, about, at=at):
        raise NotFound(rules.NO_SUCH_RECORD)
    refusals = (
        refusal_to_hand(session, viewer, asking.kind, asking.to, about, at=at)
        if asking.kind in rules.BY_THE_KEEPER
        else None,
        refusal_to_let_sign(session, viewer, asking.to)
        if asking.kind is RequestKind.SIGNING
        else None,
        refusal_of_day(asking.due_on, at.date()),
        refusal_of_words(asking.words, about.reference if about else ""),
        refusal_to_ask_of_nobody(asking.words) if about is None else None,
    )
    for refusal in filter(None, refusals):
        raise refusal


def _wait_for_ones_turn(session: Session, request: OfficeRequest) -> None:
    """Let two who act on one request at once see each other: the second is told."""
    turn = sa.func.hashtextextended(OfficeRequest.__tablename__, request.id)
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(turn)))
