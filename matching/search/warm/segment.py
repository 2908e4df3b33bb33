"""Some records of one side, packed once: finds the nearest of them to one new record."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.packing import Judged, evidence_of
from matching.packing.comparison import Floats, Integers
from matching.packing.steps import STEPS
from matching.search.kernels import add_weights
from matching.search.warm.kernels import (
    ABOVE_ALL,
    HIGHEST_SUM,
    LOWEST_SUM,
    between,
    reached_by,
    rule_out,
)
from matching.search.warm.kinds import Kept, Laid, Sums, kept

FIRST_WEIGHED = 4
"""So many times the places asked for are weighed first; what they reach bounds the rest."""


@dataclass(frozen=True, slots=True)
class Near:
    """Some kept records by position, their total weights, and the weights kind by kind."""

    positions: Integers
    log10_lr: Floats
    weights: NDArray[np.float64]

    @classmethod
    def together(cls, parts: "Sequence[Near]") -> "Near":
        """Put several lots together."""
        return cls(
            np.concatenate([part.positions for part in parts]),
            np.concatenate([part.log10_lr for part in parts]),
            np.concatenate([part.weights for part in parts]),
        )

    def chosen(self, which: NDArray[Any]) -> "Near":
        """Give some of them, in this order."""
        return Near(self.positions[which], self.log10_lr[which], self.weights[which])


class Segment:
    """Packed records of one side; a removed one stays, and is ruled out.

    Attributes
    ----------
    keys : list
        What names each record.
    alive : bool array
    """

    def __init__(
        self,
        keys: Sequence[Hashable],
        records: Sequence[Any],
        judged: Judged,
        *,
        is_left: bool,
    ) -> None:
        self.keys = list(keys)
        self.alive = np.ones(len(keys), dtype=np.bool_)
        self._kinds: list[Kept] = [
            kept(evidence, records, judged, is_left=is_left)
            for evidence in evidence_of(judged.model)
        ]

    def nearest(
        self, one: Any, top: int | None, least: float, barred: Sequence[int] = ()
    ) -> Near:
        """Find the `top` nearest records of those that weigh `least` or more; all if None.

        `barred`: positions of those that it may not meet.
        """
        laid = [kind.lay(one) for kind in self._kinds]
        sums = self._sums(laid, barred)
        bar = _bar(least)
        if top is None:
            return _worth(_weighed(between(sums, bar, ABOVE_ALL), laid), least)
        found, below = _weighed(between(sums, 0, 0), laid), ABOVE_ALL
        wanted = FIRST_WEIGHED * top
        while below > bar:
            reached = max(int(reached_by(sums, wanted)), bar)
            more = _weighed(between(sums, reached, below), laid)
            found, below = _worth(Near.together([found, more]), least), reached
            if len(found.log10_lr) >= top:
                bar = max(bar, _bar(np.partition(found.log10_lr, -top)[-top]))
            wanted *= FIRST_WEIGHED
        return found

    def _sums(self, laid: Sequence[Laid | None], barred: Sequence[int]) -> Sums:
        sums = np.zeros(len(self.keys), dtype=np.int32)
        for kind in laid:
            if kind is not None:
                kind.add_bounds(sums)
        for kind in laid:
            if kind is not None and kind.impossible is not None:
                rule_out(sums, kind.impossible)
        out = ~self.alive
        out[list(barred)] = True
        rule_out(sums, out)
        return sums


def _bar(least: float) -> int:
    """Give the steps below which no record can weigh `least`; one to spare for rounding."""
    if least == -inf:
        return LOWEST_SUM
    return int(min(max(np.floor(least * STEPS) - 1, LOWEST_SUM), HIGHEST_SUM))


def _weighed(positions: Integers, laid: Sequence[Laid | None]) -> Near:
    """Weigh some records exactly, kind by kind in the order of `Kind`, as `rank` does."""
    weights = np.full((len(positions), len(laid)), np.nan)
    total = np.zeros(len(positions))
    for column, kind in enumerate(laid):
        if kind is not None:
            of_kind = kind.weigh(positions)
            weights[:, column] = of_kind
            add_weights(total, of_kind)
    return Near(positions, total, weights)


def _worth(near: Near, least: float) -> Near:
    return near.chosen((near.log10_lr >= least) & (near.log10_lr > -inf))
