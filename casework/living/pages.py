"""The register of people alive: the list, a file, the short form, and whether to search."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from casework.codes import Sex
from casework.envelope import SearchConsent
from casework.living import actions
from casework.living.forms import DecisionForm, LivingForm, read_living
from casework.living.model import LivingPerson
from casework.living.opening import open_listed, open_living
from casework.living.presenters import present_decisions, present_file, present_row
from casework.living.queries import (
    LivingSearch,
    get_living,
    get_own_living,
    list_decisions,
    list_living,
)
from casework.living.rules import DECISIONS, why_not_decidable
from casework.living.statements import LIVING_PERSON
from casework.opening import entered_before
from casework.settings import settings
from casework.signin.model import Institution
from casework.signin.queries import names_behind
from casework.statements.describing import AtHand
from casework.statements.told import told_beyond_cards
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.description_form import answerable_choices, code_choices, country_choices
from casework.web.form_values import try_days
from casework.web.languages import marked
from casework.web.living_words import COMMUNICATION_WORDS, STATUS_WORDS, WHERE_SEEN_WORDS
from casework.web.pieces import Choice, NavLink, pager_of, sorted_headings
from casework.web.place_form import unsaved_notices
from casework.web.visit import Entered, Visit
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/living")
@requires(Permission.LIVING_READ)
def living_list(visit: Entered, search: Annotated[LivingSearch, Query()]) -> Response:
    """List the people alive whom the visitor may read about."""
    teller = teller_for(visit.language)
    seen, problem = try_days(search.seen_from, search.seen_to)
    listed = list_living(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(visit.session, visit.viewer, listed.rows, at=visit.at)
    rows = [present_row(person, openings[person.id], teller) for person in listed.rows]
    query = dict(visit.request.query_params)
    return visit.show(
        "living/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        listed=listed,
        search=search,
        seen_problem=visit.gettext(problem) if problem else "",
        headings=sorted_headings("/living", query, _columns(teller)),
        pager=pager_of(
            "/living", query, page=search.page, size=search.size, total=listed.total
        ),
        choices=_choices(teller),
        may_record=visit.viewer.may(Permission.LIVING_RECORD),
    )


@router.get("/living/new")
@requires(Permission.LIVING_RECORD)
def living_form(visit: Entered) -> Response:
    """Show the empty form."""
    return _show_form(visit, LivingForm(), {})


@router.post("/living/new")
@requires(Permission.LIVING_RECORD)
def register_living(visit: Entered, form: Annotated[LivingForm, Form()]) -> Response:
    """Register somebody alive, or show the form again with what has to be looked at."""
    domain = settings().domain
    if registered_as := entered_before(
        visit.session, visit.viewer, LivingPerson, form.sheet, domain=domain
    ):
        return RedirectResponse(f"/living/{registered_as}", status_code=303)
    person, problems = read_living(form, at=visit.at)
    if problems:
        return _show_form(visit, form, problems)
    registered = actions.register_living(
        visit.session, visit.viewer, person, domain=domain, at=visit.at, sheet=form.sheet
    )
    return RedirectResponse(f"/living/{registered.reference}", status_code=303)


@router.get("/living/{reference}")
@requires(Permission.LIVING_READ)
def living_file(visit: Entered, reference: str) -> Response:
    """Open the file of one person alive."""
    person = get_living(visit.session, visit.viewer, reference, at=visit.at)
    return _show_file(visit, person, DecisionForm(), {})


@router.post("/living/{reference}/search")
@requires(Permission.LIVING_RECORD)
def decide_search(
    visit: Entered, reference: str, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Enter whether the person wants to be searched for, or why nobody can ask."""
    person = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    try:
        decision = SearchConsent(form.decision)
    except ValueError:
        # Shown again with all that was typed: nothing stands chosen for somebody beforehand.
        amiss = {"decision": marked("Elija una opción de la lista.")}
        return _show_file(visit, person, form, amiss)
    if problems := why_not_decidable(person, decision, form.reason):
        return _show_file(visit, person, form, problems)
    visit.demand_step_up()
    actions.decide_search(
        visit.session, visit.viewer, person, decision, reason=form.reason, at=visit.at
    )
    return visit.leads_to(f"/living/{person.reference}")


def _show_file(
    visit: Visit, person: LivingPerson, form: DecisionForm, problems: Mapping[str, str]
) -> Response:
    teller = teller_for(visit.language)
    openings = open_living(visit.session, visit.viewer, person, at=visit.at)
    owner = visit.session.get_one(Institution, person.owner_institution_id)
    file = present_file(person, openings, teller, owner=owner.name)
    is_own = person.owner_institution_id == visit.viewer.institution_id
    tells = is_own and openings.shows(Reveals.CONTACT)
    decisions = (
        list_decisions(visit.session, visit.viewer, person, at=visit.at) if tells else []
    )
    hand = AtHand(visit.session, visit.viewer, person, LIVING_PERSON, visit.at)
    return visit.show(
        "living/file.html",
        status=422 if problems else 200,
        shows_invented=file.is_invented,
        file=file,
        told=told_beyond_cards(hand, openings, teller),
        decisions=present_decisions(
            decisions,
            names_behind(visit.session, {each.decided_by for each in decisions}),
            teller,
        ),
        may_keep=is_own and visit.viewer.may(Permission.LIVING_RECORD),
        may_decide=tells and visit.viewer.may(Permission.LIVING_RECORD),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices={"decision": code_choices(DECISIONS, teller)},
        trail=_trail(visit, file.name),
    )


def _show_form(visit: Visit, form: LivingForm, problems: Mapping[str, str]) -> Response:
    teller = teller_for(visit.language)
    return visit.show(
        "living/form.html",
        status=422 if problems else 200,
        notices=unsaved_notices(visit.gettext, problems) if problems else (),
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_choices(teller) | {"sex": answerable_choices(Sex, teller)},
        trail=_trail(visit, visit.gettext("Nuevo registro")),
    )


def _trail(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Personas con vida"), "/living"),
        NavLink(here, "", is_current=True),
    )


def _columns(teller: Teller) -> tuple[tuple[str, str | None], ...]:
    _ = teller.gettext
    return (
        (_("Persona"), None),
        (_("Sexo"), None),
        (_("Edad"), None),
        (_("En qué clase de lugar"), None),
        (_("Se la vio"), "found"),
        (_("Región"), None),
        (_("Cómo va"), None),
        (_("Sobre la búsqueda"), None),
    )


def _choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    lists: Mapping[str, Mapping[Any, str]] = {
        "where_seen": WHERE_SEEN_WORDS,
        "communication": COMMUNICATION_WORDS,
        "status": STATUS_WORDS,
    }
    return {
        **{
            name: tuple(Choice(code, _(said)) for code, said in words.items())
            for name, words in lists.items()
        },
        "sex": code_choices(Sex, teller),
        "countries": country_choices(teller),
        "consent": code_choices(DECISIONS, teller),
        "invented": (
            Choice("no", _("solo personas reales")),
            Choice("yes", _("solo personas inventadas")),
        ),
    }
