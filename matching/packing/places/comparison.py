"""The kind of evidence `Kind.PLACE` as the search sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.evidence.crowding import crowd_density, reach_of
from matching.evidence.journeys import PlaceParameters, on_sphere, variance_km2
from matching.evidence.numbers import LARGEST
from matching.evidence.place import weigh_region
from matching.evidence.rarity import Region, region_of
from matching.evidence.weight import Kind
from matching.packing.comparison import (
    NOTHING,
    Floats,
    Integers,
    Judged,
    Keys,
    Possible,
    classes_for,
)
from matching.packing.logs import mixed_steps
from matching.packing.places.clusters import cluster
from matching.packing.places.kernels import fill_places, weigh_places
from matching.packing.places.lookups import Singles, densities
from matching.packing.steps import STEPS, Steps, steps_above
from matching.packing.valued import coded
from matching.records import Place

MOST_CLUSTERS = 4096
"""Clusters of the left side; our choice."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where the records of one side were.

    `at` numbers the rows of `points`, `region` the distinct `regions`.
    """

    points: Floats
    at: Integers
    regions: list[Region]
    region: Integers


@dataclass(frozen=True, slots=True)
class Told(Side):
    """A class is a cluster of points (or none) with a region (or none): a row of `of_class`."""

    clusters: Floats
    classes: Integers
    of_class: Integers


class Places:
    """How places are read and laid together."""

    kind = Kind.PLACE

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        place, crowds = judged.model.place, judged.rarity.crowds
        return _classed(_side(left, place, lambda one: reach_of(one, place, crowds)))

    def see(self, right: Sequence[Any], judged: Judged) -> Side:
        place, crowds = judged.model.place, judged.rarity.crowds
        return _side(right, place, lambda one: crowd_density(one, place, crowds))

    def compare(self, told: Told, seen: Side, judged: Judged) -> "PlacesCompared":
        place = judged.model.place
        total = sum(scale.share for scale in place.distance.scales)
        scales = np.array([(one.share / total, one.km**2) for one in place.distance.scales])
        regions = _regions(told.regions, seen.regions, judged)
        region_steps, log_steps = steps_above(regions), mixed_steps(place.unrelated)
        return PlacesCompared(
            kind=Kind.PLACE,
            rows=told.classes[:, None],
            most=np.full(len(told.of_class), int(LARGEST * STEPS), dtype=np.int16),
            told=told,
            seen=seen,
            regions=regions,
            scales=scales,
            region_steps=region_steps,
            densities=densities(place.distance),
            log_steps=log_steps,
            unrelated=place.unrelated,
            least=int(min(region_steps.min(initial=0), log_steps.min())),
        )


@dataclass(frozen=True, slots=True)
class PlacesCompared:
    """Places of both sides, with the bounds of their classes."""

    kind: Kind
    rows: Integers
    most: Steps
    told: Told
    seen: Side
    regions: Floats
    scales: Floats
    region_steps: Steps
    densities: Singles
    log_steps: Steps
    unrelated: float
    least: int
    keys: Keys | None = None
    possible: Possible | None = None
    shared: bool = True

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        told, seen = self.told, self.seen
        fill_places(
            classes, right, table, at, told.of_class, told.clusters, seen.at, seen.points,
            seen.region, self.region_steps, self.densities, self.log_steps,
        )  # fmt: skip

    def weigh(self, left: Integers, right: Integers) -> Floats:
        told, seen = self.told, self.seen
        weights: Floats = weigh_places(
            left, right, told.at, seen.at, told.points, seen.points, told.region, seen.region,
            self.regions, self.scales, self.unrelated,
        )  # fmt: skip
        return weights


def _side(
    records: Sequence[Any], parameters: PlaceParameters, chance: Callable[[Place], float]
) -> Side:
    places = coded([one.place for one in records])
    points = np.array(
        [(*on_sphere(p), variance_km2(p, parameters), chance(p)) for p in places.values]
    ).reshape(-1, 5)
    regions = coded([region if region[0] else None for region in map(region_of, records)])
    return Side(points, places.codes, regions.values, regions.codes)


def _classed(side: Side) -> Told:
    """Gather points of one region; those without a point are a class of their region."""
    placed = side.at != NOTHING
    keys = np.column_stack([side.at, side.region])
    spots, spot, records = np.unique(
        keys[placed], axis=0, return_inverse=True, return_counts=True
    )
    most = min(classes_for(len(side.at)), MOST_CLUSTERS)
    points = side.points[spots[:, 0]]
    numbers, clusters = cluster(points, spots[:, 1], records.astype(np.int32), most)
    region_of_cluster = np.full(len(clusters), NOTHING, dtype=np.int32)
    region_of_cluster[numbers] = spots[:, 1]
    regions = np.arange(len(side.regions), dtype=np.int32)
    classes = np.where(side.region == NOTHING, NOTHING, len(clusters) + side.region)
    classes[placed] = numbers[spot.ravel()]
    of_class = np.concatenate(
        [
            np.column_stack([np.arange(len(clusters)), region_of_cluster]),
            np.column_stack([np.full(len(regions), NOTHING), regions]),
        ]
    ).astype(np.int32)
    return Told(
        side.points, side.at, side.regions, side.region, clusters,
        classes.astype(np.int32), of_class,
    )  # fmt: skip


def _regions(told: list[Region], seen: list[Region], judged: Judged) -> Floats:
    weights = np.empty((len(told), len(seen)))
    for row, here in enumerate(told):
        for column, there in enumerate(seen):
            # Both countries are known: see `_side`. So there is a weight.
            weight: Any = weigh_region(here, there, judged.model.place, judged.rarity)
            weights[row, column] = weight.log10_lr
    return weights
