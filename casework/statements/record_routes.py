"""The pages on which a record is completed: the same addresses for every kind of record."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import Response

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
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

# Finds a record of the viewer's own institution by its reference, or refuses.
Own = Callable[[Visit, str], tuple[AtHand, Home]]


def record_pages(base: str, permission: Permission, own: Own) -> APIRouter:
    """Make the pages below `base` on which those with `permission` complete records."""
    router = APIRouter(prefix=f"{base}/{{reference}}", include_in_schema=False)
    _add_steps(router, permission, own)
    _add_places(router, permission, own)
    _add_what_was_said(router, permission, own)
    return router


def _add_steps(router: APIRouter, permission: Permission, own: Own) -> None:
    @router.get("/record")
    @requires(permission)
    def record(visit: Entered, reference: str) -> Response:
        """Show how far each step is."""
        return show_overview(visit, *own(visit, reference))

    @router.get("/record/{step}")
    @requires(permission)
    def record_step(visit: Entered, reference: str, step: str) -> Response:
        """Show the questions of one step, with what stands."""
        return show_step(step_of(visit, *own(visit, reference), step))

    @router.post("/record/{step}")
    @requires(permission)
    def take_record_step(visit: Entered, reference: str, step: str, given: Sent) -> Response:
        """Keep what was said in one step."""
        return take_step(step_of(visit, *own(visit, reference), step), given)


def _add_places(router: APIRouter, permission: Permission, own: Own) -> None:
    @router.get("/record/{step}/place/{name}")
    @requires(permission)
    def record_place(visit: Entered, reference: str, step: str, name: str) -> Response:
        """Show one place of a step with its map."""
        return show_place(place_asked(step_of(visit, *own(visit, reference), step), name))

    @router.post("/record/{step}/place/{name}")
    @requires(permission)
    def take_record_place(
        visit: Entered, reference: str, step: str, *, name: str, given: Sent
    ) -> Response:
        """Keep one place as it was typed and pressed."""
        at_step = step_of(visit, *own(visit, reference), step)
        return take_place(place_asked(at_step, name), given)


def _add_what_was_said(router: APIRouter, permission: Permission, own: Own) -> None:
    @router.post("/undo")
    @requires(permission)
    def undo_last_edit(visit: Entered, reference: str, given: Sent) -> Response:
        """Take back what the viewer put down last."""
        hand, home = own(visit, reference)
        return take_undo(hand, home.href, given)

    @router.get("/history")
    @requires(permission)
    def record_history(visit: Entered, reference: str) -> Response:
        """Show all that was said, by whom, and what it changed."""
        return show_history(visit, *own(visit, reference))
