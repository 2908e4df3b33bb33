"""Weight of what another comparison system found: fingerprints, faces, teeth, DNA.

The engine computes nothing here. It takes a likelihood ratio that the system's own validation
stands behind, and lets none speak louder than that kind of system may.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.evidence.numbers import Ceiling
from matching.evidence.weight import Kind, Reason, Weight


@dataclass(frozen=True, slots=True)
class OutsideResult:
    """What one system says of one pair.

    `calibration` names the validation behind the ratio, as a laboratory would cite it; a
    score without one is a number without meaning and weighs nothing.
    """

    system: str
    log10_lr: float
    calibration: str


@dataclass(frozen=True, slots=True)
class OutsideParameters:
    """How loud a kind of system may speak, for and against; those not named weigh nothing."""

    ceiling: Mapping[str, Ceiling]


def weigh_outside(
    results: Iterable[OutsideResult], parameters: OutsideParameters
) -> Weight | None:
    """Add up what outside systems say of one pair.

    Parameters
    ----------
    results : iterable of OutsideResult
        Of this pair. Of several results of one system the last one counts: a comparison
        that was repeated is no second witness.
    parameters : OutsideParameters
        Table ``outside`` of the model file.

    Returns
    -------
    Weight or None
        Sum of the weights, each within ± its system's ceiling, and as a whole within ± the
        largest ceiling. None where no calibrated result of a known system is there.

    Notes
    -----
    When to enter a result, and when not: ``docs/methods/outside.md``.
    """
    counted = {
        one.system: one.log10_lr
        for one in results
        if one.system in parameters.ceiling and one.calibration
    }
    if not counted:
        return None
    weights = [_within(each, parameters.ceiling[system]) for system, each in counted.items()]
    weight = _within(sum(weights), max(parameters.ceiling.values()))
    reason = Reason.OUTSIDE_SUPPORTS if weight >= 0 else Reason.OUTSIDE_OPPOSES
    return Weight(Kind.OUTSIDE, weight, reason, (("systems", ", ".join(sorted(counted))),))


def _within(log10_lr: float, ceiling: float) -> float:
    return max(-ceiling, min(log10_lr, ceiling))
