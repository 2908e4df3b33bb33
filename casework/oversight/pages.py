"""The log's pages, for the data-protection officer."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import Response

from casework.errors import InvalidInput
from casework.oversight.findings import show_findings
from casework.oversight.ledger import (
    WHY_WORDS,
    ShownLedger,
    Why,
    open_ledger,
    show_ledger,
)
from casework.oversight.notices import log_notices
from casework.oversight.presenters import DEED_WORDS, ShownLine, ShownOnlooker
from casework.oversight.queries import PAGE_SIZE, LogFilter, list_log
from casework.oversight.watching import list_onlookers, list_unusual, whole_register_runs
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, pager_of
from casework.web.visit import Entered, Visit
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
        notices=log_notices(visit),
        tabs=_tabs(visit, "/log"),
        lines=[ShownLine.of(line, visit.gettext) for line in lines],
        pager=pager_of(
            "/log", dict(request.query_params), page=page, size=PAGE_SIZE, total=total
        ),
        deeds=[Choice(value, visit.gettext(words)) for value, words in DEED_WORDS.items()],
        wanted=wanted,
        day=day,
    )


@router.get("/log/unusual")
@requires(Permission.LOG_READ)
def unusual_page(visit: Entered) -> Response:
    """Show what in the last week somebody should ask about."""
    findings = list_unusual(visit.session, visit.viewer, at=visit.at)
    record(visit.session, Deed.LOG_READ, by=visit.viewer, at=visit.at, shown=len(findings))
    return visit.show(
        "oversight/unusual.html",
        notices=log_notices(visit),
        tabs=_tabs(visit, "/log/unusual"),
        findings=show_findings(visit.session, findings, teller_for(visit.language)),
    )


@router.get("/log/consents")
@requires(Permission.LOG_READ)
def ledger_form(visit: Entered) -> Response:
    """Ask whose consents are looked into, and why."""
    return _show_ledger(visit)


@router.post("/log/consents")
@requires(Permission.LOG_READ)
def ledger_page(
    visit: Entered,
    reference: Annotated[str, Form(max_length=40)],
    why: Annotated[Why, Form()],
) -> Response:
    """Show the consents of one file; the reason stands in the log."""
    ledger = open_ledger(visit.session, visit.viewer, reference, why, at=visit.at)
    teller = teller_for(visit.language)
    givers = show_ledger(visit.session, ledger.entries, teller, at=visit.at)
    return _show_ledger(
        visit, wanted=reference, why=why, givers=givers, shows_invented=ledger.is_invented
    )


def _show_ledger(
    visit: Visit,
    *,
    wanted: str = "",
    why: Why = Why.COMPLAINT,
    givers: Sequence[ShownLedger] | None = None,
    shows_invented: bool = False,
) -> Response:
    return visit.show(
        "oversight/ledger.html",
        shows_invented=shows_invented,
        tabs=_tabs(visit, "/log/consents"),
        whys=[Choice(code.value, visit.gettext(words)) for code, words in WHY_WORDS.items()],
        wanted=wanted,
        why=why.value,
        givers=givers,
    )


@router.get("/log/about/{reference}")
@requires(Permission.LOG_READ)
def about_page(
    visit: Entered,
    reference: Annotated[str, Path(max_length=80)],
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show who saw the record with this reference, when and why."""
    wanted = LogFilter(concerning=reference)
    lines, total = list_log(visit.session, visit.viewer, wanted, page=page)
    onlookers = list_onlookers(visit.session, visit.viewer, reference)
    runs = whole_register_runs(visit.session, visit.viewer)
    record(visit.session, Deed.LOG_READ, by=visit.viewer, at=visit.at, about=reference)
    path = f"/log/about/{quote(reference)}"
    return visit.show(
        "oversight/about.html",
        reference=reference,
        onlookers=[ShownOnlooker.of(each, visit.gettext) for each in onlookers],
        runs=runs,
        lines=[ShownLine.of(line, visit.gettext) for line in lines],
        pager=pager_of(path, {}, page=page, size=PAGE_SIZE, total=total),
        trail=(
            NavLink(visit.gettext("Bitácora"), "/log"),
            NavLink(reference, path, is_current=True),
        ),
    )


def _tabs(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(visit.gettext(label), href, is_current=href == here)
        for label, href in (
            (marked("Todas las líneas"), "/log"),
            (marked("Accesos fuera de lo común"), "/log/unusual"),
            (marked("Autorizaciones de un expediente"), "/log/consents"),
        )
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(marked("Eso no es un día: escriba 2026-03-09.")) from error
