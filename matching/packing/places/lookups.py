"""Look-ups for the bounds of places: always rounded up."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.evidence.journeys import Distance
from matching.packing.logs import SPARE, edges
from matching.packing.places.clusters import BUCKETS_AN_OCTAVE
from matching.packing.places.kernels import (
    SPREAD_OCTAVES,
    SPREAD_SHIFT,
    WAY_OCTAVES,
    WAY_SHIFT,
)

Singles = NDArray[np.float32]

WIDER = 2.0 ** (1 / BUCKETS_AN_OCTAVE)
"""By what factor the spread of two points may exceed that with the least of the cluster."""


@lru_cache(maxsize=16)
def densities(distance: Distance) -> Singles:
    """Density of journeys, per km², not below that of any spread and way of an entry.

    Shape (spreads, ways): for the shortest way of the entry and, scale by scale, the most
    favourable spread: at a distance d the density is largest where the variance is d² / 2.
    An entry reaches on by as much as variances of one cluster may differ.
    """
    squared = edges(WAY_OCTAVES, WAY_SHIFT)[:-1] * (1 - SPARE)
    squared[0] = 0.0  # the first entry stands for all shorter ways
    spread = edges(SPREAD_OCTAVES, SPREAD_SHIFT)
    low, high = spread[:-1, None] * (1 - SPARE), spread[1:, None] * (1 + SPARE) * WIDER
    low[0], high[-1] = 0.0, np.inf
    total = sum(scale.share for scale in distance.scales)
    density = np.zeros((len(low), len(squared)))
    for scale in distance.scales:
        variance = np.clip(squared / 2, low + scale.km**2, high + scale.km**2)
        normal = np.exp(-squared / (2 * variance)) / (2 * np.pi * variance)
        density += scale.share / total * normal
    return (density * (1 + SPARE)).astype(np.float32)
