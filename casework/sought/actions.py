"""Entering what somebody alive said to one family learning that they are alive."""

from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.living.model import LivingPerson
from casework.sought.model import FamilyAnswer, LivingPairingDecision
from casework.sought.queries import list_answers
from casework.sought.rules import why_not_answerable
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.permissions import Permission, Viewer, demand


def enter_answer(
    session: Session,
    viewer: Viewer,
    living: LivingPerson,
    missing_person_id: int,
    *,
    answer: FamilyAnswer,
    reason: str,
    at: datetime,
) -> LivingPairingDecision:
    """Enter it; a refusal ends the proposal for good, in the same transaction.

    The log names the person alive alone: whoever reads a family's lines learns of nobody.

    Raises
    ------
    NotPermitted
        If `viewer` does not register people alive, or the file is another institution's.
    InvalidInput
        If it was refused before, or nobody can be asked, or words are lacking.
    """
    demand(viewer, Permission.LIVING_RECORD)
    if living.owner_institution_id != viewer.institution_id or not viewer.stepped_up:
        raise NotPermitted(Permission.LIVING_RECORD.value)
    before = list_answers(session, viewer, living, missing_person_id, at=at)
    said = [each.decision for each in before]
    if lacking := why_not_answerable(living, said, answer, reason):
        raise InvalidInput(next(iter(lacking.values())))
    entered = LivingPairingDecision(
        case=living,
        missing_person_id=missing_person_id,
        decision=answer,
        reason=reason.strip(),
        decided_by=viewer.account_id,
        decided_at=at,
    )
    session.add(entered)
    session.flush()
    record(
        session,
        Deed.LIVING_FAMILY_DECIDED,
        by=viewer,
        about=living.reference,
        at=at,
        answer=answer.value,
    )
    return entered
