"""The best pairings of each record of one side, as far as a search has come."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.packing.comparison import Floats, Integers
from matching.packing.steps import STEPS, Steps
from matching.search.kernels import EVERYBODY, NOBODY

Indices = NDArray[np.intp] | Integers


@dataclass(frozen=True, slots=True)
class Best:
    """Heaps with the last place on top, one for each record, in the order of the scan.

    Attributes
    ----------
    scores : float64 array, shape (n, top)
    who : int32 array, shape (n, top)
        Positions of the others in the input.
    held : int32 array, shape (n,)
    bars : int16 array, shape (n,)
        Steps below which nothing is kept; they only rise.
    """

    scores: Floats
    who: Integers
    held: Integers
    bars: Steps

    @classmethod
    def none_yet(cls, records: int, top: int, bars: int | Steps) -> Self:
        """Nothing found; a side that asks for none has bars that nothing reaches."""
        return cls(
            np.empty((records, top)),
            np.empty((records, top), dtype=np.int32),
            np.zeros(records, dtype=np.int32),
            np.full(records, bars if top else NOBODY, dtype=np.int16),
        )

    def part(self, some: slice) -> "Best":
        """Give views of some records."""
        return Best(
            self.scores[some],
            self.who[some],
            self.held[some],
            self.bars[some],
        )

    def some(self, places: Indices) -> "Best":
        """Give copies of some records, which `take_over` brings back."""
        return Best(self.scores[places], self.who[places], self.held[places], self.bars[places])

    def take_over(self, places: Indices, found: "Best") -> None:
        """Put what was found of some records in their places."""
        self.scores[places], self.who[places] = found.scores, found.who
        self.held[places], self.bars[places] = found.held, found.bars

    def place(self, number: int) -> Steps:
        """Bars at the `number`-th best of each, from 1 on; `EVERYBODY` where fewer are held."""
        top = self.scores.shape[1]
        if number > top:
            return np.full(len(self.held), EVERYBODY, dtype=np.int16)
        held = np.where(np.arange(top) < self.held[:, None], self.scores, -np.inf)
        held.partition(top - number, axis=1)
        return bars_at(held[:, top - number])

    @property
    def reached(self) -> Steps:
        """Bars that the last places really reach; `EVERYBODY` where fewer are held."""
        full = self.held == self.scores.shape[1]
        return bars_at(np.where(full, self.scores[:, 0], -np.inf))


def bars_at(weights: Floats) -> Steps:
    """Give the steps below which nothing can be kept, for many; one spare for rounding."""
    steps = np.clip(np.floor(weights * STEPS) - 1, EVERYBODY, NOBODY)
    bars: Steps = steps.astype(np.int16)
    return bars


def bar_at(weight: float) -> int:
    """Give the steps below which nothing can be kept; one spare for rounding."""
    return int(bars_at(np.array([weight]))[0])
