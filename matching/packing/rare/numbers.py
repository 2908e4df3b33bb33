"""Numbers of papers, telephones and implants, told and found, as the kernels read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from matching.evidence.papers import NEARLY, NOT, WHOLLY, FoundAgain, outcome_ratio
from matching.evidence.written import near_number
from matching.packing.comparison import Floats, Integers
from matching.packing.rare.kernels import NO_SCHEME, NUMBERS
from matching.packing.rare.slips import slips_in_number
from matching.packing.rare.words import Held, Relation, picked, related, words_of

Lists = Sequence[Sequence[tuple[str, str]]]
"""Scheme and number of each that a value holds."""
Structured = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbers of both sides: ``told[told_at[value]:told_at[value + 1]]`` and likewise seen.

    ``shares``: of other people who give each number told.
    """

    told_at: Integers
    told: Structured
    shares: Floats
    seen_at: Integers
    seen: Structured
    near: Relation
    seen_words: int


def numbered(told: Lists, seen: Lists, share: Callable[[str], float]) -> Numbered:
    """Lay the numbers of the values of both sides together."""
    schemes: dict[str, int] = {"": NO_SCHEME}
    told_at, told_numbers, words = _listed(told, schemes)
    seen_at, seen_numbers, seen_words = _listed(seen, schemes)
    return Numbered(
        told_at,
        told_numbers,
        np.array([share(word) for word in words]),
        seen_at,
        seen_numbers,
        related(words, seen_words, near_number, slips_in_number),
        len(seen_words),
    )


def _listed(lists: Lists, schemes: dict[str, int]) -> tuple[Integers, Structured, list[str]]:
    at, which, words = words_of([[number for _, number in one] for one in lists])
    listed = np.zeros(len(which), dtype=NUMBERS)
    listed["word"] = which
    listed["scheme"] = [
        schemes.setdefault(scheme, len(schemes)) for one in lists for scheme, _ in one
    ]
    return at, listed, words


def held_numbers(numbers: Numbered, found: FoundAgain, first: int) -> Held:
    """Keys of the numbers that each value told may share, numbered from `first` on.

    A number found is by chance one of those told in half of cases at most: then the others
    weigh most. Several found are averaged, so each weighs at most what it weighs alone.
    """
    outcomes = ((found.same, found.near), (1 / 2, found.chance_near))
    places, which = picked(numbers.near.at, numbers.told["word"])
    near = _more_than_nothing(outcome_ratio(NEARLY, *outcomes))
    wholly = np.maximum(np.log10(found.same / numbers.shares), 0.0)[numbers.told["word"][which]]
    gains = np.where(numbers.near.level[places] == WHOLLY, wholly, near)
    # Where each value's keys begin: as many before as there are of all numbers told before.
    before = np.searchsorted(which, numbers.told_at).astype(np.int32)
    some = np.diff(numbers.told_at) > 0
    nothing = _more_than_nothing(outcome_ratio(NOT, *outcomes)) if numbers.seen_words else 0.0
    return Held(before, numbers.near.right[places] + first, gains, np.where(some, nothing, 0.0))


def _more_than_nothing(ratio: float) -> float:
    return max(log10(ratio), 0.0)
