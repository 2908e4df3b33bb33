"""What is due to be looked at again or erased: the preview, holds, and the clock."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import Response

from casework.envelope import ExpiryAction
from casework.errors import InvalidInput
from casework.retention import actions
from casework.retention.presenters import ENDING_WORDS, ShownDue
from casework.retention.queries import AHEAD, PAGE_SIZE, get_due, last_round, list_due
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Role
from privacy.retention.model import Outcome

router = APIRouter(include_in_schema=False)
LARGEST_ID = 2**53
HoldId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.get("/retention")
@requires(Permission.RETENTION_READ)
def retention_page(
    visit: Entered, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """List what is due, the soonest first: a preview, which changes nothing."""
    due, total = list_due(visit.session, visit.viewer, today=visit.at.date(), page=page)
    record(
        visit.session,
        Deed.RETENTION_READ,
        by=visit.viewer,
        at=visit.at,
        concerning=[each.reference for each in due],
        shown=len(due),
    )
    teller = teller_for(visit.language)
    oversees = visit.viewer.role is Role.DATA_PROTECTION_OFFICER
    last = last_round(visit.session) if oversees else None
    return visit.show(
        "retention/list.html",
        due=[ShownDue.of(each, visit.viewer, teller) for each in due],
        pager=pager_of("/retention", {}, page=page, size=PAGE_SIZE, total=total),
        days_ahead=AHEAD.days,
        oversees=oversees,
        last_round=teller.wording.instant(last.at) if last else "",
        clock_is_doubted=last is not None and last.outcome is Outcome.CLOCK_DOUBTED,
    )


@router.get("/retention/{reference}")
@requires(Permission.RETENTION_READ)
def one_record(visit: Entered, reference: str) -> Response:
    """Show how long one record stays, and what can be decided about it."""
    return _show_one(visit, reference)


@router.post("/retention/{reference}/review")
@requires(Permission.RETENTION_HOLD)
def review(visit: Entered, reference: str) -> Response:
    """Say that a record is still needed."""
    actions.review_record(visit.session, visit.viewer, reference, at=visit.at)
    return visit.leads_to("/retention")


@router.post("/retention/{reference}/ending")
@requires(Permission.RETENTION_HOLD)
def ending(
    visit: Entered, reference: str, action: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Say what becomes of a record if nobody says that it is still needed."""
    if action not in set(ExpiryAction):
        return _show_one(visit, reference, marked("Elija una opción de la lista."))
    chosen = ExpiryAction(action)
    actions.choose_ending(visit.session, visit.viewer, reference, chosen, at=visit.at)
    return visit.leads_to(f"/retention/{reference}")


@router.post("/retention/{reference}/hold")
@requires(Permission.RETENTION_HOLD)
def hold(
    visit: Entered,
    reference: str,
    reason: Annotated[str, Form(max_length=2000)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep a record beyond its time."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return _show_one(visit, reference, marked("Elija hasta qué día conservarlo."))
    try:
        actions.place_hold(
            visit.session, visit.viewer, reference, reason=reason, until=day, at=visit.at
        )
    except InvalidInput as refusal:
        return _show_one(visit, reference, str(refusal))
    return visit.leads_to("/retention")


@router.post("/retention/holds/{hold_id}/question")
@requires(Permission.RETENTION_HOLD)
def question(visit: Entered, hold_id: HoldId) -> Response:
    """Ask that a hold be lifted."""
    actions.ask_to_lift(visit.session, visit.viewer, hold_id, at=visit.at)
    return visit.leads_to("/retention")


@router.post("/retention/holds/{hold_id}/lift")
@requires(Permission.RETENTION_HOLD)
def lift(visit: Entered, hold_id: HoldId) -> Response:
    """Agree, as a second person, that a hold be lifted."""
    actions.lift_hold(visit.session, visit.viewer, hold_id, at=visit.at)
    return visit.leads_to("/retention")


@router.post("/retention/clock")
@requires(Permission.RETENTION_HOLD)
def clock(visit: Entered) -> Response:
    """Say that the clock is right; only whoever oversees retention may."""
    actions.confirm_clock(visit.session, visit.viewer, at=visit.at)
    return visit.leads_to("/retention")


def _show_one(visit: Visit, reference: str, problem: str = "") -> Response:
    due = get_due(visit.session, visit.viewer, reference, today=visit.at.date())
    record(
        visit.session, Deed.RETENTION_READ, by=visit.viewer, at=visit.at, about=due.reference
    )
    teller = teller_for(visit.language)
    return visit.show(
        "retention/record.html",
        status=422 if problem else 200,
        notices=(Notice(visit.gettext(problem), "problem"),) if problem else (),
        due=ShownDue.of(due, visit.viewer, teller),
        endings=[Choice(each, teller.gettext(words)) for each, words in ENDING_WORDS.items()],
        trail=(
            NavLink(visit.gettext("Cuánto se conserva"), "/retention"),
            NavLink(due.reference, "", is_current=True),
        ),
    )
