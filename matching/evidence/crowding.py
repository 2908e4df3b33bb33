"""How often a journey of somebody else ends where these remains lie, counted in the registry.

The places of both sides are gathered on a grid as fine as time allows. Each gathered place of
remains has a *crowd*: how densely the journeys of all who are missing end there. Each place
of a last contact has a *reach*: how many of the remains lie where its journeys end, against
an average place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import floor, hypot, log2

import numpy as np
from numpy.typing import NDArray

from matching.evidence.journeys import (
    EARTH_RADIUS_KM,
    Distance,
    PlaceParameters,
    on_sphere,
    radius_km,
    variance_km2,
)
from matching.records import Place

GRIDS = (0.01, 0.05, 0.25, 1.0)
"""Degrees; the first with few enough places on both sides is taken, else the last."""
MOST_SPOTS = 3000
"""Places of a side told apart: all against all of them take half a second."""
AT_ONCE = 16
"""Rows weighed at a time: their arrays stay in the processor's cache."""

Floats = NDArray[np.float64]
Spot = tuple[int, int, int]
"""A cell of the grid, and the octave of the precision: a country's middle is no village."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Places of one spot: their mean, how many, and the crowd or reach there."""

    point: tuple[float, float, float]
    variance_km2: float
    records: int
    value: float


@dataclass(frozen=True, slots=True)
class Crowds:
    """Places of a registry, gathered: `told` with their reach, `seen` with their crowd."""

    degrees: float = GRIDS[0]
    told: Mapping[Spot, Gathered] = field(default_factory=dict)
    seen: Mapping[Spot, Gathered] = field(default_factory=dict)


def crowd_density(place: Place, parameters: PlaceParameters, crowds: Crowds) -> float:
    """Density, per km², with which journeys of this registry's missing end around a place.

    ``[Σ_i J(d_i) + area_records / area_km2] / [n_missing + area_records]``: the sum is over
    all who are missing, the flat spread keeps every place possible.
    """
    spot = spot_of(place, crowds.degrees, parameters)
    if spot in crowds.seen:
        return crowds.seen[spot].value
    here = _columns([_alone(place, parameters)])
    return float(_crowd(here, _columns(crowds.told.values()), parameters)[0][0])


def reach_of(place: Place, parameters: PlaceParameters, crowds: Crowds) -> float:
    """How often remains lie where journeys from a place end, against an average place.

    ``[Σ_j J(d_j) / crowd_j + area_records] / [n_remains + area_records]``, never below
    `least_reach`. With it the ratios of one person average to one over all remains, also
    where hundreds were entered at the coordinates of one morgue.
    """
    spot = spot_of(place, crowds.degrees, parameters)
    if spot in crowds.told:
        return crowds.told[spot].value
    here, seen = _columns([_alone(place, parameters)]), _columns(crowds.seen.values())
    met = _densities(here, seen, parameters.distance) / seen[5]
    return float(_reach(np.einsum("hs,s->h", met, seen[4]), seen[4].sum(), parameters)[0])


def crowds_of(
    told: Sequence[Place], seen: Sequence[Place], parameters: PlaceParameters
) -> Crowds:
    """Gather the places of a registry and weigh them against each other, all with all.

    Sums run in the order of the input and without a matrix product, whose digits depend on
    the number of cores.
    """
    degrees = _fine_enough(told, seen, parameters)
    here = _gathered(told, degrees, parameters)
    there = _gathered(seen, degrees, parameters)
    people, remains = _columns(here.values()), _columns(there.values())
    met, crowd = np.zeros(len(here)), np.zeros(len(there))
    for some in _slices(len(there)):
        crowd[some], density = _crowd(remains[:, some], people, parameters)
        met += np.einsum("st,s->t", density, remains[4, some] / crowd[some])
    reach = _reach(met, remains[4].sum(), parameters)
    return Crowds(degrees, _valued(here, reach), _valued(there, crowd))


def _slices(length: int) -> Iterator[slice]:
    for start in range(0, length, AT_ONCE):
        yield slice(start, start + AT_ONCE)


def _valued(spots: Mapping[Spot, Gathered], values: Floats) -> dict[Spot, Gathered]:
    return {
        spot: Gathered(one.point, one.variance_km2, one.records, float(value))
        for (spot, one), value in zip(spots.items(), values, strict=True)
    }


def spot_of(place: Place, degrees: float, parameters: PlaceParameters) -> Spot:
    """Where a place is gathered."""
    octave = round(log2(max(radius_km(place, parameters), 1.0)))
    return floor(place.lat / degrees), floor(place.lon / degrees), octave


def _fine_enough(
    told: Sequence[Place], seen: Sequence[Place], parameters: PlaceParameters
) -> float:
    for degrees in GRIDS:
        spots = [
            len({spot_of(place, degrees, parameters) for place in side})
            for side in (told, seen)
        ]
        if max(spots) <= MOST_SPOTS:
            return degrees
    return GRIDS[-1]


def _gathered(
    places: Iterable[Place], degrees: float, parameters: PlaceParameters
) -> dict[Spot, Gathered]:
    by_spot: defaultdict[Spot, list[Place]] = defaultdict(list)
    for place in places:
        by_spot[spot_of(place, degrees, parameters)].append(place)
    return {spot: _mean(some, parameters) for spot, some in by_spot.items()}


def _mean(places: Sequence[Place], parameters: PlaceParameters) -> Gathered:
    x, y, z = (sum(axis) for axis in zip(*map(on_sphere, places), strict=True))
    length = hypot(x, y, z)
    variance = sum(variance_km2(place, parameters) for place in places) / len(places)
    return Gathered((x / length, y / length, z / length), variance, len(places), 0.0)


@lru_cache(maxsize=65536)
def _alone(place: Place, parameters: PlaceParameters) -> Gathered:
    return Gathered(on_sphere(place), variance_km2(place, parameters), 1, 0.0)


def _columns(spots: Iterable[Gathered]) -> Floats:
    """Rows x, y, z, km², records and value, one column for each spot; shape (6, n)."""
    rows = [(*one.point, one.variance_km2, one.records, one.value) for one in spots]
    return np.array(rows, dtype=np.float64).reshape(-1, 6).T


def _crowd(here: Floats, told: Floats, parameters: PlaceParameters) -> tuple[Floats, Floats]:
    """Crowd of some places, and the density of journeys from each place told to each."""
    flat = parameters.crowding
    density = _densities(here, told, parameters.distance)
    journeys = np.einsum("st,t->s", density, told[4])
    spread = flat.area_records / flat.area_km2
    return (journeys + spread) / (told[4].sum() + flat.area_records), density


def _reach(met: Floats, remains: float, parameters: PlaceParameters) -> Floats:
    crowding = parameters.crowding
    share = (met + crowding.area_records) / (remains + crowding.area_records)
    reach: Floats = np.maximum(share, crowding.least_reach)
    return reach


def _densities(here: Floats, there: Floats, distance: Distance) -> Floats:
    """`journey_density` of all places with all others; shape (n_here, n_there)."""
    squared = sum((here[axis, :, None] - there[axis]) ** 2 for axis in range(3))
    chord = np.minimum(np.sqrt(squared) / 2, 1.0)
    half_squared_km = (2 * EARTH_RADIUS_KM * np.arcsin(chord)) ** 2 / 2
    spread = here[3, :, None] + there[3]
    total = sum(scale.share for scale in distance.scales)
    density = np.zeros(spread.shape)
    for scale in distance.scales:
        variance = scale.km**2 + spread
        height = scale.share / total / (2 * np.pi)
        density += height * np.exp(-half_squared_km / variance) / variance
    return density
