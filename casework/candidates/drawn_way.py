"""The journey, the last contact and the recovery: on a map, in time, and as a list of words.

All three tell the same stops in the same order, so that nobody needs to see the map.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from casework.candidates.compared_facts import precision_words
from casework.candidates.queries import Proposal
from casework.candidates.stations import LEGS, Journey, Stop, StopKind
from casework.candidates.way_words import place_words, possible_facts
from casework.candidates.weighing import Explained
from casework.dataset.catalogue import field_at
from casework.dataset.code_lists.journeys import TRANSPORT
from casework.dataset.shape import RecordKind
from casework.dataset.telling import fact_of_value, tell_code
from casework.dataset.values import why_none
from casework.incidents.model import Incident
from casework.values import DateRange, Place, dates_of
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.maps import Bounds, MapDrawing, MapPoint, bounds_around, draw_map
from casework.web.pieces import Fact, Known, Moment, NavLink
from privacy.model import Reveals

BOUND_WORDS = {
    StopKind.NEXT: marked("Adonde iba enseguida"),
    StopKind.DESTINATION: marked("Destino final"),
}
OF_BOTH = frozenset({"missing", "remains", "incident"})
ON_THE_WAY = frozenset({"station", "missing", "bound"})
NAMED_BY = {
    (True, True): marked("lo nombran los dos registros"),
    (True, False): marked("lo nombra el registro de la persona"),
    (False, True): marked("lo nombra el registro de los restos"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    """One stop in words; `kind` is its mark on the map, `number` that of a stop of the way."""

    kind: str
    heading: str
    when: str
    instant: str = ""
    place: str
    point: Place | None
    precision: str
    how: str = ""
    number: str = ""
    href: str = ""

    @property
    def moment(self) -> Moment:
        """Give it as an entry of a time line."""
        told = "; ".join(filter(None, (self.place, self.precision, self.how)))
        tone = "bound" if self.kind == "bound" else "plain"
        return Moment(self.when, self.heading, self.instant, told, tone)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWay:
    """The whole way; `untold` says why nothing of it is, where nothing is.

    `map` is of the last contact and the recovery; `whole`: where the way reaches beyond it.
    """

    stops: tuple[ShownStop, ...]
    untold: Fact | None
    possible: tuple[Fact, ...]
    site: NavLink | None
    map: MapDrawing
    whole: MapDrawing | None

    @property
    def last_contact(self) -> ShownStop:
        return next(each for each in self.stops if each.kind == "missing")

    @property
    def recovery(self) -> ShownStop:
        return self.stops[-1]

    @property
    def moments(self) -> tuple[Moment, ...]:
        return tuple(each.moment for each in self.stops)


def shown_way(
    proposal: Proposal, journey: Journey, explained: Explained, teller: Teller
) -> ShownWay:
    """Put a journey into the words and the drawing of the comparison page."""
    stops = tuple(_stops(proposal, journey, teller))
    site = journey.site
    near, whole = _maps(stops, teller)
    return ShownWay(
        stops=stops,
        untold=_untold(proposal, journey, teller),
        possible=possible_facts(proposal, journey, explained, teller),
        site=NavLink(site, f"/sites/{site}") if site else None,
        map=near,
        whole=whole,
    )


def _untold(proposal: Proposal, journey: Journey, teller: Teller) -> Fact | None:
    """Say why no stop is told: nobody recorded any, asked in vain, or it is closed."""
    if journey.passed:
        return None
    field = field_at(RecordKind.MISSING_PERSON, LEGS)
    if not proposal.of_person.shows(Reveals.CIRCUMSTANCE):
        return Fact(teller.gettext(field.label), known=Known.CLOSED)
    said = journey.unsaid if why_none(journey.unsaid) else None
    return fact_of_value(field, said, teller)


def _stops(proposal: Proposal, journey: Journey, teller: Teller) -> Iterator[ShownStop]:
    """Tell all stops in their order: the way, the last contact, where bound, the recovery."""
    person, remains, _ = proposal.person, proposal.remains, teller.gettext
    first_after, first_bound = len(journey.before), len(journey.passed)
    numbered = [_stop(each, at, teller) for at, each in enumerate(journey.stops, 1)]
    yield from numbered[:first_after]
    yield ShownStop(
        kind="missing",
        heading=_("Último contacto"),
        when=_when(person.last_contact, teller),
        instant=str(person.last_contact_from or ""),
        **_place(teller.place(person), person.point, teller),
    )
    yield from numbered[first_after:first_bound]
    for incident, of_person, of_remains in journey.incidents:
        yield _incident(incident, NAMED_BY[of_person, of_remains], teller)
    yield from numbered[first_bound:]
    yield ShownStop(
        kind="remains",
        heading=_("Recuperación de los restos"),
        when=_when(remains.found, teller),
        instant=str(remains.found_from or ""),
        **_place(teller.place(remains), remains.point, teller),
    )


def _stop(stop: Stop, number: int, teller: Teller) -> ShownStop:
    _ = teller.gettext
    told = _place(place_words(stop.value, teller), stop.point, teller)
    if stop.kind is not StopKind.PASSED:
        return ShownStop(
            kind="bound",
            heading=f"{number}. {_(BOUND_WORDS[stop.kind])}",
            when=_("según lo que se dijo"),
            number=str(number),
            **told,
        )
    days = (
        (_("llegó: %(days)s"), stop.arrived),
        (_("salió: %(days)s"), stop.departed),
    )
    when = "; ".join(words % {"days": teller.dates(each)} for words, each in days if each)
    called = _("Parada del camino")
    mode = _("medio de viaje: %(mode)s") % {"mode": tell_code(TRANSPORT, stop.mode, teller)}
    return ShownStop(
        kind="station",
        heading=f"{number}. {called}",
        when=when or _("fecha no registrada"),
        instant=str(stop.first_day or ""),
        how=mode if stop.mode else "",
        number=str(number),
        **told,
    )


def _incident(incident: Incident, named_by: str, teller: Teller) -> ShownStop:
    lat, lon = incident.lat, incident.lon
    point = None if lat is None or lon is None else Place(lat, lon, incident.radius_km)
    named = (incident.place, incident.admin1, teller.country(incident.country))
    called = teller.gettext("Incidente")
    where = ", ".join(dict.fromkeys(each for each in named if each))
    return ShownStop(
        kind="incident",
        heading=f"{called} {incident.reference}",
        when=_when(dates_of(incident.date_from, incident.date_to), teller),
        instant=str(incident.date_from or ""),
        how=teller.gettext(named_by),
        href=f"/incidents/{incident.reference}",
        **_place(where, point, teller),
    )


def _when(days: DateRange | None, teller: Teller) -> str:
    return teller.dates(days) or teller.gettext("fecha no registrada")


def _place(words: str, point: Place | None, teller: Teller) -> dict[str, Any]:
    return {
        "place": words or teller.gettext("lugar no registrado"),
        "point": point,
        "precision": precision_words(point, teller),
    }


def _maps(stops: tuple[ShownStop, ...], teller: Teller) -> tuple[MapDrawing, MapDrawing | None]:
    """Draw what has a point: first close, so that circles are seen, then as far as it goes."""
    points = [_mark(each) for each in stops if each.point]
    near = _around([each for each in points if each.kind in OF_BOTH] or points)
    inside = [each for each in points if near and _is_in(each, near)]
    draw = partial(
        draw_map,
        # Nobody was on the way to what both records name: it is joined with nothing.
        way=[each for each in points if each.kind in ON_THE_WAY],
        description="; ".join(
            ", ".join(filter(None, (f"{each.heading}: {each.place}", each.precision)))
            for each in stops
        ),
        language=teller.language,
        height=420,
    )
    closer = draw(inside, bounds=near, title=teller.gettext("Último contacto y recuperación"))
    if len(inside) == len(points):
        return closer, None
    return closer, draw(points, title=teller.gettext("Todo el camino que se contó"))


def _mark(stop: ShownStop) -> MapPoint:
    assert stop.point is not None  # noqa: S101 - for the type checker
    return MapPoint(
        stop.point.lat,
        stop.point.lon,
        stop.point.radius_km,
        f"{stop.heading}: {stop.place}",
        stop.kind,
        stop.href or None,
        stop.number,
    )


def _around(points: list[MapPoint]) -> Bounds | None:
    return bounds_around((each.lat, each.lon, each.radius_km or 0.0) for each in points)


def _is_in(point: MapPoint, bounds: Bounds) -> bool:
    east_of = (point.lon - bounds.west) % 360
    is_across = east_of <= bounds.east - bounds.west
    return is_across and bounds.south <= point.lat <= bounds.north
