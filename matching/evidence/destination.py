"""Weight of the way to the destination: whether remains lie ahead of the last contact or not.

How far they lie is weighed as place. Given that distance, this asks for the direction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.evidence.accents import without_accents
from matching.evidence.courses import (
    Floats,
    Spot,
    bearings,
    distances_km,
    journeys_at,
    von_mises_ratio,
)
from matching.evidence.journeys import PlaceParameters
from matching.evidence.numbers import OpenShare, Positive
from matching.evidence.rarity import Rarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, Place, RemainsRecord

GRID = 0.5
"""Degrees to which both places are rounded: directions are told apart from far away only."""
AT_ONCE = 256
"""Spots weighed together: this bounds the memory of a step."""
WIDEST_KM = 150.0
"""Places known no better than this have no direction; our choice."""
AHEAD = 60.0
"""Degrees within which somewhere is called ahead; it only words a reason."""

_CALLED = {
    "US": "usa eeuu estados unidos united states etats unis etazini",
    "MX": "mexico mexique meksik",
    "CA": "canada kanada",
    "CL": "chile chili",
    "BR": "brasil brazil bresil brezil",
    "PA": "panama",
    "CR": "costa rica",
    "ES": "espana spain espagne",
}
_WORDS = {name: frozenset(words.split()) for name, words in _CALLED.items()}


@dataclass(frozen=True, slots=True)
class Toward:
    """A point that journeys to a country make for, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class DestinationParameters:
    """How many keep to their way, how straight, and what they make for.

    `ahead`: share of journeys that end in the direction of the destination, the further the
    more; `concentration`: of the von Mises distribution round that direction; `far_km`: where
    the direction begins to count by half; `records`: journeys without direction that lean on
    the registry's own.
    """

    ahead: OpenShare
    concentration: Positive
    far_km: Positive
    records: Positive
    toward: Mapping[str, tuple[Toward, ...]]


@dataclass(frozen=True, slots=True)
class Heading:
    """Where somebody was last heard of, on the grid, and the country they were going to."""

    spot: Spot
    country: str


def weigh_destination(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: DestinationParameters,
    *,
    place: PlaceParameters,
    rarity: Rarity,
) -> Weight | None:
    """Weigh the direction in which remains lie against that of the destination.

    Parameters
    ----------
    missing : MissingRecord
        `destination`, a country by its two letters or its name, and the `place` of the last
        contact, in another country.
    remains : RemainsRecord
        `place`.
    parameters, place : DestinationParameters, PlaceParameters
        Tables ``destination`` and ``place`` of the model file.
    rarity : Rarity
        From where to where the missing people of the registry were going.

    Returns
    -------
    Weight or None
        ``log10 [g / mean of g over the journeys of everybody that end there]``, between
        ``log10(1 - ahead)`` and about +0.5. None without both places and a destination.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/destination.md``.
    """
    told, seen = heading_of(missing, parameters), spot_seen(remains)
    if told is None or seen is None:
        return None
    weights = destination_weights([told], [seen], parameters, place=place, rarity=rarity)
    degrees = degrees_aside(told, seen, parameters)
    reason = Reason.DESTINATION_AHEAD if degrees <= AHEAD else Reason.DESTINATION_ASIDE
    return Weight(Kind.DESTINATION, float(weights[0, 0]), reason, (("degrees_aside", degrees),))


def heading_of(missing: MissingRecord, parameters: DestinationParameters) -> Heading | None:
    """Where from and where to; None where either is not known well enough."""
    spot = _spot(missing.place)
    country = country_meant(missing.destination)
    if spot is None or country not in parameters.toward or country == missing.country:
        return None
    return Heading(spot, country)


def spot_seen(remains: RemainsRecord) -> Spot | None:
    """Place of the remains on the grid; None where it is not known well enough."""
    return _spot(remains.place)


def _spot(place: Place | None) -> Spot | None:
    if place is None or (place.radius_km or 0.0) > WIDEST_KM:
        return None
    return round(place.lat / GRID) * GRID, round(place.lon / GRID) * GRID


@lru_cache(maxsize=4096)
def country_meant(words: str) -> str:
    """Two letters of the country that words mean; "" where they mean none known here."""
    said = without_accents(words).replace(".", "").replace("-", " ").split()
    if len(said) == 1 and len(said[0]) == len("US"):
        return said[0].upper()
    for country, names in _WORDS.items():
        if said and names.issuperset(said):
            return country
    return ""


