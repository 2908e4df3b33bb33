"""How much of a kind's weight counts: the table `learned` of a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from matching.evidence.numbers import Bounds

Floats = NDArray[np.float64]

LEAST_FACTOR, MOST_FACTOR = 0.25, 2.0
"""Decisions never silence a kind, nor make it count more than double; our choice."""


@dataclass(frozen=True, slots=True)
class Factor:
    """By how much a kind's weights are multiplied.

    Attributes
    ----------
    speaks_for, speaks_against : float
        For weights above and below nought; 1 leaves them as the evidence has them.
    """

    speaks_for: Annotated[float, Bounds(LEAST_FACTOR, MOST_FACTOR)] = 1.0
    speaks_against: Annotated[float, Bounds(LEAST_FACTOR, MOST_FACTOR)] = 1.0

    def of(self, log10_lr: Floats) -> Floats:
        """Multiply weights: nought stays nought, ``nan`` and ``-inf`` stay what they are.

        Parameters
        ----------
        log10_lr : float64 array, any shape

        Returns
        -------
        float64 array, same shape
            Rising with the weight. See ``docs/methods/learning.md``.
        """
        counted: Floats = log10_lr * np.where(
            log10_lr > 0, self.speaks_for, self.speaks_against
        )
        return counted

    def above(self, steps: Floats) -> Floats:
        """Bound what is multiplied, part by part: whole steps whose sum is never below it.

        Parameters
        ----------
        steps : array of whole numbers
            Bounds of the parts of one kind: their sum is not below its weight.

        Returns
        -------
        float64 array of whole numbers, same shape
            The larger factor for what is above nought; the smaller, and never more than 1,
            for what is below. Proof in ``docs/methods/learning.md``.
        """
        low, high = sorted((self.speaks_for, self.speaks_against))
        bound: Floats = np.ceil(steps * np.where(steps > 0, high, min(low, 1.0)))
        return bound


@dataclass(frozen=True, slots=True)
class LearnedParameters:
    """Factors by kind of evidence; a kind that is not named counts as it is.

    Attributes
    ----------
    version : str
        Of the set that people adopted.
    of : mapping of kind to Factor
    """

    version: str
    of: Mapping[str, Factor]
