"""What the pages about incidents are given: frozen, in words, nothing more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casework.incidents.model import Incident, IncidentKind, IncidentVersion, Population
from casework.incidents.queries import Spot
from casework.incidents.rules import (
    OPENABLE,
    Changed,
    changes_between,
    content_of,
    told_to,
)
from casework.incidents.warning_words import WARNING_WORDS
from casework.incidents.words import FIELD_WORDS, MMP_WORDS, POPULATION_WORDS
from casework.web.described import FactGroup, Teller
from casework.web.languages import marked
from casework.web.maps import MapDrawing, MapPoint, draw_map
from casework.web.pieces import Fact, Heading, Known, Problem
from casework.web.source_words import source_words

KIND_WORDS = {
    IncidentKind.INCIDENT: marked("un incidente"),
    IncidentKind.SPLIT: marked("parte de un incidente contado en varias filas"),
    IncidentKind.CUMULATIVE: marked("varios incidentes contados juntos"),
    IncidentKind.UNKNOWN: marked("clase no registrada"),
}
# The categories of IOM's Missing Migrants Project.
CAUSE_WORDS = {
    "drowning": marked("ahogamiento"),
    "vehicle_accident": marked("accidente de vehículo o transporte peligroso"),
    "harsh_conditions": marked("condiciones extremas, falta de refugio, comida o agua"),
    "sickness": marked("enfermedad o falta de atención médica"),
    "violence": marked("violencia"),
    "accident": marked("otro accidente"),
    "mixed_or_unknown": marked("varias causas o causa desconocida"),
}
# Routes as IOM names them, where they touch the Americas; others stay as the source wrote them.
ROUTE_WORDS = {
    "US-Mexico border crossing": marked("Frontera entre México y Estados Unidos"),
    "Darien": marked("Darién"),
    "Caribbean to US": marked("Del Caribe a Estados Unidos"),
    "Dominican Republic to Puerto Rico": marked("De República Dominicana a Puerto Rico"),
    "Venezuela to Caribbean": marked("De Venezuela al Caribe"),
    "Haiti to Dominican Republic": marked("De Haití a República Dominicana"),
    "Caribbean to Central America": marked("Del Caribe a Centroamérica"),
}


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in a list."""

    href: str
    when: str
    place: str
    route: str
    causes: str
    dead: int | None
    missing: int | None
    warnings: int
    is_invented: bool


@dataclass(frozen=True, slots=True)
class CountrySum:
    """The people of one country's incidents, for the table under the map."""

    country: str
    incidents: int
    dead: int
    missing: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a newer version stated differently, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionStep:
    """One change of what is said; `reason` is whoever's who corrected it by hand."""

    title: str
    when: str
    reason: str
    changes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class IncidentFile:
    """The file of one incident."""

    reference: str
    title: str
    kind: str
    is_invented: bool
    event: FactGroup
    people: FactGroup
    origin: FactGroup
    links: tuple[str, ...]
    warnings: tuple[Problem, ...]
    versions: tuple[VersionStep, ...]
    version_headings: tuple[Heading, ...]
    map: MapDrawing | None


def present_row(incident: Incident, teller: Teller) -> IncidentRow:
    """Put one incident into the words of a list."""
    return IncidentRow(
        href=f"/incidents/{incident.reference}",
        when=teller.dates_short(incident.date) or teller.gettext("sin fecha"),
        place=_place(incident, teller),
        route=route_words(incident.route or "", teller),
        causes=_causes(incident, teller),
        dead=incident.dead,
        missing=incident.missing,
        warnings=len(incident.warnings),
        is_invented=incident.invented,
    )


def present_file(
    incident: Incident,
    versions: Sequence[IncidentVersion],
    teller: Teller,
    *,
    keeper: str = "",
    is_own: bool = False,
) -> IncidentFile:
    """Put a file into words; `keeper` is the institution that entered it by hand.

    `is_own`: its reader is of that institution, and reads what stays there too.
    """
    _ = teller.gettext
    return IncidentFile(
        reference=incident.reference,
        title=_title(incident, teller),
        kind=_(KIND_WORDS[incident.kind]),
        is_invented=incident.invented,
        event=FactGroup(_("Qué pasó"), _event(incident, teller)),
        people=FactGroup(_("Personas"), _people(incident, teller, is_own=is_own)),
        origin=FactGroup(_("De dónde viene este registro"), _origin(incident, teller, keeper)),
        links=tuple(url for url in incident.urls if url.startswith(OPENABLE)),
        warnings=tuple(warning_of(name, teller) for name in incident.warnings),
        versions=tuple(_steps(incident, versions, teller, is_own=is_own)),
        version_headings=(Heading(_("Dato")), Heading(_("Antes")), Heading(_("Después"))),
        map=_map(incident, teller),
    )


