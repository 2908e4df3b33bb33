"""How a likelihood ratio is spread among the unrelated, and if the hypothesis is true.

Loci are independent, so the law of the total is put together from the laws of single loci by
convolution; nothing is simulated. Ratios are laid on a grid of their logarithm. What lies
between two points of it is shared between them so that neither the probability nor the mean of
the *ratio* changes: then the law is still that of a likelihood ratio, which averages to one
among the unrelated, and weighed by the ratio it is the law if the hypothesis is true.

Method: docs/methods/kinship.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 0.05
"""Points of the grid, in powers of ten. Against a grid ten times as fine, tails of 24 loci come
out 0 to 4 % too high down to 1e-7, and a quarter too high at 1e-15; our choice."""

NEVER = -(1 << 30)
"""The floor of a law of which nothing may be cut off."""


@dataclass(frozen=True)
class Law:
    """The law of a log10 ratio among the unrelated.

    Parameters
    ----------
    start
        The first point of the grid, in steps from 0.
    mass : float array, shape (n_points,)
        Probability of each point. What is lacking to one is impossible under the first
        hypothesis (a ratio of 0), or was cut off below a floor.
    """

    start: int
    mass: Floats
    _points: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        points = (self.start + np.arange(len(self.mass))) * STEP
        object.__setattr__(self, "_points", points)

    @property
    def points(self) -> Floats:
        """The log10 ratios of the grid; shape (n_points,)."""
        return self._points

    @property
    def if_true(self) -> Floats:
        """Probability of each point if the first hypothesis is true; shape (n_points,)."""
        weighed: Floats = self.mass * 10.0**self._points
        return weighed

    def reached_by_chance(self, log10_lr: float | Floats) -> Floats:
        """Give the probability that somebody unrelated reaches a ratio, or more."""
        return _at_least(self.mass, self.start, log10_lr)

    def reached_if_true(self, log10_lr: float | Floats) -> Floats:
        """Give the probability that the ratio is reached where the hypothesis is true."""
        return _at_least(self.if_true, self.start, log10_lr)

    def quantile_if_true(self, share: float) -> float:
        """Give the log10 ratio that this share of true cases lies below or at."""
        below = np.cumsum(self.if_true)
        at = int(np.searchsorted(below, share * below[-1]))
        return float(self._points[min(at, len(below) - 1)])

    def quantile_by_chance(self, share: float) -> float:
        """Give the same among the unrelated; minus infinity where so many are excluded."""
        below = 1 - np.cumsum(self.mass[::-1])[::-1]
        if share <= below[0]:
            return -np.inf
        at = int(np.searchsorted(below, share)) - 1
        return float(self._points[at])

    @property
    def mean_if_true(self) -> float:
        """The mean log10 ratio where the hypothesis is true: what the family can say."""
        weighed = self.if_true
        return float(weighed @ self._points / weighed.sum())


def law_of(log10_lr: Floats, chance: Floats) -> Law:
    """Lay the ratios of one locus on the grid.

    Parameters
    ----------
    log10_lr : float array, shape (n,)
        Of everything that can be seen; minus infinity where it is impossible.
    chance : float array, shape (n,)
        How probable each is among the unrelated.
    """
    possible = log10_lr > -np.inf
    values, weights = log10_lr[possible], chance[possible]
    # The last digit of a logarithm must not put a ratio of one between two points.
    steps = np.round(values / STEP, 9)
    lower = np.floor(steps).astype(np.int64)
    start = int(lower.min())
    # In units of the lower point the upper one is `width`, the ratio itself lies between.
    width = 10.0**STEP - 1
    upper_share = (10.0 ** ((steps - lower) * STEP) - 1) / width
    length = int(lower.max()) - start + 2
    mass = np.zeros(length)
    np.add.at(mass, lower - start, weights * (1 - upper_share))
    np.add.at(mass, lower - start + 1, weights * upper_share)
    return Law(start, mass)


def together(laws: Sequence[Law], floor: int = NEVER) -> Law:
    """Put independent laws together.

    Parameters
    ----------
    laws
        At least one.
    floor
        In steps: what cannot come to this much any more is cut off on the way.
    """
    ends = [law.start + len(law.mass) - 1 for law in laws]
    to_come = sum(ends)
    start, mass = 0, np.ones(1)
    for law, end in zip(laws, ends, strict=True):
        start, mass = start + law.start, np.convolve(mass, law.mass)
        to_come -= end
        surplus = min(max(floor - to_come - start, 0), len(mass) - 1)
        start, mass = start + surplus, mass[surplus:]
    return Law(start, mass)


def mixed(laws: Sequence[Law], shares: Sequence[float]) -> Law:
    """Give the law of somebody who is of each with some probability."""
    start = min(law.start for law in laws)
    mass = np.zeros(max(law.start + len(law.mass) for law in laws) - start)
    for law, share in zip(laws, shares, strict=True):
        at = law.start - start
        mass[at : at + len(law.mass)] += share * law.mass
    return Law(start, mass)


def steps_of(log10_lr: float | Floats) -> NDArray[np.int64]:
    """Give the point of the grid at or next below a log10 ratio, in steps from 0."""
    return np.floor(np.round(np.asarray(log10_lr) / STEP, 9)).astype(np.int64)


def _at_least(mass: Floats, start: int, log10_lr: float | Floats) -> Floats:
    """Sum from the point next below: what is shared between two points counts with both."""
    tails = np.append(np.cumsum(mass[::-1])[::-1], 0.0)
    places = np.clip(steps_of(log10_lr) - start, 0, len(mass))
    found: Floats = tails[places]
    return found
