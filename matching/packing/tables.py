"""Weights computed once for each pair of distinct values, then looked up."""

from collections.abc import Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from matching.evidence.age import (
    OLDEST,
    ReportedAge,
    ages_among_remains,
    ages_at_death,
    softly_within,
)
from matching.evidence.numbers import LARGEST
from matching.evidence.stature import Expected, population_density
from matching.evidence.survival import SurvivalParameters, spans_alive
from matching.evidence.time import Interval, curve_days
from matching.model_file import Model

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]

AT_ONCE = 64
"""Rows computed together: what is needed on the way takes several times their room."""


def ages_told(lefts: Sequence[ReportedAge], model: Model) -> Floats:
    """Probability of each age at death, for distinct reports; shape (n, OLDEST + 1)."""
    persons = [ages_at_death(one, model.age.heaping, model.survival) for one in lefts]
    return np.array(persons).reshape(len(lefts), OLDEST + 1)


def ages_seen(rights: Sequence[tuple[float, float]], model: Model) -> tuple[Floats, Floats]:
    """How well each age fits distinct ranges, rounded by `estimate_ends`; and anybody's."""
    ranges = np.array([softly_within(*one, model.age.estimate) for one in rights])
    fits = ranges.reshape(len(rights), OLDEST + 1)
    # Its digits do not depend on how many ranges are asked about at a time, as those of a
    # product with a vector do.
    return fits, (fits * np.array(ages_among_remains(model.age.population))).sum(axis=1)


def age_weights(persons: Floats, seen: tuple[Floats, Floats], model: Model) -> Floats:
    """Weights of age for `ages_told` and `ages_seen`.

    Returns
    -------
    float64 array, shape (len(persons), len(seen[0]))
        As `weigh_age` says, to rounding. `numpy.einsum` and not a matrix product: its digits
        do not depend on the number of cores.
    """
    fits, anybody = seen
    person = np.einsum("la,ra->lr", persons, fits)
    return _log10_mixed(model.age.unrelated, person / anybody)


def statures_told(lefts: Sequence[Expected]) -> Floats:
    """Mean and standard deviation of distinct expectations, in cm; shape (n, 2)."""
    return np.array([(one.mean_cm, one.sd_cm) for one in lefts], dtype=np.float64).reshape(
        -1, 2
    )


def statures_seen(rights: Sequence[tuple[Expected, float]], model: Model) -> Floats:
    """Mean, error and density among anybody of distinct findings; shape (3, n).

    A finding has a stature and the probability of being female.
    """
    population = model.stature.population
    found = [
        (one.mean_cm, one.sd_cm, population_density(one, female, population))
        for one, female in rights
    ]
    return np.ascontiguousarray(np.array(found, dtype=np.float64).reshape(-1, 3).T)


def stature_weights(told: Floats, seen: Floats, model: Model) -> Floats:
    """Weights of stature for `statures_told` and `statures_seen`.

    Returns
    -------
    float64 array, shape (len(told), seen.shape[1])
        As `weigh_stature` says, to rounding.
    """
    weights = np.empty((len(told), seen.shape[1]))
    for start in range(0, len(told), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        expected = told[some, :1], told[some, 1:]
        weights[some] = _stature_weights(expected, seen, model)
    return weights


def stature_weights_of(
    told: Floats, seen: Floats, pairs: tuple[Integers, Integers], model: Model
) -> Floats:
    """Give some entries of `stature_weights`, to the last digit, without the others.

    Parameters
    ----------
    told, seen : float64 arrays
        `statures_told` and `statures_seen`.
    pairs : (int32 array, int32 array), each of shape (n_pairs,)
        Which of `told` and which of `seen`.
    model : Model

    Returns
    -------
    float64 array, shape (n_pairs,)
    """
    rows, columns = pairs
    return _stature_weights((told[rows, 0], told[rows, 1]), seen[:, columns], model)


def _stature_weights(expected: tuple[Floats, Floats], seen: Floats, model: Model) -> Floats:
    mean, spread = expected
    found, error, anybody = seen
    variance = spread**2 + error**2
    person = np.exp(-((found - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    return _log10_mixed(model.stature.unrelated, person / anybody)


def _log10_mixed(unrelated: float, ratio: Floats) -> Floats:
    mixed: Floats = np.minimum(np.log10(unrelated + (1 - unrelated) * ratio), LARGEST)
    return mixed


def interval_curve(interval: Interval, last_day: int, survival: SurvivalParameters) -> Floats:
    """Probability of recovery within each number of days, 0 to `last_day`.

    Parameters
    ----------
    interval : Interval
        Days from death to recovery.
    last_day : int
        At least the longest gap that any pair can have, and one more.
    survival : SurvivalParameters

    Returns
    -------
    float64 array, shape (last_day + 1,)
        As `chance_within` says, to rounding.
    """
    grid = curve_days()
    nodes = [day for day in grid if day < last_day]
    nodes.extend(grid[len(nodes) : len(nodes) + 1])
    chances = np.maximum.accumulate(_chances(nodes, interval, survival))  # but for rounding
    curve: Floats = np.interp(np.arange(last_day + 1), nodes, chances)
    return curve


def _chances(nodes: Sequence[int], interval: Interval, survival: SurvivalParameters) -> Floats:
    """`chance_by` at all days at once."""
    chances = np.zeros(len(nodes))
    days = np.array(nodes, dtype=np.float64)
    for share, low, high in spans_alive(survival):
        near, far = (_log_normal_areas(days - alive, interval) for alive in (low, high))
        chances += share * (near - far) / (high - low)
    return chances


def _log_normal_areas(days: Floats, interval: Interval) -> Floats:
    sd = interval.log_sd
    days = np.maximum(days, 0.0)
    with np.errstate(divide="ignore"):  # nobody is recovered before dying: log(0) is -inf
        z = (np.log(days) - log(interval.median_days)) / sd
    mean = interval.median_days * exp(sd * sd / 2)
    areas: Floats = days * ndtr(z) - mean * ndtr(z - sd)
    return areas
