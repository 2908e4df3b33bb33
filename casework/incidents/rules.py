"""What is said of an incident: by its source or by hand, and what changed between versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.codes import COUNTRIES
from casework.incidents.model import Incident, IncidentKind, Population
from casework.web.languages import marked

# What a version keeps (`IncidentVersion.content`), in the order in which a page tells it.
CONTENT = (
    "kind",
    "date_from",
    "date_to",
    "dead",
    "missing",
    "survivors",
    "females",
    "males",
    "children",
    "causes",
    "cause_codes",
    "countries_of_origin",
    "regions_of_origin",
    "country",
    "admin1",
    "region",
    "subregion",
    "route",
    "place",
    "lat",
    "lon",
    "radius_km",
    "location_precision",
    "title",
    "sources",
    "urls",
    "source_quality",
    "mmp_eligible",
    "population",
    "survivors_list_ref",
    "warnings",
)
# What whoever wrote it reads, and nobody else: where survivors can be found.
STAYS = frozenset({"survivors_list_ref"})

# The categories of causes of IOM's Missing Migrants Project.
CAUSES = (
    *("drowning", "vehicle_accident", "harsh_conditions", "sickness", "violence", "accident"),
    "mixed_or_unknown",
)
OPENABLE = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a newer version states differently."""

    field: str
    before: Any
    after: Any


def content_of(incident: Incident) -> dict[str, Any]:
    """Give what the source says, as a version keeps it: plain values, dates as text."""
    return {name: _plain(getattr(incident, name)) for name in CONTENT if name not in STAYS}


def told_to(
    incident: Incident, version: int, content: Mapping[str, Any], *, is_keeper: bool
) -> dict[str, Any]:
    """Give what a version says to its keeper, or to anybody else who reads incidents."""
    stays = {"survivors_list_ref": incident.list_at(version)} if is_keeper else {}
    return {**content, **stays}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    """Name the fields that both versions state, and state differently."""
    for name in CONTENT:
        if name in before and name in after and before[name] != after[name]:
            yield Changed(name, before[name], after[name])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value


MOST_PEOPLE = 10_000
LONGEST_LINE, LONGEST_PLACE, LONGEST_LIST, LONGEST_REASON = 300, 400, 20, 2000
FEWEST_LETTERS = 5
QUALITIES = (1, 5)
COUNTS = ("dead", "missing", "survivors", "females", "males", "children")
BY_HAND = "by_hand"
CORRECTED_BY_ITS_SOURCE = marked(
    "Este incidente vino en un archivo: lo corrige su fuente con un archivo nuevo."
)
KEPT_ELSEWHERE = marked("Este incidente lo lleva otra institución: pídale que lo corrija.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidIncident:
    """What an institution says of an incident; None where nobody counted or nobody knows."""

    kind: IncidentKind = IncidentKind.INCIDENT
    date_from: date | None = None
    date_to: date | None = None
    dead: int | None = None
    missing: int | None = None
    survivors: int | None = None
    females: int | None = None
    males: int | None = None
    children: int | None = None
    cause_codes: Sequence[str] = ()
    countries_of_origin: Sequence[str] = ()
    country: str | None = None
    admin1: str = ""
    region: str = ""
    route: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    title: str = ""
    sources: Sequence[str] = ()
    urls: Sequence[str] = ()
    source_quality: int | None = None
    mmp_eligible: bool | None = None
    population: Population = Population.UNKNOWN
    survivors_list_ref: str = ""


def problems_of(said: SaidIncident, *, today: date) -> dict[str, str]:
    """Say what cannot be so of an incident, by field; nothing of it is kept then."""
    problems = dict(_impossible_numbers(said)) | dict(_unknown_codes(said))
    if said.date_from is None or said.date_to is None:
        problems["date"] = marked("Diga cuándo fue, aunque solo se sepa el año.")
    elif said.date_from > said.date_to:
        problems["date"] = marked("La segunda fecha es anterior a la primera.")
    elif said.date_from > today:
        problems["date"] = marked("Esa fecha todavía no ha llegado.")
    if not (said.country or said.route or said.place):
        problems["country"] = marked("Diga dónde fue: el país, la ruta o el lugar.")
    if not any(each.strip() for each in said.sources):
        problems["sources"] = marked("Diga de dónde se sabe; sin fuente nadie puede revisarlo.")
    return problems | dict(_too_long(said))


def warnings_of(said: SaidIncident) -> list[str]:
    """Name what is odd of an incident and still may be so: it is read, then kept with it.

    The counts of women, men and children are of the people who died or disappeared, and the
    number of the missing is a least one, so that parts may outgrow the whole.
    """
    total = (said.dead or 0) + (said.missing or 0)
    counted = said.dead is not None or said.missing is not None
    found = []
    if not total:
        found.append("nobody_counted")
    if counted and (said.females or 0) + (said.males or 0) > total:
        found.append("sexes_exceed_total")
    if counted and (said.children or 0) > total:
        found.append("children_exceed_total")
    return found


def why_not_correctable(incident: Incident, institution_id: int) -> str:
    """Say why somebody of an institution may not correct an incident; nothing if they may."""
    if incident.institution_id is None:
        return CORRECTED_BY_ITS_SOURCE
    return "" if incident.institution_id == institution_id else KEPT_ELSEWHERE


def keys_of(incident: Incident) -> tuple[str, ...]:
    """Give what records may call an incident: our reference, and its source's own keys."""
    keys = (incident.source_key, incident.reference, incident.main_key)
    return tuple(dict.fromkeys(key for key in keys if key))


def _impossible_numbers(said: SaidIncident) -> Iterator[tuple[str, str]]:
    for name in COUNTS:
        count = getattr(said, name)
        if count is not None and not 0 <= count <= MOST_PEOPLE:
            yield name, marked("Escriba cuántas personas: un número entero de 0 a 10 000.")
    quality = said.source_quality
    if quality is not None and not QUALITIES[0] <= quality <= QUALITIES[1]:
        yield "source_quality", marked("La calidad de la fuente va de 1 a 5.")
    if (said.lat is None) is not (said.lon is None):
        yield "coordinates", marked("Un punto tiene latitud y longitud, las dos.")
    elif not (-90 <= (said.lat or 0) <= 90 and -180 <= (said.lon or 0) <= 180):  # noqa: PLR2004 - degrees
        yield "coordinates", marked("No hay tal lugar: la latitud va de -90 a 90.")


def _unknown_codes(said: SaidIncident) -> Iterator[tuple[str, str]]:
    if not set(said.cause_codes) <= set(CAUSES):
        yield "cause_codes", marked("Elija una opción de la lista.")
    if said.country and said.country not in COUNTRIES:
        yield "country", marked("No se reconoce el país; escriba su nombre.")
    if not set(said.countries_of_origin) <= set(COUNTRIES):
        yield "countries_of_origin", marked("No se reconoce el país; escriba su nombre.")


def _too_long(said: SaidIncident) -> Iterator[tuple[str, str]]:
    words = marked("Un texto es demasiado largo; escríbalo más corto.")
    for name in ("admin1", "region", "route", "title", "survivors_list_ref"):
        if len(getattr(said, name)) > LONGEST_LINE:
            yield name, words
    if len(said.place) > LONGEST_PLACE:
        yield "place", words
    for name in ("sources", "urls"):
        lines = getattr(said, name)
        if len(lines) > LONGEST_LIST or any(len(each) > LONGEST_PLACE for each in lines):
            yield name, words
    if not all(each.startswith(OPENABLE) for each in said.urls):
        yield "urls", marked("Un enlace empieza con https:// o http://.")
