"""Sites where people are found or lie: the register, a site with its graves, and the forms."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from casework.errors import InvalidInput, NotFound
from casework.listing import ListSearch
from casework.remains.queries import get_remains
from casework.sites.actions import Working, correct_site, enter_grave, enter_site
from casework.sites.model import Site, SiteKind, SiteState
from casework.sites.naming import HOW_WORDS, How, name_site, place_within
from casework.sites.queries import (
    MOST_LISTED,
    KnownSite,
    get_site,
    know_site,
    list_sites,
    resting_at,
)
from casework.sites.rules import KEPT_ELSEWHERE, GraveDraft, SiteDraft, problems_of
from casework.sites.showing import present_site, show_site
from casework.sites.words import KIND_WORDS, STATE_WORDS
from casework.web.access import requires
from casework.web.coordinates import written_coordinates
from casework.web.described import Teller, teller_for
from casework.web.description_form import Reading, country_choices
from casework.web.form_values import read_code, read_days
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.place_form import (
    PlaceForm,
    Short,
    place_map,
    read_place,
    unread_warning,
    unsaved_notices,
    with_press,
)
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.errors import NotPermitted
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
NO_SUCH_REMAINS = marked("No hay restos con esa referencia que usted pueda leer.")
NOT_YOURS = marked("Esos restos los lleva otra institución: pídale que lo anote.")


class SiteForm(PlaceForm):
    """What a browser sends of a site, as it was typed."""

    kind: Short = ""
    state: Short = SiteState.OPEN.value
    name: Short = ""
    kept_by: Short = ""
    notes: Annotated[str, Field(max_length=9000)] = ""


class GraveForm(BaseModel):
    """What a browser sends of a grave."""

    reference: Annotated[str, Field(max_length=40)] = ""
    section: Short = ""
    line: Short = ""
    number: Short = ""
    plan: Short = ""
    marker: Short = ""
    state: Short = SiteState.UNKNOWN.value


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


@router.get("/sites/new")
@requires(Permission.SITE_RECORD)
def site_form(visit: Entered) -> Response:
    """Show the empty form."""
    return _show_form(visit, SiteForm(), {})


@router.post("/sites/new")
@requires(Permission.SITE_RECORD)
def enter(visit: Entered, form: Annotated[SiteForm, Form()]) -> Response:
    """Enter a site, or show the form again with what has to be looked at."""
    typed = with_press(form)
    draft, problems = read_site(typed)
    if draft is None or _is_to_be_read(visit, typed):
        is_unsaved = not typed.asks_for_map
        return _show_form(visit, typed, problems if is_unsaved else {}, is_unsaved=is_unsaved)
    site = enter_site(_by(visit), draft)
    return RedirectResponse(f"/sites/{site.reference}", status_code=303)


@router.get("/sites/{reference}")
@requires(Permission.SITE_READ)
def one_site(
    visit: Entered, reference: str, grave: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """Show a site, its graves and who lies there; the form may hold one of its graves."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    return _show(visit, site, NamedForm(at_place=reference.upper()), GraveForm(reference=grave))


@router.get("/sites/{reference}/correct")
@requires(Permission.SITE_RECORD)
def correction_form(visit: Entered, reference: str) -> Response:
    """Show a site in the form, as it is said now."""
    known = _own(visit, reference)
    return _show_form(visit, _as_typed(known), {}, of=known.site)


@router.post("/sites/{reference}/correct")
@requires(Permission.SITE_RECORD)
def correct(visit: Entered, reference: str, form: Annotated[SiteForm, Form()]) -> Response:
    """Say anew what is known of a site; what was said before stays."""
    known, typed = _own(visit, reference), with_press(form)
    draft, problems = read_site(typed)
    if draft is None or _is_to_be_read(visit, typed):
        is_unsaved = not typed.asks_for_map
        said = problems if is_unsaved else {}
        return _show_form(visit, typed, said, is_unsaved=is_unsaved, of=known.site)
    correct_site(_by(visit), known.site, draft)
    return RedirectResponse(f"/sites/{known.site.reference}", status_code=303)


@router.post("/sites/{reference}/graves")
@requires(Permission.SITE_RECORD)
def record_grave(
    visit: Entered, reference: str, form: Annotated[GraveForm, Form()]
) -> Response:
    """Enter a grave, or say anew what is known of one."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    reading = Reading()
    state = reading.attempt("state", lambda: read_code(SiteState, form.state))
    typed = form.model_dump(exclude={"reference", "state"})
    draft = GraveDraft(**typed, state=state or SiteState.UNKNOWN)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    if form.reference and not known.is_open:
        # A form without what stands on the marker would say that nothing does.
        raise NotPermitted(Permission.SITE_EXACT_READ.value)
    try:
        place = place_within(known, form.reference) if form.reference else ""
        enter_grave(_by(visit), site, draft, reference=place)
    except InvalidInput as refusal:
        return _show(visit, site, NamedForm(), form, visit.gettext(str(refusal)))
    return RedirectResponse(f"/sites/{site.reference}", status_code=303)


@router.post("/sites/{reference}/remains")
@requires(Permission.REMAINS_RECORD)
def link(visit: Entered, reference: str, form: Annotated[NamedForm, Form()]) -> Response:
    """Say that remains lie, are kept or were found at a site."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    try:
        place = place_within(known, form.at_place)
        remains = get_remains(
            visit.session, visit.viewer, form.remains.strip().upper(), at=visit.at
        )
        how, days = read_code(How, form.how) or How.LIE, read_days(form.on, "")
        day = days.earliest if days else None
        name_site(_by(visit), remains, site, reference=place, how=how, on=day)
    except NotFound:
        problem = NO_SUCH_REMAINS
    except NotPermitted:
        problem = NOT_YOURS
    except (InvalidInput, ValueError) as refusal:
        problem = str(refusal)
    else:
        return RedirectResponse(f"/sites/{site.reference}", status_code=303)
    return _show(visit, site, form, GraveForm(), visit.gettext(problem))


