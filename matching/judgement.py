"""What is believed of the pairs of a finished search, and how many of them should be true."""

from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.calibration import calibrated, version_of
from matching.model_file import Model, PriorParameters
from matching.prior import Prior, odds_of, open_population_prior, posteriors
from matching.search.ranking import Ranking, Weights
from matching.true_matches import Expected, limits_of_sum

Floats = NDArray[np.float64]
Integers = NDArray[np.integer[Any]]
Pairs = tuple[Floats, Integers, Integers]
"""Calibrated weights, left and right records."""

LOOKED_AT = 1e-4
"""Odds before the registry is asked from which on a listed pair is looked at by itself."""
MOST_LOOKED_AT = 1_000_000
"""Of more pairs only the heaviest are looked at by themselves."""
SAMPLED = 100_000
"""Pairs drawn to see what the pairs that are not looked at say together."""
MOST_FAINT = 0.95
"""Beyond, what is looked at says nothing of how many there are; nothing is learnt then."""
LEAST_EXPECTED = 1.0
"""Where the model expects fewer true pairs, one pair would speak for itself twice."""
LEAST_SHARE, MOST_SHARE = 1e-3, 0.95
"""Between these lies the share of the smaller side that belongs to the other."""
TRIED, FINE = 18, 2000
"""Numbers of true matches that are tried, and points of the smooth curve through them."""
LIMITS = (0.025, 0.5, 0.975)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is believed after a search.

    Attributes
    ----------
    posterior : float64 array, shape (n_pairings,)
        In the order of the ranking.
    prior : Prior
    expected : Expected
        True pairs among those listed.
    calibration_version : str
    """

    posterior: Floats
    prior: Prior
    expected: Expected
    calibration_version: str

    def as_dict(self) -> dict[str, object]:
        """Lay out for a report everything but the posteriors themselves."""
        return {
            "prior": self.prior.as_dict(),
            "expected_true_matches_in_list": self.expected.as_dict(),
            "calibration_version": self.calibration_version,
        }


def judge(
    ranking: Ranking, model: Model, *, counts: tuple[int, int], prior: Prior | None = None
) -> Judgement:
    """Say how probable each listed pair is, and how many should be true.

    Parameters
    ----------
    ranking : Ranking
        Of `matching.search.rank`; its posteriors are not read.
    model : Model
        The one that weighed.
    counts : (int, int)
        Records of the left and of the right.
    prior : Prior, optional
        Of the last whole search, or stated; otherwise learnt from this one, if the model
        says how sure it is of its own.

    Returns
    -------
    Judgement

    Notes
    -----
    Methods: ``docs/methods/prior.md`` and ``docs/methods/calibration.md``.
    """
    worth = calibrated(ranking.log10_lr, model.calibration)
    if prior is None:
        prior = _prior_of(ranking, worth, model, counts)

    def under(some: Prior) -> Floats:
        return posteriors(worth, ranking.left, ranking.right, odds_of(some, counts))

    posterior = under(prior)
    few, many = (
        limits_of_sum(posterior if number is None else under(prior.expecting(number)))
        for number in (prior.low, prior.high)
    )
    expected = Expected(float(posterior.sum()), few[0], many[1])
    return Judgement(posterior, prior, expected, version_of(model.calibration))


def believed(ranking: Ranking, judgement: Judgement) -> Ranking:
    """Put what is believed into the ranking; weights and ranks stay as they are."""
    return replace(ranking, posterior=judgement.posterior, prior=judgement.prior)


def _prior_of(ranking: Ranking, worth: Floats, model: Model, counts: tuple[int, int]) -> Prior:
    start = open_population_prior(*counts, model.prior.share_reported)
    weights = ranking.weights
    is_unsure = model.prior.doubt_log10 is not None
    is_few = start.expected_true_matches < LEAST_EXPECTED
    if not is_unsure or is_few or not isinstance(weights, Weights):
        return start
    at = _looked_at(worth, start)
    pairs = worth[at], ranking.left[at], ranking.right[at]
    left, right = spread(counts, SAMPLED)
    ratios = 10.0 ** calibrated(weights.totals(left, right), model.calibration)
    bars = np.minimum(
        _bar(pairs[0], pairs[1], ranking.rank_for_left[at], counts[0])[left],
        _bar(pairs[0], pairs[2], ranking.rank_for_right[at], counts[1])[right],
    )
    faint = Faint.of(np.where(ratios < bars, ratios, 0.0))
    if faint.share > MOST_FAINT:
        return start
    return learnt_prior(start, pairs, counts, (model.prior, faint))


@dataclass(frozen=True, slots=True)
class Faint:
    """Share of the true pairs that are not looked at, and its standard error."""

    share: float
    error: float = 0.0

    @classmethod
    def of(cls, ratios: Floats) -> Self:
        """Estimate it from likelihood ratios of pairs drawn, nought where looked at."""
        return cls(float(ratios.mean()), float(ratios.std() / sqrt(len(ratios))))


def _looked_at(worth: Floats, start: Prior) -> NDArray[np.bool_]:
    least = log(LOOKED_AT / start.value) / log(10)
    if len(worth) > MOST_LOOKED_AT:
        least = max(least, float(np.partition(worth, -MOST_LOOKED_AT)[-MOST_LOOKED_AT]))
    at: NDArray[np.bool_] = worth >= least
    return at


def _bar(worth: Floats, records: Integers, ranks: NDArray[np.int32], count: int) -> Floats:
    """Likelihood ratio below which nothing of a record's own list is looked at."""
    bar = np.full(count, np.inf)
    listed = ranks > 0
    np.minimum.at(bar, records[listed], 10.0 ** worth[listed])
    return bar


