"""How far a conclusion moves if the prior or a kind of evidence is other than believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from matching.calibration import CalibrationParameters, calibrated
from matching.evidence.weight import Kind

PRIOR_FACTOR = 10.0
"""How many times lower and higher the prior is taken; our choice."""

SAY_THE_SAME = (
    (Kind.TIME, Kind.PLACE),
    (Kind.AGE, Kind.TIME),
    (Kind.SEX, Kind.STATURE),
    (Kind.PLACE, Kind.DESTINATION),
    (Kind.PLACE, Kind.GROUP),
    (Kind.PLACE, Kind.NATIONALITY),
    (Kind.MARKS, Kind.TEETH),
    (Kind.BUILD, Kind.BODY_WEIGHT),
)
"""Kinds that may tell one thing twice; each page of `docs/methods/` says why."""


@dataclass(frozen=True, slots=True)
class Without:
    """The posterior where these kinds count for nothing, or the lesser of two for half."""

    kinds: tuple[Kind, ...]
    posterior: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a posterior becomes under other assumptions.

    Attributes
    ----------
    posterior : float
        As it is believed.
    prior_lower, prior_higher : float
        With the prior `PRIOR_FACTOR` times lower and higher.
    without : tuple of Without
        Each kind left out, the one that matters most first.
    halved : tuple of Without
        Pairs of kinds that lean the same way, the lesser of the two counted half.
    """

    posterior: float
    prior_lower: float
    prior_higher: float
    without: tuple[Without, ...]
    halved: tuple[Without, ...]

    @property
    def low(self) -> float:
        """The lowest of all."""
        return min(self._all)

    @property
    def high(self) -> float:
        """The highest of all."""
        return max(self._all)

    @property
    def rests_on(self) -> Kind | None:
        """The kind without which least would be left; None where none speaks for the pair."""
        least = min(self.without, key=lambda each: each.posterior, default=None)
        if least is None or least.posterior >= self.posterior:
            return None
        return least.kinds[0]

    @property
    def _all(self) -> tuple[float, ...]:
        others = (each.posterior for each in (*self.without, *self.halved))
        return (self.posterior, self.prior_lower, self.prior_higher, *others)


@dataclass(frozen=True, slots=True)
class Believed:
    """What is known of one listed pair.

    Attributes
    ----------
    log10_lr : float
        Its total weight, not calibrated.
    weights : mapping of Kind to float
        Of which it is the sum; a kind that this model does not know may be left out.
    prior_odds : float
        `matching.prior.odds_of` its search.
    posterior : float
        In [0, 1].
    """

    log10_lr: float
    weights: Mapping[Kind, float]
    prior_odds: float
    posterior: float


def sensitivity_of(pair: Believed, calibration: CalibrationParameters | None) -> Sensitivity:
    """Ask what would be left of a posterior under other assumptions.

    Parameters
    ----------
    pair : Believed
    calibration : CalibrationParameters or None
        Of the model that weighed.

    Returns
    -------
    Sensitivity

    Notes
    -----
    The rivals of the pair are known only by what they leave of it: its odds are
    ``prior × ratio × free``. Where the prior rises the rivals' rise with it, ``free`` becomes
    ``1 / (1 + factor (1 / free - 1))``; where a kind is left out they stay as they are.
    Method and limits: ``docs/methods/calibration.md``.
    """

    def changed_by(kinds: tuple[Kind, ...], weight: float) -> Without:
        return Without(kinds, posterior_without(pair, weight, calibration))

    own = _own(pair.prior_odds, pair.log10_lr, calibration)
    free = _free(pair.posterior, own)
    weights = {kind: weight for kind, weight in pair.weights.items() if isfinite(weight)}
    without = [changed_by((kind,), weight) for kind, weight in weights.items() if weight]
    return Sensitivity(
        pair.posterior,
        _under(1 / PRIOR_FACTOR, own, free),
        _under(PRIOR_FACTOR, own, free),
        tuple(sorted(without, key=lambda each: -abs(each.posterior - pair.posterior))),
        tuple(
            changed_by(kinds, min((weights[k] for k in kinds), key=abs) / 2)
            for kinds in SAY_THE_SAME
            if all(kind in weights for kind in kinds)
            and weights[kinds[0]] * weights[kinds[1]] > 0
        ),
    )


def posterior_without(
    pair: Believed, weight: float, calibration: CalibrationParameters | None
) -> float:
    """Ask what would be left of a posterior if some of its total weight did not count.

    Parameters
    ----------
    pair : Believed
    weight : float
        Base-10 log likelihood ratio; positive if it speaks for the pair.
    calibration : CalibrationParameters or None
        Of the model that weighed.

    Returns
    -------
    float
        In [0, 1]; what the rivals leave of the pair stays as it is.
    """
    free = _free(pair.posterior, _own(pair.prior_odds, pair.log10_lr, calibration))
    return _posterior(_own(pair.prior_odds, pair.log10_lr - weight, calibration), free)


def _own(odds: float, log10_lr: float, calibration: CalibrationParameters | None) -> float:
    """Give the odds of a pair that had no rivals."""
    worth = float(calibrated(np.array(log10_lr), calibration))
    return odds * float(10.0**worth)


def _free(posterior: float, own: float) -> float:
    """Find what its rivals leave of a pair, in (0, 1]; 1 where it has none."""
    if posterior >= 1 or own <= 0:
        return 1.0
    return min(1.0, posterior / (1 - posterior) / own) or 1.0


def _posterior(own: float, free: float) -> float:
    return own * free / (1 + own * free)


def _under(factor: float, own: float, free: float) -> float:
    return _posterior(own * factor, 1 / (1 + factor * (1 / free - 1)))
