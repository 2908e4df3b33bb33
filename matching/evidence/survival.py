"""How long people lived on after their last contact: shared by age and by time."""

from dataclasses import dataclass
from functools import lru_cache
from math import log

from matching.evidence.numbers import OpenShare, Positive

STEPS = 24
"""Equally probable spans by which each part of the mixture is represented; more change the
weights of age and time by less than 0.01."""


@dataclass(frozen=True, slots=True)
class Lived:
    """One part of the mixture: exponential with this mean."""

    share: OpenShare
    mean_days: Positive


@dataclass(frozen=True, slots=True)
class SurvivalParameters:
    """Most die soon after the last contact; some lived on for years."""

    soon: Lived
    later: Lived


@lru_cache
def days_alive(parameters: SurvivalParameters) -> tuple[tuple[float, float], ...]:
    """Represent the time alive after the last contact by equally probable spans.

    Parameters
    ----------
    parameters : SurvivalParameters
        Table ``survival`` of the model file.

    Returns
    -------
    tuple of (probability, days)
        Probabilities sum to one; days are the middles, in probability, of `STEPS` slices of
        each exponential: ``-mean × ln(1 - (k + ½) / STEPS)``.
    """
    total = parameters.soon.share + parameters.later.share
    return tuple(
        (part.share / total / STEPS, -part.mean_days * log(1 - (k + 0.5) / STEPS))
        for part in (parameters.soon, parameters.later)
        for k in range(STEPS)
    )
