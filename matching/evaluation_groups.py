"""Whether some people are found less often than others, and how much of that is explained.

A gap between two groups has three possible reasons: chance, that less is recorded of one of
them, or the engine itself. Only the third is the model's own fault; the first is judged by
an interval and a test, the second by comparing each group with what people of whom as much is
recorded can expect.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.evaluation import (
    RECALL_AT,
    Evaluation,
    ListedPairs,
    ListSide,
    Pair,
    evaluate_by_group,
    wilson_interval,
)

ENOUGH_PAIRS = 10
"""Between smaller groups a gap is chance, and is not named; our choice."""

DOUBTFUL = 0.05
"""Differences that come by chance this often or more are not taken for real; our choice."""


class Verdict(StrEnum):
    """What a gap between two groups comes from."""

    CHANCE = "chance"
    EXPLAINED = "explained"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Share:
    """A share `true` / `of` with its 95 % interval (Wilson 1927, score interval)."""

    true: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.true / self.of if self.of else math.nan

    @classmethod
    def counted(cls, true: int, of: int) -> "Share":
        return cls(true, of, *wilson_interval(true, of))


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """How well the true mates of one group's records are found on their own lists.

    Attributes
    ----------
    recall : mapping of k to Share
        Of the true pairs, those within the first k proposals.
    expected : mapping of k to float
        The share that people of whom as much is recorded have over all groups.
    median_rank : float
        Of the true pairs; ``inf`` if the middle one is not listed.
    judged : Evaluation
        Everything else: reciprocal rank, log-loss, reliability.
    """

    true_pairs: int
    recall: Mapping[int, Share]
    expected: Mapping[int, float]
    median_rank: float
    judged: Evaluation


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest difference in recall at `k` between two groups large enough to compare.

    Attributes
    ----------
    points : float
        Recall of `best` less that of `worst`, in [0, 1].
    low, high : float
        95 % interval of the difference (Newcombe 1998, method 10).
    explained : float
        The difference that the strata alone let expect; the rest is `points` less this.
    by_chance : float
        How often groups that are all found alike differ as much as these do: the p value of
        Pearson's test that all groups have one recall.
    """

    k: int
    best: str
    worst: str
    points: float
    low: float
    high: float
    explained: float
    by_chance: float

    @property
    def unexplained(self) -> float:
        return self.points - self.explained

    @property
    def verdict(self) -> Verdict:
        """What the gap comes from, as far as these numbers can say."""
        if self.by_chance >= DOUBTFUL:
            return Verdict.CHANCE
        return Verdict.EXPLAINED if self.low <= self.explained else Verdict.OPEN


def found_by_group(
    pairs: ListedPairs,
    truth: Collection[Pair],
    groups: Mapping[str, str],
    side: ListSide,
    *,
    strata: Mapping[Pair, str] | None = None,
) -> dict[str, FoundGroup]:
    """Judge a list group by group, beside what each group could expect.

    Parameters
    ----------
    pairs : ListedPairs
    truth : collection of (left id, right id)
    groups : mapping of record id to group
        Records of `side`; those that are not in it are left out.
    side : ListSide
        The side the ids of `groups` belong to, and whose lists are judged.
    strata : mapping of true pair to stratum, optional
        What a pair's chance to be found may depend on without any fault of the engine, as how
        much is recorded of it. Without it everybody is expected to be found alike.

    Returns
    -------
    dict of group to FoundGroup
        In the order of the groups' names. `expected` is the mean, over the group's true
        pairs, of the recall of each pair's stratum over all groups (indirect
        standardisation). See ``docs/methods/evaluation.md``.
    """
    judged = evaluate_by_group(pairs, truth, groups, side)
    ranks = _ranks(pairs, truth, side)
    at = 0 if side is ListSide.LEFT else 1
    of_group: dict[str, list[Pair]] = {name: [] for name in judged}
    for pair in ranks:
        if pair[at] in groups:
            of_group[groups[pair[at]]].append(pair)
    stratum = {
        pair: (strata or {}).get(pair, "") for each in of_group.values() for pair in each
    }
    share = _share_of_strata(ranks, stratum)
    return {
        name: FoundGroup(
            true_pairs=len(own),
            recall={k: _recall(ranks, own, k) for k in RECALL_AT},
            expected={
                k: sum(share[stratum[pair]][k] for pair in own) / len(own) for k in RECALL_AT
            },
            median_rank=float(np.median([ranks[pair] for pair in own])),
            judged=judged[name],
        )
        for name, own in of_group.items()
    }


