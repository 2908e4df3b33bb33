"""Chance for the invented world: the same seed gives the same throws, whatever the numpy.

Only uniform numbers are taken from numpy. Its stream of them is fixed, while its other
distributions may change from one version to the next, and a demonstration whose truth moved
with an upgrade could not be compared with last year's.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist
from typing import Generic, TypeVar

import numpy as np

Item = TypeVar("Item")

_BLOCK = 4096
_STANDARD = NormalDist()
_SMALLEST = 2.0**-54


@dataclass(frozen=True, slots=True)
class Weighted(Generic[Item]):
    """Things to draw from, each with its share of the chance."""

    items: tuple[Item, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[Item, float]) -> "Weighted[Item]":
        return cls(tuple(weights), tuple(accumulate(map(float, weights.values()))))


class Dice:
    """Throws for one part of the world, so that parts can change without moving each other."""

    def __init__(self, seed: int, part: str) -> None:
        entropy = [seed, *part.encode()]
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
        self._block: list[float] = []

    def uniform(self) -> float:
        """Throw a number in [0, 1)."""
        if not self._block:
            self._block = self._generator.random(_BLOCK).tolist()
        return self._block.pop()

    def chance(self, share: float) -> bool:
        """Say yes with probability `share`."""
        return self.uniform() < share

    def between(self, low: float, high: float) -> float:
        """Throw a number between two ends."""
        return low + (high - low) * self.uniform()

    def whole(self, low: int, high: int) -> int:
        """Throw a whole number, both ends included."""
        return low + int(self.uniform() * (high - low + 1))

    def normal(self, mean: float, sd: float) -> float:
        """Throw from the bell curve."""
        return mean + sd * _STANDARD.inv_cdf(max(self.uniform(), _SMALLEST))

    def around(self, median: float, spread: float) -> float:
        """Throw a positive number, log-normal about `median`."""
        return median * math.exp(self.normal(0.0, spread))

    def along(self, knots: Sequence[Sequence[float]]) -> float:
        """Throw from a distribution given by points (share below, value), joined by lines."""
        share = self.uniform()
        at = min(bisect_right([knot[0] for knot in knots], share), len(knots) - 1)
        (p0, v0), (p1, v1) = knots[at - 1], knots[at]
        return v0 + (v1 - v0) * (share - p0) / (p1 - p0)

    def one_of(self, items: Sequence[Item]) -> Item:
        """Draw one, each as likely as the other."""
        return items[int(self.uniform() * len(items))]

    def draw(self, weighted: Weighted[Item]) -> Item:
        """Draw one by its weight."""
        return weighted.items[bisect_right(weighted.sums, self.uniform() * weighted.sums[-1])]

    def draw_from(self, weights: Mapping[Item, float]) -> Item:
        """Draw one by its weight, from a table used now and then."""
        return self.draw(Weighted.of(weights))

    def shuffle(self, items: MutableSequence[Item]) -> None:
        """Bring into random order (Fisher–Yates)."""
        for i in range(len(items) - 1, 0, -1):
            j = int(self.uniform() * (i + 1))
            items[i], items[j] = items[j], items[i]
