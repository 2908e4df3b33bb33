"""Deciding how long a record stays. Each function is one deed: allowed, done and recorded."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.envelope import ExpiryAction
from casework.errors import Conflict, InvalidInput
from casework.opening import REVIEWED_AFTER_YEARS, years_after
from casework.retention.queries import get_due, get_hold, last_round
from casework.retention.rules import number_of
from casework.retention.sight import as_keeper
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.errors import NeedsAnotherPerson
from privacy.permissions import Permission, Viewer, demand
from privacy.retention.model import Outcome, RetentionHold, RetentionRound

LONGEST_HOLD_YEARS = 5
SHORTEST_REASON = 10


def review_record(session: Session, viewer: Viewer, reference: str, *, at: datetime) -> None:
    """Say that a record was looked at and is still needed; it is asked about again in a year.

    What the clock closed is open again; what somebody asked to be closed stays closed.

    Raises
    ------
    NotFound
        If it is not `viewer`'s to decide on.
    Conflict
        If its time ends in erasure: only a hold with a reason keeps such a record.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    due = get_due(session, viewer, reference, today=at.date())
    if due.rule.erases:
        raise Conflict(marked("Este expediente termina en borrado: diga por qué conservarlo."))
    with as_keeper(session, viewer):
        due.record.review_due_on = years_after(at.date(), REVIEWED_AFTER_YEARS)
        if due.is_restricted:
            due.record.restricted_at = None
    record(session, Deed.RETENTION_REVIEWED, by=viewer, at=at, about=due.reference)


def choose_ending(
    session: Session, viewer: Viewer, reference: str, action: ExpiryAction, *, at: datetime
) -> None:
    """Say what becomes of a record if nobody says that it is still needed.

    Raises
    ------
    NotFound
        If it is not `viewer`'s to decide on.
    Conflict
        If its time ends in erasure: closing it instead would keep it longer.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    due = get_due(session, viewer, reference, today=at.date())
    if due.rule.erases:
        raise Conflict(marked("Este expediente termina en borrado: diga por qué conservarlo."))
    with as_keeper(session, viewer):
        due.record.expiry_action = action
    record(
        session,
        Deed.RETENTION_ENDING,
        by=viewer,
        at=at,
        about=due.reference,
        decision=action.value,
    )


def place_hold(
    session: Session, viewer: Viewer, reference: str, *, reason: str, until: date, at: datetime
) -> RetentionHold:
    """Keep a record beyond its time, for a reason and until a day.

    Raises
    ------
    NotFound
        If it is not `viewer`'s to decide on.
    InvalidInput
        If there is no reason, or the day is past or more than five years off.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    due = get_due(session, viewer, reference, today=at.date())
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(marked("Escriba el motivo en una frase, sin nombres."))
    if not at.date() < until <= years_after(at.date(), LONGEST_HOLD_YEARS):
        raise InvalidInput(marked("Elija un día futuro, a cinco años como máximo."))
    hold = RetentionHold(
        **number_of(due.record),
        owner_institution_id=due.record.owner_institution_id,
        reference=due.reference,
        reason=reason.strip()[:2000],
        until=until,
        placed_at=at,
        placed_by=viewer.account_id,
    )
    session.add(hold)
    session.flush()
    record(
        session,
        Deed.RETENTION_HELD,
        by=viewer,
        at=at,
        about=due.reference,
        until=until.isoformat(),
    )
    return hold


def ask_to_lift(session: Session, viewer: Viewer, hold_id: int, *, at: datetime) -> None:
    """Ask that a hold be lifted; somebody else has to agree.

    Raises
    ------
    NotFound
        If there is no such hold for `viewer`.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    hold = get_hold(session, hold_id)
    if hold.lift_asked_by is None:
        hold.lift_asked_by, hold.lift_asked_at = viewer.account_id, at
        session.flush()
        record(session, Deed.RETENTION_LIFT_ASKED, by=viewer, at=at, about=hold.reference)


def lift_hold(session: Session, viewer: Viewer, hold_id: int, *, at: datetime) -> None:
    """Agree that a hold be lifted.

    Raises
    ------
    NotFound
        If there is no such hold for `viewer`.
    Conflict
        If nobody asked for it.
    NeedsAnotherPerson
        If `viewer` is who asked.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    hold = get_hold(session, hold_id)
    if hold.lift_asked_by is None:
        raise Conflict(marked("Nadie pidió todavía dejar de conservarlo."))
    if hold.lift_asked_by == viewer.account_id:
        raise NeedsAnotherPerson(hold.reference)
    hold.lifted_by, hold.lifted_at = viewer.account_id, at
    session.flush()
    record(session, Deed.RETENTION_LIFTED, by=viewer, at=at, about=hold.reference)


def confirm_clock(session: Session, viewer: Viewer, *, at: datetime) -> None:
    """Say that the clock is right after all; the next round goes on from now.

    Raises
    ------
    Conflict
        If nobody doubts it.
    """
    demand(viewer, Permission.RETENTION_HOLD)
    last = last_round(session)
    if last is None or last.outcome is not Outcome.CLOCK_DOUBTED:
        raise Conflict(marked("Nadie duda del reloj: no hay nada que confirmar."))
    session.add(
        RetentionRound(
            at=at, outcome=Outcome.CLOCK_CONFIRMED, confirmed_by=viewer.account_id or None
        )
    )
    session.flush()
    record(session, Deed.RETENTION_CONFIRMED, by=viewer, at=at)
