"""Numbers rounded to what is known of them."""

import numpy as np
from numpy.typing import NDArray

POSTERIOR_DIGITS = 6
"""Far more than is known, so that a sum over the list is not a sum of roundings."""


def significant(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Round to so many digits that count, wherever the first of them stands."""
    magnitude = np.floor(np.log10(np.where(values > 0, values, 1.0)))
    scale = 10.0 ** np.clip(digits - 1 - magnitude, 0, 300)
    rounded: NDArray[np.float64] = np.round(values * scale) / scale
    return rounded
