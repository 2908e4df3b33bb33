"""The kinds of number a model holds, each with the bounds the model file must respect."""

from dataclasses import dataclass
from math import inf, log10
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Bounds:
    """Ends a number must lie between, both included."""

    low: float
    high: float


Share = Annotated[float, Bounds(0.0, 1.0)]
OpenShare = Annotated[float, Bounds(1e-9, 1 - 1e-9)]
"""A probability that is neither certain nor impossible."""
NotNegative = Annotated[float, Bounds(0.0, inf)]
Positive = Annotated[float, Bounds(1e-9, inf)]


LARGEST = 7.0
"""No kind of evidence here speaks louder than ten million to one: what nobody has tested
further out is not claimed. Our choice; DNA is weighed elsewhere."""


Ceiling = Annotated[float, Bounds(0.0, LARGEST)]
"""Largest weight of one kind."""


def log10_capped(ratio: float) -> float:
    """Base-10 log of a positive ratio, at most `LARGEST`."""
    return min(log10(ratio), LARGEST)


def mixed(unrelated: float, ratio: float) -> float:
    """Allow for two values that have nothing to do with each other.

    With probability `unrelated` the two recorded values are not of one person although the
    records are (a slip, another person's paper), and their ratio is 1; otherwise it is
    `ratio`. The mean over non-matches stays one, and no weight falls below
    ``log10(unrelated)``.
    """
    return unrelated + (1 - unrelated) * ratio
