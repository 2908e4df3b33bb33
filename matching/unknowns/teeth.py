"""A dental chart that nobody has made yet: drawn many times, always the same draws.

Charts of 28 teeth are too many to list. They are drawn from the model by points spread evenly
(a Richtmyer sequence), so that the same pair always gives the same digits.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import fmod, prod, sqrt
from typing import Any, NamedTuple

from matching.evidence.charts import NOTHING, PLACES, STAGES
from matching.evidence.teeth import (
    BANDS,
    SeenTeeth,
    Sort,
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


class Ladder(NamedTuple):
    """The shares of `LETTERS`, one put upon the other, and what they come to."""

    reached: Sequence[float]
    whole: float


class Mouth(NamedTuple):
    """A sort of mouth to draw from: anybody's by place in the chart, later by letter told."""

    common: Sequence[Ladder]
    step: Mapping[str, Ladder]
    long_step: Mapping[str, Ladder]


class Drawing(NamedTuple):
    """What all draws of one pair have in common.

    `old` is the share of old charts. With one chart, `shares` are those of the sorts of mouths
    it may come from; with a chart seen alone, `before` are the earlier letters of each tooth
    in each sort.
    """

    told: ToldTeeth | None
    seen: SeenTeeth | None
    sorts: Sequence[Sort]
    mouths: Sequence[Mouth]
    old: float
    shares: Sequence[float] = ()
    before: Sequence[Sequence[Ladder]] = ()


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
    parameters: Any = case.model.teeth
    sorts = sorts_of_mouths(parameters)
    told, seen = told_teeth(case.missing), seen_teeth(case.remains)
    drawing = _drawing(told, seen, sorts, parameters.old.share)
    for number in range(1, DRAWS + 1):
        at = [fmod(number * root, 1.0) for root in ROOTS]
        for if_same in (True, False):
            pair = _drawn(drawing, at, if_same=if_same)
            weighed = weigh_charts(*pair, parameters, case.rarity.teeth, sorts=sorts)
            weight = weighed.log10_lr if weighed else 0.0
            yield Answer(float(if_same), float(not if_same), weight)


def _drawing(
    told: ToldTeeth | None, seen: SeenTeeth | None, sorts: Sequence[Sort], old: float
) -> Drawing:
    drawing = Drawing(told, seen, sorts, [_mouth(sort) for sort in sorts], old)
    if told is not None:
        return drawing._replace(shares=shares_of_sorts(told, sorts))
    if seen is None:
        return drawing
    before = [_before(sort.common, sort.step, seen) for sort in sorts]
    shares = [
        sort.shares[seen.band] * prod(each.whole for each in teeth)
        for sort, teeth in zip(sorts, before, strict=True)
    ]
    return drawing._replace(shares=shares, before=before)


def _mouth(sort: Sort) -> Mouth:
    common = {position: _ladder(shares) for position, shares in sort.common.items()}
    return Mouth(
        [common[position] for position in PLACES],
        {letter: _ladder(sort.step[letter]) for letter in LETTERS},
        {letter: _ladder(sort.long_step[letter]) for letter in LETTERS},
    )


def _before(
    common: Mapping[str, Mapping[str, float]],
    step: Mapping[str, Mapping[str, float]],
    seen: SeenTeeth,
) -> list[Ladder]:
    """Give for each tooth the chance of each earlier letter and of what is seen now."""
    return [
        _ladder(
            {
                letter: common[position][letter]
                * (1.0 if after == NOTHING else step[letter][after])
                for letter in LETTERS
            }
        )
        for position, after in zip(PLACES, seen.chart, strict=True)
    ]


def _drawn(
    drawing: Drawing, at: Sequence[float], *, if_same: bool
) -> tuple[ToldTeeth, SeenTeeth]:
    told, shares = drawing.told, drawing.shares
    if drawing.seen is not None and told is None:
        return _told_before(drawing, drawing.seen, at, if_same=if_same), drawing.seen
    if told is None:
        told = _anybody(drawing, at)
        shares = shares_of_sorts(told, drawing.sorts)
        at = [fmod(each + 0.5, 1.0) for each in at]
    if not if_same:
        return told, SeenTeeth(_anybody(drawing, at).chart, told.band)
    mouth = drawing.mouths[_weighed(shares, at[0])]
    step = mouth.long_step if at[1] < drawing.old else mouth.step
    ladders = [
        common if before == NOTHING else step[before]
        for common, before in zip(mouth.common, told.chart, strict=True)
    ]
    return told, SeenTeeth(_picked(ladders, at), told.band)


def _told_before(
    drawing: Drawing, seen: SeenTeeth, at: Sequence[float], *, if_same: bool
) -> ToldTeeth:
    """Draw the chart of which a chart seen may come, or anybody's."""
    if not if_same:
        return _anybody(drawing, at, seen.band)
    return ToldTeeth(_picked(drawing.before[_weighed(drawing.shares, at[0])], at), seen.band)


def _anybody(drawing: Drawing, at: Sequence[float], band: str = BANDS[-1]) -> ToldTeeth:
    sort = _weighed([each.shares[band] for each in drawing.sorts], at[0])
    return ToldTeeth(_picked(drawing.mouths[sort].common, at), band)


def _picked(teeth: Sequence[Ladder], at: Sequence[float]) -> str:
    """Draw each tooth of a chart from its own ladder."""
    return "".join(
        LETTERS[_reached(ladder, chance)] for ladder, chance in zip(teeth, at[2:], strict=True)
    )


def _ladder(chances: Mapping[str, float]) -> Ladder:
    return _shares_upon([chances[letter] for letter in LETTERS])


def _shares_upon(shares: Sequence[float]) -> Ladder:
    return Ladder(list(accumulate(shares)), sum(shares))


def _weighed(shares: Sequence[float], at: float) -> int:
    """Choose the place whose share of the whole holds this point of [0, 1)."""
    return _reached(_shares_upon(shares), at)


def _reached(ladder: Ladder, at: float) -> int:
    return min(bisect_right(ladder.reached, at * ladder.whole), len(ladder.reached) - 1)
