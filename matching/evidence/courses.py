"""Directions and distances between many places at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.evidence.journeys import EARTH_RADIUS_KM, Distance

Floats = NDArray[np.float64]
Spot = tuple[float, float]
"""Latitude and longitude in degrees."""

SPREAD_KM = 30.0
"""How far a place on a grid of half a degree may be off."""


def _radians(spots: Sequence[Spot]) -> tuple[Floats, Floats]:
    lat, lon = np.radians(np.array(spots, dtype=np.float64).reshape(-1, 2)).T
    return lat, lon


def bearings(here: Sequence[Spot], there: Sequence[Spot]) -> Floats:
    """Directions in which places lie from others, in radians from north to east.

    Returns
    -------
    float64 array, shape (n_here, n_there)
        0 from a place to itself.
    """
    (lat, lon), (far_lat, far_lon) = _radians(here), _radians(there)
    turn = far_lon[None, :] - lon[:, None]
    lat = lat[:, None]
    north = np.cos(lat) * np.sin(far_lat) - np.sin(lat) * np.cos(far_lat) * np.cos(turn)
    directions: Floats = np.arctan2(np.sin(turn) * np.cos(far_lat), north)
    return directions


def distances_km(here: Sequence[Spot], there: Sequence[Spot]) -> Floats:
    """Great-circle distances in km; shape (n_here, n_there)."""
    (lat, lon), (far_lat, far_lon) = _radians(here), _radians(there)
    lat, lon = lat[:, None], lon[:, None]
    half = np.sin((far_lat - lat) / 2) ** 2
    half = half + np.cos(lat) * np.cos(far_lat) * np.sin((far_lon - lon) / 2) ** 2
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return km


def von_mises_ratio(aside: Floats, concentration: float) -> Floats:
    """Density of a von Mises distribution at these angles, over that of any direction.

    Its mean over the circle is one (Mardia & Jupp 2000, eq. 3.5.17).
    """
    ratio: Floats = np.exp(concentration * np.cos(aside)) / np.i0(concentration)
    return ratio


def journeys_at(km: Floats, distance: Distance) -> Floats:
    """Density, per km², of journeys that end so far away, for places on the grid."""
    total = sum(scale.share for scale in distance.scales)
    density = np.zeros(km.shape)
    for scale in distance.scales:
        variance = scale.km**2 + SPREAD_KM**2
        density += scale.share / total * np.exp(-(km**2) / (2 * variance)) / variance
    return density / (2 * np.pi)
