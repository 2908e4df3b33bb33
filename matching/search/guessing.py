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
from matching.search.best import Best, Indices, bar_at, bars_at
from matching.search.kernels import EVERYBODY
from matching.search.laid import LeftSide, RightSide, Sizes
from matching.search.scanning import Progress, Search, total_weights

SAMPLED = 8
"""Every so many records of the other side are sampled."""
SPARE_PLACES = 2.0
"""A guess is the place that so many times the expected share of the top lies at; our choice:
it fails for about one record in a hundred."""
FEW, SPARE_OF_FEW = 64, 4.5
"""The same for the first guess, with which the sample is searched: it hardly ever fails."""
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

    start = bar_at(wanted.least)
    bests = (
        Best.none_yet(sizes[0], min(wanted.top, sizes[1]), start),
        Best.none_yet(sizes[1], min(wanted.top, sizes[0]), start),
    )
    whole = Whole((left, right), bests, wanted, told)
    guesses = whole.by_rounds() if pairs >= WORTH_A_GUESS else whole.at_once()
    _search_left_again(whole, guesses[0])
    _search_right_again(whole, guesses[1])
    return Found(left, right, *bests, whole.scored, whole.skipped)


def _all(records: int) -> Integers:
    return np.arange(records, dtype=np.int32)