def spread(counts: tuple[int, int], pairs: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Draw pairs spread evenly over both sides, the same ones every time.

    Parameters
    ----------
    counts : (int, int)
        Records of the left and of the right.
    pairs : int

    Returns
    -------
    (int32 array, int32 array), each of shape (pairs,)
        Positions. The additive recurrence of the plastic number (Roberts 2018), in which no
        chance is thrown. See ``docs/methods/prior.md``.
    """
    plastic = 1.324717957244746
    at = np.arange(1, pairs + 1)
    left, right = (
        np.minimum(at / plastic**power % 1.0 * count, count - 1).astype(np.int32)
        for power, count in enumerate(counts, 1)
    )
    return left, right


def learnt_prior(
    start: Prior, pairs: Pairs, counts: tuple[int, int], sure: tuple[PriorParameters, Faint]
) -> Prior:
    """Let the weights of a registry say how many of its pairs are true.

    Parameters
    ----------
    start : Prior
        What the model expects.
    pairs : (float64 array, int64 array, int64 array)
        Calibrated weights, left and right records of the pairs that are looked at.
    counts : (int, int)
        Records of the left and of the right.
    sure : (PriorParameters, Faint)
        How sure the model is, and the share of true pairs that are not among `pairs`.

    Returns
    -------
    Prior
        Of basis ``"registry"``: median and 95 % limits.

    Notes
    -----
    Each number n is asked for the sum of the posteriors it leads to, over the share of true
    pairs that is looked at, ``F(n)``. The right number answers itself, but for chance,
    ``1 / F``, for the sampling of what is faint, and for the model's faults, `doubt_of_fit`.
    Where the evidence is weak every number answers itself and the model's own expectation
    stays. Derived in ``docs/methods/prior.md``.
    """
    model, faint = sure
    ends = LEAST_SHARE * min(counts), MOST_SHARE * min(counts)
    tried = np.linspace(log(ends[0]), log(ends[1]), TRIED)
    sums = [
        float(posteriors(*pairs, odds_of(start.expecting(exp(n)), counts)).sum())
        for n in tried.tolist()
    ]
    log_n = np.linspace(tried[0], tried[-1], FINE)
    found = np.log(np.maximum(sums, 1e-12)) - log(1 - faint.share)
    doubt = (model.doubt_of_fit or 0.0) ** 2 + (faint.error / (1 - faint.share)) ** 2
    return _drawn_together(start, log_n, np.interp(log_n, tried, found), (model, doubt))


def _drawn_together(
    start: Prior, log_n: Floats, log_found: Floats, sure: tuple[PriorParameters, float]
) -> Prior:
    """Weigh how well each number answers itself against what the model expects."""
    model, more = sure
    before = (model.doubt_log10 or 0.0) * log(10)
    doubt = np.exp(-log_found) + more
    belief = np.exp(
        -((log_found - log_n) ** 2 / doubt) / 2
        - ((log_n - log(start.expected_true_matches)) / before) ** 2 / 2
    )
    belief /= belief.sum()
    low, middle, high = np.exp(np.interp(LIMITS, np.cumsum(belief), log_n)).tolist()
    variance = float(belief @ (log_n - belief @ log_n) ** 2)
    learned = max(0.0, 1 - variance / before**2)
    return replace(
        start.expecting(middle), basis="registry", low=low, high=high, learned=learned
    )
