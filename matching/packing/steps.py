"""Weights as whole steps of 1/256 decade, never below the weight they stand for."""

import numpy as np
from numpy.typing import NDArray

STEPS = 256
"""Steps to a decade."""
LOWEST = -5 * STEPS // 2
"""Lower weights are raised to this: a bound from above may be."""
IMPOSSIBLE = -12 * STEPS
"""Stands for what cannot be: lower than all other kinds of a good pairing together."""
MOST_STEPS = 15000
"""Sums between minus and plus this leave room for one subtraction in 16 bits; a record whose
rows could exceed it is weighed exactly against everybody."""

Steps = NDArray[np.int16]


def steps_above(log10_lr: NDArray[np.float64]) -> Steps:
    """Whole steps not below a weight, not below `LOWEST`; 0 for ``nan``, which weighs nothing.

    Parameters
    ----------
    log10_lr : float64 array
        At most `LARGEST`; ``nan`` where nothing can be compared, ``-inf`` where it cannot be.

    Returns
    -------
    int16 array of the same shape
    """
    # In place: a table may have twenty million weights.
    whole = np.nan_to_num(log10_lr, neginf=LOWEST / STEPS)
    whole *= STEPS
    np.maximum(np.ceil(whole, out=whole), LOWEST, out=whole)
    steps: Steps = whole.astype(np.int16)
    return steps
