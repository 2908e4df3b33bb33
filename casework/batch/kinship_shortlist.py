"""The pairs a search keeps, weighed once more with the theta of their families."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casework.batch.kinship_crew import Run, Shortlisted, exactly
from casework.progress import progress
from matching.kinship.coding import Coded
from matching.kinship.listing import Pairs, ranks
from matching.kinship.search import Found

SHORTLIST = 2
"""So many times the pairs asked for are kept for weighing with theta, which may change their
order; our choice."""

Again = Callable[[], Iterator[tuple[Any, str | None]]]
"""Reads the families once more, in order."""

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Best:
    """Pairs with their ranks for either side, 0 outside the best.

    ``log10_lr`` is that with ``theta``, which is that of the family, or 0 where the exact sum
    would not have fitted in memory.
    """

    pairs: Pairs
    log10_lr: Floats
    theta: Floats
    rank_for_remains: Places
    rank_for_missing: Places


@dataclass(frozen=True)
class Exact:
    """A shortlist with its exact ratios."""

    pairs: Pairs
    log10_lr: Floats
    theta: Floats
    least: float

    def best(self, top: int) -> Best:
        """Keep what is among the best of either side, the highest ratio first."""
        high = np.flatnonzero(self.log10_lr >= self.least)
        pairs, log10_lr = self.pairs.at(high), self.log10_lr[high]
        for_remains, for_missing = ranks(replace(pairs, log10_lr=log10_lr), top)
        order = np.lexsort((pairs.whom, pairs.remains, -log10_lr))
        kept = order[(for_remains + for_missing)[order] > 0]
        return Best(
            pairs.at(kept),
            log10_lr[kept],
            self.theta[high][kept],
            for_remains[kept],
            for_missing[kept],
        )


def weighed_exactly(
    pairs: Pairs, found: Found, by: tuple[Mapping[str, Coded], Again], run: Run
) -> Exact:
    """Weigh each pair with the theta of its family; where that is 0 it has been weighed."""
    read, again = by
    thetas = np.array([found.families[each.family].theta for each in found.missing])
    theta, log10_lr = thetas[pairs.whom], pairs.log10_lr.copy()
    groups = {
        whom: np.flatnonzero(pairs.whom == whom) for whom in np.unique(pairs.whom[theta > 0])
    }
    results = run(exactly, _tasks(groups, (pairs, found), read, again))
    with progress(f"Weighing {int((theta > 0).sum()):,} pairs with theta") as step:
        for done, places in enumerate(groups.values(), start=1):
            told = np.array(next(results))
            too_much = np.isnan(told)
            log10_lr[places] = np.where(too_much, log10_lr[places], told)
            theta[places[too_much]] = 0.0
            step(done, len(groups))
    return Exact(pairs, log10_lr, theta, found.least)


def _tasks(
    groups: Mapping[int, Places],
    kept: tuple[Pairs, Found],
    read: Mapping[str, Coded],
    again: Again,
) -> Iterator[Shortlisted]:
    """Give the remains of each missing person, in the order in which these came."""
    if not groups:
        return
    pairs, found = kept
    of_family: dict[int, list[int]] = {}
    for whom in groups:
        of_family.setdefault(found.missing[whom].family, []).append(whom)
    for at, (written, _) in enumerate(again()):
        for whom in of_family.get(at, ()):
            codes = read[found.families[at].set_name].codes
            remains = pairs.remains[groups[whom]]
            yield Shortlisted(written, found.missing[whom].id, codes[:, remains])
