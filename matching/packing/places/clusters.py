"""Gathers points that lie close together, so that many share one bound."""

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from matching.evidence.journeys import EARTH_RADIUS_KM
from matching.packing.comparison import Floats, Integers
from matching.packing.places.kernels import CHANCE, VARIANCE

LOG_SCALE_KM = 10.0
"""A factor of ten in reach counts like so many km; our choice."""
NEAR_KM = 5.0
"""Widths are judged by their logarithm from here on, as bounds loosen by it; our choice."""
EXACT_KM2 = 2.0**-14
"""Smaller variances, of less than 16 m, are taken for equal."""
BUCKETS_AN_OCTAVE = 4
"""Variances of one cluster differ by less than this part of an octave; see `densities`."""


def cluster(
    points: Floats, apart: Integers, records: Integers, most: int
) -> tuple[Integers, Floats]:
    """Split points into clusters, always the one with most records and width, in the middle.

    Parameters
    ----------
    points : float64 array, shape (n_points, 5)
        Unit vectors, variance in km², reach or crowd.
    apart : int32 array, shape (n_points,)
        Points with different numbers are never of one cluster.
    records : int array, shape (n_points,)
        How many records lie at each point.
    most : int
        Clusters at most, if those that are apart are not more.

    Returns
    -------
    numbers : int32 array, shape (n_points,)
    clusters : float64 array, shape (n_clusters, 6)
        Middle, radius in km, least variance, least reach or crowd.

    Notes
    -----
    Points whose precision differs much are never of one cluster, however many there are.
    """
    axes = np.column_stack(
        [points[:, :3] * EARTH_RADIUS_KM, LOG_SCALE_KM * np.log10(points[:, CHANCE])]
    )
    variance = np.maximum(points[:, VARIANCE], EXACT_KM2)
    precision = np.floor(np.log2(variance) * BUCKETS_AN_OCTAVE).astype(np.int64)
    members = _split(axes, precision * 2**32 + apart, records, most)
    numbers = np.empty(len(points), dtype=np.int32)
    clusters = np.empty((len(members), 6))
    for at, some in enumerate(members):
        numbers[some] = at
        clusters[at] = _described(points[some])
    return numbers, clusters


def _split(
    axes: Floats, apart: NDArray[np.int64], records: Integers, most: int
) -> list[Integers]:
    order = np.argsort(apart, kind="stable").astype(np.int32)
    starts = np.flatnonzero(np.diff(apart[order])) + 1
    wholes = [some for some in np.split(order, starts) if len(some)]
    waiting = [(*_worth(axes, records, whole), at, whole) for at, whole in enumerate(wholes)]
    heapify(waiting)
    made = len(waiting)
    while waiting and len(waiting) < most and waiting[0][0] < 0:
        _, axis, _, some = heappop(waiting)
        for half in _halves(axes[some, axis], records[some]):
            heappush(waiting, (*_worth(axes, records, some[half]), made, some[half]))
            made += 1
    return [some for *_, some in waiting]


def _halves(along: Floats, records: Integers) -> tuple[Integers, Integers]:
    """Places of both halves, about as many records in each; neither is empty."""
    order = np.argsort(along, kind="stable").astype(np.int32)
    before = np.cumsum(records[order])
    middle = int(np.searchsorted(before, before[-1] / 2))
    # Equal points stay together: the cut is where the value changes next to the middle.
    changes = np.flatnonzero(np.diff(along[order])) + 1
    cut = changes[np.argmin(np.abs(changes - middle))]
    return order[:cut], order[cut:]


def _worth(axes: Floats, records: Integers, some: Integers) -> tuple[float, int]:
    """Give records × log of width, negative as the heap gives the least; the widest axis."""
    inside = axes[some]
    width = inside.max(axis=0) - inside.min(axis=0)
    axis = int(np.argmax(width))
    return -float(np.log1p(width[axis] / NEAR_KM)) * int(records[some].sum()), axis


def _described(points: Floats) -> Floats:
    middle = points[:, :3].sum(axis=0)
    length = np.sqrt((middle**2).sum())
    middle = middle / length if length > 0 else points[0, :3]  # two ends of the Earth
    chord = np.sqrt(((points[:, :3] - middle) ** 2).sum(axis=1)).max()
    radius = 2 * EARTH_RADIUS_KM * np.arcsin(min(chord / 2, 1.0))
    spread, chance = points[:, VARIANCE].min(), points[:, CHANCE].min()
    described: Floats = np.array([*middle, radius, spread, chance])
    return described
