"""Sites where people are found or lie: the register, and a site with its graves."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from casework.errors import Conflict, InvalidInput, NotFound
from casework.listing import ListSearch
from casework.remains.queries import get_remains
from casework.sites import form_pages
from casework.sites.actions import Working, correct_grave, enter_grave
from casework.sites.choices import choices_of
from casework.sites.model import GraveKind, Site, SiteState
from casework.sites.naming import How, name_site, place_within
from casework.sites.opening import open_site
from casework.sites.queries import (
    MOST_LISTED,
    KnownSite,
    get_site,
    graves_of,
    know_site,
    list_sites,
)
from casework.sites.rules import GraveDraft
from casework.sites.showing import present_site, show_site
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.description_form import Reading
from casework.web.form_values import read_code, read_days
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.place_form import Short
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
router.include_router(form_pages.router)
NO_SUCH_REMAINS = marked("No hay restos con esa referencia que usted pueda leer.")
NOT_YOURS = marked("Esos restos los lleva otra institución: pídale que lo anote.")


class GraveForm(BaseModel):
    """What a browser sends of a grave, and which version of it was shown."""

    reference: Annotated[str, Field(max_length=40)] = ""
    kind: Short = GraveKind.GRAVE.value
    section: Short = ""
    line: Short = ""
    number: Short = ""
    plan: Short = ""
    marker: Short = ""
    state: Short = SiteState.UNKNOWN.value
    version: Short = ""


class NamedForm(BaseModel):
    """What a browser sends of remains and a site."""

    remains: Short = ""
    at_place: Short = ""
    how: Short = How.LIE.value
    on: Short = ""


@router.get("/sites")
@requires(Permission.SITE_READ)
def site_list(visit: Entered, search: Annotated[ListSearch, Query()]) -> Response:
    """List the sites that the visitor may know of."""
    teller = teller_for(visit.language)
    listed = list_sites(visit.session, visit.viewer, at=visit.at, words=search.words)
    record(visit.session, Deed.SITE_LISTED, by=visit.viewer, at=visit.at, shown=len(listed))
    rows = [present_site(site, fact, teller) for site, fact in listed]
    return visit.show(
        "sites/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        is_cut=len(rows) >= MOST_LISTED,
        search=search,
        may_record=visit.viewer.may(Permission.SITE_RECORD),
    )


@router.get("/sites/{reference}")
@requires(Permission.SITE_READ)
def one_site(
    visit: Entered, reference: str, grave: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """Show a site, its graves and who lies there; the form may hold one of its graves."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    return _show(visit, site, NamedForm(at_place=reference.upper()), GraveForm(reference=grave))


@router.post("/sites/{reference}/graves")
@requires(Permission.SITE_RECORD)
def record_grave(
    visit: Entered, reference: str, form: Annotated[GraveForm, Form()]
) -> Response:
    """Enter a grave, or say anew what is known of one."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    if form.reference and not known.is_open:
        # A form without what stands on the marker would say that nothing does.
        raise NotPermitted(Permission.SITE_EXACT_READ.value)
    draft, by = _read_grave(form), Working(visit.session, visit.viewer, visit.at)
    try:
        if form.reference:
            place = place_within(known, form.reference)
            seen = int(form.version) if form.version.isdecimal() else 0
            correct_grave(by, site, place, draft, seen=seen)
        else:
            enter_grave(by, site, draft)
    except Conflict as refusal:
        now = graves_of(visit.session, site)[form.reference.strip().upper()]
        typed = form.model_copy(update={"version": str(now.id)})
        return _show(visit, site, NamedForm(), typed, visit.gettext(str(refusal)))
    except InvalidInput as refusal:
        return _show(visit, site, NamedForm(), form, visit.gettext(str(refusal)))
    return visit.leads_to(f"/sites/{site.reference}")


@router.post("/sites/{reference}/remains")
@requires(Permission.REMAINS_RECORD)
def link(visit: Entered, reference: str, form: Annotated[NamedForm, Form()]) -> Response:
    """Say that remains lie, are kept or were found at a site."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    by = Working(visit.session, visit.viewer, visit.at)
    try:
        place = place_within(known, form.at_place)
        remains = get_remains(
            visit.session, visit.viewer, form.remains.strip().upper(), at=visit.at
        )
        how, days = read_code(How, form.how) or How.LIE, read_days(form.on, "")
        day = days.earliest if days else None
        name_site(by, remains, site, reference=place, how=how, on=day)
    except NotFound:
        problem = NO_SUCH_REMAINS
    except NotPermitted:
        problem = NOT_YOURS
    except (InvalidInput, ValueError) as refusal:
        problem = str(refusal)
    else:
        return visit.leads_to(f"/sites/{site.reference}")
    return _show(visit, site, form, GraveForm(), visit.gettext(problem))


def _read_grave(form: GraveForm) -> GraveDraft:
    reading = Reading()
    kind = reading.attempt("kind", lambda: read_code(GraveKind, form.kind))
    state = reading.attempt("state", lambda: read_code(SiteState, form.state))
    typed = form.model_dump(exclude={"reference", "kind", "state", "version"})
    return GraveDraft(**typed, kind=kind or GraveKind.OTHER, state=state or SiteState.UNKNOWN)


def _grave_as_typed(known: KnownSite, reference: str) -> GraveForm:
    for each in known.graves:
        if each.reference == reference:
            parts = ("reference", "section", "line", "number", "plan", "marker")
            said = {name: getattr(each, name) for name in parts}
            codes = {"kind": each.kind.value, "state": each.state.value}
            return GraveForm(**said, **codes, version=str(each.id))
    return GraveForm()


def _show(
    visit: Visit, site: Site, named: NamedForm, grave: GraveForm, problem: str = ""
) -> Response:
    known, resting = open_site(visit, site)
    teller = teller_for(visit.language)
    is_own = site.institution_id == visit.viewer.institution_id
    shown = show_site(visit.session, known, resting, teller)
    may_correct = is_own and known.is_open and visit.viewer.may(Permission.SITE_RECORD)
    if may_correct and not problem:
        grave = _grave_as_typed(known, grave.reference)
    places = [Choice(site.reference, visit.gettext("el sitio, sin tumba que se distinga"))]
    places += [Choice(each.reference, each.where) for each in shown.graves]
    return visit.show(
        "sites/site.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=site.invented,
        site=shown,
        named=named,
        grave=grave,
        choices=choices_of(teller) | {"place": places},
        may_record=is_own and visit.viewer.may(Permission.SITE_RECORD),
        may_correct=may_correct,
        may_link=visit.viewer.may(Permission.REMAINS_RECORD),
        reads_remains=visit.viewer.may(Permission.REMAINS_READ),
        trail=(
            NavLink(visit.gettext("Sitios"), "/sites"),
            NavLink(site.reference, "", is_current=True),
        ),
    )
