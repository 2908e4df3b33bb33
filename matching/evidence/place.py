"""Weight of the places: where the person was last heard of, where the remains were."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, exp, pi, radians, sin, sqrt

import numpy as np

from matching.evidence.numbers import OpenShare, Positive, log10_capped, mixed
from matching.evidence.rarity import Cell, Rarity, Region, cell_of, region_of
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, Place, RemainsRecord

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the Earth (IUGG)."""

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A share of journeys that end about so far from the last contact."""

    km: Positive
    share: OpenShare


@dataclass(frozen=True, slots=True)
class Distance:
    """Mixture of scales: near for most, a heavy tail for the rest."""

    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True)
class Crowding:
    """How the density of the registry's remains around a place is estimated."""

    bandwidth_km: Positive
    cell_degrees: Positive
    area_km2: Positive
    area_records: Positive


@dataclass(frozen=True, slots=True)
class RegionShares:
    """Shares found in the region and in the country of the last contact."""

    same_region: OpenShare
    same_country: OpenShare
    share_records: Positive


@dataclass(frozen=True, slots=True)
class PlaceParameters:
    """Distances travelled, crowding of the registry, regions where points are unknown."""

    unrelated: OpenShare
    default_radius_km: Positive
    distance: Distance
    crowding: Crowding
    region: RegionShares


def weigh_place(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: PlaceParameters,
    rarity: Rarity,
) -> Weight | None:
    """Weigh the distance from the last contact to the recovery.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `place` with its precision; where either lacks one, `country` and `admin1`.
    parameters : PlaceParameters
        Table ``place`` of the model file.
    rarity : Rarity
        Where the remains of this registry were recovered.

    Returns
    -------
    Weight or None
        ``log10 [density of journeys at this distance / density of remains there]``, never
        below ``log10(unrelated)``. None where neither points nor countries can be compared.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/place.md``.
    """
    if missing.place is None or remains.place is None:
        return weigh_region(region_of(missing), region_of(remains), parameters, rarity)
    km = distance_km(missing.place, remains.place)
    spread = variance_km2(missing.place, parameters) + variance_km2(remains.place, parameters)
    journeys = journey_density(km, spread, parameters.distance)
    ratio = journeys / crowd_density(remains.place, parameters, rarity)
    facts = (
        ("distance_km", km),
        ("radius_missing_km", radius_km(missing.place, parameters)),
        ("radius_remains_km", radius_km(remains.place, parameters)),
    )
    weight = log10_capped(mixed(parameters.unrelated, ratio))
    return Weight(Kind.PLACE, weight, Reason.PLACE_DISTANCE, facts)


def on_sphere(place: Place) -> Point:
    """Give the unit vector of a place."""
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def distance_km(here: Place, there: Place) -> float:
    """Great-circle distance in km, from the chord, accurate for near points too."""
    a, b = on_sphere(here), on_sphere(there)
    chord = sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)
    return 2 * EARTH_RADIUS_KM * asin(min(chord / 2, 1.0))


def radius_km(place: Place, parameters: PlaceParameters) -> float:
    """Precision of a place in km; the model's where none was stated."""
    return parameters.default_radius_km if place.radius_km is None else place.radius_km


def variance_km2(place: Place, parameters: PlaceParameters) -> float:
    """Variance of one coordinate, in km²: a stated radius is taken as two deviations."""
    return (radius_km(place, parameters) / 2) ** 2


def journey_density(km: float, spread_km2: float, distance: Distance) -> float:
    """Density, per km², of remains at this distance from the last contact.

    A mixture of two-dimensional normal densities, each widened by the imprecision
    (`spread_km2`) of both points.
    """
    total = sum(scale.share for scale in distance.scales)
    return sum(
        scale.share / total * _round_normal(km, scale.km**2 + spread_km2)
        for scale in distance.scales
    )


