"""A dental chart that nobody has made yet: drawn many times, always the same draws.

Charts of 28 teeth are too many to list. They are drawn from the model by points spread evenly
(a Richtmyer sequence), so that the same pair always gives the same digits.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import fmod, prod, sqrt
from typing import Any

from matching.evidence.charts import NOTHING, STAGES, TEETH, position_of
from matching.evidence.teeth import (
    BANDS,
    SeenTeeth,
    Sort,
    TeethParameters,
    ToldTeeth,
    seen_teeth,
    shares_of_sorts,
    sorts_of_mouths,
    told_teeth,
    weigh_charts,
)
from matching.unknowns.answers import Answer
from matching.unknowns.values import Case

DRAWS = 96
LETTERS = tuple(STAGES.values())
PRIMES = (
    *(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47),
    *(53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113),
)
ROOTS = tuple(sqrt(prime) for prime in PRIMES)
"""One for the sort of mouth, one for the age of the chart, one for each tooth."""


def possible_charts(case: Case) -> Iterator[Answer]:
    """Draw what the teeth would say once the side that lacks a chart had one.

    Parameters
    ----------
    case : Case
        One side with a chart, or none.

    Yields
    ------
    Answer
        `DRAWS` as the teeth of this person would be, and as many of anybody.
    """
    told, seen = told_teeth(case.missing), seen_teeth(case.remains)
    parameters: Any = case.model.teeth
    sorts = sorts_of_mouths(parameters)
    for number in range(1, DRAWS + 1):
        at = [fmod(number * root, 1.0) for root in ROOTS]
        for if_same in (True, False):
            pair = _drawn(told, seen, sorts, (parameters, at, if_same))
            weighed = weigh_charts(*pair, parameters, case.rarity.teeth, sorts=sorts)
            weight = weighed.log10_lr if weighed else 0.0
            yield Answer(float(if_same), float(not if_same), weight)


def _drawn(
    told: ToldTeeth | None,
    seen: SeenTeeth | None,
    sorts: Sequence[Sort],
    drawing: tuple[TeethParameters, Sequence[float], bool],
) -> tuple[ToldTeeth, SeenTeeth]:
    parameters, at, if_same = drawing
    if told is None and seen is not None:
        return _told_before(seen, sorts, drawing), seen
    if told is None:
        told = _anybody(sorts, at)
        at = [fmod(each + 0.5, 1.0) for each in at]
    if not if_same:
        return told, SeenTeeth(_anybody(sorts, at).chart, told.band)
    shares = shares_of_sorts(told, sorts)
    sort, step = _sort_and_step(sorts, shares, parameters, at)
    chart = "".join(
        _pick(sort.common[position_of(tooth)] if before == NOTHING else step[before], chance)
        for (tooth, before), chance in zip(enumerate(told.chart), at[2:], strict=True)
    )
    return told, SeenTeeth(chart, told.band)


def _told_before(
    seen: SeenTeeth,
    sorts: Sequence[Sort],
    drawing: tuple[TeethParameters, Sequence[float], bool],
) -> ToldTeeth:
    """Draw the chart of which a chart seen may come, or anybody's."""
    parameters, at, if_same = drawing
    if not if_same:
        return ToldTeeth(_anybody(sorts, at, seen.band).chart, seen.band)
    before = [_before(sort.common, sort.step, seen) for sort in sorts]
    shares = [
        sort.shares[seen.band] * prod(sum(each.values()) for each in teeth)
        for sort, teeth in zip(sorts, before, strict=True)
    ]
    chosen, _ = _sort_and_step(sorts, shares, parameters, at)
    teeth = before[sorts.index(chosen)]
    chart = "".join(_pick(each, chance) for each, chance in zip(teeth, at[2:], strict=True))
    return ToldTeeth(chart, seen.band)


def _before(
    common: Mapping[str, Mapping[str, float]],
    step: Mapping[str, Mapping[str, float]],
    seen: SeenTeeth,
) -> list[dict[str, float]]:
    """Give for each tooth the chance of each earlier letter and of what is seen now."""
    return [
        {
            letter: common[position_of(tooth)][letter]
            * (1.0 if after == NOTHING else step[letter][after])
            for letter in LETTERS
        }
        for tooth, after in enumerate(seen.chart)
    ]


def _anybody(sorts: Sequence[Sort], at: Sequence[float], band: str = BANDS[-1]) -> ToldTeeth:
    sort = _weighed([each.shares[band] for each in sorts], at[0])
    chart = "".join(
        _pick(sorts[sort].common[position_of(tooth)], chance)
        for tooth, chance in zip(range(len(TEETH)), at[2:], strict=True)
    )
    return ToldTeeth(chart, band)


def _sort_and_step(
    sorts: Sequence[Sort],
    shares: Sequence[float],
    parameters: TeethParameters,
    at: Sequence[float],
) -> tuple[Sort, Mapping[str, Mapping[str, float]]]:
    sort = sorts[_weighed(shares, at[0])]
    return sort, sort.long_step if at[1] < parameters.old.share else sort.step


def _pick(chances: Mapping[str, float], at: float) -> str:
    return LETTERS[_weighed([chances[letter] for letter in LETTERS], at)]


def _weighed(shares: Sequence[float], at: float) -> int:
    """Choose the place whose share of the whole holds this point of [0, 1)."""
    reached = list(accumulate(shares))
    return min(bisect_right(reached, at * sum(shares)), len(shares) - 1)
