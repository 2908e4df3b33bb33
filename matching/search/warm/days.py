"""Days of recovery that are kept: the chance of recovery by day is computed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.packing.comparison import NOTHING, Evidence, Floats, Integers, Judged
from matching.packing.days.comparison import Seen, curve_end
from matching.packing.days.kernels import weigh_days
from matching.packing.steps import Steps, steps_above
from matching.packing.tables import interval_curve


@dataclass(slots=True)
class KeptDays:
    """Recoveries, with the chance of each by every day since the last contact.

    One look-up weighs a pair, so a new record is weighed exactly against all of them. Curves
    reach as far as was ever asked; what they say of a day does not depend on it.
    """

    evidence: Evidence
    seen: Seen
    curves: Floats
    judged: Judged

    @classmethod
    def of(cls, evidence: Evidence, records: Sequence[Any], judged: Judged) -> "KeptDays":
        seen: Seen = evidence.see(records, judged)
        kept = cls(evidence, seen, np.zeros((1, 1)), judged)
        dated = seen.days[seen.interval != NOTHING]
        if len(dated):
            kept._reach(int(dated[:, 0].min()))  # most were last heard of since
        return kept

    def lay(self, one: Any) -> "LaidWeights | None":
        told = self.evidence.tell([one], self.judged)
        if told.classes[0] == NOTHING or not self.seen.intervals:
            return None
        self._reach(int(told.days[0, 0]))
        seen, time = self.seen, self.judged.model.time
        everybody = np.arange(len(seen.days), dtype=np.int32)
        weights = weigh_days(
            np.zeros_like(everybody), everybody, told.days, seen.days, seen.interval,
            seen.per_day, self.curves, time.unrelated, time.slip_days,
        )  # fmt: skip
        return LaidWeights(weights, steps_above(weights), np.isneginf(weights))

    def _reach(self, contact: int) -> None:
        """Let the curves reach from a day of last contact to the last recovery."""
        last = curve_end(contact, int(self.seen.days[:, 1].max()))
        if last >= self.curves.shape[1]:
            survival = self.judged.model.survival
            self.curves = np.array(
                [interval_curve(one, last, survival) for one in self.seen.intervals]
            )


@dataclass(frozen=True, slots=True)
class LaidWeights:
    """The exact weights of one record against all that are kept."""

    weights: Floats
    steps: Steps
    impossible: NDArray[np.bool_]

    def add_bounds(self, sums: NDArray[np.int32]) -> None:
        sums += self.steps

    def weigh(self, kept: Integers) -> Floats:
        weights: Floats = self.weights[kept]
        return weights
