"""Completing the file of a missing person, step by step."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response

from casework.families.queries import list_relatives
from casework.families.words import KINSHIP_WORDS
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.missing.statements import MISSING_PERSON
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
from casework.web.pieces import Choice, NavLink
from casework.web.visit import Entered, Visit
from privacy.model import Reveals
from privacy.permissions import Permission
from privacy.sealing.opening import open_group

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


@router.get("/missing/{reference}/record/{step}/place/{name}")
@requires(Permission.MISSING_REPORT)
def record_place(visit: Entered, reference: str, step: str, name: str) -> Response:
    """Show one place of a step with its map."""
    return show_place(place_asked(step_of(visit, *_own(visit, reference), step), name))


@router.post("/missing/{reference}/record/{step}/place/{name}")
@requires(Permission.MISSING_REPORT)
def take_record_place(
    visit: Entered, reference: str, step: str, *, name: str, given: Sent
) -> Response:
    """Keep one place as it was typed and pressed."""
    return take_place(place_asked(step_of(visit, *_own(visit, reference), step), name), given)


@router.post("/missing/{reference}/undo")
@requires(Permission.MISSING_REPORT)
def undo_last_edit(visit: Entered, reference: str, given: Sent) -> Response:
    """Take back what the viewer put down last."""
    hand, home = _own(visit, reference)
    return take_undo(hand, home.href, given)


@router.get("/missing/{reference}/history")
@requires(Permission.MISSING_REPORT)
def record_history(visit: Entered, reference: str) -> Response:
    """Show all that was said, by whom, and what it changed."""
    return show_history(visit, *_own(visit, reference))


def _relatives(visit: Visit, person: MissingPerson) -> tuple[Choice, ...]:
    """Name who speaks for the person, where that is open to the viewer."""
    relatives = list_relatives(visit.session, person)
    opened = open_group(visit.session, visit.viewer, relatives, Reveals.CONTACT, at=visit.at)
    return tuple(
        Choice(each.name, f"{each.name} ({visit.gettext(KINSHIP_WORDS[each.kinship])})")
        for each in opened.rows
        if each.name
    )


def _own(visit: Visit, reference: str) -> tuple[AtHand, Home]:
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    return (
        AtHand(visit.session, visit.viewer, person, MISSING_PERSON, visit.at),
        Home(
            f"/missing/{person.reference}",
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            person.reference,
            person.invented,
            f"/missing/{person.reference}/matchability",
            relatives=partial(_relatives, visit, person),
        ),
    )
