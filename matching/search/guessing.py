"""Searches all pairs, with bars guessed from a sample, and searches again where a guess failed.

Without a guess, the first candidates of each record are weighed only to be displaced by later
ones: some k ln(n / k) of them. A few of the best among every eighth record of the other
side say about where the last place will lie. A guess is never trusted: whoever does not reach
it in the end is searched once more, without.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matching.packing.comparison import Comparison, Integers
from matching.packing.steps import Steps
from matching.search.best import Best, bar_at, bars_at
from matching.search.kernels import EVERYBODY
from matching.search.laid import LeftSide, RightSide, Sizes
from matching.search.scanning import Progress, Search, total_weights

SAMPLED = 8
"""Every so many records of the other side are sampled."""
SPARE_PLACES = 1.7
"""A guess is the place that so many times the expected share of the top lies at; our choice:
it fails for about one record in forty."""
LOOKED_AT = 2
"""So many times these places are weighed: whom the bounds put first is not always first."""
AT_A_TIME = 65_536
"""Pairs weighed together."""
WORTH_A_GUESS = 4_000_000
"""Pairs from which on a sample pays."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a search: places of each side, the least weight, threads."""

    top: int
    least: float
    jobs: int
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(frozen=True, slots=True)
class Found:
    """The best of both sides, in the order of the scan, and how many pairs were scored."""

    left: LeftSide
    right: RightSide
    lefts: Best
    rights: Best
    scored: int
    skipped: int


def search(
    comparisons: tuple[Comparison, ...],
    sizes: tuple[int, int],
    wanted: Wanted,
    progress: Progress | None = None,
) -> Found:
    """Find the best of all records of both sides.

    Parameters
    ----------
    comparisons : tuple of Comparison
    sizes : (int, int)
        Records of the left and of the right.
    wanted : Wanted
    progress : callable, optional

    Returns
    -------
    Found

    Raises
    ------
    SearchStopped
        If `progress` answers False.
    """
    pairs = sizes[0] * sizes[1]
    left = LeftSide.of(comparisons, _all(sizes[0]), wanted.sizes, wanted.jobs)
    right = RightSide.of(comparisons, _all(sizes[1]), wanted.sizes)

    def told(done: int) -> object:
        return None if progress is None else progress(done, pairs)

    guesses = _guessed(left, right, wanted, lambda _: told(0))
    bests = (
        Best.none_yet(sizes[0], min(wanted.top, sizes[1]), guesses[0]),
        Best.none_yet(sizes[1], min(wanted.top, sizes[0]), guesses[1]),
    )
    whole = Search((left, right), bests, wanted.least, wanted.sizes)
    whole.run(wanted.jobs, told)
    _search_left_again(whole, guesses[0], wanted, lambda _: told(pairs))
    _search_right_again(whole, guesses[1], wanted, lambda _: told(pairs))
    return Found(left, right, *bests, whole.scored, whole.skipped)


def _all(records: int) -> Integers:
    return np.arange(records, dtype=np.int32)


