"""Takes parts of both sides to the scan, on several threads, until all have met.

A part of the left and a chunk of the right are searched by one thread at a time, so no two
threads ever write to the best of one record, and each profits at once from what was found.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple

import numpy as np

from matching.errors import SearchStopped
from matching.packing.comparison import LANES, NOTHING, Comparison, Floats, Integers
from matching.packing.steps import STEPS, Steps
from matching.search.best import Best
from matching.search.kernels import (
    EVERYBODY,
    add_weights,
    keep,
    scan,
    tighten,
)
from matching.search.laid import LeftSide, RightSide, Sizes
from matching.search.part import Loose, Part

Progress = Callable[[int, int], object]
"""Hears of pairs done and pairs in all; an answer of False, and only that, stops the search."""

UNKNOWN = 0.1
"""Share of bars unknown up to which pairs are weighed many at a time; our choice."""

Meeting = tuple[slice, slice]
Known = dict[int, Floats]
NONE_KNOWN: Mapping[int, Floats] = {}


class Here(NamedTuple):
    """A part of the left and a chunk of the right that meet: bounds, and the best of both."""

    part: Part
    right: Integers
    table: Steps
    lefts: Best
    rights: Best

    def positions_of(self, pair: Sequence[Integers]) -> tuple[Integers, Integers]:
        """Positions in the input of pairs of places."""
        return self.part.positions[pair[0]], self.right[pair[1]]


class Handed(NamedTuple):
    """Pairs handed back by the scan: what they weigh at most, and what is known exactly."""

    pair: list[Integers]
    scores: Integers
    known: Known


class Search:
    """One search of a left side over a right side.

    Attributes
    ----------
    lefts, rights : Best
        The best of both sides, in the order of the scan.
    scored, skipped : int
        Pairs, as far as the search has come.

    Notes
    -----
    A `rough` search keeps whom the bounds put first, and weighs nobody.
    """

    def __init__(
        self,
        sides: tuple[LeftSide, RightSide],
        best: tuple[Best, Best],
        least: float,
        sizes: Sizes,
        *,
        rough: bool = False,
    ) -> None:
        self.left, self.right = sides
        self.lefts, self.rights = best
        self._least, self._sizes, self._rough = least, sizes, rough
        self._buffers: list[Buffers] = []
        self._shared: dict[int, dict[int, Steps]] = {}
        parts = len(self.left.slices)
        self._to_meet = {one.start: parts for one in self.right.slices}
        self.scored = self.skipped = 0

    def run(self, jobs: int, progress: Callable[[int], object]) -> None:
        """Let all parts meet, and tell how many pairs are done.

        Raises
        ------
        SearchStopped
            If `progress` answers False.
        """
        waiting = self._meetings()
        busy: dict[Future[None], Meeting] = {}
        self._buffers = [Buffers() for _ in range(jobs)]
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            while waiting or busy:
                for meeting in free(waiting, busy.values(), jobs - len(busy)):
                    waiting.remove(meeting)
                    busy[pool.submit(self._meet, *meeting)] = meeting
                done, _ = wait(busy, return_when=FIRST_COMPLETED)
                for one in done:
                    del busy[one]
                    one.result()
                if progress(self.scored + self.skipped) is False:
                    raise SearchStopped("the search was stopped before its end")

    def _meetings(self) -> list[Meeting]:
        """Chunk after chunk, newest first, with the parts whose days lie closest to it first.

        Recoveries soon after the last contact hold the best pairings of most, and what is
        held early spares weighing what comes later.
        """
        return [
            (some, others)
            for others in self.right.slices
            for some in sorted(self.left.slices, key=lambda some: self._apart(some, others))
        ]

    def _apart(self, some: slice, others: slice) -> tuple[bool, int, int]:
        opens = int(self.left.opens[(some.start + some.stop) // 2])
        days = int(self.right.closes[(others.start + others.stop) // 2]) - opens
        return days < 0, abs(days), some.start

    def _meet(self, some: slice, others: slice) -> None:
        """Search one part of the left against one chunk of the right."""
        active = self._active(some, others)
        pairs = (some.stop - some.start) * (others.stop - others.start)
        scored = int((active * _lanes(others)).sum())
        if scored:
            buffers = self._buffers.pop()
            self._scan(some, others, active, buffers)
            self._buffers.append(buffers)
        self._to_meet[others.start] -= 1
        if self._to_meet[others.start] == 0:
            self._shared.pop(others.start, None)
        self.scored += scored
        self.skipped += pairs - scored

    def _active(self, some: slice, others: slice) -> Integers:
        """How many of a part may be of each tile of a chunk."""
        latest = self.right.closes[others][::LANES]
        active = np.searchsorted(self.left.opens[some], latest, side="right")
        return active.astype(np.int32)

    def _scan(self, some: slice, others: slice, active: Integers, buffers: "Buffers") -> None:
        part = self.left.part(some)
        lefts, rights = self.lefts.part(some), self.rights.part(others)
        table = self._filled(part, others, len(active), buffers)
        gains, slots = buffers.gains(len(part.positions))
        places = buffers.found(self._room(lefts, rights))
        here = Here(part, self.right.positions[others], table, lefts, rights)
        key_at = self.right.key_at[others.start : others.stop + 1]
        search: Any = scan
        tile = person = 0
        while tile < len(active):
            found, tile, person = search(
                part.rows, part.widths, lefts.bars, table, rights.bars, active, tile, person,
                gains, slots, key_at, self.right.keys, *part.holders, *places,
            )  # fmt: skip
            if found:
                *pair, scores = (each[:found] for each in places)
                self._settle(pair, scores, here)

    def _settle(self, pair: list[Integers], scores: Integers, here: "Here") -> None:
        """Weigh pairs exactly, and keep those that are among the best of either record.

        A rough search takes what they weigh at most for what they weigh, but for what is
        bounded most loosely.
        """
        handed = Handed(pair, scores, {})
        for loose in here.part.loose[: 1 if self._rough else None]:
            handed = self._weigh_loose(loose, handed, here)
        if self._rough:
            self._offer(handed.pair, handed.scores / STEPS, here)
            return
        pairs = here.positions_of(handed.pair)
        weights = total_weights(self.left.comparisons, *pairs, handed.known)
        self._offer(handed.pair, weights, here)

    def _weigh_loose(self, loose: Loose, handed: "Handed", here: "Here") -> "Handed":
        """Weigh what is bounded loosely in place of its bound; keep who is still possible."""
        (at, rows), (pair, scores, known) = loose, handed
        weights = self.left.comparisons[at].weigh(*here.positions_of(pair))
        kept = np.empty(len(scores), dtype=np.int32)
        closer: Any = tighten
        count = closer(
            scores, *pair, rows, here.table, weights, here.lefts.bars, here.rights.bars, kept
        )
        known = known | {at: weights}
        if count == len(kept):
            return Handed(pair, scores, known)
        some = kept[:count]
        known = {one: each[some] for one, each in known.items()}
        return Handed([side[some] for side in pair], scores[some], known)

    def _offer(self, pair: list[Integers], weights: Floats, here: "Here") -> None:
        offer: Any = keep
        lefts, rights = here.lefts, here.rights
        offer(
            *pair, here.part.positions, here.right, weights, self._least,
            lefts.scores, lefts.who, lefts.held, lefts.bars,
            rights.scores, rights.who, rights.held, rights.bars,
        )  # fmt: skip

    def _room(self, lefts: Best, rights: Best) -> int:
        """How many pairs to weigh at a time: few as long as many bars are still unknown.

        Whatever is found before a bar is known is weighed, only to be displaced.
        """
        unknown = max(float(np.mean(side.bars == EVERYBODY)) for side in (lefts, rights))
        return self._sizes.at_first if unknown > UNKNOWN else self._sizes.found

    def _filled(self, part: Part, others: slice, tiles: int, buffers: "Buffers") -> Steps:
        right = np.full(tiles * LANES, NOTHING, dtype=np.int32)
        right[: others.stop - others.start] = self.right.positions[others]
        table = buffers.table(tiles, part.n_rows)
        shared = self._shared_rows(others, right)
        part.fill(self.left.comparisons, right, table, shared)
        return table

    def _shared_rows(self, others: slice, right: Integers) -> dict[int, Steps]:
        """Fill what all parts share of a chunk, when its first part meets it.

        Where all left records would be one part, few of the classes are needed.
        """
        if len(self.left.positions) <= self._sizes.part:
            return {}
        if others.start not in self._shared:
            shared: dict[int, Steps] = {}
            for at, comparison in enumerate(self.left.comparisons):
                classes = np.arange(len(comparison.most), dtype=np.int32)
                if comparison.shared and len(classes):
                    rows = (len(right) // LANES, len(classes), LANES)
                    shared[at] = np.empty(rows, dtype=np.int16)
                    comparison.fill(classes, right, shared[at], 0)
            self._shared[others.start] = shared
        return self._shared[others.start]


def total_weights(
    comparisons: Sequence[Comparison],
    left: Integers,
    right: Integers,
    known: Mapping[int, Floats] = NONE_KNOWN,
) -> Floats:
    """Sum of the weights that can be compared, kind by kind, in their order.

    ``known``: weights of these pairs by number of the comparison, as far as there are any.
    """
    total = np.zeros(len(left))
    add: Any = add_weights
    for at, comparison in enumerate(comparisons):
        weights = known[at] if at in known else comparison.weigh(left, right)
        add(total, weights)
    return total


class Buffers:
    """Arrays that one thread uses again and again."""

    def __init__(self) -> None:
        self._table = np.empty(0, dtype=np.int16)
        self._gains = np.empty(0, dtype=np.int16)
        self._slots = np.empty(0, dtype=np.int32)
        self._found = np.empty((2, 0), dtype=np.int32)
        self._scores = np.empty(0, dtype=np.int32)

    def table(self, tiles: int, rows: int) -> Steps:
        size = tiles * rows * LANES
        if self._table.size < size:
            self._table = np.empty(size, dtype=np.int16)
        return self._table[:size].reshape(tiles, rows, LANES)

    def gains(self, people: int) -> tuple[Steps, Integers]:
        """Give one row for nobody, one for each who may share a key, and whose is which."""
        if len(self._slots) < people:
            self._gains = np.zeros((people + 1) * LANES, dtype=np.int16)
            self._slots = np.zeros(people, dtype=np.int32)
        return self._gains, self._slots[:people]

    def found(self, size: int) -> tuple[Integers, Integers, Integers]:
        """Give room for places of both sides, and for scores."""
        if len(self._scores) < size:
            self._found = np.empty((2, size), dtype=np.int32)
            self._scores = np.empty(size, dtype=np.int32)
        return self._found[0, :size], self._found[1, :size], self._scores[:size]


def _lanes(others: slice) -> Integers:
    """How many records each tile of a chunk has."""
    starts = np.arange(others.start, others.stop, LANES)
    lanes: Integers = np.minimum(others.stop - starts, LANES)
    return lanes


def free(waiting: Sequence[Meeting], busy: Collection[Meeting], most: int) -> list[Meeting]:
    """Give meetings that share neither side with one under way, in their order."""
    lefts, rights = {left.start for left, _ in busy}, {right.start for _, right in busy}
    chosen: list[Meeting] = []
    for left, right in _until_enough(waiting, chosen, most):
        if left.start not in lefts and right.start not in rights:
            chosen.append((left, right))
            lefts.add(left.start)
            rights.add(right.start)
    return chosen


def _until_enough(
    waiting: Sequence[Meeting], chosen: Sequence[Meeting], most: int
) -> Iterator[Meeting]:
    for meeting in waiting:
        if len(chosen) >= most:
            return
        yield meeting