class Whole:
    """A search of all pairs, as far as it has come.

    Attributes
    ----------
    sides, bests : of the left and of the right
    scored, skipped : int
        Pairs done.
    """

    def __init__(
        self,
        sides: tuple[LeftSide, RightSide],
        bests: tuple[Best, Best],
        wanted: Wanted,
        told: Callable[[int], object],
    ) -> None:
        self.sides, self.bests, self.wanted, self.told = sides, bests, wanted, told
        self.scored = self.skipped = 0

    def at_once(self) -> tuple[Steps, Steps]:
        """Search all; gives the bars that nobody had to guess."""
        left, right = self.bests
        start = left.bars.copy(), right.bars.copy()
        self._search(self.sides, self.bests)
        return start

    def by_rounds(self) -> tuple[Steps, Steps]:
        """Search a sample of either side before the rest, and guess bars from what it finds.

        Every pair is of one round: all left ones meet the sample of the right; then the sample
        of the left meets the rest of the right; then rest meets rest.
        """
        left, right = self.bests
        _raise(left, self._roughly_left())
        _raise(right, self._roughly_right())
        guesses = left.bars.copy(), right.bars.copy()
        some_left, rest_left = sampled(len(left.held))
        some_right, rest_right = sampled(len(right.held))
        places = int(np.ceil(self.wanted.top / SAMPLED * SPARE_PLACES))
        self._round(_all(len(left.held)), some_right)
        guesses[0][:] = np.maximum(guesses[0], left.place(places))
        _raise(left, guesses[0])
        self._round(some_left, rest_right)
        guesses[1][rest_right] = np.maximum(
            guesses[1][rest_right], right.some(rest_right).place(places)
        )
        _raise(right, guesses[1])
        self._round(rest_left, rest_right)
        return guesses

    def _roughly_left(self) -> Steps:
        """Bars of the left, from a few of the right."""
        left, right = self.sides
        few = slice(FEW // 2, None, FEW)
        some = RightSide.of(left.comparisons, right.positions[few], self.wanted.sizes)
        firsts = self._looked_over((left, some), (self._room, 0)).lefts
        return _bars((left.positions, firsts.who), firsts, self._few, left.comparisons)

    def _roughly_right(self) -> Steps:
        left, right = self.sides
        few = slice(FEW // 2, None, FEW)
        wanted = self.wanted
        some = LeftSide.of(left.comparisons, left.positions[few], wanted.sizes, wanted.jobs)
        firsts = self._looked_over((some, right), (0, self._room)).rights
        return _bars((firsts.who, right.positions), firsts, self._few, left.comparisons)

    @property
    def _few(self) -> int:
        return int(np.ceil(self.wanted.top / FEW * SPARE_OF_FEW))

    @property
    def _room(self) -> int:
        return int(np.ceil(self._few * LOOKED_AT))

    def _looked_over(self, sides: tuple[LeftSide, RightSide], tops: tuple[int, int]) -> Search:
        """Find whom the bounds put first among a few, without weighing anybody."""
        start = bar_at(self.wanted.least)
        bests = (
            Best.none_yet(len(sides[0].positions), tops[0], start),
            Best.none_yet(len(sides[1].positions), tops[1], start),
        )
        search = Search(sides, bests, self.wanted.least, self.wanted.sizes, rough=True)
        search.run(self.wanted.jobs, lambda _: self.told(0))
        return search

    def _round(self, some: Indices, others: Indices) -> None:
        """Search some left records, by place, against some right ones."""
        if not len(some) or not len(others):
            return
        left, right = self.sides
        wanted, comparisons = self.wanted, left.comparisons
        all_left = len(some) == len(left.positions)
        lefts = self.bests[0] if all_left else self.bests[0].some(some)
        rights = self.bests[1].some(others)
        sides = (
            left
            if all_left
            else LeftSide.of(comparisons, left.positions[some], wanted.sizes, wanted.jobs),
            RightSide.of(comparisons, right.positions[others], wanted.sizes),
        )
        self._search(sides, (lefts, rights))
        if not all_left:
            self.bests[0].take_over(some, lefts)
        self.bests[1].take_over(others, rights)

    def _search(self, sides: tuple[LeftSide, RightSide], bests: tuple[Best, Best]) -> None:
        before = self.scored + self.skipped
        search = Search(sides, bests, self.wanted.least, self.wanted.sizes)
        search.run(self.wanted.jobs, lambda done: self.told(before + done))
        self.scored += search.scored
        self.skipped += search.skipped


def sampled(records: int) -> tuple[Indices, Indices]:
    """Places of the sample, and of the rest; both rise, as the order of the scan does."""
    of_sample = _all(records) % SAMPLED == SAMPLED // 2
    return np.flatnonzero(of_sample), np.flatnonzero(~of_sample)


def _raise(best: Best, bars: Steps) -> None:
    np.maximum(best.bars, bars, out=best.bars)


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


def failed(best: Best, guesses: Steps, least: float) -> Integers:
    """Places of the records that do not reach their guess: they may have lost a pairing."""
    beyond = (best.reached < guesses) & (guesses > bar_at(least))
    places: Integers = np.flatnonzero(beyond).astype(np.int32)
    return places


def _search_left_again(whole: Whole, guesses: Steps) -> None:
    best, wanted = whole.bests[0], whole.wanted
    again = failed(best, guesses, wanted.least)
    if not len(again):
        return
    left, right = whole.sides
    positions = left.positions[again]
    some = LeftSide.of(left.comparisons, positions, wanted.sizes, wanted.jobs)
    bars = np.maximum(best.reached[again], bar_at(wanted.least))
    bests = (
        Best.none_yet(len(again), best.scores.shape[1], bars),
        Best.none_yet(len(right.positions), 0, EVERYBODY),
    )
    _search_again(whole, (some, right), bests)
    best.take_over(again, bests[0])


def _search_right_again(whole: Whole, guesses: Steps) -> None:
    best, wanted = whole.bests[1], whole.wanted
    again = failed(best, guesses, wanted.least)
    if not len(again):
        return
    left, right = whole.sides
    some = RightSide.of(left.comparisons, right.positions[again], wanted.sizes)
    bars = np.maximum(best.reached[again], bar_at(wanted.least))
    bests = (
        Best.none_yet(len(left.positions), 0, EVERYBODY),
        Best.none_yet(len(again), best.scores.shape[1], bars),
    )
    _search_again(whole, (left, some), bests)
    best.take_over(again, bests[1])


def _search_again(
    whole: Whole, sides: tuple[LeftSide, RightSide], bests: tuple[Best, Best]
) -> None:
    """Search once more those whose guess failed; their pairs are not counted again."""
    search = Search(sides, bests, whole.wanted.least, whole.wanted.sizes)
    done = whole.scored + whole.skipped
    search.run(whole.wanted.jobs, lambda _: whole.told(done))
