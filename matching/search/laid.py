"""Both sides in the order of the scan, and the rows and keys that it needs of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.packing.comparison import LANES, Comparison, Integers, Keys
from matching.search.part import Holders, Part, part_of

ALWAYS = 0
"""The day of everybody, where no kind of evidence makes a pair impossible."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is taken at a time; results do not depend on it.

    Attributes
    ----------
    part : int
        Left records whose rows are numbered together; the tables of a tile stay in the
        processor's cache.
    tiles : int
        Tiles of 32 right records filled together.
    found, at_first : int
        Pairs handed back to be weighed at a time, at least 32; while bars are unknown.
    """

    part: int = 16384
    tiles: int = 8
    found: int = 16384
    at_first: int = 2048


@dataclass(frozen=True, slots=True)
class LeftSide:
    """Left records by the day on which they open, and their parts as far as made.

    Attributes
    ----------
    positions : int32 array
        In the input.
    opens : int32 array
        Whoever opens after a whole tile has closed is skipped, with all who open later.
    slices : tuple of slice
    """

    comparisons: tuple[Comparison, ...]
    positions: Integers
    opens: Integers
    slices: tuple[slice, ...]
    _parts: dict[int, Part] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        comparisons: tuple[Comparison, ...],
        positions: Integers,
        sizes: Sizes,
        jobs: int = 1,
    ) -> "LeftSide":
        opens = _days(comparisons, positions, "opens")
        order = np.argsort(opens, kind="stable")
        size = max(min(sizes.part, -(-len(positions) // jobs)), 1)
        slices = tuple(_slices(len(positions), size))
        return cls(comparisons, positions[order], opens[order], slices)

    def part(self, some: slice) -> Part:
        """Rows and keys of one of the `slices`; numbered when first asked for."""
        part = self._parts.get(some.start)
        if part is None:
            positions = self.positions[some]
            holders = _holders(self.comparisons, positions)
            part = part_of(self.comparisons, positions, holders)
            self._parts[some.start] = part
        return part


@dataclass(frozen=True, slots=True)
class RightSide:
    """Right records by the day on which they close, newest first, and their keys.

    ``keys[key_at[j]:key_at[j + 1]]`` are the keys of the j-th, numbered through all kinds.
    """

    positions: Integers
    closes: Integers
    key_at: Integers
    keys: Integers
    slices: tuple[slice, ...]

    @classmethod
    def of(
        cls, comparisons: tuple[Comparison, ...], positions: Integers, sizes: Sizes
    ) -> "RightSide":
        closes = _days(comparisons, positions, "closes")
        order = np.argsort(-closes.astype(np.int64), kind="stable")
        positions = positions[order]
        kinds = _keyed(comparisons)
        chosen = [(_chosen(one.right_at, positions), one.right) for one, _ in kinds]
        owners = np.concatenate([np.zeros(0, np.int64), *(own for (own, _), _ in chosen)])
        keys = [
            right[at] + first
            for ((_, at), right), (_, first) in zip(chosen, kinds, strict=True)
        ]
        woven = np.argsort(owners, kind="stable")
        key_at = np.zeros(len(positions) + 1, dtype=np.int32)
        np.cumsum(np.bincount(owners, minlength=len(positions)), out=key_at[1:])
        together = np.concatenate([np.zeros(0, np.int32), *keys])[woven].astype(np.int32)
        slices = tuple(_slices(len(positions), sizes.tiles * LANES))
        return cls(positions, closes[order], key_at, together, slices)


def _days(comparisons: Sequence[Comparison], positions: Integers, name: str) -> Integers:
    possible = next((one.possible for one in comparisons if one.possible), None)
    if possible is None:
        return np.full(len(positions), ALWAYS, dtype=np.int32)
    days: Integers = getattr(possible, name)[positions]
    return days


def _slices(length: int, size: int) -> Iterator[slice]:
    for start in range(0, length, size):
        yield slice(start, min(start + size, length))


def _keyed(comparisons: Sequence[Comparison]) -> list[tuple[Keys, int]]:
    """Kinds that have keys, and the number of the first key of each."""
    kinds: list[tuple[Keys, int]] = []
    first = 0
    for comparison in comparisons:
        if comparison.keys is not None:
            kinds.append((comparison.keys, first))
            first += comparison.keys.count
    return kinds


def _chosen(at: Integers, positions: Integers) -> tuple[NDArray[np.intp], Any]:
    """Owners, by their place in `positions`, and places of the keys of some records."""
    lengths = np.diff(at)[positions]
    owners = np.repeat(np.arange(len(positions)), lengths)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owners, at[:-1][positions][owners] + within


def _holders(comparisons: Sequence[Comparison], positions: Integers) -> Holders:
    """Who of some left records holds each key, and what sharing it adds."""
    kinds = _keyed(comparisons)
    chosen = [_chosen(one.left_at, positions) for one, _ in kinds]
    people = np.concatenate([np.zeros(0, np.int64), *(own for own, _ in chosen)])
    keys = np.concatenate(
        [
            np.zeros(0, np.int64),
            *(
                one.left[at] + first
                for (_, at), (one, first) in zip(chosen, kinds, strict=True)
            ),
        ]
    )
    gains = np.concatenate(
        [
            np.zeros(0, np.int16),
            *(one.gain[at] for (_, at), (one, _) in zip(chosen, kinds, strict=True)),
        ]
    )
    order = np.lexsort((people, keys))
    starts = np.zeros(sum(one.count for one, _ in kinds) + 1, dtype=np.int32)
    np.cumsum(np.bincount(keys, minlength=len(starts) - 1), out=starts[1:])
    return Holders(starts, people[order].astype(np.int32), gains[order])
