"""Entering a site, and correcting one that the visitor's institution keeps."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import Field

from casework.errors import Conflict
from casework.sites.actions import Working, correct_site, enter_site
from casework.sites.alike import list_alike
from casework.sites.choices import choices_of
from casework.sites.model import SiteKind, SiteState
from casework.sites.opening import open_to_correct
from casework.sites.queries import KnownSite, know_site
from casework.sites.rules import SiteDraft, problems_of
from casework.sites.showing import SiteRow, facts_now, present_site
from casework.web.access import requires
from casework.web.coordinates import written_coordinates
from casework.web.described import teller_for
from casework.web.description_form import Reading
from casework.web.form_values import read_code
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
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
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
UNREAD = marked("No se guardó todavía: lea las advertencias y, si es así, guarde.")


class SiteForm(PlaceForm):
    """What a browser sends of a site, as it was typed, and which version it was shown."""

    kind: Short = ""
    state: Short = SiteState.OPEN.value
    name: Short = ""
    kept_by: Short = ""
    notes: Annotated[str, Field(max_length=9000)] = ""
    version: Short = ""
    # The sites that may be this one, as they stood on the page when this was sent.
    read: Short = ""


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
    alike = _alike(visit, draft) if draft else []
    if draft is None or _is_to_be_read(visit, typed) or not _has_read(typed, alike):
        is_unsaved = not typed.asks_for_map
        said = problems if is_unsaved else {}
        return _show_form(visit, typed, said, is_unsaved=is_unsaved, alike=alike)
    site = enter_site(Working(visit.session, visit.viewer, visit.at), draft)
    return visit.leads_to(f"/sites/{site.reference}")


@router.get("/sites/{reference}/correct")
@requires(Permission.SITE_RECORD)
def correction_form(visit: Entered, reference: str) -> Response:
    """Show a site in the form, as it is said now."""
    known = _own(visit, reference)
    return _show_form(visit, _as_typed(known), {}, of=known)


@router.post("/sites/{reference}/correct")
@requires(Permission.SITE_RECORD)
def correct(visit: Entered, reference: str, form: Annotated[SiteForm, Form()]) -> Response:
    """Say anew what is known of a site; what was said before stays."""
    known, typed = _own(visit, reference), with_press(form)
    draft, problems = read_site(typed)
    if draft is None or _is_to_be_read(visit, typed):
        is_unsaved = not typed.asks_for_map
        said = problems if is_unsaved else {}
        return _show_form(visit, typed, said, is_unsaved=is_unsaved, of=known)
    by = Working(visit.session, visit.viewer, visit.at)
    seen = int(typed.version) if typed.version.isdecimal() else 0
    try:
        correct_site(by, known.site, draft, seen=seen)
    except Conflict as refusal:
        now = know_site(visit.session, visit.viewer, known.site, at=visit.at)
        typed = typed.model_copy(update={"version": str(now.newest.id)})
        told = {"version": str(refusal)}
        return _show_form(visit, typed, told, is_unsaved=True, of=now)
    return visit.leads_to(f"/sites/{known.site.reference}")


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


def _alike(visit: Visit, draft: SiteDraft) -> list[SiteRow]:
    """Find sites that may be this one; whoever reads it now, the log has it."""
    found = list_alike(visit.session, visit.viewer, draft, at=visit.at)
    if found:
        record(
            visit.session,
            Deed.SITE_LISTED,
            by=visit.viewer,
            at=visit.at,
            concerning=[site.reference for site, _ in found],
            shown=len(found),
        )
    teller = teller_for(visit.language)
    return [present_site(site, fact, teller) for site, fact in found]


def _has_read(form: SiteForm, alike: Sequence[SiteRow]) -> bool:
    return {each.reference for each in alike} <= set(form.read.split())


def _own(visit: Visit, reference: str) -> KnownSite:
    known = open_to_correct(visit, reference)
    about = known.site.reference
    record(visit.session, Deed.SITE_READ, by=visit.viewer, at=visit.at, about=about)
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
        version=str(fact.id),
    )


def _show_form(
    visit: Visit,
    form: SiteForm,
    problems: Mapping[str, str],
    *,
    is_unsaved: bool = False,
    of: KnownSite | None = None,
    alike: Sequence[SiteRow] = (),
) -> Response:
    teller = teller_for(visit.language)
    path = f"/sites/{of.site.reference}" if of else "/sites"
    title = visit.gettext("Corregirlo") if of else visit.gettext("Registrar un sitio")
    meanwhile = problems.get("version", "")
    notices = (
        (Notice(visit.gettext(meanwhile), "problem"),)
        if meanwhile
        else unsaved_notices(visit.gettext, problems)
    )
    if alike and not problems:
        notices = (Notice(visit.gettext(UNREAD), "warning"),)
    return visit.show(
        "sites/form.html",
        status=422 if is_unsaved else 200,
        notices=notices if is_unsaved else (),
        shows_invented=of is not None and of.site.invented,
        form=form.model_copy(update={"read": " ".join(each.reference for each in alike)}),
        alike=alike,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        now=facts_now(visit.session, of, teller) if of and meanwhile else (),
        choices=choices_of(teller),
        place_map=place_map(form, teller, kind="site"),
        action=f"{path}/correct" if of else "/sites/new",
        back=path,
        trail=(
            NavLink(visit.gettext("Sitios"), "/sites"),
            *((NavLink(of.site.reference, path),) if of else ()),
            NavLink(title, "", is_current=True),
        ),
    )