def country_sums(spots: Iterable[Spot], teller: Teller) -> list[CountrySum]:
    """Add up the spots of the map by country, the most people first."""
    sums: dict[str, list[int]] = {}
    for spot in spots:
        counts = sums.setdefault(spot.country or "", [0, 0, 0])
        counts[0] += 1
        counts[1] += spot.dead
        counts[2] += spot.missing
    named = [
        CountrySum(teller.country(code) or teller.gettext("sin país"), *counts)
        for code, counts in sums.items()
    ]
    return sorted(named, key=lambda each: -(each.dead + each.missing))


def route_words(route: str, teller: Teller) -> str:
    """Say a route that we know in the reader's language; others as the source wrote them."""
    return teller.gettext(ROUTE_WORDS[route]) if route in ROUTE_WORDS else route


def cause_words(code: str, teller: Teller) -> str:
    """Say a category of causes; an unknown one as the source wrote it."""
    return teller.gettext(CAUSE_WORDS[code]) if code in CAUSE_WORDS else code


def _causes(incident: Incident, teller: Teller) -> str:
    coded = [cause_words(code, teller) for code in incident.cause_codes]
    return ", ".join(coded or incident.causes)


def _place(incident: Incident, teller: Teller) -> str:
    country = teller.country(incident.country)
    parts = [incident.place or "", incident.admin1 or "", country]
    # Most sources already end the place with the country; twice would be noise.
    said = (incident.place or "").casefold()
    kept = [part for part in parts[1:] if part and part.casefold() not in said]
    return ", ".join(part for part in (parts[0], *kept) if part)


def _title(incident: Incident, teller: Teller) -> str:
    """Name an incident by country and date: sources' headlines are not our words."""
    where = teller.country(incident.country) or route_words(incident.route or "", teller)
    parts = (where or teller.gettext("Incidente"), teller.dates(incident.date))
    return ", ".join(part for part in parts if part)


def _event(incident: Incident, teller: Teller) -> tuple[Fact, ...]:
    _ = teller.gettext
    radius = teller.wording.number(incident.radius_km) if incident.radius_km else ""
    near = _("a unos %(km)s km a la redonda") % {"km": radius}
    return (
        _said(_("Fecha"), teller.dates(incident.date)),
        _said(_("Lugar, con las palabras de la fuente"), _place(incident, teller)),
        _said(_("Titular de la fuente"), incident.title or ""),
        _said(_("Precisión del lugar"), near if radius else ""),
        _said(_("Ruta"), route_words(incident.route or "", teller)),
        _said(_("Región"), incident.region or ""),
        _said(_("Causa"), _causes(incident, teller)),
        _said(_("Causa, como la escribió la fuente"), ", ".join(incident.causes)),
    )


def _people(incident: Incident, teller: Teller, *, is_own: bool) -> tuple[Fact, ...]:
    _ = teller.gettext
    known = incident.population
    counts = ("dead", "missing", "survivors", "females", "males", "children")
    numbers = (
        _said(_(FIELD_WORDS[name]), _count(getattr(incident, name), teller)) for name in counts
    )
    return (
        *numbers,
        _said(_("Países de origen"), teller.countries(incident.countries_of_origin)),
        _said(_("Regiones de origen"), ", ".join(incident.regions_of_origin)),
        _said(
            _field("population", teller),
            "" if known is Population.UNKNOWN else _(POPULATION_WORDS[known]),
        ),
        *(_list_of_survivors(incident, teller) if is_own else ()),
    )


def _list_of_survivors(incident: Incident, teller: Teller) -> tuple[Fact, ...]:
    held = incident.survivors_list_ref
    note = teller.gettext("Solo lo lee su institución, y no sale en ningún archivo.")
    label = _field("survivors_list_ref", teller)
    return (Fact(label, held, note=note) if held else _said(label, ""),)


