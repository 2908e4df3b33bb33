"""How far people get after the last contact: distances, and how probable each is."""

from dataclasses import dataclass
from math import asin, cos, exp, pi, radians, sin, sqrt

from matching.evidence.numbers import OpenShare, Positive
from matching.records import Place

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
    """What is believed of a place before the registry speaks, and how little a place may be."""

    area_km2: Positive
    area_records: Positive
    least_reach: OpenShare


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
