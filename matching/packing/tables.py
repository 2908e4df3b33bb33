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


def age_table(
    lefts: Sequence[ReportedAge], rights: Sequence[tuple[float, float]], model: Model
) -> Floats:
    """Weights of age for distinct reports and distinct estimated ranges.

    Parameters
    ----------
    lefts : sequence of ReportedAge
    rights : sequence of (low, high)
        Rounded by `estimate_ends`.
    model : Model

    Returns
    -------
    float64 array, shape (len(lefts), len(rights))
        As `weigh_age` says, to rounding. `numpy.einsum` and not a matrix product: its digits
        do not depend on the number of cores.
    """
    persons = [ages_at_death(one, model.age.heaping, model.survival) for one in lefts]
    ranges = np.array([softly_within(*one, model.age.estimate) for one in rights])
    fits = ranges.reshape(len(rights), OLDEST + 1)
    person = np.einsum("la,ra->lr", np.array(persons).reshape(len(lefts), OLDEST + 1), fits)
    # Nor on how many ranges are asked about at a time, as those of a product with a vector do.
    anybody = (fits * np.array(ages_among_remains(model.age.population))).sum(axis=1)
    return _log10_mixed(model.age.unrelated, person / anybody)


def stature_table(
    lefts: Sequence[Expected], rights: Sequence[tuple[Expected, float]], model: Model
) -> Floats:
    """Weights of stature for distinct expectations and distinct findings.

    Parameters
    ----------
    lefts : sequence of Expected
    rights : sequence of (Expected, probability of being female)
    model : Model

    Returns
    -------
    float64 array, shape (len(lefts), len(rights))
        As `weigh_stature` says, to rounding.
    """
    mean = np.array([one.mean_cm for one in lefts])[:, None]
    spread = np.array([one.sd_cm for one in lefts])[:, None]
    found = np.array([one.mean_cm for one, _ in rights])
    error = np.array([one.sd_cm for one, _ in rights])
    population = model.stature.population
    anybody = np.array([population_density(one, female, population) for one, female in rights])
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
