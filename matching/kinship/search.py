"""All remains against all families: the best pairs of both sides, and what chance would do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.errors import SearchStopped
from matching.kinship.answering import Answer, Answered
from matching.kinship.coding import NOTHING, Coded
from matching.kinship.law import STEP, steps_of
from matching.kinship.listing import Listing, Pairs
from matching.kinship.pedigree import Sex

Floats = NDArray[np.float64]
Progress = Callable[[int], bool | None]
"""Hears of families done; an answer of False, and only that, stops the search."""

DECADES = 80
"""Chances are told for so many powers of ten above the floor; beyond, they are nothing."""


@dataclass(frozen=True, slots=True)
class Person:
    """A missing person as the search met them."""

    id: str
    family: int
    sex: Sex


@dataclass
class Found:
    """What a search leaves behind.

    Parameters
    ----------
    least
        Pairs with a lower log10 ratio are not listed, and their chances not told.
    missing
        Everybody asked about, in order; pairs name them by their place.
    families
        What families said of themselves, without their numbers.
    expected
        How many unrelated pairs of all that were compared reach each point of the grid.
    n_read
        With how many remains each of the missing was compared.
    compared, excluded
        Pairs compared, and those whose ratio was 0.
    """

    least: float
    missing: list[Person] = field(default_factory=list)
    families: list[Answered] = field(default_factory=list)
    expected: Floats = field(init=False)
    reached: dict[int, int] = field(default_factory=dict)
    n_read: list[int] = field(default_factory=list)
    compared: int = 0
    excluded: int = 0

    def __post_init__(self) -> None:
        self.expected = np.zeros(round(DECADES / STEP) + 1)

    @property
    def points(self) -> Floats:
        """The log10 ratios of `expected`; shape (n_points,)."""
        steps = int(steps_of(self.least)) + np.arange(len(self.expected), dtype=np.float64)
        return steps * STEP

    def expected_by_chance(self, log10_lr: Floats) -> Floats:
        """Give how many unrelated pairs of the whole search are expected to reach as much."""
        places = steps_of(log10_lr) - steps_of(self.least)
        told: Floats = self.expected[np.clip(places, 0, len(self.expected) - 1)]
        return told


def search(
    answered: Iterable[Answered],
    coded: Mapping[str, Coded],
    listing: Listing,
    *,
    least: float,
    progress: Progress | None = None,
) -> Found:
    """Look everybody up in what each family says, and keep the best.

    Parameters
    ----------
    answered
        Families in the order of their file, however they were asked.
    coded
        The remains, by the name of the frequency set they were read by.
    listing
        Where the best pairs are kept.
    least
        Pairs with a lower log10 ratio are not listed.
    progress
        Told how many families are done.

    Raises
    ------
    SearchStopped
        If `progress` answers False.
    """
    found = Found(least)
    for family in answered:
        for answer in family.answers:
            _look_up(answer, coded[family.set_name], listing, found)
        bare = Answered(
            family.id,
            family.set_name,
            family.theta,
            warnings=family.warnings,
            refusal=family.refusal,
            rule=family.rule,
        )
        found.families.append(bare)
        if progress is not None and progress(len(found.families)) is False:
            raise SearchStopped("the search was stopped before its end")
    return found


THRESHOLDS = (0, 2, 4, 6, 8, 10, 12)
"""log10 ratios at which pairs are counted, as a laboratory would ask; our choice."""


def _look_up(answer: Answer, coded: Coded, listing: Listing, found: Found) -> None:
    totals = totals_of(answer, coded)
    whom = len(found.missing)
    found.missing.append(Person(answer.missing, len(found.families), answer.sex))
    picked = np.flatnonzero(totals >= found.least)
    rows = [row for row, each in enumerate(answer.log10_lr) if each is not None]
    loci = (coded.codes[rows][:, picked] != NOTHING).sum(axis=0)
    # Remains that share no locus with the family have a ratio of one and were not compared.
    picked, loci = picked[loci > 0], loci[loci > 0]
    scores = totals[picked]
    by_chance = answer.law.reached_by_chance(scores)
    listing.add(Pairs(picked, np.full(len(picked), whom), scores, by_chance, loci))
    n_read = int(coded.is_read.sum())
    found.n_read.append(n_read)
    found.compared += n_read
    found.excluded += int((totals == -np.inf).sum()) - (len(totals) - n_read)
    found.expected += n_read * answer.law.reached_by_chance(found.points)
    for threshold in THRESHOLDS:
        count = int((scores >= threshold).sum())
        found.reached[threshold] = found.reached.get(threshold, 0) + count


def totals_of(answer: Answer, coded: Coded) -> Floats:
    """Give the log10 ratio of all remains with one missing person, at theta 0.

    Returns
    -------
    float array, shape (n_remains,)
        Minus infinity where a locus excludes, and for remains that could not be read.
    """
    totals = np.where(coded.is_read, 0.0, -np.inf)
    one = np.empty(len(totals))
    for log10_lr, codes in zip(answer.log10_lr, coded.codes, strict=True):
        if log10_lr is not None:
            totals += np.take(log10_lr, codes, out=one, mode="clip")
    return totals
