"""What a family's DNA could say before anybody is found, and whom to ask for a sample next.

The profiles that relatives would show are not known yet. At each locus they are spread out:
one relative after the other, every genotype that can be there given those before, with its
exact probability. Where that becomes too many it is thinned evenly, so that what stays stands
for its neighbours (systematic resampling; no random number is used). For each way the law of
the ratio is exact, and loci are put together by convolution.

Method: docs/methods/kinship.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from matching.kinship.coding import Looks
from matching.kinship.law import Law, mixed, together
from matching.kinship.loci import Locus
from matching.kinship.sought import Sought
from matching.kinship.worlds import Said, Seen, World, demanded, shape_of

WAYS = 200
"""So many ways of what relatives show are kept at a locus; medians of the reference table come
out within 0.05 powers of ten; our choice."""

MOST_SETS = 64
"""So many sets of relatives are tried for the cheapest, a few seconds each; our choice."""


STRIDES = np.sqrt([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37])
"""Multiples of roots of primes, taken modulo one, spread evenly and independently (Weyl 1916);
one for each relative who may be asked."""


@dataclass(frozen=True, slots=True)
class Power:
    """What a set of relatives could say.

    Parameters
    ----------
    relatives
        Who is typed besides those who are.
    law
        Of the log10 ratio, over all profiles that relatives and remains may show.
    """

    relatives: tuple[str, ...]
    law: Law

    @property
    def excluded_by_chance(self) -> float:
        """How often an unrelated person is excluded."""
        return max(0.0, 1.0 - float(self.law.mass.sum()))


class Planning:
    """One missing person's family, asked what it could say with more of it typed.

    Parameters
    ----------
    sought
        The family; theta is taken as 0.
    missing
        Whose remains are looked for.
    loci
        Those that are typed in relatives and in remains.
    """

    def __init__(
        self, sought: Sought, missing: str, loci: Sequence[Locus], ways: int = WAYS
    ) -> None:
        self._sought, self._loci, self._ways = sought, tuple(loci), ways
        self._world = World([Looks(locus, ()) for locus in loci], sought.settings)
        self._places = {person.id: at for at, person in enumerate(sought.pedigree.people)}
        self._shape, self._missing = shape_of(sought.pedigree), self._places[missing]
        self._own = sought.own.get(missing, {})
        self._known: dict[tuple[str, ...], Power] = {}

    def power(self, relatives: Sequence[str] = ()) -> Power:
        """Say what could be said if these were typed as well.

        Raises
        ------
        UndefinedRatio
            If the profiles there are contradict the pedigree; the message names the locus.
        """
        asked = tuple(sorted(relatives, key=self._places.__getitem__))
        if asked not in self._known:
            laws = [self._law(row, asked) for row in range(len(self._loci))]
            self._known[asked] = Power(asked, together(laws))
        return self._known[asked]

    def _law(self, row: int, relatives: Sequence[str]) -> Law:
        laws, shares = [], []
        for seen, share in self._spread(row, relatives):
            laws.append(self._said(row, seen).law)
            shares.append(share)
        return mixed(laws, shares)

    def _said(self, row: int, seen: Seen) -> Said:
        locus = self._loci[row].name
        return demanded(self._world.said(row, seen), locus, self._sought.id)

    def _spread(self, row: int, relatives: Sequence[str]) -> list[tuple[Seen, float]]:
        """Give the ways in which relatives may show themselves, with their shares."""
        locus = self._loci[row]
        people = self._sought.pedigree.people
        looks = tuple(
            self._sought.profiles.get(person.id, {}).get(locus.name) for person in people
        )
        known = Seen(self._shape, self._missing, looks, self._own.get(locus.name))
        self._said(row, known)
        ways = [(known, 1.0)]
        for stage, relative in enumerate(relatives):
            place = self._places[relative]
            if looks[place] is None:
                ways = _thinned(list(self._shown(row, place, ways)), self._ways, stage)
        return ways

    def _shown(
        self, row: int, place: int, ways: Sequence[tuple[Seen, float]]
    ) -> Iterator[tuple[Seen, float]]:
        """Add everything one more relative may show, given the others."""
        genotypes = self._world.genotypes(row)
        for seen, share in ways:
            chances = self._world.spread(row, seen, place)
            for at in np.flatnonzero(chances > 0):
                looks = (*seen.looks[:place], genotypes[at], *seen.looks[place + 1 :])
                yield replace(seen, looks=looks), share * float(chances[at])


def _thinned(ways: list[tuple[Seen, float]], most: int, stage: int) -> list[tuple[Seen, float]]:
    """Keep so many ways at most, one of each even stretch of their shares.

    Where in its stretch a way is taken differs from stretch to stretch and from relative to
    relative: at the middle of each it would be the middle genotype of each relative for ever.
    """
    if len(ways) <= most:
        return ways
    ends = np.cumsum([share for _, share in ways])
    within = (0.5 + np.arange(most) * STRIDES[stage]) % 1.0
    marks = (np.arange(most) + within) / most * ends[-1]
    kept, counts = np.unique(np.searchsorted(ends, marks), return_counts=True)
    return [(ways[at][0], float(count / most)) for at, count in zip(kept, counts, strict=True)]


@dataclass(frozen=True)
class Cheapest:
    """The cheapest set that does, None where all relatives together do not.

    Where `MOST_SETS` were tried in vain it is all of them, and ``is_complete`` is False.
    """

    power: Power | None
    tried: int
    is_complete: bool


def cheapest(
    planning: Planning, costs: Mapping[str, float], log10_lr: float, probability: float
) -> Cheapest:
    """Find the cheapest set of relatives with which a true case would reach a ratio.

    Parameters
    ----------
    planning
        The family.
    costs
        What sampling each relative costs, in any unit.
    log10_lr, probability
        How much is to be reached, and how often if the remains are the missing person's.
    """
    if planning.power(tuple(costs)).law.reached_if_true(log10_lr) < probability:
        return Cheapest(None, 1, is_complete=True)
    sets = sorted(_sets(costs), key=lambda one: (sum(costs[each] for each in one), len(one)))
    for tried, relatives in enumerate(sets[:MOST_SETS], start=1):
        power = planning.power(relatives)
        if power.law.reached_if_true(log10_lr) >= probability:
            return Cheapest(power, tried, is_complete=True)
    return Cheapest(planning.power(tuple(costs)), MOST_SETS, is_complete=False)


def _sets(costs: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
    for count in range(len(costs) + 1):
        yield from combinations(costs, count)


def cost_of(relatives: Sequence[str], costs: Mapping[str, float]) -> float:
    """Add up what a set costs."""
    return float(sum(costs[each] for each in relatives))
