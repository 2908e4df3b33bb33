"""How well a list of proposed pairings finds a known truth, and whether to believe its odds.

Everything here judges a list that is already written, so it neither knows nor imports the
model that made it. Two questions are kept apart: does the true mate stand near the top
(recall, reciprocal rank), and does "20 %" mean two in ten (log-loss, reliability)?
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.errors import NothingToCompare

Pair = tuple[str, str]
Floats = NDArray[np.float64]
Ranks = NDArray[np.int64]
Flags = NDArray[np.bool_]

RECALL_AT = (1, 5, 10, 50)
"""The ranks that `formats` of the batch tables ask for."""

BIN_EDGES = (0.0, 0.001, 0.01, 0.05, *(k / 10 for k in range(1, 10)), 1.0)
"""Our choice: tenths, and finer below one tenth, where nearly all listed pairs lie."""

WORTH_READING = 0.01
"""Our choice: below one in a hundred nobody is asked to look, and zeros flatter the average."""

SURE = 1e-12
"""A posterior nearer to 0 or 1 than this is judged as if it were this near."""

_Z95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


class ListSide(StrEnum):
    """Whose list of proposals is judged."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ListedPairs:
    """Proposed pairings as a `match` run lists them; each pair stands once.

    Attributes
    ----------
    left, right : sequences of str, length n_pairs
        Record ids.
    posterior : float array, shape (n_pairs,)
        Probability in [0, 1] that the pairing is true; no ``nan``.
    rank_for_left, rank_for_right : int arrays, shape (n_pairs,)
        1 for the best pairing of that record; 0 when it lies outside that side's top.
    """

    left: Sequence[str]
    right: Sequence[str]
    posterior: Floats
    rank_for_left: Ranks
    rank_for_right: Ranks

    def __post_init__(self) -> None:
        columns = (self.right, self.posterior, self.rank_for_left, self.rank_for_right)
        if any(len(column) != len(self.left) for column in columns):
            raise ValueError("the columns of the listed pairs differ in length")
        if not bool(np.all((self.posterior >= 0) & (self.posterior <= 1))):
            raise ValueError("a posterior lies outside 0 to 1")

    def __len__(self) -> int:
        return len(self.left)

    def chosen(self, keep: Flags) -> "ListedPairs":
        """Take the pairs where `keep`, shape (n_pairs,), is true."""
        at = np.flatnonzero(keep)
        return ListedPairs(
            [self.left[i] for i in at.tolist()],
            [self.right[i] for i in at.tolist()],
            self.posterior[at],
            self.rank_for_left[at],
            self.rank_for_right[at],
        )


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs whose posterior lies in [low, high), or [low, 1] in the last bin.

    `mean_posterior` is what was said, `share_true` what was so; both are ``nan`` in an empty
    bin. `share_low` and `share_high` bound the share at 95 % (Wilson 1927, score interval).
    """

    low: float
    high: float
    pairs: int
    true: int
    mean_posterior: float
    share_true: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `evaluate` found; each number is described where it is computed."""

    pairs_listed: int
    true_pairs: int
    true_pairs_listed: int
    recall: Mapping[ListSide, Mapping[int, float]]
    mean_reciprocal_rank: Mapping[ListSide, float]
    log_loss: float
    log_loss_with_unlisted: float
    log_loss_of_base_rate: float
    expected_true: float
    calibration_error: float
    calibration_error_worth_reading: float
    reliability: tuple[ReliabilityBin, ...]


