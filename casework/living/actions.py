"""Registering people alive, and what they said to being searched for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.errors import InvalidInput
from casework.jobs.at_commit import ask_at_commit
from casework.living.model import LivingPerson, LivingPersonDecision
from casework.living.rules import why_not_decidable, why_not_registrable
from casework.opening import open_envelope
from casework.references import Prefix
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.permissions import Permission, Viewer, demand


def register_living(
    session: Session,
    viewer: Viewer,
    person: LivingPerson,
    *,
    domain: str,
    at: datetime,
    sheet: UUID | None = None,
) -> LivingPerson:
    """Register somebody alive. Nobody is searched for before they were asked.

    Raises
    ------
    NotPermitted
        If `viewer` does not register people alive.
    InvalidInput
        If nothing tells the person from others.
    """
    demand(viewer, Permission.LIVING_RECORD)
    if lacking := why_not_registrable(person):
        raise InvalidInput(next(iter(lacking.values())))
    envelope = open_envelope(
        viewer,
        Prefix.LIVING_PERSON,
        SearchConsent.NOT_ASKED,
        domain=domain,
        at=at,
        sheet=sheet,
    )
    for column, value in envelope.items():
        setattr(person, column, value)
    session.add(person)
    session.flush()
    record(session, Deed.LIVING_REGISTERED, by=viewer, about=person.reference, at=at)
    return person


def decide_search(
    session: Session,
    viewer: Viewer,
    person: LivingPerson,
    decision: SearchConsent,
    *,
    reason: str,
    at: datetime,
) -> LivingPersonDecision:
    """Enter what the person said to being searched for, or that nobody can ask and why.

    Raises
    ------
    NotPermitted
        If `viewer` does not register people alive, or the file is another institution's.
    InvalidInput
        If the person can be asked, has refused, or no reason is given where one is needed.
    """
    demand(viewer, Permission.LIVING_RECORD)
    if person.owner_institution_id != viewer.institution_id:
        raise NotPermitted(Permission.LIVING_RECORD.value)
    session.refresh(person, with_for_update=True)
    if lacking := why_not_decidable(person, decision, reason):
        raise InvalidInput(next(iter(lacking.values())))
    decided = LivingPersonDecision(
        case=person,
        decision=decision,
        reason=reason.strip(),
        decided_by=viewer.account_id,
        decided_at=at,
    )
    session.add(decided)
    if decision is SearchConsent.GRANTED:
        ask_at_commit(session, "weigh_agreed", person.id)
    person.search_consent = decision
    person.changed_at = at
    session.flush()
    record(
        session,
        Deed.LIVING_DECIDED,
        by=viewer,
        about=person.reference,
        at=at,
        decision=decision.value,
    )
    return decided
