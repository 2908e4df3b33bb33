"""Completing the record of somebody alive, step by step."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.living.queries import get_own_living
from casework.living.statements import LIVING_PERSON
from casework.statements.describing import AtHand
from casework.statements.history import show_history
from casework.statements.steps import (
    Home,
    Sent,
    show_overview,
    show_step,
    step_of,
    take_step,
)
from casework.statements.taking_back import take_undo
from casework.web.access import requires
from casework.web.pieces import NavLink
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/living/{reference}/record")
@requires(Permission.LIVING_RECORD)
def record(visit: Entered, reference: str) -> Response:
    """Show how far each step is."""
    return show_overview(visit, *_own(visit, reference))


@router.get("/living/{reference}/record/{step}")
@requires(Permission.LIVING_RECORD)
def record_step(visit: Entered, reference: str, step: str) -> Response:
    """Show the questions of one step, with what stands."""
    return show_step(step_of(visit, *_own(visit, reference), step))


@router.post("/living/{reference}/record/{step}")
@requires(Permission.LIVING_RECORD)
def take_record_step(visit: Entered, reference: str, step: str, given: Sent) -> Response:
    """Keep what was said in one step."""
    return take_step(step_of(visit, *_own(visit, reference), step), given)


@router.post("/living/{reference}/undo")
@requires(Permission.LIVING_RECORD)
def undo_last_edit(visit: Entered, reference: str, given: Sent) -> Response:
    """Take back what the viewer put down last."""
    hand, home = _own(visit, reference)
    return take_undo(hand, home.href, given)


@router.get("/living/{reference}/history")
@requires(Permission.LIVING_RECORD)
def record_history(visit: Entered, reference: str) -> Response:
    """Show all that was said, by whom, and what it changed."""
    return show_history(visit, *_own(visit, reference))


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    person = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, person, LIVING_PERSON, visit.at),
        Home(
            f"/living/{person.reference}",
            NavLink(visit.gettext("Personas con vida"), "/living"),
            person.reference,
            person.invented,
        ),
    )
