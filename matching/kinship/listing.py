"""The best of each remains and of each missing person, kept while families come by."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

WAITING = 1 << 20
"""So many pairs wait to be sorted in, 40 MB; our choice."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of remains and missing people, one array for each thing said of them.

    Parameters
    ----------
    remains, whom : int arrays, shape (n_pairs,)
        Places of the remains, and of the missing people in the order they came.
    log10_lr : float array
        At theta 0.
    by_chance : float array
        Probability that one somebody unrelated reaches as much with this missing person.
    loci : int array
        At how many loci the two were compared.
    """

    remains: Places
    whom: Places
    log10_lr: Floats
    by_chance: Floats
    loci: Places

    def __len__(self) -> int:
        return len(self.remains)

    def at(self, places: NDArray[np.bool_] | Places | slice) -> "Pairs":
        """Give some of them."""
        return Pairs(*(getattr(self, each.name)[places] for each in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence["Pairs"]) -> "Pairs":
        """Put several lists one after another."""
        columns = ([getattr(part, each.name) for part in parts] for each in fields(cls))
        return cls(*(np.concatenate(column) for column in columns))

    @classmethod
    def none(cls) -> "Pairs":
        """Give a list without pairs."""
        nowhere, nothing = np.empty(0, dtype=np.int64), np.empty(0)
        return cls(nowhere, nowhere, nothing, nothing, nowhere)


class Listing:
    """Keeps the best pairs of both sides in bounded memory.

    Equal ratios are kept in the order of the files, so that the list does not depend on how
    the work was shared out.

    Parameters
    ----------
    n_remains
        How many remains there are.
    top
        How many pairs to keep for each of either side.
    """

    def __init__(self, n_remains: int, top: int) -> None:
        self._top = top
        self._worst = np.full(n_remains, -np.inf)
        self._of_remains = Pairs.none()
        self._of_missing: list[Pairs] = []
        self._waiting: list[Pairs] = []

    def add(self, pairs: Pairs) -> None:
        """Take in the pairs of one missing person, who comes after all who came before."""
        order = np.lexsort((pairs.remains, -pairs.log10_lr))
        self._of_missing.append(pairs.at(order[: self._top]))
        self._waiting.append(pairs.at(pairs.log10_lr > self._worst[pairs.remains]))
        if sum(len(each) for each in self._waiting) > WAITING:
            self._settle()

    def listed(self) -> Pairs:
        """Give each pair once that is among the best of either side, by remains."""
        self._settle()
        both = Pairs.joined([self._of_remains, *self._of_missing])
        is_first = np.ones(len(both), dtype=np.bool_)
        order = np.lexsort((both.whom, both.remains))
        both = both.at(order)
        is_first[1:] = (np.diff(both.remains) != 0) | (np.diff(both.whom) != 0)
        return both.at(is_first)

    def _settle(self) -> None:
        pairs = Pairs.joined([self._of_remains, *self._waiting])
        self._waiting = []
        rank = ranks_within(pairs.remains, pairs.whom, pairs.log10_lr)
        self._of_remains = pairs.at(rank <= self._top)
        last = pairs.at(rank == self._top)
        self._worst[last.remains] = last.log10_lr


def ranks(pairs: Pairs, top: int) -> tuple[Places, Places]:
    """Rank pairs for their remains and for their missing person; 0 where beyond `top`."""
    of_remains = ranks_within(pairs.remains, pairs.whom, pairs.log10_lr)
    of_missing = ranks_within(pairs.whom, pairs.remains, pairs.log10_lr)
    return (
        np.where(of_remains <= top, of_remains, 0),
        np.where(of_missing <= top, of_missing, 0),
    )


def ranks_within(groups: Places, ties: Places, log10_lr: Floats) -> Places:
    """Rank within each group, the highest ratio first and equal ones by `ties`; from 1."""
    order = np.lexsort((ties, -log10_lr, groups))
    ordered = groups[order]
    places = np.arange(len(order))
    starts = np.r_[True, ordered[1:] != ordered[:-1]][: len(order)]
    within = places - np.maximum.accumulate(np.where(starts, places, 0)) + 1
    found = np.empty(len(order), dtype=np.int64)
    found[order] = within
    return found
