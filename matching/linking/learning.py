"""What one person's records look like, learnt from the pairs themselves.

Three kinds of pairs are told apart: of one person, of brothers and sisters, and of strangers.
What chance does to strangers is counted in the table (`rarity`) and is never learnt here; so
learning can neither call common agreements rare nor, as where both are learnt, trade one
against the other. What is learnt are the probabilities of the levels given one person, and how
many pairs of each kind there are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.errors import NotLearnt
from matching.linking.kinds import (
    LEVELS,
    MOST_LEVELS,
    SHARED_BY_RELATIVES,
    Kind,
    level_number,
)
from matching.linking.layout import BITS
from matching.linking.parameters import LinkingModel

Floats = NDArray[np.float64]
MOST_SHARE = 0.25
"""Of two or three records nobody knows beforehand that most are of one person; our choice."""
SETTLED = 1e-4
"""Largest change of a probability in one round that counts as none; our choice."""
STEPS, MOST_STEPS = 8, 2**14
"""Costs are gathered to this part of a power of ten for learning; exact ones are weighed."""


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Pairs gathered by how they compare.

    Attributes
    ----------
    levels : int array, shape (n, n_kinds)
    cost, shared_cost : float arrays, shape (n,)
        log10: what chance costs in all kinds, and in those that relatives share, with birth.
    count : float array, shape (n,)
    """

    levels: NDArray[np.intp]
    cost: Floats
    shared_cost: Floats
    count: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What was learnt, and from how much.

    Attributes
    ----------
    one_person, relatives : float arrays
        As in `LinkingModel`.
    match_share, relative_share : float
        Of all pairs of the table, how many are of one person, and of relatives.
    expected_matches : float
        Among the pairs that were looked at.
    rounds : int
        0 where there was too little to learn from and the model's own numbers stand.
    """

    one_person: Floats
    relatives: Floats
    match_share: float
    relative_share: float
    expected_matches: float
    rounds: int


def levels_of(pattern: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Unfold patterns into levels, shape (n, n_kinds)."""
    shifts = np.arange(len(Kind), dtype=np.uint64) * np.uint64(BITS)
    found: NDArray[np.intp] = (
        (pattern[:, None] >> shifts) & np.uint64(MOST_LEVELS - 1)
    ).astype(np.intp)
    return found


def gathered(
    pattern: NDArray[np.uint64], cost: NDArray[np.float32], shared_cost: NDArray[np.float32]
) -> Patterns:
    """Gather pairs that compare alike, costs to an eighth of a power of ten."""
    kinds, which = np.unique(pattern, return_inverse=True)
    key = which.astype(np.uint64)
    for each in (cost, shared_cost):
        steps = np.clip(np.round(each * STEPS), 0, MOST_STEPS - 1).astype(np.uint64)
        key = key * np.uint64(MOST_STEPS) + steps
    distinct, count = np.unique(key, return_counts=True)
    rest, shared_steps = np.divmod(distinct, np.uint64(MOST_STEPS))
    which, cost_steps = np.divmod(rest, np.uint64(MOST_STEPS))
    return Patterns(
        levels_of(kinds)[which.astype(np.intp)],
        cost_steps / STEPS,
        shared_steps / STEPS,
        count.astype(np.float64),
    )


