"""What the prior of a pair means where no record may be matched twice, exactly."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from matching.errors import ImpossiblePrior

Floats = NDArray[np.float64]


def odds_before(prior: float, n_left: int, n_right: int) -> float:
    """Odds of a pair against both of its records standing alone, before the evidence.

    Parameters
    ----------
    prior : float
        Probability that a pair drawn blindly is true, in (0, 1); at most
        ``1 / max(n_left, n_right)``, exclusive.
    n_left, n_right : int
        Records of both sides, at least 1.

    Returns
    -------
    float
        λ > 0 such that under ``P(assignment) ∝ λ^pairs`` over all one-to-one assignments the
        expected number of pairs is ``prior × n_left × n_right``. With one record on each
        side it is ``prior / (1 - prior)``.

    Raises
    ------
    ImpossiblePrior
        If more true pairs are expected than the smaller side has records, or none.

    Notes
    -----
    There are ``C(n, k) C(m, k) k!`` assignments of k pairs. Method: ``docs/methods/joint.md``.
    """
    expected = prior * n_left * n_right
    if not 0 < expected < min(n_left, n_right):
        raise ImpossiblePrior(
            f"{expected:g} true pairs are expected among {n_left} and {n_right} records; "
            f"there must be more than 0 and fewer than {min(n_left, n_right)}"
        )
    pairs = np.arange(min(n_left, n_right) + 1, dtype=np.float64)
    ways = (
        gammaln(n_left + 1)
        - gammaln(n_left - pairs + 1)
        + gammaln(n_right + 1)
        - gammaln(n_right - pairs + 1)
        - gammaln(pairs + 1)
    )
    low, high = np.log(prior) - 1.0, np.log(prior) + 1.0
    while _expected(ways, pairs, high) < expected:
        high += 10.0
    while (middle := (low + high) / 2) not in {low, high}:
        if _expected(ways, pairs, middle) < expected:
            low = middle
        else:
            high = middle
    return float(np.exp(high))


def _expected(ways: Floats, pairs: Floats, log_odds: float) -> float:
    terms = ways + pairs * log_odds
    shares = np.exp(terms - terms.max())
    return float((shares * pairs).sum() / shares.sum())
