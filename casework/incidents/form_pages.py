"""Entering an incident by hand, and correcting one that the visitor's institution keeps."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from casework.errors import Conflict, InvalidInput
from casework.incidents.actions import Correction, correct_incident, enter_incident
from casework.incidents.forms import YES_OR_NO, IncidentForm, form_of, read_incident
from casework.incidents.model import Incident, IncidentKind
from casework.incidents.presenters import (
    CAUSE_WORDS,
    KIND_WORDS,
    ROUTE_WORDS,
    present_similar,
    warning_of,
)
from casework.incidents.queries import get_incident, list_similar
from casework.incidents.rules import SaidIncident, warnings_of, why_not_correctable
from casework.incidents.words import MMP_WORDS, POPULATION_WORDS
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.description_form import country_choices
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.place_form import place_map, unread_warning, unsaved_notices, with_press
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
# Regions as IOM's Missing Migrants Project names them, where they are of the Americas.
REGIONS = ("North America", "Central America", "Caribbean", "South America")


@router.get("/incidents/new")
@requires(Permission.INCIDENT_RECORD)
def incident_form(visit: Entered) -> Response:
    """Show the empty form."""
    return _show(visit, IncidentForm(), {})


@router.post("/incidents/new")
@requires(Permission.INCIDENT_RECORD)
def enter(visit: Entered, form: Annotated[IncidentForm, Form()]) -> Response:
    """Enter an incident, or show the form again with what has to be looked at."""
    typed = with_press(form)
    said, problems = read_incident(typed, at=visit.at)
    if typed.asks_for_map:
        return _show(visit, typed, {})
    if said is None:
        return _show(visit, typed, problems, is_unsaved=True)
    if unread := _unread(visit, typed, said):
        return _show(visit, typed, {}, is_unsaved=True, unread=unread)
    entered = enter_incident(visit.session, visit.viewer, said, at=visit.at)
    return visit.leads_to(f"/incidents/{entered.reference}")


@router.get("/incidents/{reference}/correct")
@requires(Permission.INCIDENT_RECORD)
def correction_form(visit: Entered, reference: str) -> Response:
    """Show an incident in the form, as it is said now."""
    incident = _own(visit, reference)
    return _show(visit, _written(incident, visit), {}, of=incident)


@router.post("/incidents/{reference}/correct")
@requires(Permission.INCIDENT_RECORD)
def correct(visit: Entered, reference: str, form: Annotated[IncidentForm, Form()]) -> Response:
    """Correct an incident; what it said before stays."""
    incident, typed = _own(visit, reference), with_press(form)
    said, problems = read_incident(typed, at=visit.at)
    if typed.asks_for_map:
        return _show(visit, typed, {}, of=incident)
    if said is None:
        return _show(visit, typed, problems, is_unsaved=True, of=incident)
    if unread := _unread(visit, typed, said, but=incident.reference):
        return _show(visit, typed, {}, is_unsaved=True, unread=unread, of=incident)
    version = int(typed.version) if typed.version.isdecimal() else 0
    to = Correction(said, typed.reason, version)
    try:
        correct_incident(visit.session, visit.viewer, incident, to, at=visit.at)
    except InvalidInput as refusal:
        return _show(visit, typed, {"reason": str(refusal)}, is_unsaved=True, of=incident)
    except Conflict as refusal:
        now = typed.model_copy(update={"version": str(incident.version)})
        return _show(visit, now, {"version": str(refusal)}, is_unsaved=True, of=incident)
    return visit.leads_to(f"/incidents/{incident.reference}")


def _own(visit: Visit, reference: str) -> Incident:
    incident = get_incident(visit.session, visit.viewer, reference)
    if why_not := why_not_correctable(incident, visit.viewer.institution_id):
        raise InvalidInput(why_not)
    record(
        visit.session,
        Deed.INCIDENT_READ,
        by=visit.viewer,
        at=visit.at,
        about=incident.reference,
    )
    return incident


def _written(incident: Incident, visit: Visit) -> IncidentForm:
    teller = teller_for(visit.language)
    form = form_of(incident, teller)
    # What somebody read when it was kept is not put before them a second time.
    return form.model_copy(update={"read": " ".join(incident.warnings)})


def _unread(
    visit: Visit, form: IncidentForm, said: SaidIncident, *, but: str = ""
) -> tuple[str, ...]:
    """Name the warnings and similar incidents that the sender has not had before their eyes."""
    teller = teller_for(visit.language)
    similar = list_similar(visit.session, visit.viewer, said, but=but)
    found = [*warnings_of(said), *(each.reference for each in similar)]
    read = form.read.split()
    unread = tuple(each for each in found if each not in read)
    return unread or (("place",) if unread_warning(form, teller) else ())


def _show(
    visit: Visit,
    form: IncidentForm,
    problems: Mapping[str, str],
    *,
    is_unsaved: bool = False,
    unread: Sequence[str] = (),
    of: Incident | None = None,
) -> Response:
    teller = teller_for(visit.language)
    said, _problems = read_incident(form, at=visit.at)
    shown = is_unsaved and said is not None and not problems
    but = of.reference if of else ""
    similar = list_similar(visit.session, visit.viewer, said, but=but) if shown and said else ()
    warned = warnings_of(said) if shown and said else []
    known = (*form.read.split(), *warned, *(each.reference for each in similar))
    return visit.show(
        "incidents/form.html",
        status=422 if is_unsaved else 200,
        notices=_notices(visit, problems, unread) if is_unsaved else (),
        shows_invented=of is not None and of.invented,
        form=form.model_copy(update={"read": " ".join(dict.fromkeys(known))}),
        problems={name: visit.gettext(text) for name, text in problems.items()},
        warnings=[warning_of(name, teller) for name in warned],
        similar=[present_similar(each, teller) for each in similar],
        choices=_choices(teller),
        regions=REGIONS,
        place_map=place_map(form, teller, kind="incident"),
        action=f"/incidents/{of.reference}/correct" if of else "/incidents/new",
        back=f"/incidents/{of.reference}" if of else "/incidents",
        is_new=of is None,
        trail=(
            NavLink(visit.gettext("Incidentes"), "/incidents"),
            *((NavLink(of.reference, f"/incidents/{of.reference}"),) if of else ()),
            NavLink(_title(visit, is_new=of is None), "", is_current=True),
        ),
    )


def _title(visit: Visit, *, is_new: bool) -> str:
    return visit.gettext("Registrar un incidente") if is_new else visit.gettext("Corregirlo")


def _notices(
    visit: Visit, problems: Mapping[str, str], unread: Sequence[str]
) -> tuple[Notice, ...]:
    if meanwhile := problems.get("version"):
        return (Notice(visit.gettext(meanwhile), "problem"),)
    if problems or tuple(unread) == ("place",):
        return unsaved_notices(visit.gettext, problems)
    words = visit.gettext("No se guardó todavía: lea las advertencias y, si es así, guarde.")
    return (Notice(words, "warning"),)


def _choices(teller: Teller) -> dict[str, Sequence[Choice]]:
    _ = teller.gettext
    qualities = [Choice(str(level), str(level)) for level in range(1, 6)]
    return {
        "kind": [Choice(each, _(KIND_WORDS[each])) for each in IncidentKind],
        "route": [Choice(each, _(words)) for each, words in ROUTE_WORDS.items()],
        "causes": [Choice(each, _(words)) for each, words in CAUSE_WORDS.items()],
        "quality": qualities,
        "population": [Choice(each, _(words)) for each, words in POPULATION_WORDS.items()],
        "counted": [
            Choice(value, _(MMP_WORDS[is_counted])) for value, is_counted in YES_OR_NO.items()
        ],
        "countries": country_choices(teller),
    }