def log10_ratios(
    levels: NDArray[np.intp],
    cost: Floats,
    shared_cost: Floats,
    tables: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """Weigh patterns against strangers: as one person, and as brothers and sisters.

    Parameters
    ----------
    levels, cost, shared_cost : arrays
        As in `Patterns`.
    tables : two float arrays
        ``one_person`` and ``relatives`` of a model, or learnt.

    Returns
    -------
    one, related : float arrays, shape (n,)
        log10 likelihood ratios.
    """
    logs, related_logs = np.log10(tables[0]), np.log10(tables[1])
    kinds = np.arange(len(Kind))
    by_kind = logs[kinds, levels]
    shared = [kind for kind in Kind if kind in SHARED_BY_RELATIVES]
    related = by_kind[:, shared].sum(axis=1) + related_logs[levels[:, Kind.BIRTH]] + shared_cost
    return by_kind.sum(axis=1) + cost, related


def share_of_pairs(a_record: float, n_records: int) -> float:
    """Give the share of all pairs that so many pairs for each record are, a quarter at most."""
    return min(2.0 * a_record / (n_records - 1), MOST_SHARE)


def learn(patterns: Patterns, n_pairs: float, model: LinkingModel, n_records: int) -> Learnt:
    """Learn from gathered pairs, beginning with the model's own numbers.

    Parameters
    ----------
    patterns : Patterns
        Of all pairs that may be of one person; what was left out is taken for strangers.
    n_pairs : float
        All pairs of the table, looked at or not.
    model : LinkingModel
        Its tables count as ``learning.weight_of_prior`` pairs each. The births of relatives
        are not learnt: most keys do not bring together who was born years apart.
    n_records : int

    Returns
    -------
    Learnt

    Raises
    ------
    NotLearnt
        If the numbers have not settled after ``learning.most_rounds`` rounds, or settle where
        records would have twenty others each; never is the last round called the answer.
    """
    numbers, relatives = model.numbers, model.relatives
    one_person, weight = model.one_person, numbers["learning.weight_of_prior"]
    match = share_of_pairs(numbers["prior.matches_a_record"], n_records)
    related = share_of_pairs(numbers["prior.relatives_a_record"], n_records)
    seen = _share_of_relatives_seen(patterns.levels[:, Kind.BIRTH], relatives)
    for rounds in range(1, int(numbers["learning.most_rounds"]) + 1):
        of_one, of_kin = _shares(patterns, (one_person, relatives), match, related)
        expected = float(of_one.sum())
        if rounds == 1 and expected < numbers["learning.least_matches"]:
            return Learnt(one_person, relatives, match, related, expected, 0)
        new = _levels_given(patterns.levels, of_one, model.one_person, weight)
        change = np.abs(new - one_person).max()
        settled = change < SETTLED and abs(expected / n_pairs - match) < SETTLED * match
        one_person, match = new, expected / n_pairs
        related = max(float((of_kin[seen > 0] / seen[seen > 0]).sum()), 1.0) / n_pairs
        if settled:
            _refuse_collapse(expected, n_records)
            return Learnt(one_person, relatives, match, related, expected, rounds)
    raise NotLearnt(f"the weights have not settled after {rounds} rounds")


def _share_of_relatives_seen(births: NDArray[np.intp], relatives: Floats) -> Floats:
    """Say for each pattern what share of such relatives the keys bring together.

    Nearly all keys ask for years of birth not far apart: relatives born so are counted for
    those who were not, and those born further apart, where a key brings some, are not counted.
    """
    seen = np.ones(MOST_LEVELS)
    for far in (("years_apart",), ("year_within_five", "year_further")):
        numbers = [level_number(Kind.BIRTH, name) for name in far]
        group = LEVELS[Kind.BIRTH][numbers[0] - 1].group
        for at, level in enumerate(LEVELS[Kind.BIRTH], start=1):
            if level.group == group:
                seen[at] = 1.0 - relatives[numbers].sum()
        seen[numbers] = 0.0
    found: Floats = seen[births]
    return found


MOST_MATCHES = 20
"""Records of one person there may be on average before learning is disbelieved; our choice."""


def _refuse_collapse(expected: float, n_records: int) -> None:
    if expected > MOST_MATCHES * n_records:
        raise NotLearnt(
            f"{expected:,.0f} pairs of one person in {n_records:,} records cannot be believed"
        )


def _shares(
    patterns: Patterns, tables: tuple[Floats, Floats], match: float, related: float
) -> tuple[Floats, Floats]:
    """Say of how many pairs of each pattern are of one person, and of relatives."""
    one, kin = log10_ratios(patterns.levels, patterns.cost, patterns.shared_cost, tables)
    odds_one, odds_kin = match * 10.0**one, related * 10.0**kin
    total = odds_one + odds_kin + max(1.0 - match - related, 0.0)
    return patterns.count * odds_one / total, patterns.count * odds_kin / total


def _levels_given(
    levels: NDArray[np.intp], weights: Floats, prior: Floats, weight_of_prior: float
) -> Floats:
    table = np.ones_like(prior)
    for kind in Kind:
        seen: Floats = np.bincount(levels[:, kind], weights, MOST_LEVELS).astype(np.float64)
        table[kind] = _within_groups(kind, seen, prior[kind], weight_of_prior)
    return table


def _within_groups(kind: Kind, seen: Floats, prior: Floats, weight_of_prior: float) -> Floats:
    """Share out what was seen within each group of levels, the prior counted in."""
    row = np.ones(MOST_LEVELS)
    for group in {level.group for level in LEVELS[kind]}:
        at = [n for n, level in enumerate(LEVELS[kind], start=1) if level.group == group]
        counted = seen[at] + weight_of_prior * prior[at]
        row[at] = counted / counted.sum()
    return row
