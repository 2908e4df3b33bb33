"""What people do with consents. Each function is one deed: allowed, done and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict
from casework.families.model import (
    Kinship,
    LiftState,
    Notice,
    ProtectionRequest,
    Relative,
)
from casework.families.queries import case_of, find_request, list_institutions_reached
from casework.families.rules import refusal_to_decide, refusal_to_lift
from casework.families.telling import standing, tell_recipients
from casework.missing.model import MissingPerson
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent import ledger
from privacy.consent.ledger import Giver, Item, Said, Told
from privacy.consent.model import Consent
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person said when the form was gone through with them."""

    yes: Sequence[Item]
    no: Sequence[Item]
    expires: datetime
    told: Told


def enter_relative(
    session: Session,
    viewer: Viewer,
    person: MissingPerson,
    *,
    kinship: Kinship,
    language: str,
    name: str,
    contact: str,
    at: datetime,
) -> Relative:
    """Enter somebody who gives information about `person`.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    relative = Relative(
        missing_person_id=person.id,
        kinship=kinship,
        language=language[:20],
        name=name.strip()[:200],
        contact=contact.strip()[:300],
        entered_at=at,
    )
    session.add(relative)
    session.flush()
    record(session, Deed.RELATIVE_ENTERED, by=viewer, at=at, about=person.reference)
    return relative


def record_answers(
    session: Session,
    viewer: Viewer,
    person: MissingPerson,
    answers: Answers,
    *,
    relative: Relative,
    at: datetime,
) -> None:
    """Enter every yes and every no of one person; what was not asked stays unasked.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If an answer cannot stand in the ledger.
    """
    case, giver = case_of(person), Giver(relative_id=relative.id)
    before = standing(session, person, at)
    if answers.no:
        said = Said(case, giver, answers.no)
        _end_what_is_covered(session, viewer, said, at)
        ledger.refuse(session, viewer, said, answers.told, at=at)
    if answers.yes:
        said = Said(case, giver, answers.yes, answers.expires)
        ledger.grant(session, viewer, said, answers.told, at=at)
    tell_recipients(session, viewer.institution_id, person, before, at=at)


def withdraw_consent(
    session: Session,
    viewer: Viewer,
    person: MissingPerson,
    granted: Sequence[Consent],
    *,
    at: datetime,
) -> None:
    """Take grants back: they open nothing from now on, and whoever had them is told.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    InvalidConsent
        If one of them no longer stands.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    before = standing(session, person, at)
    for each in granted:
        ledger.withdraw(session, viewer, case_of(person), each, at=at)
    tell_recipients(session, viewer.institution_id, person, before, at=at)


def request_lift(
    session: Session, viewer: Viewer, person: MissingPerson, grounds: str, *, at: datetime
) -> ProtectionRequest:
    """Ask that consulates may be told of a person who said so.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    Conflict
        If the person is not protected, or a request waits already.
    InvalidInput
        If it is not written down what the person said.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    if refusal := refusal_to_lift(person, find_request(session, person), grounds):
        raise refusal
    request = ProtectionRequest(
        missing_person_id=person.id,
        reference=person.reference,
        grounds=grounds.strip()[:2000],
        state=LiftState.REQUESTED,
        requested_at=at,
        requested_by=viewer.account_id,
    )
    session.add(request)
    session.flush()
    record(session, Deed.LIFT_REQUESTED, by=viewer, at=at, about=person.reference)
    return request


def decide_lift(
    session: Session,
    viewer: Viewer,
    request: ProtectionRequest,
    *,
    approves: bool,
    reason: str,
    at: datetime,
) -> None:
    """Lift a protection, or leave it. The database lifts it; the officer opens no file.

    Raises
    ------
    NotPermitted
        If `viewer` does not decide about protections.
    Conflict
        If it was decided before, or is the viewer's own request.
    InvalidInput
        If no reason is written.
    """
    demand(viewer, Permission.PROTECTION_LIFT)
    if refusal := refusal_to_decide(request, viewer, reason):
        raise refusal
    request.state = LiftState.APPROVED if approves else LiftState.REFUSED
    request.decided_at, request.decided_by = at, viewer.account_id
    request.reason = reason.strip()[:2000]
    session.flush()
    deed = Deed.PROTECTION_LIFTED if approves else Deed.LIFT_REFUSED
    record(session, deed, by=viewer, at=at, about=request.reference)


def restore_protection(
    session: Session, viewer: Viewer, person: MissingPerson, *, at: datetime
) -> None:
    """Protect a person again, at once: this needs nobody's second look.

    Raises
    ------
    NotPermitted
        If `viewer` does not record consents.
    Conflict
        If the person is protected.
    """
    demand(viewer, Permission.CONSENT_RECORD)
    if person.protected:
        raise Conflict(marked("La persona ya está protegida."))
    person.protected = True
    session.flush()
    record(session, Deed.PROTECTION_RESTORED, by=viewer, at=at, about=person.reference)


def read_notice(session: Session, viewer: Viewer, notice: Notice, *, at: datetime) -> None:
    """Say that the viewer's institution knows, and did what the notice asks.

    Raises
    ------
    Conflict
        If somebody said so before.
    """
    if notice.read_at is not None:
        raise Conflict(marked("Este aviso ya se marcó como leído."))
    notice.read_at, notice.read_by = at, viewer.account_id
    session.flush()
    record(session, Deed.NOTICE_READ, by=viewer, at=at, about=notice.about)


def _end_what_is_covered(session: Session, viewer: Viewer, said: Said, at: datetime) -> None:
    """Withdraw a giver's grants to nobody but whom they now refuse: then nobody weighs them.

    The database closes them to whoever is refused; but it does not know who stands behind a
    recipient, and the search would go on using a file that nobody may read.
    """
    given = session.scalars(
        sa.select(Consent).where(
            Consent.missing_person_id == said.case.missing_person_id,
            Consent.giver_id == said.giver.relative_id,
            ledger.live(at),
        )
    ).all()
    for each in given:
        refused = [
            _ids(session, no.recipient)
            for no in said.items
            if (no.category, no.purpose) == (each.data_category, each.purpose)
            and no.recipient != each.recipient
        ]
        reached = _ids(session, each.recipient)
        if reached and any(reached <= among for among in refused):
            ledger.withdraw(session, viewer, said.case, each, at=at)


def _ids(session: Session, recipient: str) -> set[int]:
    return {each.id for each in list_institutions_reached(session, recipient)}
