"""The register of missing persons: the list, a file, and the form of a first report."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from casework.codes import Sex, StatureBasis
from casework.missing import actions
from casework.missing.forms import ReportForm, read_report
from casework.missing.model import ReporterKind
from casework.missing.opening import open_listed, open_person
from casework.missing.presenters import (
    REPORTER_WORDS,
    STATUS_WORDS,
    present_file,
    present_row,
)
from casework.missing.queries import MissingSearch, get_missing_person, list_missing
from casework.missing.rules import CONSENTS
from casework.settings import settings
from casework.signin.model import Institution
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.description_form import (
    answerable_choices,
    code_choices,
    country_choices,
    description_choices,
)
from casework.web.form_values import try_days
from casework.web.pieces import Choice, NavLink, Notice, pager_of, sorted_headings
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/missing")
@requires(Permission.MISSING_READ)
def missing_list(visit: Entered, search: Annotated[MissingSearch, Query()]) -> Response:
    """List the missing persons whom the visitor may read about."""
    teller = teller_for(visit.language)
    seen, problem = try_days(search.seen_from, search.seen_to)
    listed = list_missing(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(visit.session, visit.viewer, listed.rows, at=visit.at)
    rows = [present_row(person, openings[person.id], teller) for person in listed.rows]
    query = dict(visit.request.query_params)
    return visit.show(
        "missing/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        listed=listed,
        search=search,
        seen_problem=visit.gettext(problem) if problem else "",
        headings=sorted_headings("/missing", query, _columns(teller)),
        pager=pager_of(
            "/missing", query, page=search.page, size=search.size, total=listed.total
        ),
        choices=_search_choices(teller),
        may_report=visit.viewer.may(Permission.MISSING_REPORT),
    )


@router.get("/missing/new")
@requires(Permission.MISSING_REPORT)
def report_form(visit: Entered) -> Response:
    """Show the empty form of a first report."""
    return _show_form(visit, ReportForm(), {})


@router.post("/missing/new")
@requires(Permission.MISSING_REPORT)
def file_report(visit: Entered, form: Annotated[ReportForm, Form()]) -> Response:
    """Keep a report, or show it again with what has to be looked at."""
    report, consent, problems = read_report(form, at=visit.at)
    if problems:
        return _show_form(visit, form, problems)
    filed = actions.file_report(
        visit.session,
        visit.viewer,
        report,
        consent=consent,
        domain=settings().domain,
        at=visit.at,
    )
    return RedirectResponse(f"/missing/{filed.reference}", status_code=303)


@router.get("/missing/{reference}")
@requires(Permission.MISSING_READ)
def missing_file(visit: Entered, reference: str) -> Response:
    """Open the file of one missing person."""
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_person(visit.session, visit.viewer, person, at=visit.at)
    owner = visit.session.get_one(Institution, person.owner_institution_id)
    file = present_file(
        person, visit.viewer, openings, teller_for(visit.language), owner=owner.name
    )
    return visit.show(
        "missing/file.html",
        shows_invented=file.is_invented,
        file=file,
        trail=(NavLink(visit.gettext("Personas desaparecidas"), "/missing"), _here(file.name)),
    )


def _show_form(visit: Visit, form: ReportForm, problems: Mapping[str, str]) -> Response:
    teller = teller_for(visit.language)
    sentence = visit.gettext("No se guardó todavía: revise los campos señalados.")
    return visit.show(
        "missing/report.html",
        status=422 if problems else 200,
        notices=(Notice(sentence, "problem"),) if problems else (),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_form_choices(teller),
        trail=(
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            _here(visit.gettext("Nuevo reporte")),
        ),
    )


def _here(label: str) -> NavLink:
    return NavLink(label, "", is_current=True)


def _columns(teller: Teller) -> tuple[tuple[str, str | None], ...]:
    _ = teller.gettext
    return (
        (_("Persona"), None),
        (_("Sexo"), None),
        (_("Edad"), "age"),
        (_("Nacionalidad"), None),
        (_("Último contacto"), "last_contact"),
        (_("Lugar"), None),
        (_("Búsqueda"), None),
    )


def _search_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    return {
        "sex": code_choices(Sex, teller),
        "countries": country_choices(teller),
        "status": tuple(Choice(code, _(words)) for code, words in STATUS_WORDS.items()),
        "invented": (
            Choice("no", _("solo personas reales")),
            Choice("yes", _("solo personas inventadas")),
        ),
    }


def _form_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    return description_choices(teller) | {
        "consent": code_choices(CONSENTS, teller),
        "reporter_kind": tuple(
            Choice(code, teller.gettext(REPORTER_WORDS[code])) for code in ReporterKind
        ),
        "sex": answerable_choices(Sex, teller),
        "stature_basis": code_choices(StatureBasis, teller),
    }
