"""The log's pages, for the data-protection officer."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from casework.errors import InvalidInput
from casework.oversight.presenters import DEED_WORDS, ShownLine
from casework.oversight.queries import PAGE_SIZE, LogFilter, list_log
from casework.web.access import requires
from casework.web.languages import marked
from casework.web.pieces import Choice, pager_of
from casework.web.visit import Entered
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/log")
@requires(Permission.LOG_READ)
def log_page(
    request: Request,
    visit: Entered,
    about: str = "",
    deed: str = "",
    account: str = "",
    day: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show who did what, newest first."""
    wanted = LogFilter(about=about, deed=deed, account=account, day=_day(day))
    lines, total = list_log(visit.session, visit.viewer, wanted, page=page)
    record(visit.session, Deed.LOG_READ, by=visit.viewer, at=visit.at, about=about or None)
    return visit.show(
        "oversight/log.html",
        lines=[ShownLine.of(line, visit.gettext) for line in lines],
        pager=pager_of(
            "/log", dict(request.query_params), page=page, size=PAGE_SIZE, total=total
        ),
        deeds=[Choice(value, visit.gettext(words)) for value, words in DEED_WORDS.items()],
        wanted=wanted,
        day=day,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(marked("Eso no es un día: escriba 2026-03-09.")) from error
