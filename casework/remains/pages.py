"""The register of remains: the list, a file, and the form that records them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from casework.codes import (
    Completeness,
    Condition,
    RemainsSex,
    RemainsStatureBasis,
    SexMethod,
)
from casework.opening import entered_before
from casework.remains import actions
from casework.remains.forms import RemainsForm, read_remains
from casework.remains.found_at import found_at
from casework.remains.model import Remains
from casework.remains.opening import open_listed, open_remains
from casework.remains.presenters import present_file, present_row
from casework.remains.queries import RemainsSearch, get_remains, list_remains
from casework.remains.statements import REMAINS
from casework.settings import settings
from casework.signin.model import Institution
from casework.statements.describing import AtHand
from casework.statements.told import told_beyond_cards
from casework.web.access import requires
from casework.web.body_chart import draw_choices
from casework.web.described import Teller, teller_for
from casework.web.description_form import code_choices, country_choices, description_choices
from casework.web.form_values import try_days
from casework.web.pieces import Choice, NavLink, pager_of, sorted_headings
from casework.web.place_form import place_map, unread_warning, unsaved_notices, with_press
from casework.web.remains_words import KIND_WORDS, STATUS_WORDS
from casework.web.teeth_form import teeth_piece, with_chart
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/remains")
@requires(Permission.REMAINS_READ)
def remains_list(visit: Entered, search: Annotated[RemainsSearch, Query()]) -> Response:
    """List the remains that the visitor may read about."""
    teller = teller_for(visit.language)
    seen, problem = try_days(search.seen_from, search.seen_to)
    listed = list_remains(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(visit.session, visit.viewer, listed.rows, at=visit.at)
    rows = [present_row(remains, openings[remains.id], teller) for remains in listed.rows]
    query = dict(visit.request.query_params)
    return visit.show(
        "remains/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        listed=listed,
        search=search,
        seen_problem=visit.gettext(problem) if problem else "",
        headings=sorted_headings("/remains", query, _columns(teller)),
        pager=pager_of(
            "/remains", query, page=search.page, size=search.size, total=listed.total
        ),
        choices=_search_choices(teller),
        may_record=visit.viewer.may(Permission.REMAINS_RECORD),
        may_read_sites=visit.viewer.may(Permission.SITE_READ),
        may_read_names=visit.viewer.may(Permission.REMAINS_IDENTITY_READ),
    )


@router.get("/remains/new")
@requires(Permission.REMAINS_RECORD)
def remains_form(visit: Entered) -> Response:
    """Show the empty form."""
    return _show_form(visit, RemainsForm(), {})


@router.post("/remains/new")
@requires(Permission.REMAINS_RECORD)
def record_remains(visit: Entered, form: Annotated[RemainsForm, Form()]) -> Response:
    """Record remains, or show the form again with what has to be looked at."""
    form = with_chart(with_press(form), teller_for(visit.language))
    if form.asks_for_map or form.asks_for_chart:
        return _show_form(visit, form, {})
    domain = settings().domain
    if recorded_as := entered_before(
        visit.session, visit.viewer, Remains, form.sheet, domain=domain
    ):
        return RedirectResponse(f"/remains/{recorded_as}", status_code=303)
    remains, problems = read_remains(form, at=visit.at)
    if problems or unread_warning(form, teller_for(visit.language)):
        return _show_form(visit, form, problems, is_unsaved=True)
    recorded = actions.record_remains(
        visit.session, visit.viewer, remains, domain=domain, at=visit.at, sheet=form.sheet
    )
    return RedirectResponse(f"/remains/{recorded.reference}", status_code=303)


@router.get("/remains/{reference}")
@requires(Permission.REMAINS_READ)
def remains_file(visit: Entered, reference: str) -> Response:
    """Open the file of one person's remains."""
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_remains(visit.session, visit.viewer, remains, at=visit.at)
    owner = visit.session.get_one(Institution, remains.owner_institution_id)
    hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
    teller = teller_for(visit.language)
    file = present_file(
        remains,
        visit.viewer,
        openings,
        teller,
        owner=owner.name,
        where=found_at(hand, openings),
    )
    return visit.show(
        "remains/file.html",
        shows_invented=file.is_invented,
        file=file,
        told=told_beyond_cards(hand, openings, teller),
        recalls_href=f"/remains/{remains.reference}/recalls"
        if visit.viewer.may(Permission.DECISION_READ)
        else "",
        links_href=f"/remains/{remains.reference}/links"
        if visit.viewer.may(Permission.LINK_READ)
        else "",
        own_href=_own_href(visit, remains),
        ask_href=f"/desk/new?about={remains.reference}"
        if visit.viewer.may(Permission.REQUEST_SEND)
        else "",
        samples_href=_samples_href(visit, remains),
        trail=_trail(visit, file.number),
    )


def _own_href(visit: Visit, remains: Remains) -> str:
    """Lead those who keep the record to the pages on which they go on with it."""
    is_own = remains.owner_institution_id == visit.viewer.institution_id
    may = is_own and visit.viewer.may(Permission.REMAINS_RECORD)
    return f"/remains/{remains.reference}" if may else ""


def _samples_href(visit: Visit, remains: Remains) -> str:
    is_own = remains.owner_institution_id == visit.viewer.institution_id
    may = is_own and visit.viewer.may(Permission.SAMPLE_KEEP)
    return f"/remains/{remains.reference}/samples" if may else ""


def _show_form(
    visit: Visit, form: RemainsForm, problems: Mapping[str, str], *, is_unsaved: bool = False
) -> Response:
    teller = teller_for(visit.language)
    return visit.show(
        "remains/form.html",
        status=422 if problems else 200,
        notices=unsaved_notices(visit.gettext, problems) if is_unsaved else (),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_form_choices(teller),
        place_map=place_map(form, teller, kind="remains"),
        body=draw_choices(teller.gettext),
        teeth=teeth_piece(form, teller),
        trail=_trail(visit, visit.gettext("Nuevo registro")),
    )


def _trail(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Restos humanos"), "/remains"),
        NavLink(here, "", is_current=True),
    )


def _columns(teller: Teller) -> tuple[tuple[str, str | None], ...]:
    _ = teller.gettext
    return (
        (_("Número"), None),
        (_("Sexo"), None),
        (_("Edad"), "age"),
        (_("Estatura (cm)"), None),
        (_("Hallazgo"), "found"),
        (_("Lugar"), None),
        (_("Estado de los restos"), None),
        (_("Identificación"), None),
    )


def _search_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    return {
        "sex": (
            Choice("female", _("mujer o probablemente mujer")),
            Choice("male", _("hombre o probablemente hombre")),
            Choice("open", _("no se sabe")),
        ),
        "countries": country_choices(teller),
        "condition": code_choices(Condition, teller),
        "status": tuple(Choice(code, _(words)) for code, words in STATUS_WORDS.items()),
        "act": (Choice("planned", _("con un acto previsto que no se puede deshacer")),),
        "family": (Choice("unclaimed", _("con nombre y sin familia hallada")),),
        "invented": (
            Choice("no", _("solo personas reales")),
            Choice("yes", _("solo personas inventadas")),
        ),
    }


def _form_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    return description_choices(teller) | {
        "remains_kind": tuple(Choice(code, _(words)) for code, words in KIND_WORDS.items()),
        "sex": code_choices(RemainsSex, teller),
        "sex_method": code_choices(SexMethod, teller),
        "stature_basis": code_choices(RemainsStatureBasis, teller),
        "condition": code_choices(Condition, teller),
        "completeness": code_choices(Completeness, teller),
    }
