"""How many of some pairs are true, given how probable each is: a number and its limits."""

from dataclasses import asdict, dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MANY = 400
"""From so many expected on, the bell curve takes the place of the exact distribution."""
DIGITS = 4
"""Posteriors are gathered by so many digits that count: their sums move by less than 1e-4."""
Z95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Expected:
    """True pairs among some listed ones: the expectation, and limits that hold 95 %."""

    count: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        """Lay it out for a report."""
        return asdict(self)


def expected_true_matches(posterior: Floats) -> Expected:
    """Count on how many of some pairs to be true.

    Parameters
    ----------
    posterior : float64 array, shape (n_pairs,)
        In [0, 1].

    Returns
    -------
    Expected
        The sum, and its `limits_of_sum`.

    Notes
    -----
    The number of true pairs among independent ones of unlike probability is
    Poisson-binomial; its distribution is got from its characteristic function (Hong 2013).
    Pairs of one record exclude each other, which narrows it: the limits are wide enough.
    Method: ``docs/methods/prior.md``.
    """
    return Expected(float(posterior.sum()), *limits_of_sum(posterior))


def limits_of_sum(probability: Floats) -> tuple[float, float]:
    """Give 2.5 % and 97.5 % points of how many independent events happen.

    Parameters
    ----------
    probability : float64 array, shape (n,)
        In [0, 1].

    Returns
    -------
    (float, float)
        Whole numbers; beyond `MANY` expected, those of the bell curve, rounded outwards.
    """
    mean = float(probability.sum())
    if mean > MANY:
        variances = 1 - probability
        variances *= probability
        half = Z95 * sqrt(float(variances.sum()))
        return float(np.floor(mean - half)), float(np.ceil(mean + half))
    below = np.cumsum(_chances(probability, mean))
    return float(np.searchsorted(below, 0.025)), float(np.searchsorted(below, 0.975))


def _chances(probability: Floats, mean: float) -> Floats:
    """Chances of none, one, two … events; beyond ten deviations nothing is left to see."""
    most = min(len(probability), int(mean + 10 * sqrt(mean) + 20))
    turns = np.exp(-2j * np.pi * np.arange(most + 1) / (most + 1))
    product = np.ones(most + 1, dtype=np.complex128)
    for value, times in zip(*_gathered(probability), strict=True):
        product *= (1 + value * (turns - 1)) ** times
    chances: Floats = np.clip(np.fft.ifft(product).real, 0.0, None)
    return chances


def _gathered(probability: Floats) -> tuple[list[float], list[int]]:
    """Count how often each probability occurs, rounded to `DIGITS`; impossible ones go."""
    some = probability[probability > 0]
    scale = 10.0 ** (DIGITS - np.ceil(np.log10(some)))
    values, times = np.unique(
        np.minimum(np.round(some * scale) / scale, 1.0), return_counts=True
    )
    return values.tolist(), times.tolist()
