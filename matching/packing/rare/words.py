"""Words of both sides by number, and which of them are the same or nearly so."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
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
    """Lists of words: ``which[at[i]:at[i + 1]]`` are those of list i, numbers of `distinct`."""

    at: Integers
    which: Integers
    distinct: list[Any]


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
    return Words(starts(which), flat(which), list(numbers))


def starts(lists: Sequence[Sequence[Any]]) -> Integers:
    """Where each list begins when all are written one after the other, and the end."""
    at = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, lists), np.int32, len(lists)), out=at[1:])
    return at


def flat(lists: Iterable[Iterable[int]]) -> Integers:
    """Write lists one after the other."""
    return np.fromiter(chain.from_iterable(lists), dtype=np.int32)


def related(
    told: Sequence[str],
    seen: Sequence[str],
    near: Callable[[str, str], bool],
    slips: Callable[[str], int],
) -> Relation:
    """Look up each word told among those seen: the same first, then those nearly so."""
    numbers = {word: number for number, word in enumerate(seen)}
    same = [[numbers[word]] if word in numbers else [] for word in told]
    if min(len(told), len(seen)) <= FEW:
        others = _compared_with_all(told, seen, near)
    else:
        index = Near(seen, near, slips)
        others = [[numbers[other] for other in index.of(word)] for word in told]
    right = [[*one, *more] for one, more in zip(same, others, strict=True)]
    level = [
        [WHOLLY] * len(one) + [NEARLY] * len(more)
        for one, more in zip(same, others, strict=True)
    ]
    return Relation(starts(right), flat(right), flat(level))


def _compared_with_all(
    told: Sequence[str], seen: Sequence[str], near: Callable[[str, str], bool]
) -> list[list[int]]:
    """Find for each word told those seen that are near, by way of the distances of all."""
    slips = cdist(told, seen, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.uint8)
    return [
        [other for other in np.flatnonzero(row).tolist() if near(word, seen[other])]
        for word, row in zip(told, slips <= MOST_SLIPS, strict=True)
    ]


def picked(at: Integers, chosen: Integers) -> tuple[Picked, Picked]:
    """Give places of all that some lists hold, and which of `chosen` each place is of."""
    lengths = np.diff(at)[chosen]
    owners = np.repeat(np.arange(len(chosen)), lengths)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return at[:-1][chosen][owners] + within, owners


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
