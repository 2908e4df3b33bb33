"""What was said of a record over the API: the same operations for every kind of record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse

from casework.openings import Openings
from casework.statements.describing import AtHand, Described
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenOf:
    """A kind of record that programs ask about, and how one of it is found and opened."""

    called: str  # in a sentence: `a missing person`
    named: str  # in the names of operations, on which programs build: never changed
    described: Described
    reads: Permission
    get: Callable[..., Any]
    get_own: Callable[..., Any]
    open: Callable[..., Openings]

    def own(self, visit: Visit, reference: str) -> AtHand:
        """Take a record of the viewer's own institution at hand."""
        about = self.get_own(visit.session, visit.viewer, reference, at=visit.at)
        return self.at_hand(visit, about)

    def at_hand(self, visit: Visit, about: Any) -> AtHand:
        return AtHand(visit.session, visit.viewer, about, self.described, visit.at)


def record_api(prefix: str, tag: str, of: SpokenOf) -> APIRouter:
    """Make the operations below `prefix`; who may write of a record reads all that was said."""
    router = APIRouter(prefix=prefix, tags=[tag])
    _add_reading(router, of)
    _add_saying(router, of)
    _add_putting_right(router, of)
    return router


def _add_reading(router: APIRouter, of: SpokenOf) -> None:
    @router.get(
        "/{reference}/record",
        name=f"record_of_{of.named}",
        summary=f"Read what stands of {of.called}, by field",
    )
    @requires(of.reads)
    def picture(visit: Entered, reference: str) -> RecordPicture:
        """Tell the current picture as far as it is open: who said what, and who otherwise."""
        about = of.get(visit.session, visit.viewer, reference, at=visit.at)
        openings = of.open(visit.session, visit.viewer, about, at=visit.at)
        return picture_told(of.at_hand(visit, about), openings)

    @router.get(
        "/{reference}/statements",
        name=f"statements_about_{of.named}",
        summary=f"Read all that was said of {of.called}",
    )
    @requires(of.described.writes)
    def statements(visit: Entered, reference: str) -> Statements:
        """Tell also what was replaced; to those who keep the record."""
        return statements_told(of.own(visit, reference))


def _add_saying(router: APIRouter, of: SpokenOf) -> None:
    @router.post(
        "/{reference}/statements",
        name=f"say_of_{of.named}",
        summary=f"Say something of {of.called}",
        responses={422: {"model": NotKept | Refusal, "description": "Nothing was kept."}},
        response_model=Kept,
    )
    @requires(of.described.writes)
    def say(
        visit: Entered, reference: str, telling: Annotated[Telling, Body()]
    ) -> Kept | JSONResponse:
        """Keep what a person, paper or examination says; what nobody saw is never replaced."""
        return take_telling(visit, of.own(visit, reference), telling)


def _add_putting_right(router: APIRouter, of: SpokenOf) -> None:
    @router.get(
        "/{reference}/last-edit",
        name=f"last_edit_of_{of.named}",
        summary=f"Read your last edit of {of.called}",
    )
    @requires(of.described.writes)
    def last_edit(visit: Entered, reference: str) -> LastEdit:
        """Tell what you put down last and nobody replaced, and what stands once undone."""
        return last_edit_told(of.own(visit, reference))

    @router.post(
        "/{reference}/undo",
        name=f"undo_edit_of_{of.named}",
        summary=f"Take back your last edit of {of.called}",
    )
    @requires(of.described.writes)
    def undo_edit(visit: Entered, reference: str, undoing: Annotated[Undoing, Body()]) -> Kept:
        """Take it back as a statement of its own; 409 if it is not your last one any more."""
        return take_undoing(of.own(visit, reference), undoing)

    @router.post(
        "/{reference}/decisions",
        name=f"decide_of_{of.named}",
        summary=f"Decide what to go by of {of.called}",
    )
    @requires(of.described.writes)
    def decide(visit: Entered, reference: str, deciding: Annotated[Deciding, Body()]) -> Kept:
        """Go by one of contradictory answers; 409 if it is not one of them."""
        return take_decision(of.own(visit, reference), deciding)