def _round_normal(km: float, variance_km2: float) -> float:
    return exp(-(km**2) / (2 * variance_km2)) / (2 * pi * variance_km2)


def crowd_density(place: Place, parameters: PlaceParameters, rarity: Rarity) -> float:
    """Density, per km², of this registry's remains around a place.

    The crowd of its cell of the grid (`crowds_by_cell`), with a flat spread over the area
    worth `area_records` records mixed in.
    """
    crowding = parameters.crowding
    near = rarity.crowds.get(cell_of(place, crowding.cell_degrees), 0.0)
    flat = crowding.area_records / crowding.area_km2
    return (near + flat) / (rarity.placed_remains + crowding.area_records)


def crowds_by_cell(places: Iterable[Place], crowding: Crowding) -> dict[Cell, float]:
    """Remains per km² around the middle of each occupied cell.

    Each remains is spread over a two-dimensional normal density of `bandwidth_km` around
    the middle of its own cell.
    """
    counts = Counter(cell_of(place, crowding.cell_degrees) for place in places)
    middles = np.array([on_sphere(_middle(cell, crowding)) for cell in counts]).reshape(-1, 3)
    weights = np.array(list(counts.values()), dtype=np.float64)
    variance = crowding.bandwidth_km**2
    crowds = {}
    for cell, middle in zip(counts, middles, strict=True):
        chords = np.sqrt(((middles - middle) ** 2).sum(axis=1))
        km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chords / 2, 1))
        near = np.exp(-(km**2) / (2 * variance)) / (2 * pi * variance)
        crowds[cell] = float(weights @ near)
    return crowds


def _middle(cell: Cell, crowding: Crowding) -> Place:
    size = crowding.cell_degrees
    return Place(min((cell[0] + 0.5) * size, 90.0), min((cell[1] + 0.5) * size, 180.0))


def weigh_region(
    missing: Region, remains: Region, parameters: PlaceParameters, rarity: Rarity
) -> Weight | None:
    """Weigh regions and countries, where either side lacks a point.

    Parameters
    ----------
    missing, remains : (country, region)
        As `region_of` gives them.
    parameters : PlaceParameters
    rarity : Rarity

    Returns
    -------
    Weight or None
        None unless both countries are known.
    """
    if not missing[0] or not remains[0]:
        return None
    ratio, reason = region_ratio(missing, remains, parameters, rarity)
    facts = (
        ("missing_country", missing[0]),
        ("missing_region", missing[1]),
        ("remains_country", remains[0]),
        ("remains_region", remains[1]),
    )
    return Weight(Kind.PLACE, log10_capped(mixed(parameters.unrelated, ratio)), reason, facts)


def region_ratio(
    missing: Region,
    remains: Region,
    parameters: PlaceParameters,
    rarity: Rarity,
) -> tuple[float, Reason]:
    """Likelihood ratio of finding someone in this region, or only in this country.

    Parameters
    ----------
    missing, remains : (country, region)
        Country as ISO 3166-1 alpha-2; region is "" where unknown. Regions are compared
        where both are known, countries otherwise.
    parameters : PlaceParameters
    rarity : Rarity
        Shares of the registry's remains by region and country.

    Returns
    -------
    (float, Reason)
        Share expected of true pairs over share of the registry, for the outcome met: same
        region, same country, or another country.
    """
    shares = parameters.region
    country = rarity.country_share(missing[0], shares.share_records)
    if missing[0] != remains[0]:
        return (1 - shares.same_country) / (1 - country), Reason.PLACE_OTHER_COUNTRY
    if not missing[1] or not remains[1]:
        return shares.same_country / country, Reason.PLACE_SAME_COUNTRY
    region = country * rarity.region_share(missing, shares.share_records)
    if missing[1] == remains[1]:
        return shares.same_region / region, Reason.PLACE_SAME_REGION
    ratio = (shares.same_country - shares.same_region) / (country - region)
    return ratio, Reason.PLACE_SAME_COUNTRY
