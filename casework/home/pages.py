"""Home, credits and a sign of life."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from casework.candidates.opening import record_listed
from casework.candidates.presenters import ShownProposal
from casework.desk.nationals import standing_of
from casework.home.credits import CREDITS
from casework.home.due import due_on
from casework.home.queries import waiting_for
from casework.oversight.notices import log_notices
from casework.web.access import PUBLIC, requires
from casework.web.charts import scale_of
from casework.web.described import teller_for
from casework.web.role_words import ROLE_WORDS
from casework.web.visit import Entered
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/")
@requires(PUBLIC)
def home(visit: Entered) -> Response:
    """Show what waits for this visitor, or the door."""
    if visit.signed_in is None:
        return RedirectResponse("/sign-in", status_code=303)
    waiting = waiting_for(visit.session, visit.viewer, at=visit.at)
    teller = teller_for(visit.language)
    if waiting.first_proposals:
        record_listed(visit, waiting.first_proposals, [])
    proposals = [ShownProposal.of(each, teller) for each in waiting.first_proposals]
    return visit.show(
        "home/home.html",
        notices=log_notices(visit),
        shows_invented=any(each.is_invented for each in proposals),
        shows_real=not all(each.is_invented for each in proposals),
        person=visit.signed_in.person,
        role=visit.gettext(ROLE_WORDS[visit.viewer.role]),
        waiting=waiting,
        proposals=proposals,
        due=due_on(visit, waiting.promises),
        nationals=standing_of(visit),
        may_read_files=visit.viewer.may(Permission.MISSING_READ),
        widest=scale_of([each.log10_lr for each in proposals if each.log10_lr is not None]),
        may_report=visit.viewer.may(Permission.MISSING_REPORT),
        may_record=visit.viewer.may(Permission.REMAINS_RECORD),
    )


@router.get("/credits")
@requires(PUBLIC)
def credits_page(visit: Entered) -> Response:
    """Say whose data, outlines and names stand in the product."""
    return visit.show("home/credits.html", credits=CREDITS)


@router.get("/health")
@requires(PUBLIC)
def health(visit: Entered) -> Response:
    """Answer whoever watches over the service; reaching here means the database answered."""
    _ = visit
    return PlainTextResponse("alive\n")
