"""What is believed of a pair before its evidence, and after it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prior:
    """Probability that a pair drawn blindly is true, and where that number comes from.

    Attributes
    ----------
    value : float
        Expected true matches divided by the number of pairs, in (0, 1).
    expected_true_matches : float
        How many of the pairs are expected to be true; most remains belong to nobody
        reported, so this is far below either count.
    basis : str
        How the expectation was reached: ``"share_reported"`` (the model's share of remains
        whose person is in the registry) or ``"stated"`` (given by the caller).
    """

    value: float
    expected_true_matches: float
    basis: str


def open_population_prior(n_missing: int, n_remains: int, share_reported: float) -> Prior:
    """Expect a share of the remains to belong to someone in the registry.

    Parameters
    ----------
    n_missing, n_remains : int
        Sizes of both sides, at least 1.
    share_reported : float
        Share, in (0, 1), of the smaller side whose counterpart is on the other side.

    Returns
    -------
    Prior
        With ``expected_true_matches = share_reported × min(n_missing, n_remains)``.

    Notes
    -----
    The population is open: neither side holds everybody, so a 1:1 assignment is never
    assumed. Method: ``docs/methods/search.md``.
    """
    expected = share_reported * min(n_missing, n_remains)
    return Prior(expected / (n_missing * n_remains), expected, "share_reported")


def posteriors(log10_lr: Floats, left: Integers, right: Integers, prior: float) -> Floats:
    """Turn weights into probabilities, letting the rivals of both records compete.

    Parameters
    ----------
    log10_lr : float64 array, shape (n_pairings,)
        Finite base-10 log likelihood ratios.
    left, right : int64 arrays, shape (n_pairings,)
        Which two records each pairing joins, each counted from 0.
    prior : float
        Probability of a pair before its evidence, in (0, 1).

    Returns
    -------
    float64 array, shape (n_pairings,)
        Probabilities in [0, 1].

    Notes
    -----
    A person belongs to one set of remains and remains to one person. For a pairing with
    likelihood ratio L, let S and T be the sums of the ratios of the *other* listed pairings
    of its two records, and π the prior. Either the pairing is true (π L), or each record
    belongs elsewhere or to nobody: (1 + π S)(1 + π T). Pairings that are not listed are left
    out of S and T; their ratios are below those listed. Assignments further away than one
    step are ignored. Method: ``docs/methods/search.md``.
    """
    own = prior * 10.0**log10_lr
    rivals_left = np.bincount(left, weights=own)[left] - own
    rivals_right = np.bincount(right, weights=own)[right] - own
    elsewhere = (1 + np.maximum(rivals_left, 0)) * (1 + np.maximum(rivals_right, 0))
    result: Floats = own / (own + elsewhere)
    return result