def _origin(incident: Incident, teller: Teller, keeper: str) -> tuple[Fact, ...]:
    _ = teller.gettext
    quality = incident.source_quality
    return (
        _said(_("Fuentes"), ", ".join(incident.sources)),
        _said(
            _("Calidad de la fuente"),
            _("%(level)s de 5") % {"level": quality} if quality else "",
        ),
        _said(_field("mmp_eligible", teller), _counted(incident.mmp_eligible, teller)),
        _said(_("Registro de origen"), source_words(incident.source_scheme, _)),
        _said(_("Quién lo lleva"), keeper)
        if keeper
        else _said(_("Identificador en la fuente"), incident.source_key),
        Fact(_("Ingresado"), teller.wording.instant(incident.recorded_at)),
        Fact(_("Último cambio"), teller.wording.instant(incident.changed_at)),
        Fact(_("Versión"), str(incident.version)),
    )


def warning_of(name: str, teller: Teller) -> Problem:
    """Say what one warning means for somebody who reads the incident."""
    sentence = WARNING_WORDS.get(name, marked("La lectura del archivo dejó una advertencia."))
    return Problem(where=teller.gettext("Al revisarlo:"), sentence=teller.gettext(sentence))


@dataclass(frozen=True, slots=True)
class SimilarIncident:
    """An incident that may be the same event as one that is being entered."""

    reference: str
    words: str


def present_similar(incident: Incident, teller: Teller) -> SimilarIncident:
    """Name an incident by what one would know it by."""
    people = teller.gettext("%(dead)s personas muertas y %(missing)s desaparecidas") % {
        "dead": _count(incident.dead or 0, teller),
        "missing": _count(incident.missing or 0, teller),
    }
    where = _place(incident, teller) or route_words(incident.route or "", teller)
    told = (teller.dates(incident.date), where, people)
    return SimilarIncident(incident.reference, "; ".join(part for part in told if part))


def _field(name: str, teller: Teller) -> str:
    return teller.gettext(FIELD_WORDS[name])


def _counted(value: Any, teller: Teller) -> str:
    return "" if value is None else teller.gettext(MMP_WORDS[value])


def _steps(
    incident: Incident,
    versions: Sequence[IncidentVersion],
    teller: Teller,
    *,
    is_own: bool,
) -> Iterable[VersionStep]:
    """Compare each version with the one that followed it, the newest change first."""
    earlier = [version for version in versions if version.version < incident.version]
    said = [(version.version, version.content) for version in earlier]
    said.append((incident.version, content_of(incident)))
    contents = [told_to(incident, *each, is_keeper=is_own) for each in said]
    instants = [*(version.recorded_at for version in earlier[1:]), incident.changed_at]
    for number in reversed(range(len(earlier))):
        changes = changes_between(contents[number], contents[number + 1])
        yield VersionStep(
            title=teller.gettext("De la versión %(old)s a la %(new)s")
            % {"old": earlier[number].version, "new": earlier[number].version + 1},
            when=teller.wording.instant(instants[number]),
            reason=earlier[number].reason,
            changes=tuple(_changed(change, teller) for change in changes),
        )


def _changed(change: Changed, teller: Teller) -> Said:
    return Said(
        field=teller.gettext(FIELD_WORDS[change.field]),
        before=_value(change.field, change.before, teller),
        after=_value(change.field, change.after, teller),
    )


def _value(field: str, value: Any, teller: Teller) -> str:
    if value in (None, "", []):
        return teller.gettext("no registrado")
    if field == "mmp_eligible":
        return _counted(value, teller)
    if field == "population":
        return teller.gettext(POPULATION_WORDS[Population(value)])
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _map(incident: Incident, teller: Teller) -> MapDrawing | None:
    if incident.lat is None or incident.lon is None:
        return None
    label = _place(incident, teller)
    point = MapPoint(incident.lat, incident.lon, incident.radius_km, label, "incident")
    return draw_map(
        [point],
        width=480,
        height=340,
        title=teller.gettext("Lugar del incidente"),
        language=teller.language,
    )


def _count(count: int | None, teller: Teller) -> str:
    return "" if count is None else teller.wording.number(count)


def _said(label: str, text: str) -> Fact:
    return Fact(label, text) if text else Fact(label, known=Known.NOT_RECORDED)
