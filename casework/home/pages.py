"""Home, credits and a sign of life."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from casework.web.access import PUBLIC, requires
from casework.web.visit import Entered

router = APIRouter(include_in_schema=False)


@router.get("/")
@requires(PUBLIC)
def home(visit: Entered) -> Response:
    """Show what waits for this visitor, or the door."""
    if visit.signed_in is None:
        return RedirectResponse("/sign-in", status_code=303)
    return visit.show("home/home.html")


@router.get("/credits")
@requires(PUBLIC)
def credits_page(visit: Entered) -> Response:
    """Say whose data, outlines and names stand in the product."""
    return visit.show("home/credits.html")


@router.get("/health")
@requires(PUBLIC)
def health(visit: Entered) -> Response:
    """Answer whoever watches over the service; reaching here means the database answered."""
    _ = visit
    return PlainTextResponse("alive\n")