def _guessed(
    left: LeftSide, right: RightSide, wanted: Wanted, told: Callable[[int], object]
) -> tuple[Steps, Steps]:
    """Bars of both sides, from the best places among a sample of the other."""
    n_left, n_right = len(left.positions), len(right.positions)
    start = bar_at(wanted.least)
    if n_left * n_right < WORTH_A_GUESS:
        return np.full(n_left, start, np.int16), np.full(n_right, start, np.int16)
    some = slice(SAMPLED // 2, None, SAMPLED)
    some_right = RightSide.of(left.comparisons, right.positions[some], wanted.sizes)
    some_left = LeftSide.of(left.comparisons, left.positions[some], wanted.sizes, wanted.jobs)
    places = int(np.ceil(wanted.top / SAMPLED * SPARE_PLACES))
    room = int(np.ceil(places * LOOKED_AT))
    firsts = _looked_over((left, some_right), (room, 0), wanted, told).lefts
    for_left = _bars((left.positions, firsts.who), firsts, places, left.comparisons)
    firsts = _looked_over((some_left, right), (0, room), wanted, told).rights
    for_right = _bars((firsts.who, right.positions), firsts, places, left.comparisons)
    return np.maximum(for_left, start), np.maximum(for_right, start)


def _bars(
    sides: tuple[Integers, Integers],
    firsts: Best,
    places: int,
    comparisons: tuple[Comparison, ...],
) -> Steps:
    """Weigh whom the bounds put first, and take the last place that a record has among them.

    One of the sides is a column of each record's own positions, the other of theirs.
    """
    room = firsts.who.shape[1]
    held = np.flatnonzero(np.arange(room) < firsts.held[:, None])
    weights = np.full(firsts.who.shape, -np.inf)
    left, right = (
        side.reshape(len(firsts.who), -1) if side.ndim == 1 else side for side in sides
    )
    for start in range(0, len(held), AT_A_TIME):
        some = held[start : start + AT_A_TIME]
        record, place = np.divmod(some, room)
        pairs = (left[record, place % left.shape[1]], right[record, place % right.shape[1]])
        weights.ravel()[some] = total_weights(comparisons, *pairs)
    weights.partition(room - places, axis=1)
    return bars_at(weights[:, room - places])


def _looked_over(
    sides: tuple[LeftSide, RightSide],
    tops: tuple[int, int],
    wanted: Wanted,
    told: Callable[[int], object],
) -> Search:
    """Find whom the bounds put first among a sample, without weighing anybody."""
    start = bar_at(wanted.least)
    bests = (
        Best.none_yet(len(sides[0].positions), tops[0], start),
        Best.none_yet(len(sides[1].positions), tops[1], start),
    )
    search = Search(sides, bests, wanted.least, wanted.sizes, rough=True)
    search.run(wanted.jobs, told)
    return search


def _searched(  # noqa: PLR0917 - both sides of each of three things, and what is asked
    sides: tuple[LeftSide, RightSide],
    tops: tuple[int, int],
    bars: tuple[int | Steps, int | Steps],
    wanted: Wanted,
    told: Callable[[int], object],
) -> Search:
    bests = (
        Best.none_yet(len(sides[0].positions), tops[0], bars[0]),
        Best.none_yet(len(sides[1].positions), tops[1], bars[1]),
    )
    search = Search(sides, bests, wanted.least, wanted.sizes)
    search.run(wanted.jobs, told)
    return search


def failed(best: Best, guesses: Steps, least: float) -> Integers:
    """Places of the records that do not reach their guess: they may have lost a pairing."""
    beyond = (best.reached < guesses) & (guesses > bar_at(least))
    places: Integers = np.flatnonzero(beyond).astype(np.int32)
    return places


def _search_left_again(
    whole: Search, guesses: Steps, wanted: Wanted, told: Callable[[int], object]
) -> None:
    again = failed(whole.lefts, guesses, wanted.least)
    if not len(again):
        return
    comparisons = whole.left.comparisons
    positions = whole.left.positions[again]
    some = LeftSide.of(comparisons, positions, wanted.sizes, wanted.jobs)
    bars = np.maximum(whole.lefts.reached[again], bar_at(wanted.least))
    tops = whole.lefts.scores.shape[1], 0
    search = _searched((some, whole.right), tops, (bars, EVERYBODY), wanted, told)
    _take_over(whole.lefts, again, search.lefts)


def _search_right_again(
    whole: Search, guesses: Steps, wanted: Wanted, told: Callable[[int], object]
) -> None:
    again = failed(whole.rights, guesses, wanted.least)
    if not len(again):
        return
    comparisons = whole.left.comparisons
    some = RightSide.of(comparisons, whole.right.positions[again], wanted.sizes)
    bars = np.maximum(whole.rights.reached[again], bar_at(wanted.least))
    tops = 0, whole.rights.scores.shape[1]
    search = _searched((whole.left, some), tops, (EVERYBODY, bars), wanted, told)
    _take_over(whole.rights, again, search.rights)


def _take_over(best: Best, places: Integers, found: Best) -> None:
    best.scores[places], best.who[places] = found.scores, found.who
    best.held[places] = found.held
