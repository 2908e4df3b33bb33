"""From what a pair weighs to what its weight is worth: the stored, versioned calibration."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.evidence.numbers import OpenShare, Positive

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibrationParameters:
    """Up to where a total weight is taken at its word, and what counts of the rest.

    Attributes
    ----------
    version : str
        Named in every report; another version is another name.
    trusted_to : float
        Base-10 log likelihood ratio.
    share_beyond : float
        In (0, 1).
    """

    version: str
    trusted_to: Positive
    share_beyond: OpenShare


NOT_CALIBRATED = "none"
"""What a report says where the model has no calibration: each weight at its word."""


def calibrated(log10_lr: Floats, parameters: CalibrationParameters | None) -> Floats:
    """Take total weights for what they have been worth where the truth was known.

    Parameters
    ----------
    log10_lr : float64 array, any shape
        Sums of the weights of all kinds; ``-inf`` stays.
    parameters : CalibrationParameters or None
        Table ``calibration`` of the model file; None leaves every weight as it is.

    Returns
    -------
    float64 array, same shape
        ``w`` up to `trusted_to`, and ``trusted_to + share_beyond (w - trusted_to)`` beyond:
        rising, so that no rank changes.

    Notes
    -----
    Kinds that depend on each other say the same thing twice where they agree, and most of
    all where everything agrees: among companions of one journey. Method, and how it was
    learnt and shown: ``docs/methods/calibration.md``.
    """
    if parameters is None:
        return log10_lr
    beyond = np.maximum(log10_lr - parameters.trusted_to, 0.0)
    worth: Floats = log10_lr - (1 - parameters.share_beyond) * beyond
    return worth


def version_of(parameters: CalibrationParameters | None) -> str:
    """Name the calibration for a report; `NOT_CALIBRATED` where there is none."""
    return NOT_CALIBRATED if parameters is None else parameters.version
