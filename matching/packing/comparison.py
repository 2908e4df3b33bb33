"""What the search asks of a kind of evidence. It knows no kinds: each brings these along.

A kind looks at each side alone (`Evidence.tell`, `Evidence.see`), then lays both sides
together (`Evidence.compare`). The `Comparison` sorts what is told of the left records into
*classes*, says how much a class can weigh at most against each right record, and weighs pairs
exactly. Positions are those of the input.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.evidence.rarity import Rarity
from matching.evidence.weight import Kind
from matching.model_file import Model
from matching.packing.steps import Steps

NOTHING = -1
"""In place of a class, a value or a position: nothing was told, seen, or is there."""

LANES = 32
"""Right records weighed side by side: their scores of two bytes fill one cache line."""

RECORDS_A_CLASS = 16
FEWEST_CLASSES, MOST_CLASSES = 64, 8192
"""Our choice, measured: see docs/methods/search.md."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Judged:
    """By what numbers one search judges: the model's, and those of the registry."""

    model: Model
    rarity: Rarity


@dataclass(frozen=True, slots=True)
class Keys:
    """Rare things both sides name: words, numbers; classes bound pairs sharing none.

    Attributes
    ----------
    left_at, left : int32 arrays
        ``left[left_at[i]:left_at[i + 1]]``: keys of left record i, numbers from 0.
    gain : int16 array, like `left`
        Steps that sharing this key can add to the bound of the classes; not below 0.
    right_at, right : int32 arrays
        The same for the right records.
    """

    left_at: Integers
    left: Integers
    gain: Steps
    right_at: Integers
    right: Integers

    @property
    def count(self) -> int:
        """How many keys there may be."""
        return int(max(self.left.max(initial=-1), self.right.max(initial=-1))) + 1


@dataclass(frozen=True, slots=True)
class Possible:
    """Days by which a pair is impossible: where the right one closes before the left one opens.

    Attributes
    ----------
    opens : int32 array, shape (n_left,)
    closes : int32 array, shape (n_right,)
    """

    opens: Integers
    closes: Integers


def classes_for(records: int) -> int:
    """How many classes of a kind so many records may be sorted into.

    Each costs one row of 32 bounds for each tile, which pays only when many share it.
    """
    return min(max(records // RECORDS_A_CLASS, FEWEST_CLASSES), MOST_CLASSES)


class Comparison(Protocol):
    """One kind of evidence, both sides laid together.

    Attributes
    ----------
    kind : Kind
    rows : int32 array, shape (n_left, k)
        Classes told of each left record; `NOTHING` where there is none. Their bounds are
        summed, so a kind may tell several things of one record.
    most : int16 array, shape (n_classes,)
        The largest bound any right record gives each class.
    least : int
        The least that the bounds of one left record may sum to, without keys.
    keys : Keys or None
        What adds to the bounds where both sides name the same rare thing.
    possible : Possible or None
        What makes a pair impossible whatever else is said of it.
    shared : bool
        Whether its bounds are filled once for all parts of the left side: worth it for what
        is slow to fill and told all over the left side alike.
    """

    @property
    def kind(self) -> Kind: ...
    @property
    def rows(self) -> Integers: ...
    @property
    def most(self) -> Steps: ...
    @property
    def least(self) -> int: ...
    @property
    def keys(self) -> Keys | None: ...
    @property
    def possible(self) -> Possible | None: ...
    @property
    def shared(self) -> bool: ...

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        """Write the bounds of some classes against some right records.

        Parameters
        ----------
        classes : int32 array, shape (n,)
        right : int32 array, shape (LANES × n_tiles,)
            Positions of right records; `NOTHING` in lanes without one, any bound will do.
        table : int16 array, shape (n_tiles, n_rows, LANES)
            Rows ``at … at + n - 1`` of each tile are written: steps not below the weight,
            0 where nothing can be compared.
        """

    def weigh(self, left: Integers, right: Integers) -> Floats:
        """Weights of the pairs ``left[k]``, ``right[k]``: log10, nan if not comparable."""


class Evidence(Protocol):
    """How one kind of evidence is read from each side, and laid together."""

    @property
    def kind(self) -> Kind: ...

    def tell(self, left: Sequence[Any], judged: Judged) -> Any:
        """Read all that depends on the left side alone."""

    def see(self, right: Sequence[Any], judged: Judged) -> Any:
        """Read all that depends on the right side alone."""

    def compare(self, told: Any, seen: Any, judged: Judged) -> Comparison:
        """Lay both sides together."""
