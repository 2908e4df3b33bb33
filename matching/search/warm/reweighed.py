"""A kept kind whose weights count by what decisions taught."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.factors import Factor
from matching.packing.comparison import Floats, Integers

Sums = NDArray[np.int32]
Bools = NDArray[np.bool_]


class _Laid(Protocol):
    @property
    def impossible(self) -> Bools | None: ...
    def add_bounds(self, sums: Sums) -> None: ...
    def weigh(self, kept: Integers) -> Floats: ...


class _Kept(Protocol):
    def lay(self, one: Any) -> _Laid | None: ...


@dataclass(frozen=True, slots=True)
class KeptReweighed:
    """Any kind as it is kept, and the factor by which it counts."""

    kept: _Kept
    factor: Factor

    def lay(self, one: Any) -> "LaidReweighed | None":
        laid = self.kept.lay(one)
        return None if laid is None else LaidReweighed(laid, self.factor)


@dataclass(frozen=True, slots=True)
class LaidReweighed:
    """One new record laid beside all that are kept: bounds and weights are multiplied."""

    laid: _Laid
    factor: Factor

    @property
    def impossible(self) -> Bools | None:
        return self.laid.impossible

    def add_bounds(self, sums: Sums) -> None:
        own = np.zeros_like(sums)
        self.laid.add_bounds(own)
        sums += self.factor.above(own.astype(np.float64)).astype(np.int32)

    def weigh(self, kept: Integers) -> Floats:
        return self.factor.of(self.laid.weigh(kept))