def evaluate(pairs: ListedPairs, truth: Collection[Pair]) -> Evaluation:
    """Judge a list of proposed pairings against a known truth.

    Parameters
    ----------
    pairs : ListedPairs
        May be empty: then nothing is found, and calibration is ``nan``.
    truth : collection of (left id, right id)
        The true pairs, several per record allowed (two relatives, remains in parts).

    Returns
    -------
    Evaluation

    Raises
    ------
    NothingToCompare
        If `truth` is empty: recall of nothing has no meaning.

    Notes
    -----
    Log-loss and reliability are taken over the listed pairs. A true pair that is not listed
    has no posterior; `log_loss_with_unlisted` charges it the smallest posterior listed,
    which is at least what the engine gave it when the list is the top of each record, so the
    loss is never overstated. Unlisted pairs that are not true are charged nothing.
    Described in ``docs/methods/evaluation.md``.
    """
    known = set(truth)
    if not known:
        raise NothingToCompare("the truth holds no pair, so nothing can be judged against it")
    is_true = _flags(pairs, known)
    ranks = {side: _ranks_of_truth(pairs, is_true, side) for side in ListSide}
    found = int(is_true.sum())
    return Evaluation(
        pairs_listed=len(pairs),
        true_pairs=len(known),
        true_pairs_listed=found,
        recall={side: recall_at(ranks[side], len(known)) for side in ListSide},
        mean_reciprocal_rank={
            side: mean_reciprocal_rank(_best_ranks(pairs, is_true, side), _mates(known, side))
            for side in ListSide
        },
        log_loss=log_loss(pairs.posterior, is_true),
        log_loss_with_unlisted=log_loss(pairs.posterior, is_true, len(known) - found),
        log_loss_of_base_rate=_base_rate_loss(is_true),
        expected_true=float(pairs.posterior.sum()),
        calibration_error=expected_calibration_error(reliability(pairs.posterior, is_true)),
        calibration_error_worth_reading=_error_worth_reading(pairs.posterior, is_true),
        reliability=reliability(pairs.posterior, is_true),
    )


def evaluate_by_group(
    pairs: ListedPairs, truth: Iterable[Pair], groups: Mapping[str, str], side: ListSide
) -> dict[str, Evaluation]:
    """Judge the list once per group of the records of one side.

    Parameters
    ----------
    pairs : ListedPairs
    truth : iterable of (left id, right id)
    groups : mapping of record id to group
        Records that are not in it belong to no group and are left out.
    side : ListSide
        The side the ids of `groups` belong to.

    Returns
    -------
    dict of group to Evaluation
        In the order of the groups' names; a group without a true pair is left out, for
        nothing can be judged there. See ``docs/methods/evaluation.md``.
    """
    at = 0 if side is ListSide.LEFT else 1
    truth_of: dict[str, set[Pair]] = {}
    for pair in truth:
        if pair[at] in groups:
            truth_of.setdefault(groups[pair[at]], set()).add(pair)
    ids = pairs.left if side is ListSide.LEFT else pairs.right
    names = np.array([groups.get(each, "") for each in ids], dtype=object)
    return {
        name: evaluate(pairs.chosen(names == name), truth_of[name]) for name in sorted(truth_of)
    }


def recall_at(ranks: Ranks, true_pairs: int, at: Sequence[int] = RECALL_AT) -> dict[int, float]:
    """Share of the true pairs whose rank is at most k, for each k.

    Parameters
    ----------
    ranks : int array, shape (n,)
        Ranks of the true pairs that are listed; 0 means outside the top.
    true_pairs : int
        How many true pairs there are, listed or not; at least 1.
    at : sequence of int
        The values of k.

    Returns
    -------
    dict of k to a share in [0, 1]
        See ``docs/methods/evaluation.md``.
    """
    listed = ranks[ranks > 0]
    return {k: float((listed <= k).sum()) / true_pairs for k in at}


def mean_reciprocal_rank(best_ranks: Ranks, records: int) -> float:
    """Average of 1 / rank of the first true mate over the records that have one.

    Parameters
    ----------
    best_ranks : int array, shape (n,)
        For each record with a listed true mate, the rank of the first; 0 means outside the
        top and counts as nothing.
    records : int
        How many records have a true mate, listed or not; at least 1.

    Returns
    -------
    float in [0, 1]
        1 if every record's first proposal is true. See ``docs/methods/evaluation.md``.
    """
    listed = best_ranks[best_ranks > 0]
    return float((1.0 / listed).sum()) / records


def log_loss(posterior: Floats, is_true: Flags, unlisted_true: int = 0) -> float:
    """Average surprise, in nats, at which pairs turned out true.

    Parameters
    ----------
    posterior : float array, shape (n,)
        In [0, 1]; values nearer to an end than `SURE` are judged as `SURE` away from it.
    is_true : bool array, shape (n,)
    unlisted_true : int
        True pairs without a posterior, charged the smallest one given.

    Returns
    -------
    float, at least 0
        ``nan`` if there is no pair. 0 would be a prophet. See ``docs/methods/evaluation.md``.
    """
    if not len(posterior):
        return float("nan")
    said = np.clip(posterior, SURE, 1 - SURE)
    surprise = -np.log(np.where(is_true, said, 1 - said)).sum()
    unlisted = -np.log(said.min()) * unlisted_true
    return float(surprise + unlisted) / (len(said) + unlisted_true)


