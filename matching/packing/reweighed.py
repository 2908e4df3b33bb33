"""A kind of evidence whose weights count by what decisions taught: the same search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.evidence.weight import Kind
from matching.factors import Factor
from matching.packing.comparison import (
    Comparison,
    Evidence,
    Floats,
    Integers,
    Judged,
    Keys,
    Possible,
)
from matching.packing.steps import IMPOSSIBLE, Steps


@dataclass(frozen=True, slots=True)
class Reweighed:
    """Evidence that is read as before, and counts by a factor."""

    evidence: Evidence
    factor: Factor

    @property
    def kind(self) -> Kind:
        return self.evidence.kind

    def tell(self, left: Sequence[Any], judged: Judged) -> Any:
        return self.evidence.tell(left, judged)

    def see(self, right: Sequence[Any], judged: Judged) -> Any:
        return self.evidence.see(right, judged)

    def compare(self, told: Any, seen: Any, judged: Judged) -> Comparison:
        return ReweighedComparison(self.evidence.compare(told, seen, judged), self.factor)


@dataclass(frozen=True, slots=True)
class ReweighedComparison:
    """Both sides laid together; bounds stay bounds, as `Factor.above` says."""

    comparison: Comparison
    factor: Factor

    @property
    def kind(self) -> Kind:
        return self.comparison.kind

    @property
    def rows(self) -> Integers:
        return self.comparison.rows

    @property
    def most(self) -> Steps:
        return bounded(self.comparison.most, self.factor)

    @property
    def least(self) -> int:
        # No bound below nought is ever lowered, and none above it counts less than this.
        return min(self.comparison.least, 0)

    @property
    def keys(self) -> Keys | None:
        keys = self.comparison.keys
        return None if keys is None else replace(keys, gain=bounded(keys.gain, self.factor))

    @property
    def possible(self) -> Possible | None:
        return self.comparison.possible

    @property
    def shared(self) -> bool:
        return self.comparison.shared

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        self.comparison.fill(classes, right, table, at)
        part = table[:, at : at + len(classes)]
        part[:] = bounded(part, self.factor)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        return self.factor.of(self.comparison.weigh(left, right))


def bounded(steps: Steps, factor: Factor) -> Steps:
    """Bound what is multiplied; what cannot be stays what cannot be."""
    above = factor.above(steps.astype(np.float64))
    counted: Steps = np.where(steps <= IMPOSSIBLE, steps, above).astype(np.int16)
    return counted
