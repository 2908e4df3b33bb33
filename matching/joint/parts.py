"""Parts of one person: which findings belong together, and to whom of the missing.

Several findings may be of one person; a whole one and another cannot, nor two that hold the
same single bone. What the records do not say cannot contradict: `RemainsRecord` knows how
complete a finding is and not which bones it holds, so callers who know hand over `Inventory`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matching.codes import Completeness
from matching.errors import ImpossibleRange
from matching.joint.reasoning import WeighedPairs
from matching.joint.web import Floats, Integers
from matching.records import RemainsRecord

MOST_PARTS = 10
"""Findings reasoned about at once: 3^10 ways to take some of some; our choice."""

WHOLE = (Completeness.COMPLETE, Completeness.NEAR_COMPLETE)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a finding holds, as far as somebody said.

    `whole` says that hardly anything is missing; `elements` names bones of which a person has
    one each, with their side, as in "femur left".
    """

    whole: bool = False
    elements: frozenset[str] = frozenset()

    @classmethod
    def of(cls, remains: RemainsRecord) -> "Inventory":
        """Take from a record what it can say: how complete the finding is, no bones."""
        return cls(whole=remains.completeness in WHOLE)

    def contradicts(self, other: "Inventory") -> bool:
        """Say whether two findings cannot be of one person."""
        return (self.whole and other.whole) or bool(self.elements & other.elements)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Findings taken for one person, and the missing person they are taken for, if any."""

    parts: tuple[str, ...]
    missing: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What is believed of some findings together.

    Attributes
    ----------
    together : mapping of (id, id) to float
        Probability that two findings, the lesser id first, are of one person.
    belongs : mapping of (missing id, finding id) to float
        Probability that the finding is of the missing person; sums to at most one for each
        finding, and to any number for a person, of whom there may be several parts.
    nobody : mapping of finding id to float
        Probability that the finding is of none of the missing listed.
    best : tuple of Gathered
        The single most probable way to gather and to assign them.
    """

    together: Mapping[tuple[str, str], float]
    belongs: Mapping[tuple[str, str], float]
    nobody: Mapping[str, float]
    best: tuple[Gathered, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """What each set of parts weighs as one person, by the bits of the set; linear odds."""

    ids: tuple[str, ...]
    missing: tuple[str, ...]
    nobodys: Floats  # shape (2^n,)
    somebodys: Floats  # shape (n_missing, 2^n)


def gather(
    between: WeighedPairs,
    to_missing: WeighedPairs,
    inventories: Mapping[str, Inventory],
    *,
    odds_together: float,
    odds_missing: float,
) -> Parts:
    """Sum over all ways to gather findings into people and to assign people to the missing.

    Parameters
    ----------
    between : WeighedPairs
        Finding against finding; each pair once, in either order. A pair that is not listed
        weighs nothing.
    to_missing : WeighedPairs
        Missing person (left) against finding (right). A finding without a listed pair with a
        missing person cannot be theirs unless it is gathered with one that has.
    inventories : mapping of finding id to Inventory
        All findings to be reasoned about, at most `MOST_PARTS`; each id of a finding in the
        pairs must be here.
    odds_together : float
        Odds that a further finding is of a given person, before its evidence, > 0.
    odds_missing : float
        Odds that a given person found is a given missing person, as `odds_before`, > 0.

    Returns
    -------
    Parts
        Exact under the formula below.

    Raises
    ------
    ImpossibleRange
        If there are more than `MOST_PARTS` findings.

    Notes
    -----
    ``P(gathering, assignment) ∝ Π over people of odds_together^(k - 1) × [odds_missing] × LR``
    where LR of a person's n records (k findings, and the report where there is one) is the
    product of their pairwise ratios to the power ``2 / n``: exact for two records, and for any
    number where they agree without error on what they tell; it stops n (n - 1) / 2 ratios
    from counting n - 1 agreements again and again. Method: ``docs/methods/joint.md``.
    """
    ids = tuple(sorted(inventories))
    if len(ids) > MOST_PARTS:
        raise ImpossibleRange(
            f"{len(ids)} findings are too many to gather at once; {MOST_PARTS} are possible"
        )
    sums = _weigh_sets(
        ids, between, to_missing, inventories, odds=(odds_together, odds_missing)
    )
    return _Ways(sums).told()


def _weigh_sets(
    ids: tuple[str, ...],
    between: WeighedPairs,
    to_missing: WeighedPairs,
    inventories: Mapping[str, Inventory],
    *,
    odds: tuple[float, float],
) -> _Sums:
    at = {one: n for n, one in enumerate(ids)}
    missing = tuple(sorted(set(to_missing.left)))
    pair = np.zeros((len(ids), len(ids)))
    for one, other, weight in zip(between.left, between.right, between.log10_lr, strict=True):
        pair[at[one], at[other]] = pair[at[other], at[one]] = weight
    for one, other in combinations(ids, 2):
        if inventories[one].contradicts(inventories[other]):
            pair[at[one], at[other]] = pair[at[other], at[one]] = -np.inf
    of_person = np.full((len(missing), len(ids)), np.nan)
    number = {one: n for n, one in enumerate(missing)}
    for person, one, weight in zip(
        to_missing.left, to_missing.right, to_missing.log10_lr, strict=True
    ):
        of_person[number[person], at[one]] = weight
    nobodys = np.zeros(1 << len(ids))
    somebodys = np.zeros((len(missing), 1 << len(ids)))
    for which in range(1, 1 << len(ids)):
        members = [n for n in range(len(ids)) if which >> n & 1]
        within = sum(pair[one, other] for one, other in combinations(members, 2))
        before = odds[0] ** (len(members) - 1)
        nobodys[which] = before * 10.0 ** (within * 2 / len(members))
        told = of_person[:, members]
        whole = (within + np.nansum(told, axis=1)) * 2 / (len(members) + 1)
        is_told = ~np.isnan(told).all(axis=1)
        somebodys[:, which] = np.where(is_told, before * odds[1] * 10.0**whole, 0.0)
    return _Sums(ids, missing, nobodys, somebodys)


class _Ways:
    """Ways to gather sets of parts, summed and at their best, missing person by person."""

    def __init__(self, sums: _Sums) -> None:
        self.sums = sums
        self.all = len(sums.nobodys) - 1
        whole, some = _subsets(len(sums.ids))
        self.whole, self.some, self.rest = whole, some, whole ^ some
        # Ways to take exactly a set of parts by the first persons; then by the last ones.
        self.before = [_only_nothing(self.all + 1)]
        for odds in sums.somebodys:
            self.before.append(self._taken(self.before[-1], odds))
        self.after = [self._nobodys_ways()]
        for odds in sums.somebodys[::-1]:
            self.after.insert(0, self._taken(self.after[0], odds))

    def _taken(self, ways: Floats, odds: Floats) -> Floats:
        """Let one more person take some of the parts, or none."""
        added = ways[self.rest] * odds[self.some]
        return ways + self._by_whole(added)

    def _nobodys_ways(self) -> Floats:
        """Ways to gather a set into people who are none of the missing."""
        ways = _only_nothing(self.all + 1)
        for which in range(1, self.all + 1):
            lowest = which & -which
            rest = which ^ lowest
            some = rest
            while True:
                ways[which] += self.sums.nobodys[some | lowest] * ways[rest ^ some]
                if not some:
                    break
                some = (some - 1) & rest
        return ways

    def told(self) -> Parts:
        whole = self.after[0][self.all]
        of_person = np.zeros((len(self.sums.missing), self.all + 1))
        for person, odds in enumerate(self.sums.somebodys):
            others = self._joined(self.before[person], self.after[person + 1])
            of_person[person] = odds * others[self.all ^ np.arange(self.all + 1)] / whole
        nobodys = self.sums.nobodys * self._without() / whole
        nobodys[0] = 0.0
        belongs = {
            (missing, part): float(self._holding(of_person[person], (n,)))
            for person, missing in enumerate(self.sums.missing)
            for n, part in enumerate(self.sums.ids)
        }
        everyones = of_person.sum(axis=0) + nobodys
        together = {
            (one, other): float(self._holding(everyones, (m, n)))
            for (m, one), (n, other) in combinations(enumerate(self.sums.ids), 2)
        }
        nobody = {
            part: float(self._holding(nobodys, (n,))) for n, part in enumerate(self.sums.ids)
        }
        return Parts(together, belongs, nobody, self._best())

    def _joined(self, one: Floats, other: Floats) -> Floats:
        """Ways to share each set between two groups of persons."""
        return self._by_whole(one[self.some] * other[self.rest])

    def _by_whole(self, values: Floats) -> Floats:
        """Sum over all that may be taken of each set."""
        return np.bincount(self.whole, values, self.all + 1).astype(np.float64)

    def _without(self) -> Floats:
        """Ways to deal with all that is left when one of nobody's people has taken a set."""
        ways: Floats = self.after[0][self.all ^ np.arange(self.all + 1)]
        return ways

    def _holding(self, shares: Floats, parts: Sequence[int]) -> float:
        bits = sum(1 << n for n in parts)
        sets = np.arange(self.all + 1)
        held: float = shares[sets & bits == bits].sum()
        return held

    def _best(self) -> tuple[Gathered, ...]:
        """Follow the best way back from all parts, the last missing person first."""
        best = [self._best_of_nobody()]
        chosen: list[list[int]] = []
        for odds in self.sums.somebodys:
            value, some_of = best[-1].copy(), [0] * (self.all + 1)
            offers = best[-1][self.rest] * odds[self.some]
            for which, some, offer in zip(self.whole, self.some, offers, strict=True):
                if offer > value[which]:
                    value[which], some_of[which] = offer, int(some)
            best.append(value)
            chosen.append(some_of)
        left, found = self.all, []
        for person in range(len(chosen) - 1, -1, -1):
            taken = chosen[person][left]
            if taken:
                found.append(self._named(taken, self.sums.missing[person]))
                left ^= taken
        while left:
            some = self.alone[left]
            found.append(self._named(some, None))
            left ^= some
        return tuple(sorted(found, key=lambda each: each.parts))

    def _best_of_nobody(self) -> Floats:
        value = _only_nothing(self.all + 1)
        self.alone = [0] * (self.all + 1)
        for whole, some, rest in zip(
            self.whole.tolist(), self.some.tolist(), self.rest.tolist(), strict=True
        ):
            if some & whole & -whole:
                offer = self.sums.nobodys[some] * value[rest]
                if offer > value[whole]:
                    value[whole], self.alone[whole] = offer, some
        return value

    def _named(self, which: int, missing: str | None) -> Gathered:
        parts = tuple(part for n, part in enumerate(self.sums.ids) if which >> n & 1)
        return Gathered(parts, missing)


def _only_nothing(length: int) -> Floats:
    ways = np.zeros(length)
    ways[0] = 1.0
    return ways


def _subsets(parts: int) -> tuple[Integers, Integers]:
    """Give every set of parts with every set within it, the lesser sets first."""
    whole = some = np.zeros(1, dtype=np.int64)
    for bit in (1 << n for n in range(parts)):
        whole = np.concatenate((whole, whole | bit, whole | bit))
        some = np.concatenate((some, some, some | bit))
    order = np.lexsort((some, whole))
    return whole[order], some[order]