def read_site(form: SiteForm) -> tuple[SiteDraft | None, dict[str, str]]:
    """Read what was typed; the problems name each field that cannot be so."""
    reading = Reading()
    place = read_place(form, reading.problems)
    kind = reading.attempt("kind", lambda: read_code(SiteKind, form.kind))
    state = reading.attempt("state", lambda: read_code(SiteState, form.state))
    if kind is None:
        reading.problems.setdefault("kind", marked("Elija una opción de la lista."))
    draft = SiteDraft(
        **place,
        kind=kind or SiteKind.OTHER,
        state=state or SiteState.UNKNOWN,
        name=form.name,
        kept_by=form.kept_by,
        notes=form.notes,
    )
    problems = problems_of(draft) | reading.problems
    return (None if problems or form.asks_for_map else draft), problems


def _is_to_be_read(visit: Visit, form: SiteForm) -> bool:
    return bool(unread_warning(form, teller_for(visit.language)))


def _own(visit: Visit, reference: str) -> KnownSite:
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    if site.institution_id != visit.viewer.institution_id:
        raise InvalidInput(KEPT_ELSEWHERE)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    if not known.is_open:
        # A form without the exact words would say that there are none.
        raise NotPermitted(Permission.SITE_EXACT_READ.value)
    _note_read(visit, site, [])
    return known


def _as_typed(known: KnownSite) -> SiteForm:
    fact, exact = known.newest, known.newest.exact
    point = (exact["lat"], exact["lon"]) if "lat" in exact else None
    return SiteForm(
        kind=fact.kind.value,
        state=fact.state.value,
        name=fact.name,
        kept_by=fact.kept_by,
        country=fact.country or "",
        admin1=fact.admin1,
        place=exact.get("place", ""),
        notes=exact.get("notes", ""),
        coordinates=written_coordinates(*point) if point else "",
        radius_km=f"{exact['radius_km']:g}" if "radius_km" in exact else "",
    )


def _grave_as_typed(known: KnownSite, reference: str) -> GraveForm:
    for each in known.graves:
        if each.reference == reference:
            said = {name: getattr(each, name) for name in GraveForm.model_fields}
            return GraveForm(**said | {"state": each.state.value})
    return GraveForm()


def _show_form(
    visit: Visit,
    form: SiteForm,
    problems: Mapping[str, str],
    *,
    is_unsaved: bool = False,
    of: Site | None = None,
) -> Response:
    teller = teller_for(visit.language)
    path = f"/sites/{of.reference}" if of else "/sites"
    title = visit.gettext("Corregirlo") if of else visit.gettext("Registrar un sitio")
    return visit.show(
        "sites/form.html",
        status=422 if is_unsaved else 200,
        notices=unsaved_notices(visit.gettext, problems) if is_unsaved else (),
        shows_invented=of is not None and of.invented,
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=_choices(teller),
        place_map=place_map(form, teller, kind="site"),
        action=f"{path}/correct" if of else "/sites/new",
        back=path,
        trail=(
            NavLink(visit.gettext("Sitios"), "/sites"),
            *((NavLink(of.reference, path),) if of else ()),
            NavLink(title, "", is_current=True),
        ),
    )


def _show(
    visit: Visit, site: Site, named: NamedForm, grave: GraveForm, problem: str = ""
) -> Response:
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    resting = resting_at(visit.session, visit.viewer, known, at=visit.at)
    _note_read(visit, site, resting.seen)
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
        choices=_choices(teller) | {"place": places},
        may_record=is_own and visit.viewer.may(Permission.SITE_RECORD),
        may_correct=may_correct,
        may_link=visit.viewer.may(Permission.REMAINS_RECORD),
        reads_remains=visit.viewer.may(Permission.REMAINS_READ),
        trail=(
            NavLink(visit.gettext("Sitios"), "/sites"),
            NavLink(site.reference, "", is_current=True),
        ),
    )


def _note_read(visit: Visit, site: Site, seen: list[str]) -> None:
    record(
        visit.session,
        Deed.SITE_READ,
        by=visit.viewer,
        at=visit.at,
        about=site.reference,
        concerning=seen,
    )


def _by(visit: Visit) -> Working:
    return Working(visit.session, visit.viewer, visit.at)


def _choices(teller: Teller) -> dict[str, Any]:
    _ = teller.gettext
    return {
        "kind": [Choice(each, _(words)) for each, words in KIND_WORDS.items()],
        "state": [Choice(each, _(words)) for each, words in STATE_WORDS.items()],
        "how": [Choice(each, _(words)) for each, words in HOW_WORDS.items()],
        "countries": country_choices(teller),
    }
