"""Completing the record of remains, examination by examination."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.remains.queries import get_own_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.history import show_history
from casework.statements.place_page import place_asked, show_place, take_place
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


@router.get("/remains/{reference}/record")
@requires(Permission.REMAINS_RECORD)
def record(visit: Entered, reference: str) -> Response:
    """Show how far each step is."""
    return show_overview(visit, *_own(visit, reference))


@router.get("/remains/{reference}/record/{step}")
@requires(Permission.REMAINS_RECORD)
def record_step(visit: Entered, reference: str, step: str) -> Response:
    """Show the questions of one step, with what stands."""
    return show_step(step_of(visit, *_own(visit, reference), step))


@router.post("/remains/{reference}/record/{step}")
@requires(Permission.REMAINS_RECORD)
def take_record_step(visit: Entered, reference: str, step: str, given: Sent) -> Response:
    """Keep what was said in one step."""
    return take_step(step_of(visit, *_own(visit, reference), step), given)


@router.get("/remains/{reference}/record/{step}/place/{name}")
@requires(Permission.REMAINS_RECORD)
def record_place(visit: Entered, reference: str, step: str, name: str) -> Response:
    """Show one place of a step with its map."""
    return show_place(place_asked(step_of(visit, *_own(visit, reference), step), name))


@router.post("/remains/{reference}/record/{step}/place/{name}")
@requires(Permission.REMAINS_RECORD)
def take_record_place(
    visit: Entered, reference: str, step: str, *, name: str, given: Sent
) -> Response:
    """Keep one place as it was typed and pressed."""
    return take_place(place_asked(step_of(visit, *_own(visit, reference), step), name), given)


@router.post("/remains/{reference}/undo")
@requires(Permission.REMAINS_RECORD)
def undo_last_edit(visit: Entered, reference: str, given: Sent) -> Response:
    """Take back what the viewer put down last."""
    hand, home = _own(visit, reference)
    return take_undo(hand, home.href, given)


@router.get("/remains/{reference}/history")
@requires(Permission.REMAINS_RECORD)
def record_history(visit: Entered, reference: str) -> Response:
    """Show all that was said, by whom, and what it changed."""
    return show_history(visit, *_own(visit, reference))


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    remains = get_own_remains(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at),
        Home(
            f"/remains/{remains.reference}",
            NavLink(visit.gettext("Restos humanos"), "/remains"),
            remains.reference,
            remains.invented,
        ),
    )
