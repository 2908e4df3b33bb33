"""What people do with consents. Each function is one deed: allowed, done and recorded."""

from collections import defaultdict
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
    NoticeKind,
    ProtectionRequest,
    Relative,
)
from casework.families.queries import case_of, find_request, list_institutions_reached
from casework.families.rules import refusal_to_decide, refusal_to_lift
from casework.missing.model import MissingPerson
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent import ledger
from privacy.consent.ledger import Giver, Item, Said, Told
from privacy.consent.model import Consent
from privacy.permissions import Permission, Viewer, demand
from privacy.released.register import copies_of, recall


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
    before = _standing(session, person, at)
    if answers.no:
        said = Said(case, giver, answers.no)
        ledger.refuse(session, viewer, said, answers.told, at=at)
    if answers.yes:
        said = Said(case, giver, answers.yes, answers.expires)
        ledger.grant(session, viewer, said, answers.told, at=at)
    _tell_recipients(session, viewer, person, before, at=at)


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
    before = _standing(session, person, at)
    for each in granted:
        ledger.withdraw(session, viewer, case_of(person), each, at=at)
    _tell_recipients(session, viewer, person, before, at=at)


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


_Standing = frozenset[tuple[str, str, str]]


def _standing(session: Session, person: MissingPerson, at: datetime) -> _Standing:
    """Give what anybody's live grant opens: category, purpose, recipient."""
    rows = session.execute(
        sa.select(Consent.data_category, Consent.purpose, Consent.recipient).where(
            Consent.missing_person_id == person.id, ledger.live(at)
        )
    )
    return frozenset((row[0].value, row[1].value, row[2]) for row in rows)


def _tell_recipients(
    session: Session,
    viewer: Viewer,
    person: MissingPerson,
    before: _Standing,
    *,
    at: datetime,
) -> None:
    """Tell each institution what is no longer open to it, and which copies to give back.

    Where another giver's grant still opens the same, nothing closed and nobody is told. No
    consulate is told of a protected person: it was never to know.
    """
    closed = before - _standing(session, person, at)
    if not closed:
        return
    items: defaultdict[int, set[str]] = defaultdict(set)
    for category, purpose, recipient in closed:
        if person.protected and recipient.startswith("consulate:"):
            continue
        for institution in list_institutions_reached(session, recipient):
            items[institution.id].add(f"{category}/{purpose}")
    copies = _recalled(session, person, {category for category, _, _ in closed}, at)
    for institution_id in sorted((items.keys() | copies.keys()) - {viewer.institution_id}):
        session.add(
            Notice(
                institution_id=institution_id,
                sender_institution_id=viewer.institution_id,
                kind=NoticeKind.RECALL_COPIES
                if institution_id in copies
                else NoticeKind.CONSENT_WITHDRAWN,
                about=person.reference,
                items=" ".join(sorted(items[institution_id])),
                copies=" ".join(sorted(copies.get(institution_id, ()))),
                sent_at=at,
            )
        )
    session.flush()


def _recalled(
    session: Session, person: MissingPerson, categories: set[str], at: datetime
) -> dict[int, set[str]]:
    """Call back the copies that hold a group which is closed now, by who has them."""
    closed = {group for group, each in ledger.CATEGORY_OF.items() if each in categories}
    out = [
        copy
        for copy in copies_of(session, missing_person_id=person.id)
        if closed & set(copy.groups)
    ]
    recall(session, out, at=at)
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for copy in out:
        holders[copy.recipient_institution_id].add(copy.copy)
    return holders
