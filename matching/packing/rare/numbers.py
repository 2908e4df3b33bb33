"""Numbers of papers, telephones and implants, told and found, as the kernels read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from matching.evidence.papers import NEARLY, NOT, WHOLLY, FoundAgain, outcome_ratio
from matching.evidence.written import near_number
from matching.packing.comparison import Floats, Integers
from matching.packing.rare.kernels import NO_SCHEME, NUMBERS
from matching.packing.rare.slips import slips_in_number
from matching.packing.rare.words import Held, Relation, Words, picked, related, words_of

Lists = Sequence[Sequence[tuple[str, str]]]
"""Scheme and number of each that a value holds."""
Structured = NDArray[np.void]

NEVER_TOLD = -1
"""In place of the number of a scheme found that nobody told."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbers of one side, ``which[at[value]:at[value + 1]]``; and those of schemes."""

    at: Integers
    which: Structured
    words: Words
    schemes: Mapping[str, int]


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


def listed(lists: Lists) -> Listed:
    """Write down the numbers of the values of one side."""
    words = words_of([[number for _, number in one] for one in lists])
    schemes: dict[str, int] = {"": NO_SCHEME}
    which = np.zeros(len(words.which), dtype=NUMBERS)
    which["word"] = words.which
    which["scheme"] = [
        schemes.setdefault(scheme, len(schemes)) for one in lists for scheme, _ in one
    ]
    return Listed(words.at, which, words, schemes)


def numbered(told: Listed, shares: Floats, seen: Listed) -> Numbered:
    """Lay the numbers of the values of both sides together."""
    scheme_of = [told.schemes.get(scheme, NEVER_TOLD) for scheme in seen.schemes]
    found = seen.which.copy()
    found["scheme"] = np.array(scheme_of, dtype=np.int32)[found["scheme"]]
    return Numbered(
        told.at,
        told.which,
        shares,
        seen.at,
        found,
        related(told.words, seen.words, near_number, slips_in_number),
        len(seen.words.distinct),
    )


def held_numbers(numbers: Numbered, found: FoundAgain, first: int) -> Held:
    """Keys of the numbers that each value told may share, numbered from `first` on.

    A number found is by chance one of those told in half of cases at most: then the others
    weigh most. Several found are averaged, so each weighs at most what it weighs alone.
    """
    outcomes = ((found.same, found.near), (1 / 2, found.chance_near))
    places, which = picked(numbers.near.at, numbers.told["word"])
    near = _more_than_nothing(outcome_ratio(NEARLY, *outcomes))
    shares = numbers.shares[numbers.told["word"][which]]
    wholly = np.maximum(np.log10(found.same / shares), 0.0)
    gains = np.where(numbers.near.level[places] == WHOLLY, wholly, near)
    # Where each value's keys begin: as many before as there are of all numbers told before.
    before = np.searchsorted(which, numbers.told_at).astype(np.int32)
    some = np.diff(numbers.told_at) > 0
    nothing = _more_than_nothing(outcome_ratio(NOT, *outcomes)) if numbers.seen_words else 0.0
    return Held(before, numbers.near.right[places] + first, gains, np.where(some, nothing, 0.0))


def _more_than_nothing(ratio: float) -> float:
    return max(log10(ratio), 0.0)