def widest_gap(
    found: Mapping[str, FoundGroup], k: int = 10, leave_out: Collection[str] = ()
) -> Gap | None:
    """Name the widest gap in recall between two groups.

    Parameters
    ----------
    found : mapping of group to FoundGroup
    k : int
        One of `RECALL_AT`.
    leave_out : collection of str
        Names of groups nobody belongs to by what they are, as those not recorded.

    Returns
    -------
    Gap or None
        None if fewer than two groups have `ENOUGH_PAIRS` true pairs. See
        ``docs/methods/evaluation.md``.
    """
    large = {
        name: each
        for name, each in found.items()
        if each.true_pairs >= ENOUGH_PAIRS and name not in leave_out
    }
    if len(large) < 2:  # noqa: PLR2004 - a gap needs two
        return None
    recall = {name: each.recall[k] for name, each in large.items()}
    best = max(recall, key=lambda name: recall[name].value)
    worst = min(recall, key=lambda name: recall[name].value)
    low, high = difference_interval(recall[best], recall[worst])
    return Gap(
        k=k,
        best=best,
        worst=worst,
        points=recall[best].value - recall[worst].value,
        low=low,
        high=high,
        explained=large[best].expected[k] - large[worst].expected[k],
        by_chance=chance_of_differing(list(recall.values())),
    )


def difference_interval(one: Share, other: Share) -> tuple[float, float]:
    """95 % interval of the difference of two independent shares.

    Parameters
    ----------
    one, other : Share
        Each of at least one.

    Returns
    -------
    (low, high) : floats in [-1, 1]
        Of ``one.value - other.value``. Source: Newcombe 1998, Statist. Med. 17:873, method
        10, from the score intervals of both. See ``docs/methods/evaluation.md``.
    """
    difference = one.value - other.value
    below = math.hypot(one.value - one.low, other.high - other.value)
    above = math.hypot(one.high - one.value, other.value - other.low)
    return difference - below, difference + above


def chance_of_differing(shares: Sequence[Share]) -> float:
    """How often shares that are all alike would differ at least as much as these.

    Parameters
    ----------
    shares : sequence of Share
        Two at least, each of at least one.

    Returns
    -------
    float in [0, 1]
        Pearson's test of homogeneity: chi-square with one degree of freedom less than there
        are shares; 1 if nobody or everybody was found. Holds where ten or more stand behind
        each share. See ``docs/methods/evaluation.md``.
    """
    true, of = sum(each.true for each in shares), sum(each.of for each in shares)
    pooled = true / of
    if pooled in (0, 1):
        return 1.0
    spread = pooled * (1 - pooled)
    statistic = sum(each.of * (each.value - pooled) ** 2 for each in shares) / spread
    return chi_square_tail(statistic, len(shares) - 1)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Probability that a chi-square variable exceeds a value.

    Parameters
    ----------
    statistic : float, at least 0
    freedom : int, at least 1

    Returns
    -------
    float in [0, 1]
        By ``Q(a + 1, x) = Q(a, x) + x^a exp(-x) / gamma(a + 1)`` from ``Q(1/2, x) =
        erfc(sqrt x)`` or ``Q(1, x) = exp(-x)`` (Abramowitz & Stegun 26.4.4 and 26.4.5). See
        ``docs/methods/evaluation.md``.
    """
    x, a = statistic / 2, 0.5 if freedom % 2 else 1.0
    tail = math.erfc(math.sqrt(x)) if freedom % 2 else math.exp(-x)
    while a < freedom / 2:
        tail += math.exp(a * math.log(x) - x - math.lgamma(a + 1)) if x else 0.0
        a += 1
    return min(tail, 1.0)


def _ranks(pairs: ListedPairs, truth: Iterable[Pair], side: ListSide) -> dict[Pair, float]:
    """Rank of every true pair; infinite where it is not listed."""
    ranks = dict.fromkeys(sorted(truth), math.inf)
    given = pairs.rank_for_left if side is ListSide.LEFT else pairs.rank_for_right
    for left, right, rank in zip(pairs.left, pairs.right, given.tolist(), strict=True):
        if rank and (left, right) in ranks:
            ranks[left, right] = float(rank)
    return ranks


def _recall(ranks: Mapping[Pair, float], own: Collection[Pair], k: int) -> Share:
    return Share.counted(sum(ranks[pair] <= k for pair in own), len(own))


def _share_of_strata(
    ranks: Mapping[Pair, float], stratum: Mapping[Pair, str]
) -> dict[str, dict[int, float]]:
    """Recall at each k of every stratum, over all groups."""
    size = Counter(stratum.values())
    found = {
        k: Counter(each for pair, each in stratum.items() if ranks[pair] <= k)
        for k in RECALL_AT
    }
    return {each: {k: found[k][each] / size[each] for k in RECALL_AT} for each in size}