def degrees_aside(told: Heading, seen: Spot, parameters: DestinationParameters) -> float:
    """Degrees between the direction of the remains and the nearest one of the destination."""
    toward = [(one.lat, one.lon) for one in parameters.toward[told.country]]
    apart = bearings([told.spot], [seen])[0, 0] - bearings([told.spot], toward)[0]
    return float(np.degrees(np.abs(np.angle(np.exp(1j * apart))).min()))


def destination_weights(
    told: Sequence[Heading],
    seen: Sequence[Spot],
    parameters: DestinationParameters,
    *,
    place: PlaceParameters,
    rarity: Rarity,
) -> Floats:
    """Weigh headings against spots.

    Returns
    -------
    float64 array, shape (n_told, n_seen)
        ``log10 (g / crowd)``: how much likelier journeys with this heading end there, given
        how far it is, than those of everybody whose journeys end there.
    """
    return against_crowd(told, seen, crowd_at(seen, parameters, place, rarity), parameters)


def crowd_at(
    seen: Sequence[Spot],
    parameters: DestinationParameters,
    place: PlaceParameters,
    rarity: Rarity,
) -> Floats:
    """Give the mean of g over everybody's journeys that end at each spot."""
    ways = [Heading((lat, lon), country) for lat, lon, country in rarity.ways]
    people = np.array([float(number) for number in rarity.ways.values()])
    crowd = np.empty(len(seen))
    for start in range(0, len(seen), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        crowd[some] = _crowd(ways, people, seen[some], (parameters, place))
    return crowd


def against_crowd(
    told: Sequence[Heading],
    seen: Sequence[Spot],
    crowd: Floats,
    parameters: DestinationParameters,
) -> Floats:
    """Weigh headings against spots whose crowd is known: `destination_weights`."""
    if not told or not seen:
        return np.zeros((len(told), len(seen)))
    weights = np.empty((len(told), len(seen)))
    for start in range(0, len(seen), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        ratios = course_ratios(told, seen[some], parameters)
        weights[:, some] = np.log10(ratios / crowd[some])
    return weights


def course_ratios(
    told: Sequence[Heading], seen: Sequence[Spot], parameters: DestinationParameters
) -> Floats:
    """Compute g: density of a journey in this direction over that in any, by distance.

    ``g = 1 + t (f - 1)``, f the density of the direction round that of the destination, the
    mean over the points the country has, times 2π; ``t = ahead × d² / (d² + far_km²)``.
    Over all directions at one distance g averages to one.

    Returns
    -------
    float64 array, shape (n_told, n_seen)
    """
    spots = [one.spot for one in told]
    direction = bearings(spots, seen)
    straight = np.empty(direction.shape)
    for country in dict.fromkeys(one.country for one in told):
        of_country = np.array([one.country == country for one in told])
        toward = [(one.lat, one.lon) for one in parameters.toward[country]]
        goal = bearings(
            [spot for spot, its in zip(spots, of_country, strict=True) if its], toward
        )
        aside = direction[of_country][:, :, None] - goal[:, None, :]
        straight[of_country] = von_mises_ratio(aside, parameters.concentration).mean(axis=2)
    squared = distances_km(spots, seen) ** 2
    ahead = parameters.ahead * squared / (squared + parameters.far_km**2)
    ratios: Floats = 1 + ahead * (straight - 1)
    return ratios


def _crowd(
    ways: Sequence[Heading],
    people: Floats,
    seen: Sequence[Spot],
    numbers: tuple[DestinationParameters, PlaceParameters],
) -> Floats:
    """Mean of g over everybody's journeys that end at each spot."""
    parameters, place = numbers
    flat = parameters.records / place.crowding.area_km2
    if not ways:
        return np.ones(len(seen))
    spots = [one.spot for one in ways]
    ending = people[:, None] * journeys_at(distances_km(spots, seen), place.distance)
    ahead = (ending * course_ratios(ways, seen, parameters)).sum(axis=0)
    crowd: Floats = (ahead + flat) / (ending.sum(axis=0) + flat)
    return crowd


def ways_of(
    missing: Sequence[MissingRecord], parameters: DestinationParameters
) -> Mapping[tuple[float, float, str], int]:
    """Count the people of a registry by where from and where to they were going."""
    ways: dict[tuple[float, float, str], int] = {}
    for one in missing:
        told = heading_of(one, parameters)
        if told is not None:
            way = (*told.spot, told.country)
            ways[way] = ways.get(way, 0) + 1
    return ways
