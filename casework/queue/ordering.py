"""In which order proposals are laid before a team, and why one stands where it does.

Pure, and shown to whoever asks: docs/methods/queue.md says it in words and proves what it
promises.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import floor, log2

# What it is worth to know that two are not the same, where a resolved case is worth one: a
# fiftieth, our choice, see docs/methods/queue.md.
VALUE_OF_EXCLUSION = 0.02
DOUBLES_EVERY_DAYS = 56  # of waiting; our choice: a year counts as ninety times as probable


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as the order knows it.

    `opinions`: how many of the team's own it takes, one or two. `groups`: the institutions that
    keep its records, and nationalities as far as they are open.
    """

    number: int
    posterior: float
    waited_days: float = 0.0
    opinions: int = 2
    groups: frozenset[Hashable] = frozenset()

    @property
    def value(self) -> float:
        """What looking is worth: a case resolved, or else a pair excluded; for each opinion."""
        worth = self.posterior + (1 - self.posterior) * VALUE_OF_EXCLUSION
        return worth / self.opinions

    @property
    def aged(self) -> float:
        """The value with the wait counted in."""
        return self.value * 2 ** (self.waited_days / DOUBLES_EVERY_DAYS)

    @property
    def band(self) -> int:
        """Proposals of one band are within a factor of two; the lowest comes first."""
        return floor(-log2(self.aged))


class WhyHere(StrEnum):
    """What put a proposal where it stands."""

    VALUE = "value"
    WAIT = "wait"  # it comes before some that are worth more, for it has waited
    TURN = "turn"  # it comes before some that are worth more, so that no group waits


@dataclass(frozen=True, slots=True)
class Placed:
    """A proposal in its place; `turn`: the how-manieth of a group of its own in its band."""

    of: Waiting
    turn: int
    why: WhyHere


def in_fair_order(waiting: Iterable[Waiting]) -> list[Placed]:
    """Order by bands; within one every institution and nationality has its turn.

    The k-th best of any group comes before every proposal whose turn is later than k: with G
    groups in a band it stands no further down in it than place k x G.
    """
    first = sorted(waiting, key=lambda each: (each.band, -each.aged, each.number))
    ordered: list[tuple[Waiting, int]] = []
    for _, band in groupby(first, key=lambda each: each.band):
        ordered += _taking_turns(list(band))
    return _said_why(ordered)


def _taking_turns(band: Sequence[Waiting]) -> list[tuple[Waiting, int]]:
    """Order one band, given the most valuable first, with the turn of each."""
    before: Counter[Hashable] = Counter()
    turns = []
    for each in band:
        before.update(each.groups)
        turns.append((each, min((before[group] for group in each.groups), default=1)))
    return sorted(turns, key=lambda taken: taken[1])


def _said_why(ordered: Sequence[tuple[Waiting, int]]) -> list[Placed]:
    """Say of each what put it before those behind it that are worth more."""
    placed: list[Placed] = []
    worth, best_aged, band = 0.0, 0.0, None
    for each, turn in reversed(ordered):
        aged, band = best_aged if each.band == band else 0.0, each.band
        why = WhyHere.VALUE
        if each.value < worth:
            why = WhyHere.TURN if each.aged < aged else WhyHere.WAIT
        placed.append(Placed(each, turn, why))
        worth, best_aged = max(worth, each.value), max(aged, each.aged)
    return placed[::-1]


def by_strength(waiting: Iterable[Waiting]) -> list[Placed]:
    """Order by nothing but how probable each is."""
    first = sorted(waiting, key=lambda each: (-each.posterior, each.number))
    return [Placed(each, 1, WhyHere.VALUE) for each in first]
