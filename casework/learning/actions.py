"""Asking what decisions would change, adopting it, and taking that back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.adopted import SetState, SetStep, WeightSet, WeightSetSignature
from casework.database import wait_for_turn
from casework.errors import Conflict, InvalidInput
from casework.jobs.deferring import defer
from casework.learning.queries import get_set, signatures_of
from casework.learning.rules import WAITS_ALREADY, refusal_to_adopt, refusal_to_take_back
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

TASK = "make_learning_report"
ONE_AT_A_TIME = "reunir: one report of what decisions would change at a time"
LONGEST_REASON = 1000
SAY_WHY = marked("Escriba por qué: quien venga después lo leerá.")


def request_report(session: Session, viewer: Viewer, *, at: datetime) -> WeightSet:
    """Ask what all decisions would change; the worker takes it from the queue.

    Raises
    ------
    NotPermitted
        If `viewer` is no coordinator.
    Conflict
        If one is under way.
    """
    demand(viewer, Permission.ENGINE_ADOPT)
    wait_for_turn(session, ONE_AT_A_TIME)
    waiting = sa.select(WeightSet.id).where(WeightSet.state == SetState.WAITS).limit(1)
    if session.scalar(waiting) is not None:
        raise Conflict(WAITS_ALREADY)
    asked = WeightSet(state=SetState.WAITS, requested_at=at, requested_by=viewer.account_id)
    session.add(asked)
    session.flush()
    defer(session, TASK, run_id=asked.id)
    record(
        session, Deed.ENGINE_REPORT_REQUESTED, by=viewer, about=f"weight_set:{asked.id}", at=at
    )
    return asked


def adopt(
    session: Session, viewer: Viewer, number: int, *, reason: str, at: datetime
) -> WeightSet:
    """Sign that the next run should use what was learnt; it does once two people have.

    Raises
    ------
    NotPermitted, NotFound, InvalidInput
        If `viewer` is no coordinator, there is no such report, or no reason.
    Conflict
        If it cannot be signed now.
    """
    demand(viewer, Permission.ENGINE_ADOPT)
    wait_for_turn(session, ONE_AT_A_TIME)
    chosen = get_set(session, number)
    signed = signatures_of(session, [chosen])[chosen.id]
    if refusal := refusal_to_adopt(chosen, signed, viewer):
        raise refusal
    _sign(session, viewer, chosen, Signing(SetStep.ADOPTS, reason, at))
    record(session, Deed.ENGINE_WEIGHTS_SIGNED, by=viewer, about=f"weight_set:{number}", at=at)
    return chosen


def take_back(
    session: Session, viewer: Viewer, number: int, *, reason: str, at: datetime
) -> WeightSet:
    """Take a set out of force: from the next run on the one before it holds, or none.

    Raises
    ------
    NotPermitted, NotFound, InvalidInput, Conflict
        As `adopt`. One person is enough.
    """
    demand(viewer, Permission.ENGINE_ADOPT)
    wait_for_turn(session, ONE_AT_A_TIME)
    chosen = get_set(session, number)
    if refusal := refusal_to_take_back(signatures_of(session, [chosen])[chosen.id]):
        raise refusal
    _sign(session, viewer, chosen, Signing(SetStep.TAKES_BACK, reason, at))
    record(
        session, Deed.ENGINE_WEIGHTS_WITHDRAWN, by=viewer, about=f"weight_set:{number}", at=at
    )
    return chosen


@dataclass(frozen=True, slots=True)
class Signing:
    """What somebody signs, why, and when."""

    step: SetStep
    reason: str
    at: datetime


def _sign(session: Session, viewer: Viewer, chosen: WeightSet, signing: Signing) -> None:
    said = signing.reason.strip()[:LONGEST_REASON]
    if not said:
        raise InvalidInput(SAY_WHY)
    session.add(
        WeightSetSignature(
            weight_set_id=chosen.id,
            step=signing.step,
            account_id=viewer.account_id,
            institution_id=viewer.institution_id,
            reason=said,
            signed_at=signing.at,
        )
    )
    session.flush()
