"""Completing the file of a missing person, step by step."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.errors import NotFound
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
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
from casework.web.access import requires
from casework.web.pieces import NavLink
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/missing/{reference}/record")
@requires(Permission.MISSING_REPORT)
def record(visit: Entered, reference: str) -> Response:
    """Show how far each step is."""
    return show_overview(visit, *_own(visit, reference))


@router.get("/missing/{reference}/record/{step}")
@requires(Permission.MISSING_REPORT)
def record_step(visit: Entered, reference: str, step: str) -> Response:
    """Show the questions of one step, with what stands."""
    return show_step(step_of(visit, *_own(visit, reference), step))


@router.post("/missing/{reference}/record/{step}")
@requires(Permission.MISSING_REPORT)
def take_record_step(visit: Entered, reference: str, step: str, given: Sent) -> Response:
    """Keep what was said in one step."""
    return take_step(step_of(visit, *_own(visit, reference), step), given)


@router.get("/missing/{reference}/history")
@requires(Permission.MISSING_REPORT)
def record_history(visit: Entered, reference: str) -> Response:
    """Show all that was said, by whom, and what it changed."""
    return show_history(visit, *_own(visit, reference))


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    if person.owner_institution_id != visit.viewer.institution_id:
        raise NotFound("missing person")
    return (
        AtHand(visit.session, visit.viewer, person, MISSING_PERSON, visit.at),
        Home(
            f"/missing/{person.reference}",
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            person.reference,
            person.invented,
            f"/missing/{person.reference}/matchability",
        ),
    )
