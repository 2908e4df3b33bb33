"""Look-ups that turn ratios, distances and sums into whole steps, always rounded up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.evidence.journeys import EARTH_RADIUS_KM, Distance
from matching.evidence.numbers import LARGEST
from matching.model_file import Model
from matching.packing.steps import STEPS, Steps, steps_above

SPARE = 1e-6
"""Relative room for single precision, whose rounding is below 1.2e-7."""

LOG_SHIFT = 16
LOG_OCTAVES = 40
"""Logs are looked up by exponent and 7 leading bits: 128 entries an octave, 2^-40 to 2^40."""
CHORD_SHIFT = 18
CHORD_OCTAVES = (-40, 3)
"""Squared chords by exponent and 5 bits, from 6 m to the far side of the Earth."""
SPREAD_SHIFT = 20
SPREAD_OCTAVES = (-10, 26)
"""Variances in km² by exponent and 3 bits, from 30 m to 8000 km."""
SUMS = (-8192, 8192)
"""Sums of steps of a list that are told apart; beyond, the ends stand for all."""

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BoundTables:
    """Everything the bounding kernels look up.

    Attributes
    ----------
    log_steps : int16 array
        Steps not below the log of a ratio, by the leading bits of its single-precision form.
    journeys : float32 array, shape (n_spreads × n_chords,)
        Density of journeys, per km², not below that of any distance and spread of the entry.
    marks, clothing : int16 arrays
        Steps not below the weight of a list, by the sum of the steps of its things.
    """

    log_steps: Steps
    journeys: Singles
    marks: Steps
    clothing: Steps


def bound_tables(model: Model) -> BoundTables:
    """Compute the look-ups for one model.

    Parameters
    ----------
    model : Model

    Returns
    -------
    BoundTables

    Notes
    -----
    Why none is ever below what it stands for: ``docs/methods/search.md``.
    """
    return BoundTables(
        log_steps=_log_steps(),
        journeys=_journeys(model.place.distance),
        marks=_list_steps(model.marks.unrelated, model.marks.ceiling),
        clothing=_list_steps(model.clothing.unrelated, model.clothing.ceiling),
    )


def _edges(octaves: tuple[int, int], shift: int) -> NDArray[np.float64]:
    """Lower ends of the entries, and the upper end of the last."""
    first = np.float32(2.0 ** octaves[0]).view(np.int32) >> shift
    last = np.float32(2.0 ** octaves[1]).view(np.int32) >> shift
    bits = (np.arange(first, last + 1, dtype=np.int32)) << shift
    edges: NDArray[np.float64] = bits.view(np.float32).astype(np.float64)
    return edges


def _log_steps() -> Steps:
    edges = _edges((-LOG_OCTAVES, LOG_OCTAVES), LOG_SHIFT)
    upper = np.log10(edges[1:] * (1 + SPARE))
    return steps_above(np.minimum(upper, LARGEST))


def _journeys(distance: Distance) -> Singles:
    chord = np.sqrt(np.minimum(_edges(CHORD_OCTAVES, CHORD_SHIFT)[:-1] * (1 - SPARE), 4.0))
    chord[0] = 0.0  # the first entry stands for all nearer points
    squared = (2 * EARTH_RADIUS_KM * np.arcsin(chord / 2)) ** 2
    spread = _edges(SPREAD_OCTAVES, SPREAD_SHIFT)
    low, high = spread[:-1, None] * (1 - SPARE), spread[1:, None] * (1 + SPARE)
    low[0], high[-1] = 0.0, np.inf
    total = sum(scale.share for scale in distance.scales)
    density = np.zeros((len(low), len(squared)))
    for scale in distance.scales:
        # At a distance d the density is largest where the variance is d² / 2.
        variance = np.clip(squared / 2, low + scale.km**2, high + scale.km**2)
        normal = np.exp(-squared / (2 * variance)) / (2 * np.pi * variance)
        density += scale.share / total * normal
    return (density * (1 + SPARE)).astype(np.float32).ravel()


def _list_steps(unrelated: float, ceiling: float) -> Steps:
    sums = np.arange(SUMS[0], SUMS[1] + 1) / STEPS
    weights = np.log10(unrelated + (1 - unrelated) * 10.0**sums)
    weights[-SUMS[0]] = 0.0  # a list that agrees as often as chance weighs nothing
    weights[-1] = ceiling
    return steps_above(np.minimum(weights * (1 + np.sign(weights) * SPARE), ceiling))