def reliability(
    posterior: Floats, is_true: Flags, edges: Sequence[float] = BIN_EDGES
) -> tuple[ReliabilityBin, ...]:
    """Compare what was said with what was so, bin by bin.

    Parameters
    ----------
    posterior : float array, shape (n,)
        In [0, 1].
    is_true : bool array, shape (n,)
    edges : increasing sequence of float
        From 0 to 1; each bin contains its lower edge, the last one also 1.

    Returns
    -------
    tuple of ReliabilityBin
        One per pair of neighbouring edges. See ``docs/methods/evaluation.md``.
    """
    inner = np.asarray(edges[1:-1])
    bin_of = np.digitize(posterior, inner)
    count = len(edges) - 1
    pairs = np.bincount(bin_of, minlength=count)
    true = np.bincount(bin_of, weights=is_true, minlength=count)
    said = np.bincount(bin_of, weights=posterior, minlength=count)
    return tuple(
        _bin((edges[i], edges[i + 1]), int(pairs[i]), int(true[i]), float(said[i]))
        for i in range(count)
    )


def expected_calibration_error(bins: Iterable[ReliabilityBin]) -> float:
    """Average distance of what was said from what was so, each pair counting once.

    Parameters
    ----------
    bins : iterable of ReliabilityBin

    Returns
    -------
    float in [0, 1]
        Sum over bins of ``pairs / all pairs * |share_true - mean_posterior|`` (Naeini,
        Cooper & Hauskrecht 2015, section "Calibration"); ``nan`` if all bins are empty.
        See ``docs/methods/evaluation.md``.
    """
    filled = [each for each in bins if each.pairs]
    if not filled:
        return float("nan")
    total = sum(each.pairs for each in filled)
    return (
        sum(each.pairs * abs(each.share_true - each.mean_posterior) for each in filled) / total
    )


def wilson_interval(true: int, pairs: int) -> tuple[float, float]:
    """95 % score interval of a share.

    Parameters
    ----------
    true, pairs : int
        0 <= true <= pairs.

    Returns
    -------
    (low, high) : floats in [0, 1]
        ``(nan, nan)`` if `pairs` is 0. Source: Wilson 1927, JASA 22:209, as in Brown, Cai &
        DasGupta 2001, equation 4. See ``docs/methods/evaluation.md``.
    """
    if not pairs:
        return float("nan"), float("nan")
    share, z2 = true / pairs, _Z95**2
    centre = (true + z2 / 2) / (pairs + z2)
    half = _Z95 * np.sqrt(share * (1 - share) * pairs + z2 / 4) / (pairs + z2)
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))


def _bin(edges: tuple[float, float], pairs: int, true: int, said: float) -> ReliabilityBin:
    nan = float("nan")
    low, high = wilson_interval(true, pairs)
    return ReliabilityBin(
        low=edges[0],
        high=edges[1],
        pairs=pairs,
        true=true,
        mean_posterior=said / pairs if pairs else nan,
        share_true=true / pairs if pairs else nan,
        share_low=low,
        share_high=high,
    )


def _flags(pairs: ListedPairs, known: set[Pair]) -> Flags:
    both = zip(pairs.left, pairs.right, strict=True)
    return np.fromiter((pair in known for pair in both), dtype=np.bool_, count=len(pairs))


def _ranks_of_truth(pairs: ListedPairs, is_true: Flags, side: ListSide) -> Ranks:
    ranks = pairs.rank_for_left if side is ListSide.LEFT else pairs.rank_for_right
    return ranks[is_true]


def _best_ranks(pairs: ListedPairs, is_true: Flags, side: ListSide) -> Ranks:
    ids = pairs.left if side is ListSide.LEFT else pairs.right
    at = np.flatnonzero(is_true).tolist()
    best: dict[str, int] = {}
    for i, rank in zip(at, _ranks_of_truth(pairs, is_true, side).tolist(), strict=True):
        if rank > 0:
            best[ids[i]] = min(best.get(ids[i], rank), rank)
    return np.array(list(best.values()), dtype=np.int64)


def _mates(known: set[Pair], side: ListSide) -> int:
    at = 0 if side is ListSide.LEFT else 1
    return len({pair[at] for pair in known})


def _base_rate_loss(is_true: Flags) -> float:
    if not len(is_true):
        return float("nan")
    return log_loss(np.full(len(is_true), is_true.mean()), is_true)


def _error_worth_reading(posterior: Floats, is_true: Flags) -> float:
    high = posterior >= WORTH_READING
    return expected_calibration_error(reliability(posterior[high], is_true[high]))
