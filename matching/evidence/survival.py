"""How long people lived on after their last contact: shared by age and by time."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from matching.evidence.numbers import OpenShare, Positive

STEPS = 24
"""Equally probable slices by which each part of the mixture is represented; more change the
weights of age and time by less than 0.01."""
TAIL = 5
"""So often the last slice, which is long, is halved where days matter one by one."""


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
def spans_alive(parameters: SurvivalParameters) -> tuple[tuple[float, float, float], ...]:
    """Represent the time alive after the last contact by spans that join without a gap.

    Parameters
    ----------
    parameters : SurvivalParameters

    Returns
    -------
    tuple of (probability, from, to)
        Days, even within a span: `STEPS` equally probable slices of each exponential, the
        last of them halved `TAIL` times. What has no end is given one that keeps its mean.
    """
    gone = [k / STEPS for k in range(STEPS)]
    gone += [1 - 1 / STEPS / 2**halving for halving in range(1, TAIL + 1)]
    total = parameters.soon.share + parameters.later.share
    spans: list[tuple[float, float, float]] = []
    for part in (parameters.soon, parameters.later):
        ends = [-part.mean_days * log(1 - share) for share in gone]
        ends.append(ends[-1] + 2 * part.mean_days)
        shares = [after - before for before, after in pairwise([*gone, 1.0])]
        spans += [
            (part.share / total * share, low, high)
            for share, (low, high) in zip(shares, pairwise(ends), strict=True)
        ]
    return tuple(spans)


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
