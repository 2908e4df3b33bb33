"""The form by which an incident is entered and corrected: what was typed, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from pydantic import Field

from casework.incidents.model import Incident, IncidentKind, Population
from casework.incidents.rules import COUNTS, MOST_PEOPLE, SaidIncident, problems_of
from casework.values import DateRange
from casework.web.coordinates import written_coordinates
from casework.web.country_names import country_named
from casework.web.described import Teller
from casework.web.description_form import Reading
from casework.web.form_values import Unreadable, read_code, read_days
from casework.web.languages import marked
from casework.web.place_form import PlaceForm, Short, read_place

Long = Annotated[str, Field(max_length=9000)]
YES_OR_NO = {"yes": True, "no": False}
_YES_NO_TYPED = {True: "yes", False: "no", None: ""}


class IncidentForm(PlaceForm):
    """What a browser sends of an incident, as it was typed."""

    kind: Short = IncidentKind.INCIDENT.value
    date_from: Short = ""
    date_to: Short = ""
    region: Short = ""
    route: Short = ""
    dead: Short = ""
    missing: Short = ""
    survivors: Short = ""
    females: Short = ""
    males: Short = ""
    children: Short = ""
    cause_codes: Annotated[list[Short], Field(max_length=12)] = Field(default=[])
    countries_of_origin: Long = ""
    title: Short = ""
    sources: Long = ""
    urls: Long = ""
    source_quality: Short = ""
    mmp_eligible: Short = ""
    population: Short = Population.UNKNOWN.value
    survivors_list_ref: Short = ""
    # Of a correction: why, and which version was on the page.
    reason: Long = ""
    version: Short = ""
    # The warnings and the similar incidents that were on the page when this was sent.
    read: Long = ""


def read_incident(
    form: IncidentForm, *, at: datetime
) -> tuple[SaidIncident | None, dict[str, str]]:
    """Read what was typed; the problems name each field that cannot be so."""
    reading = Reading()

    place = read_place(form, reading.problems)
    days = reading.attempt("date", lambda: read_days(form.date_from, form.date_to))
    counts: dict[str, Any] = {
        name: reading.attempt(name, partial(_count, getattr(form, name))) for name in COUNTS
    }
    kind = reading.attempt("kind", lambda: read_code(IncidentKind, form.kind))
    quality = reading.attempt("source_quality", lambda: _count(form.source_quality))
    known = reading.attempt("population", lambda: read_code(Population, form.population))
    origins = reading.attempt(
        "countries_of_origin", lambda: _countries(form.countries_of_origin)
    )
    said = SaidIncident(
        **place,
        **counts,
        kind=kind or IncidentKind.UNKNOWN,
        date_from=days.earliest if days else None,
        date_to=days.latest if days else None,
        cause_codes=tuple(dict.fromkeys(form.cause_codes)),
        countries_of_origin=origins or (),
        region=form.region.strip(),
        route=form.route.strip(),
        title=form.title.strip(),
        sources=_lines(form.sources),
        urls=_lines(form.urls),
        source_quality=quality,
        mmp_eligible=YES_OR_NO.get(form.mmp_eligible),
        population=known or Population.UNKNOWN,
        survivors_list_ref=form.survivors_list_ref.strip(),
    )
    problems = problems_of(said, today=at.date()) | reading.problems
    return (None if problems else said), problems


_TYPED_ALIKE = (
    *("region", "route", "title", "country", "admin1", "place"),
    "survivors_list_ref",
)


def form_of(incident: Incident, teller: Teller) -> IncidentForm:
    """Write an incident as the form types it, in the words of whoever reads it."""
    typed: dict[str, Any] = {
        name: _typed(getattr(incident, name)) for name in (*COUNTS, *_TYPED_ALIKE)
    }
    point = incident.point
    first, last = _days_typed(incident.date, teller.wording.typed_day)
    return IncidentForm(
        **typed,
        kind=incident.kind.value,
        date_from=first,
        date_to=last,
        cause_codes=incident.cause_codes,
        countries_of_origin=", ".join(map(teller.country, incident.countries_of_origin)),
        sources="\n".join(incident.sources),
        urls="\n".join(incident.urls),
        source_quality=_typed(incident.source_quality),
        mmp_eligible=_YES_NO_TYPED[incident.mmp_eligible],
        population=incident.population.value,
        coordinates=written_coordinates(point.lat, point.lon) if point else "",
        radius_km="" if incident.radius_km is None else f"{incident.radius_km:g}",
        version=str(incident.version),
    )


def said_of(incident: Incident) -> SaidIncident:
    """Give what an incident says now, as somebody would say it."""
    values = {each.name: getattr(incident, each.name) for each in fields(SaidIncident)}
    texts = ("admin1", "region", "route", "place", "title", "survivors_list_ref")
    return SaidIncident(**values | {name: values[name] or "" for name in texts})


def _days_typed(days: DateRange | None, typed: Callable[[str], str]) -> tuple[str, str]:
    if days is None:
        return "", ""
    first, last = typed(days.earliest.isoformat()), typed(days.latest.isoformat())
    return first, "" if last == first else last


def _typed(value: Any) -> str:
    return "" if value is None else str(value)


def _count(text: str) -> int | None:
    tidy = text.strip()
    if not tidy:
        return None
    if not (tidy.isascii() and tidy.isdecimal()) or int(tidy) > MOST_PEOPLE:
        raise Unreadable(marked("Escriba cuántas personas: un número entero de 0 a 10 000."))
    return int(tidy)


def _countries(text: str) -> tuple[str, ...]:
    names = [each.strip() for each in text.replace("\n", ",").split(",") if each.strip()]
    found = [country_named(each) for each in names]
    if not all(found):
        raise Unreadable(marked("No se reconoce un país; escriba los nombres, con comas."))
    return tuple(dict.fromkeys(each for each in found if each))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_tidy(text.splitlines()))


def _tidy(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip())
