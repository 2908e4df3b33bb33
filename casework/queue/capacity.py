"""How much a team can look at in a week, and how much of it is likely to be true. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

# Three quarters of an hour for an opinion until a team has measured its own: our choice. It
# counts as nine measured ones, so that a few quick evenings do not halve a team's week.
START_MINUTES = 45.0
START_COUNTS_AS = 9
# Somebody who sat down and spoke only after that did something else meanwhile.
LONGEST_MINUTES = 240.0
LIKELY = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the people of one institution have this week.

    `hours`: None where nobody has said theirs. `promised`: opinions that reviews under way take
    already. `minutes`: for one opinion, learnt of `measured` ones.
    """

    hours: float | None
    said: int
    people: int
    promised: int
    minutes: float
    measured: int

    @property
    def opinions(self) -> int | None:
        """How many opinions are left to give this week, if anybody has said their hours."""
        if self.hours is None:
            return None
        return max(0, int(self.hours * 60 // self.minutes) - self.promised)


@dataclass(frozen=True, slots=True)
class Expected:
    """How many are expected to be true, and between what the count lies nine times in ten."""

    known: int
    true: float
    least: int
    most: int


def minutes_of_opinion(measured: Sequence[float]) -> float:
    """Learn how long an opinion takes: the median, with the start value among them.

    Parameters
    ----------
    measured
        Minutes from sitting down to speaking, of those who sat down by themselves.
    """
    counted = [each for each in measured if 0 < each <= LONGEST_MINUTES]
    return median([*counted, *[START_MINUTES] * START_COUNTS_AS])


def reached(opinions: int | None, takes: Iterable[int]) -> int | None:
    """Say how many rows of a list a week reaches down to; a row may take none.

    `takes`: how many opinions of the team's own each row takes, in the order of the list.
    """
    if opinions is None:
        return None
    rows = 0
    for each in takes:
        if each > opinions:
            break
        opinions -= each
        rows += 1
    return rows


def expected_of(posteriors: Sequence[float]) -> Expected:
    """Sum what is believed, and say between what the count lies nine times in ten.

    Each proposal is true or not by itself with its posterior (a Poisson binomial count): that
    rivals cannot both be true makes the real range a little narrower.
    """
    chances = np.ones(1)
    for each in posteriors:
        chances = np.convolve(chances, (1 - each, each))
    summed = np.cumsum(chances)
    least, most = (int(np.searchsorted(summed, share)) for share in LIKELY)
    return Expected(len(posteriors), float(sum(posteriors)), least, most)
