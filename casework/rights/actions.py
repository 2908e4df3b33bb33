"""Answering people about their own data. Each function is one deed, allowed and recorded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidInput, NotFound
from casework.families.telling import standing, tell_recipients
from casework.missing.model import MissingPerson
from casework.references import Prefix, new_reference
from casework.retention.erasing import erase
from casework.retention.queries import find_record
from casework.retention.rules import Record, number_of
from casework.retention.sight import as_keeper
from casework.rights.model import (
    Asker,
    IdentityProof,
    RequestKind,
    RequestState,
    RightsRequest,
    RightsStep,
    StepKind,
)
from casework.rights.queries import others_restrict, record_of
from casework.rights.rules import (
    SHORTEST_REASON,
    demand_another_reader,
    demand_carried_out,
    demand_granted,
    demand_second_person,
    demand_step,
    needs_two,
    serves,
)
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent.ledger import Case, withdraw
from privacy.consent.model import Consent, ConsentPurpose, Decision
from privacy.errors import NotPermitted
from privacy.permissions import Permission, Viewer, demand
from privacy.retention.rules import answer_due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked, and how it was made sure who they are."""

    about: str
    kind: RequestKind
    asker: Asker
    identity_proof: IdentityProof
    received_on: date
    relative_id: int | None = None
    reason: str = ""


def receive_request(
    session: Session, viewer: Viewer, asked: Asked, *, at: datetime
) -> RightsRequest:
    """Write down a request; from now on it has a day by which it is answered.

    Raises
    ------
    NotFound
        If there is no such record, or it is another institution's.
    InvalidInput
        If it came in on a day that has not come, or names a relative of another file.
    """
    demand(viewer, Permission.RIGHTS_RECORD)
    if asked.received_on > at.date():
        raise InvalidInput(marked("Esa fecha todavía no ha llegado."))
    with as_keeper(session, viewer):
        about = find_record(session, asked.about)
        if about is None or not serves(viewer, about):
            raise NotFound("record")
        _check_relative(session, about, asked)
        country = about.owner_country
    request = RightsRequest(
        reference=new_reference(Prefix.RIGHTS_REQUEST),
        kind=asked.kind,
        about=about.reference,
        **number_of(about),
        owner_institution_id=about.owner_institution_id,
        asker=asked.asker,
        relative_id=asked.relative_id,
        identity_proof=asked.identity_proof,
        received_on=asked.received_on,
        due_on=answer_due_on(asked.received_on, country),
        state=RequestState.RECEIVED,
        recorded_by=viewer.account_id,
    )
    session.add(request)
    session.flush()
    _step(session, viewer, request, StepKind.RECEIVED, reason=asked.reason, at=at)
    _log(session, viewer, request, Deed.RIGHTS_RECEIVED, at=at)
    return request


def decide(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    *,
    grants: bool,
    reason: str,
    at: datetime,
) -> None:
    """Grant or refuse a request, with a reason; an erasure is only proposed by one person.

    Raises
    ------
    Conflict
        If it was decided before.
    InvalidInput
        If no reason is given.
    NeedsAnotherPerson
        If it opens the whole file, and `viewer` wrote the request down.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(marked("Escriba el motivo en una frase, sin nombres."))
    state, kind = RequestState.REFUSED, StepKind.REFUSED
    if grants:
        state, kind = RequestState.GRANTED, StepKind.GRANTED
    if grants and needs_two(request.kind):
        state, kind = RequestState.PROPOSED, StepKind.PROPOSED
    demand_step(request, state)
    if grants:
        demand_another_reader(request, viewer)
    request.state, request.decided_by = state, viewer.account_id
    _step(session, viewer, request, kind, reason=reason, at=at)
    _log(session, viewer, request, Deed.RIGHTS_DECIDED, at=at, decision=kind.value)


def confirm_erasure(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    *,
    agrees: bool,
    reason: str,
    at: datetime,
) -> None:
    """Agree to a proposed erasure and carry it out, or send it back, as a second person.

    Raises
    ------
    Conflict
        If nobody proposed it.
    NeedsAnotherPerson
        If `viewer` is who proposed it.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_step(request, RequestState.GRANTED if agrees else RequestState.RECEIVED)
    demand_second_person(request, viewer)
    if not agrees:
        request.state, request.decided_by = RequestState.RECEIVED, None
        _step(session, viewer, request, StepKind.RETURNED, reason=reason, at=at)
        _log(session, viewer, request, Deed.RIGHTS_DECIDED, at=at, decision="returned")
        return
    request.state, request.confirmed_by = RequestState.GRANTED, viewer.account_id
    _step(session, viewer, request, StepKind.CONFIRMED, reason=reason, at=at)
    _log(session, viewer, request, Deed.RIGHTS_DECIDED, at=at, decision="confirmed")
    with as_keeper(session, viewer):
        about = record_of(session, request)
    erase(session, viewer, about, basis=request.reference, at=at)
    _finish(session, viewer, request, StepKind.ERASED, at=at)


