"""The kind of evidence `Kind.TEETH` as the search sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evidence.charts import NOTHING as UNSAID
from matching.evidence.charts import POSITIONS, PRESENT, STAGES, TEETH
from matching.evidence.numbers import LARGEST
from matching.evidence.teeth import (
    Sort,
    chance_of_anybody,
    compared_teeth,
    seen_teeth,
    shares_of_sorts,
    sorts_of_mouths,
    told_teeth,
)
from matching.evidence.weight import Kind
from matching.packing.charted.kernels import SORTS, weigh_charts
from matching.packing.comparison import NOTHING, Floats, Integers, Judged, Keys, Possible
from matching.packing.steps import LOWEST, Steps, steps_above
from matching.packing.valued import Coded, coded
from matching.packing.valued.kernels import fill_columns
from matching.packing.valued.tables import LookedUp, looked_up

MOST_PAIRS = 4_000_000
"""Pairs of distinct charts that are weighed beforehand, in a second or so; of more, each right
chart is bounded by how rare it is."""

LETTERS = "".join(STAGES.values()) + PRESENT
RULES = np.dtype([("old", np.float64), ("unrelated", np.float64), ("largest", np.float64)])
_POSITION = list(dict.fromkeys(POSITIONS))
_NUMBER_OF = {UNSAID: NOTHING} | {letter: at for at, letter in enumerate(LETTERS)}

Numbers = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Side:
    """Distinct charts of one side as numbers of letters, and the share of each sort of mouth.

    `least` is the least share of people that may be claimed of a chart seen.
    """

    records: Coded
    letters: Numbers
    shares: Floats
    least: Floats


@dataclass(frozen=True, slots=True)
class Mouths:
    """Probabilities of letters for each sort of mouth, the last axis; the rules of the kind."""

    step: Floats
    long_step: Floats
    common: Floats
    position: NDArray[np.int8]
    rules: NDArray[np.void]


class Charts:
    """How dental charts are read and laid together."""

    kind = Kind.TEETH

    def tell(self, left: Sequence[Any], judged: Judged) -> Side:
        parameters: Any = judged.model.teeth
        sorts = sorts_of_mouths(parameters)
        charts = coded([told_teeth(one) for one in left])
        shares = [shares_of_sorts(one, sorts) for one in charts.values]
        return _side(charts, shares, [1.0] * len(charts.values), sorts)

    def see(self, right: Sequence[Any], judged: Judged) -> Side:
        parameters: Any = judged.model.teeth
        sorts = sorts_of_mouths(parameters)
        charts = coded([seen_teeth(one) for one in right])
        shares = [[sort.shares[one.band] for sort in sorts] for one in charts.values]
        least = [
            judged.rarity.teeth.least_share(one.chart, parameters.reference_charts)
            for one in charts.values
        ]
        return _side(charts, shares, least, sorts)

    def compare(self, told: Side, seen: Side, judged: Judged) -> "LookedUp | ChartsCompared":
        mouths = _mouths(judged)
        shape = (len(told.records.values), len(seen.records.values))
        if shape[0] * shape[1] > MOST_PAIRS:
            return _bounded(told, seen, mouths, judged)
        left, right = np.indices(shape, dtype=np.int32).reshape(2, -1)
        alone = (np.arange(shape[0], dtype=np.int32), np.arange(shape[1], dtype=np.int32))
        weights = _weigh((left, right), alone, (told, seen), mouths)
        codes = (told.records.codes, seen.records.codes)
        return looked_up(Kind.TEETH, *codes, weights.reshape(shape))


@dataclass(frozen=True, slots=True)
class ChartsCompared:
    """Charts too many to be weighed beforehand: one class, bounded by how rare a chart is."""

    kind: Kind
    rows: Integers
    most: Steps
    told: Side
    seen: Side
    mouths: Mouths
    steps: Steps
    keys: Keys | None = None
    least: int = LOWEST
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_columns(classes, right, table, at, self.seen.records.codes, self.steps)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        codes = (self.told.records.codes, self.seen.records.codes)
        return _weigh((left, right), codes, (self.told, self.seen), self.mouths)


def _side(
    charts: Coded, shares: Sequence[Sequence[float]], least: Sequence[float], sorts: Any
) -> Side:
    letters = [[_NUMBER_OF[letter] for letter in one.chart] for one in charts.values]
    return Side(
        charts,
        np.array(letters, dtype=np.int8).reshape(-1, len(TEETH)),
        _filled_up(np.array(shares, dtype=np.float64).reshape(-1, len(sorts))),
        np.array(least, dtype=np.float64),
    )


def _mouths(judged: Judged) -> Mouths:
    parameters: Any = judged.model.teeth
    sorts = sorts_of_mouths(parameters)
    rules = np.zeros(1, dtype=RULES)
    rules["old"], rules["unrelated"] = parameters.old.share, parameters.unrelated
    rules["largest"] = LARGEST
    stages = tuple(STAGES.values())
    return Mouths(
        _by_letter([[sort.step[told] for told in stages] for sort in sorts]),
        _by_letter([[sort.long_step[told] for told in stages] for sort in sorts]),
        _by_letter([[sort.common[position] for position in _POSITION] for sort in sorts]),
        np.array([_POSITION.index(position) for position in POSITIONS], dtype=np.int8),
        rules,
    )


def _by_letter(chances: Sequence[Sequence[Any]]) -> Floats:
    by_sort = np.array(
        [[[one[letter] for letter in LETTERS] for one in of_sort] for of_sort in chances]
    )
    return _filled_up(np.moveaxis(by_sort, 0, -1))


def _filled_up(by_sort: Floats) -> Floats:
    """Add sorts of mouths that nobody has, up to as many as are weighed side by side."""
    more = -by_sort.shape[-1] % SORTS
    return np.pad(by_sort, [*[(0, 0)] * (by_sort.ndim - 1), (0, more)])


def _weigh(
    pairs: tuple[Integers, Integers],
    charts_of: tuple[Integers, Integers],
    sides: tuple[Side, Side],
    mouths: Mouths,
) -> Floats:
    told, seen = sides
    weights: Floats = weigh_charts(
        *pairs, *charts_of, told.letters, seen.letters, told.shares, seen.shares, seen.least,
        mouths.step, mouths.long_step, mouths.common, mouths.position, mouths.rules,
    )  # fmt: skip
    return weights


def _bounded(told: Side, seen: Side, mouths: Mouths, judged: Judged) -> ChartsCompared:
    """Bound each chart seen: whoever it is, no mouth is seen with more than certainty.

    Of the teeth compared anybody has what is seen at least as often as of all teeth seen.
    """
    parameters: Any = judged.model.teeth
    sorts: tuple[Sort, ...] = sorts_of_mouths(parameters)
    anybody = [
        chance_of_anybody(one.band, compared_teeth(one.chart, one.chart), sorts)
        for one in seen.records.values
    ]
    ratio = 1 / np.maximum(anybody, seen.least)
    bound = np.log10(parameters.unrelated + (1 - parameters.unrelated) * ratio)
    steps = steps_above(np.minimum(bound, LARGEST))[:, None]
    rows = np.where(told.records.codes == NOTHING, NOTHING, 0).astype(np.int32)
    return ChartsCompared(
        kind=Kind.TEETH,
        rows=rows[:, None],
        most=steps.max(axis=0, initial=0),
        told=told,
        seen=seen,
        mouths=mouths,
        steps=np.ascontiguousarray(steps),
    )
