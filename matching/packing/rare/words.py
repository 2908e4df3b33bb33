"""Words of both sides by number, and which of them are the same or nearly so."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from matching.evidence.papers import NEARLY, WHOLLY
from matching.packing.comparison import NOTHING, Floats, Integers
from matching.packing.rare.slips import Near
from matching.packing.steps import STEPS, Steps

Picked = NDArray[np.intp]

FEW = 16
"""Words of one side up to which all are compared: an index of the other side costs more."""
MOST_SLIPS = 2
"""No two words are near that lie further apart."""


class Words(NamedTuple):
    """Lists of words: ``which[at[i]:at[i + 1]]`` are those of list i, numbers of `distinct`.

    ``numbers``: the number of each word.
    """

    at: Integers
    which: Integers
    distinct: list[Any]
    numbers: Mapping[Any, int]

    def lists(self) -> Iterator[list[int]]:
        """Give the numbers of each list."""
        ends, which = self.at.tolist(), self.which.tolist()
        return (which[start:stop] for start, stop in pairwise(ends))


class Relation(NamedTuple):
    """Right words that each word told is (`WHOLLY`) or nearly is, from ``at[word]`` on."""

    at: Integers
    right: Integers
    level: Integers


@dataclass(frozen=True, slots=True)
class Held:
    """Keys of distinct values, from ``at[value]`` on, each with what sharing it adds.

    ``nothing``: what a value weighs at most that shares none of them, in decades.
    """

    at: Integers
    keys: Integers
    gains: Floats
    nothing: Floats


def words_of(lists: Iterable[Sequence[Hashable]]) -> Words:
    """Give numbers to distinct words, in the order in which they first appear."""
    numbers: dict[Hashable, int] = {}
    which = [[numbers.setdefault(word, len(numbers)) for word in words] for words in lists]
    return Words(starts(which), flat(which), list(numbers), numbers)


def starts(lists: Sequence[Sequence[Any]]) -> Integers:
    """Where each list begins when all are written one after the other, and the end."""
    at = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, lists), np.int32, len(lists)), out=at[1:])
    return at


def flat(lists: Iterable[Iterable[int]]) -> Integers:
    """Write lists one after the other."""
    return np.fromiter(chain.from_iterable(lists), dtype=np.int32)


def related(
    told: Words,
    seen: Words,
    near: Callable[[str, str], bool],
    slips: Callable[[str], int],
) -> Relation:
    """Look up each word told among those seen: the same first, then those nearly so."""
    same = [
        (told.numbers[word], WHOLLY, seen.numbers[word])
        for word in told.numbers.keys() & seen.numbers.keys()
    ]
    if min(len(told.distinct), len(seen.distinct)) <= FEW:
        others = _compared_with_all(told.distinct, seen.distinct, near)
    else:
        index = Near(seen.distinct, near, slips)
        others = [
            (number, seen.numbers[other])
            for number, word in enumerate(told.distinct)
            for other in index.of(word)
        ]
    found = np.array(
        same + [(number, NEARLY, other) for number, other in others], dtype=np.int32
    ).reshape(-1, 3)
    found = found[np.lexsort((-found[:, 1], found[:, 0]))]
    at = np.zeros(len(told.distinct) + 1, dtype=np.int32)
    np.cumsum(np.bincount(found[:, 0], minlength=len(told.distinct)), out=at[1:])
    return Relation(at, found[:, 2].copy(), found[:, 1].copy())


def _compared_with_all(
    told: Sequence[str], seen: Sequence[str], near: Callable[[str, str], bool]
) -> list[tuple[int, int]]:
    """Find for each word told those seen that are near, by way of the distances of all."""
    # What is asked about one by one is cheaper the fewer there are.
    fewer, more = (told, seen) if len(told) <= len(seen) else (seen, told)
    apart = cdist(fewer, more, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.uint8)
    apart = apart if fewer is told else apart.T
    return [
        (one, other)
        for one, other in np.argwhere(apart <= MOST_SLIPS).tolist()
        if near(told[one], seen[other])
    ]


def picked(at: Integers, chosen: Integers) -> tuple[Picked, Picked]:
    """Give places of all that some lists hold, and which of `chosen` each place is of."""
    lengths = np.diff(at)[chosen]
    some = np.flatnonzero(lengths)  # often few
    owners = np.repeat(some, lengths[some])
    lengths = lengths[some]
    within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return at[chosen[owners]] + within, owners


def keys_of_records(codes: Integers, held: Held) -> tuple[Integers, Integers, Steps]:
    """Keys of each record, by the value it holds; see `matching.packing.comparison.Keys`."""
    at, keys = by_record(codes, held.at, held.keys)
    gains = (held.gains * STEPS).astype(np.int16) + np.int16(1)
    return at, keys, by_record(codes, held.at, gains)[1]


def by_record(codes: Integers, at: Integers, of_value: Any) -> tuple[Integers, Any]:
    """Lay out what each record's value holds, record after record."""
    known = np.flatnonzero(codes != NOTHING)
    places, _ = picked(at, codes[known])
    lengths = np.zeros(len(codes) + 1, dtype=np.int32)
    lengths[known + 1] = np.diff(at)[codes[known]]
    return np.cumsum(lengths, dtype=np.int32), of_value[places]


def together(several: Sequence[Held]) -> Held:
    """Hold the keys of several kinds of words, numbered one kind after the other by now."""
    values = len(several[0].nothing)
    owners = np.concatenate([np.repeat(np.arange(values), np.diff(one.at)) for one in several])
    order = np.argsort(owners, kind="stable")
    at: Integers = np.sum([one.at for one in several], axis=0, dtype=np.int32)
    return Held(
        at,
        np.concatenate([one.keys for one in several])[order],
        np.concatenate([one.gains for one in several])[order],
        np.sum([one.nothing for one in several], axis=0),
    )
