"""The weight of places, compiled: exactly for a pair, and from above for two clusters.

`weigh_places` must agree with `matching.evidence.place` on every pair; the tests compare them.
"""
# ruff: noqa: PLR0913, PLR0917, PLR1714 - arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call; `in` over a tuple is slower than two comparisons.

from math import asin, exp, log10, nan, pi, sqrt

import numpy as np

from matching.packing.comparison import LANES, NOTHING
from matching.packing.compiling import compiled, within
from matching.packing.logs import LOG_FIRST, LOG_LAST, LOG_SHIFT, ONE, SPARE

EARTH_RADIUS_KM = 6371.0088
LARGEST = 7.0
SPARE_KM = 0.004
"""Single precision moves a point on the Earth by half a metre; eight times that."""
WAY_SHIFT, WAY_OCTAVES = 18, (-16, 28)
"""Squared ways, by exponent and 5 bits: from 4 m to around the Earth."""
SPREAD_SHIFT, SPREAD_OCTAVES = 20, (-10, 26)
"""Variances in km², by exponent and 3 bits: from 30 m to 8000 km."""
WAY_FIRST = (ONE + (WAY_OCTAVES[0] << 23)) >> WAY_SHIFT
WAY_LAST = ((ONE + (WAY_OCTAVES[1] << 23)) >> WAY_SHIFT) - 1
SPREAD_FIRST = (ONE + (SPREAD_OCTAVES[0] << 23)) >> SPREAD_SHIFT
SPREAD_LAST = ((ONE + (SPREAD_OCTAVES[1] << 23)) >> SPREAD_SHIFT) - 1
X, Y, Z, VARIANCE, CHANCE = range(5)
"""Columns of a point; `CHANCE` is the reach of a last contact, the crowd of remains."""
RADIUS, LEAST_VARIANCE, LEAST_CHANCE = range(3, 6)
"""Columns of a cluster, after the three of its middle."""


@within()
def _km(here, there):  # pragma: no cover - compiled
    chord = sqrt(
        (here[X] - there[X]) ** 2 + (here[Y] - there[Y]) ** 2 + (here[Z] - there[Z]) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(min(chord / 2, 1.0))


@within()
def _weight(ratio, unrelated):  # pragma: no cover - compiled
    return min(log10(unrelated + (1 - unrelated) * ratio), LARGEST)


@compiled()
def weigh_places(
    left, right, told, seen, points_told, points_seen, regions_told, regions_seen, regions,
    scales, unrelated,
):  # fmt: skip  # pragma: no cover - compiled
    """Weights of pairs of positions; ``told`` and ``seen`` give points, or `NOTHING`."""
    weights = np.empty(len(left))
    for k in range(len(left)):
        i, j = left[k], right[k]
        if told[i] == NOTHING or seen[j] == NOTHING:
            row, column = regions_told[i], regions_seen[j]
            if row == NOTHING or column == NOTHING:
                weights[k] = nan
            else:
                weights[k] = regions[row, column]
            continue
        here, there = points_told[told[i]], points_seen[seen[j]]
        km = _km(here, there)
        spread = here[VARIANCE] + there[VARIANCE]
        journeys = 0.0
        for scale in range(len(scales)):
            variance = scales[scale, 1] + spread
            normal = exp(-(km**2) / (2 * variance)) / (2 * pi * variance)
            journeys += scales[scale, 0] * normal
        weights[k] = _weight(journeys / (there[CHANCE] * here[CHANCE]), unrelated)
    return weights


@within()
def _fill_near(
    rows, at, cluster, lane_points, entries, bits, ratios, way_bits, ways, densities, log_steps
):  # pragma: no cover - compiled
    """Write the row of one cluster against the points of 32 lanes, in single precision."""
    here_x, here_y, here_z = (
        np.float32(cluster[X]),
        np.float32(cluster[Y]),
        np.float32(cluster[Z]),
    )
    radius, own = np.float32(cluster[RADIUS] + SPARE_KM), np.float32(cluster[LEAST_VARIANCE])
    for lane in range(LANES):
        chord = (
            (here_x - lane_points[X, lane]) ** 2
            + (here_y - lane_points[Y, lane]) ** 2
            + (here_z - lane_points[Z, lane]) ** 2
        )
        # The chord is not longer than the way around the Earth.
        km = max(np.float32(EARTH_RADIUS_KM) * np.sqrt(chord) - radius, np.float32(0))
        ways[lane] = km * km
        ratios[lane] = own + lane_points[VARIANCE, lane]
    for lane in range(LANES):
        entries[lane] = bits[lane] >> SPREAD_SHIFT
    for lane in range(LANES):
        spread = min(max(entries[lane], SPREAD_FIRST), SPREAD_LAST) - SPREAD_FIRST
        way = min(max(way_bits[lane] >> WAY_SHIFT, WAY_FIRST), WAY_LAST) - WAY_FIRST
        ratios[lane] = densities[spread, way]
    inverse = np.float32((1 + SPARE) / cluster[LEAST_CHANCE])
    for lane in range(LANES):
        ratios[lane] = ratios[lane] * inverse * lane_points[CHANCE, lane]
    for lane in range(LANES):
        entry = min(max(bits[lane] >> LOG_SHIFT, LOG_FIRST), LOG_LAST) - LOG_FIRST
        rows[at, lane] = log_steps[entry]


@compiled()
def fill_places(
    classes, right, table, at, of_class, clusters, seen, points_seen, regions_seen,
    region_steps, densities, log_steps,
):  # fmt: skip  # pragma: no cover - compiled
    """Write the bounds of classes, each a cluster or none with a region or none.

    ``densities`` by spread and squared way, ``log_steps`` by ratio: never below what any
    value of their entry stands for.
    """
    lane_points = np.zeros((5, LANES), dtype=np.float32)
    ratios = np.ones(LANES, dtype=np.float32)
    ways = np.ones(LANES, dtype=np.float32)
    bits, way_bits = ratios.view(np.int32), ways.view(np.int32)
    entries = np.zeros(LANES, dtype=np.int32)
    there_at, unplaced = np.arange(LANES), np.arange(LANES)
    for tile in range(len(right) // LANES):
        rows = table[tile]
        n_there = n_unplaced = 0
        for lane in range(LANES):
            r = right[tile * LANES + lane]
            if r == NOTHING:
                continue
            there_at[n_there] = lane
            n_there += 1
            if seen[r] == NOTHING:
                unplaced[n_unplaced] = lane
                n_unplaced += 1
            else:
                there = points_seen[seen[r]]
                lane_points[:4, lane] = there[:4]
                lane_points[CHANCE, lane] = (1 + SPARE) / there[CHANCE]
        for c in range(len(classes)):
            cluster, region = of_class[classes[c], 0], of_class[classes[c], 1]
            if cluster != NOTHING:
                _fill_near(
                    rows, at + c, clusters[cluster], lane_points, entries, bits, ratios,
                    way_bits, ways, densities, log_steps,
                )  # fmt: skip
            for k in range(n_unplaced if cluster != NOTHING else n_there):
                lane = unplaced[k] if cluster != NOTHING else there_at[k]
                told = regions_seen[right[tile * LANES + lane]]
                known = region != NOTHING and told != NOTHING
                rows[at + c, lane] = region_steps[region, told] if known else 0
