"""Records that stand on both sides: nobody is compared with themselves, and no pair told twice.

Two lists of one kind may be one list, or share records. The search then weighs every pair both
ways round, and each record against itself; what is left here is each pair once, the likelier
way round, ranked for both of its records.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.calibration import calibrated
from matching.model_file import Model
from matching.prior import Prior, odds_of
from matching.search.ranking import Floats, Indices, PairWeights, Places, Ranking

ROUNDS = 40
"""Rounds in which rivals hear of their rivals, each half a step; 40 more move no posterior of a
random list of 3,000 records and 20,000 strong pairs by more than 0.002."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Who each record is, numbered over both sides: those on both have one number.

    Attributes
    ----------
    left, right : int64 arrays, shapes (n_left,) and (n_right,)
        The number of each record, from 0.
    count : int
        How many records stand on both sides.
    changed : int
        How many bear one id on both sides and say something else there: two institutions
        may number alike, so these are different records and stay comparable.
    """

    left: Indices
    right: Indices
    count: int
    changed: int

    @property
    def mirrored(self) -> int:
        """Pairs that the search weighs a second time, the other way round."""
        return self.count * (self.count - 1) // 2

    @property
    def people(self) -> tuple[int, int]:
        """How many records either side stands for, those on both shared between them."""
        half = self.count // 2
        return len(self.left) - half, len(self.right) - half

    @property
    def pairs(self) -> int:
        """How many different pairs of different records there are."""
        return len(self.left) * len(self.right) - self.count - self.mirrored


def shared_records(left: Sequence[Any], right: Sequence[Any]) -> Shared:
    """Find the records that stand on both sides.

    Parameters
    ----------
    left, right : sequences of records
        As they were read, before `matching.pairings` makes them told and seen. Records of
        different tables are never the same.

    Returns
    -------
    Shared
        Two records are one if they bear the same `record_id` and say the same.
    """
    at = {one.record_id: number for number, one in enumerate(left)}
    who = np.arange(len(left), len(left) + len(right), dtype=np.int64)
    changed = 0
    for place, one in enumerate(right):
        number = at.get(one.record_id)
        if number is None or type(left[number]) is not type(one):
            continue
        if left[number] == one:
            who[place] = number
        else:
            changed += 1
    count = int((who < len(left)).sum())
    return Shared(np.arange(len(left), dtype=np.int64), who, count, changed)


def each_pair_once(ranking: Ranking, shared: Shared, model: Model, top: int) -> Ranking:
    """Leave out of a ranking whoever is paired with themselves, and the second way round.

    Parameters
    ----------
    ranking : Ranking
        Of ``top + 1`` pairings for each record.
    shared : Shared
        `shared_records` of the same two sides.
    model : Model
        The one that weighed.
    top : int
        Pairings kept for each record, at least 1.

    Returns
    -------
    Ranking
        Each pair of different records once, the way round in which it weighs more (the
        first by position where both weigh the same), if it is within the `top` of one of
        its two records among all pairs of that record, on whichever side. The prior expects
        as many true pairs as the model among the different pairs; posteriors let all pairs of
        either record compete. `pairs_scored` counts each pair once.

    Notes
    -----
    Exact. Let W of a pair be the larger of its two weights, and let it be within the top k
    of its record r by W. It has the weight W in a list of the search in which r is one side;
    each pair before it there has a W at least as large. So fewer than k different pairs
    stand before it, and at most r itself: it is among the k + 1 the search kept. Equal
    weights rank by position of the records, left before right. Method:
    ``docs/methods/pairings.md``.
    """
    ends = np.stack([shared.left[ranking.left], shared.right[ranking.right]])
    kept = _once(ends, ranking.log10_lr)
    ranks = _ranks(ends[:, kept], ranking.log10_lr[kept])
    listed = ((ranks >= 1) & (ranks <= top)).any(axis=0)
    kept, ranks = kept[listed], np.where(ranks <= top, ranks, 0)[:, listed]
    log10_lr = ranking.log10_lr[kept]
    prior = _prior(ranking.prior, shared)
    worth = calibrated(log10_lr, model.calibration)
    return replace(
        ranking,
        left=ranking.left[kept],
        right=ranking.right[kept],
        log10_lr=log10_lr,
        posterior=_posteriors(worth, ends[:, kept], odds_of(prior, shared.people)),
        rank_for_left=ranks[0].astype(np.int32),
        rank_for_right=ranks[1].astype(np.int32),
        weights=Chosen(ranking.weights, kept),
        pairs_scored=ranking.pairs_scored - shared.count - shared.mirrored,
        prior=prior,
    )


class Chosen(PairWeights):
    """Weights of some of the pairings of a ranking, one kind at a time."""

    def __init__(self, weights: PairWeights, kept: Indices) -> None:
        self._weights, self._kept = weights, kept

    def __getitem__(self, kind: str) -> Floats:
        return self._weights[kind][self._kept]

    def __iter__(self) -> Iterator[str]:
        return iter(self._weights)

    def __len__(self) -> int:
        return len(self._weights)

    def at(self, places: Places) -> PairWeights:
        return self._weights.at(self._kept[places])


def _once(ends: Indices, log10_lr: Floats) -> Indices:
    """Positions of the pairs to keep, in their order."""
    low, high = ends.min(axis=0), ends.max(axis=0)
    order = np.lexsort((np.arange(len(low)), -log10_lr, high, low))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    apart = low[order] != high[order]
    kept: Indices = np.sort(order[first & apart])
    return kept


def _ranks(ends: Indices, log10_lr: Floats) -> Indices:
    """Rank each pair among all pairs of its first record, and of its second."""
    records = ends.ravel()
    pairs = np.tile(np.arange(ends.shape[1]), 2)
    order = np.lexsort((pairs, -np.tile(log10_lr, 2), records))
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = np.diff(records[order]) != 0
    place = np.arange(len(order))
    starts = np.maximum.accumulate(np.where(begins, place, 0))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = place - starts + 1
    return ranks.reshape(ends.shape)


def _prior(prior: Prior, shared: Shared) -> Prior:
    """Expect of records on both sides half as many true pairs: each is counted once."""
    counts = len(shared.left), len(shared.right)
    expected = prior.expected_true_matches * (1 - shared.count / 2 / min(counts))
    return replace(prior, value=expected / shared.pairs, expected_true_matches=expected)


def _posteriors(log10_lr: Floats, ends: Indices, odds: float) -> Floats:
    """As `matching.prior.posteriors`, with the rivals of a record on either side.

    Rivalries form rings of three here, round which answers would swing for ever: each is
    drawn half way, by its logarithm, to the new one.
    """
    own = odds * 10.0**log10_lr
    free = np.ones((2, len(own)))
    for _ in range(ROUNDS):
        free = np.sqrt(free * _free(own * free[::-1], ends))
    reached = own * free[0] * free[1]
    result: Floats = reached / (1 + reached)
    return result


def _free(claims: Floats, ends: Indices) -> Floats:
    """Say of both records of each pair how probable it is that no other pair claims them."""
    records = int(ends.max(initial=-1)) + 1
    claimed = np.zeros(records)
    for own, claim in zip(ends, claims, strict=True):
        claimed += np.bincount(own, weights=claim, minlength=records)
    free: Floats = 1 / (1 + np.maximum(claimed[ends] - claims, 0.0))
    return free