def restrict(session: Session, viewer: Viewer, request: RightsRequest, *, at: datetime) -> None:
    """Close a record to everybody but its own institution; nobody weighs it any more.

    Raises
    ------
    Conflict
        If the request asks for something else, or was not granted.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_granted(request, RequestKind.RESTRICTION)
    with as_keeper(session, viewer):
        about = record_of(session, request)
        # The last who asks for it: what the clock closed is closed by somebody's word now.
        about.restricted_at = at
    _log(session, viewer, request, Deed.RIGHTS_RESTRICTED, at=at)
    _finish(session, viewer, request, StepKind.RESTRICTED, at=at)


def release(
    session: Session, viewer: Viewer, request: RightsRequest, *, reason: str, at: datetime
) -> None:
    """Lift a restriction: only where the one who asked for it asked for this too.

    Where somebody else asked for one as well, theirs goes on.

    Raises
    ------
    Conflict
        If it was not this request that restricted the record.
    InvalidInput
        If no reason is given.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_carried_out(request, RequestKind.RESTRICTION)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(marked("Escriba el motivo en una frase, sin nombres."))
    with as_keeper(session, viewer):
        about = record_of(session, request)
        if not others_restrict(session, request):
            about.restricted_at = None
    _step(session, viewer, request, StepKind.RELEASED, reason=reason, at=at)
    _log(session, viewer, request, Deed.RIGHTS_RELEASED, at=at)


def stop_purpose(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    purpose: ConsentPurpose,
    *,
    at: datetime,
) -> int:
    """Stop the use of a record for one purpose: what was granted for it is withdrawn.

    A relative stops what they agreed to; the person stops what anybody agreed to.

    Raises
    ------
    Conflict
        If the request asks for something else, or was not granted.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_granted(request, RequestKind.OBJECTION)
    with as_keeper(session, viewer) as keeper:
        about = _person_of(session, request)
        before = standing(session, about, at)
        stopped = _granted(session, request, about, purpose)
        for granted in stopped:
            withdraw(session, keeper, _case_of(about), granted, at=at)
        tell_recipients(session, about.owner_institution_id, about, before, at=at)
    _log(session, viewer, request, Deed.RIGHTS_STOPPED, at=at, decision=purpose.value)
    _finish(session, viewer, request, StepKind.STOPPED, at=at)
    return len(stopped)


def note_report(
    session: Session, viewer: Viewer, request: RightsRequest, *, form: str, at: datetime
) -> None:
    """Write down that the report of everything held was made, and in which form."""
    demand(viewer, Permission.RIGHTS_DECIDE)
    _step(session, viewer, request, StepKind.REPORT_MADE, at=at)
    _log(session, viewer, request, Deed.RIGHTS_REPORTED, at=at, form=form)


def note_correction(
    session: Session, viewer: Viewer, request: RightsRequest, *, field: str, at: datetime
) -> None:
    """Write down which field was corrected; what it said stands in the record's versions."""
    _step(session, viewer, request, StepKind.CORRECTED, reason=field, at=at)
    _log(session, viewer, request, Deed.RIGHTS_CORRECTED, at=at, field=field)


def answer(session: Session, viewer: Viewer, request: RightsRequest, *, at: datetime) -> None:
    """Say that the report was handed over, which closes a request for access.

    Raises
    ------
    Conflict
        If the request asks for something else, or was not granted.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_granted(request, RequestKind.ACCESS, RequestKind.RECTIFICATION)
    _finish(session, viewer, request, StepKind.ANSWERED, at=at)


def _check_relative(session: Session, about: Record, asked: Asked) -> None:
    """Know a relative by their number in this very file; nobody else has one."""
    if asked.asker is not Asker.RELATIVE:
        if asked.relative_id is not None:
            raise InvalidInput(marked("Solo un familiar del expediente lleva su número."))
        return
    from casework.families.model import Relative  # noqa: PLC0415 - only where it is asked

    known = session.scalar(
        sa.select(Relative.id).where(
            Relative.id == asked.relative_id, Relative.missing_person_id == about.id
        )
    )
    if known is None or not isinstance(about, MissingPerson):
        raise InvalidInput(marked("Ese familiar no figura en el expediente."))


def _person_of(session: Session, request: RightsRequest) -> MissingPerson:
    about = record_of(session, request)
    if not isinstance(about, MissingPerson):
        raise NotPermitted("remains have no ledger")
    return about


def _case_of(about: MissingPerson) -> Case:
    return Case(about.id, about.reference, about.owner_institution_id, about.protected)


def _granted(
    session: Session, request: RightsRequest, about: MissingPerson, purpose: ConsentPurpose
) -> list[Consent]:
    """Find what stands of what the one who objects may stop."""
    granted = sa.select(Consent).where(
        Consent.missing_person_id == about.id,
        Consent.purpose == purpose,
        Consent.decision == Decision.GRANTED,
        Consent.withdrawn_at.is_(None),
    )
    if request.asker is Asker.RELATIVE:
        granted = granted.where(Consent.giver_id == request.relative_id)
    return list(session.scalars(granted))


def _finish(
    session: Session, viewer: Viewer, request: RightsRequest, kind: StepKind, *, at: datetime
) -> None:
    demand_step(request, RequestState.CARRIED_OUT)
    request.state = RequestState.CARRIED_OUT
    _step(session, viewer, request, kind, at=at)


def _step(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    kind: StepKind,
    *,
    at: datetime,
    reason: str = "",
) -> None:
    session.add(
        RightsStep(
            request_id=request.id,
            at=at,
            account_id=viewer.account_id,
            kind=kind,
            reason=reason.strip()[:2000],
        )
    )
    session.flush()
    session.expire(request, ["steps"])


def _log(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    deed: Deed,
    *,
    at: datetime,
    **details: Any,
) -> None:
    record(
        session,
        deed,
        by=viewer,
        at=at,
        about=request.about,
        request=request.reference,
        **details,
    )
