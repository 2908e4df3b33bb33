"""Remains over the API, by question: what stands, what was said, saying more."""

from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse

from casework.remains.model import Remains
from casework.remains.opening import open_remains
from casework.remains.queries import get_own_remains, get_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.spoken import (
    Kept,
    NotKept,
    RecordPicture,
    Statements,
    Telling,
    picture_told,
    statements_told,
    take_telling,
)
from casework.statements.spoken_edits import (
    Deciding,
    LastEdit,
    Undoing,
    last_edit_told,
    take_decision,
    take_undoing,
)
from casework.web.access import requires
from casework.web.errors import Refusal
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1/remains", tags=["remains"])


@router.get("/{reference}/record", summary="Read what stands of one person's remains, by field")
@requires(Permission.REMAINS_READ)
def record_of_remains(visit: Entered, reference: str) -> RecordPicture:
    """Tell the current picture as far as it is open: who said what, and who otherwise."""
    about = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    hand = _at_hand(visit, about)
    openings = open_remains(visit.session, visit.viewer, hand.about, at=visit.at)
    return picture_told(hand, openings)


@router.get("/{reference}/statements", summary="Read all that was said of one person's remains")
@requires(Permission.REMAINS_RECORD)
def statements_about_remains(visit: Entered, reference: str) -> Statements:
    """Tell also what was replaced; to those who keep the record."""
    return statements_told(_own(visit, reference))


@router.post(
    "/{reference}/statements",
    summary="Say something of one person's remains",
    responses={422: {"model": NotKept | Refusal, "description": "Nothing was kept."}},
    response_model=Kept,
)
@requires(Permission.REMAINS_RECORD)
def say_of_remains(
    visit: Entered, reference: str, telling: Annotated[Telling, Body()]
) -> Kept | JSONResponse:
    """Keep what one person, paper or examination says; what nobody saw is never replaced."""
    return take_telling(visit, _own(visit, reference), telling)


@router.get("/{reference}/last-edit", summary="Read your last edit of one person's remains")
@requires(Permission.REMAINS_RECORD)
def last_edit_of_remains(visit: Entered, reference: str) -> LastEdit:
    """Tell what you put down last and nobody replaced, and what stands once it is undone."""
    return last_edit_told(_own(visit, reference))


@router.post("/{reference}/undo", summary="Take back your last edit of one person's remains")
@requires(Permission.REMAINS_RECORD)
def undo_edit_of_remains(
    visit: Entered, reference: str, undoing: Annotated[Undoing, Body()]
) -> Kept:
    """Take it back as a statement of its own; 409 if it is not your last one any more."""
    return take_undoing(_own(visit, reference), undoing)


@router.post("/{reference}/decisions", summary="Decide what to go by of one person's remains")
@requires(Permission.REMAINS_RECORD)
def decide_of_remains(
    visit: Entered, reference: str, deciding: Annotated[Deciding, Body()]
) -> Kept:
    """Go by one of contradictory answers; 409 if it does not stand or nobody contradicts it."""
    return take_decision(_own(visit, reference), deciding)


def _own(visit: Visit, reference: str) -> AtHand:
    about = get_own_remains(visit.session, visit.viewer, reference, at=visit.at)
    return _at_hand(visit, about)


def _at_hand(visit: Visit, about: Remains) -> AtHand:
    return AtHand(visit.session, visit.viewer, about, REMAINS, visit.at)
