"""The pieces that all pages share, laid out on one page as documentation of the look."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.web.access import requires
from casework.web.gallery import gallery_context
from casework.web.visit import Entered
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/components")
@requires(Permission.ACCOUNT_ADMINISTER)
def components(visit: Entered) -> Response:
    """Show every shared component, with invented words, in the visitor's own frame."""
    context = gallery_context(visit.language)
    return visit.show(
        "components_gallery.html", shows_invented=True, gallery=context["gallery"]
    )
