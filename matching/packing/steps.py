"""Weights as whole steps of 1/512 decade, never below the weight they stand for."""

import numpy as np
from numpy.typing import NDArray

STEPS = 512
"""Steps to a decade."""
LOWEST = -4 * STEPS
"""Lower weights are raised to this: a bound from above may be."""

Steps = NDArray[np.int16]


def steps_above(log10_lr: NDArray[np.float64]) -> Steps:
    """Whole steps not below a weight, not below `LOWEST`; 0 for ``nan``, which weighs nothing.

    Parameters
    ----------
    log10_lr : float64 array
        Finite or ``nan``, at most `LARGEST`.

    Returns
    -------
    int16 array of the same shape
    """
    steps: Steps = np.maximum(np.ceil(np.nan_to_num(log10_lr) * STEPS), LOWEST).astype(np.int16)
    return steps
