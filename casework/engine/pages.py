"""The page about the engine: its numbers, since when they hold, how often it is right."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.candidates.presenters import ShownRun
from casework.candidates.queries import last_finished_run
from casework.engine.judged import last_judged
from casework.engine.presenters import engine_context
from casework.engine.weighing import in_force
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/engine")
@requires(Permission.ENGINE_READ)
def engine_page(visit: Entered) -> Response:
    """Show the model in force, its history, its weights, and how it was last judged."""
    teller = teller_for(visit.language)
    return visit.show(
        "engine/engine.html",
        last_run=_last_run(visit),
        **engine_context(in_force(), last_judged(), teller),
    )


def _last_run(visit: Visit) -> ShownRun | None:
    """Tell the last comparison to whoever may read proposals; others read of none."""
    if not visit.viewer.may(Permission.PAIRING_READ):
        return None
    run = last_finished_run(visit.session, visit.viewer)
    return ShownRun.of(run, teller_for(visit.language)) if run else None
