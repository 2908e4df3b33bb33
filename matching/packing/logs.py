"""Logarithms looked up by the leading bits of a single-precision number, rounded up."""

from functools import lru_cache

import numpy as np

from matching.evidence.numbers import LARGEST
from matching.packing.comparison import Floats
from matching.packing.steps import STEPS, Steps

SPARE = 1e-6
"""Relative room for single precision, whose rounding is below 1.2e-7."""
ONE = 127 << 23
"""Bits of the single-precision 1.0; an octave is 2^23 of them."""
LOG_SHIFT, LOG_OCTAVES = 15, (-40, 40)
"""Ratios are told apart by exponent and 8 leading bits."""
LOG_FIRST = (ONE + (LOG_OCTAVES[0] << 23)) >> LOG_SHIFT
LOG_LAST = ((ONE + (LOG_OCTAVES[1] << 23)) >> LOG_SHIFT) - 1


def edges(octaves: tuple[int, int], shift: int) -> Floats:
    """Lower ends of the entries of a look-up, and the upper end of the last."""
    first = np.float32(2.0 ** octaves[0]).view(np.int32) >> shift
    last = np.float32(2.0 ** octaves[1]).view(np.int32) >> shift
    bits = (np.arange(first, last + 1, dtype=np.int32)) << shift
    return bits.view(np.float32).astype(np.float64)


@lru_cache(maxsize=16)
def mixed_steps(unrelated: float) -> Steps:
    """Give steps not below ``log10(u + (1 - u) r)`` of any ratio r of an entry.

    The first entry stands for all lower ratios, the last for all higher: `LARGEST`.
    """
    upper = edges(LOG_OCTAVES, LOG_SHIFT)[1:] * (1 + SPARE)
    weights = np.minimum(np.log10(unrelated + (1 - unrelated) * upper), LARGEST)
    steps: Steps = np.ceil(weights * STEPS).astype(np.int16)
    return steps
