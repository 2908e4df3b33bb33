"""Kinds of evidence as a warm index keeps them: one side read, the other a record at a time.

Each kind is held by a `Kept`, which lays one new record beside all that are kept and gives a
`Laid`: bounds for everybody, exact weights for whom they leave in doubt. A kind of which the
new record says nothing is left out.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.evidence.weight import Kind
from matching.packing.charted.comparison import Side as Charted
from matching.packing.comparison import (
    LANES,
    NOTHING,
    Comparison,
    Evidence,
    Floats,
    Integers,
    Judged,
)
from matching.packing.rare import papers, serials
from matching.packing.rare.company import Met, Named
from matching.packing.reweighed import Reweighed
from matching.packing.steps import Steps, steps_above
from matching.packing.things.layout import UNKNOWN
from matching.packing.things.seeing import Seen
from matching.packing.things.telling import Told
from matching.packing.valued import Valued, coded
from matching.search.warm.days import KeptDays
from matching.search.warm.kernels import (
    add_classes,
    add_gains,
    add_lanes,
    add_shared,
    add_values,
)
from matching.search.warm.reweighed import KeptReweighed

BY_VALUE = (Charted, papers.Told, papers.Seen, serials.Told, serials.Seen)
"""Sides that are read by distinct values."""
MOST_NUMBERS = 4_000_000
"""Weights that one kind remembers of values met before: 40 MB; our choice."""

Sums = NDArray[np.int32]
Bools = NDArray[np.bool_]


class Laid(Protocol):
    """One kind, one new record laid beside all that are kept.

    Attributes
    ----------
    impossible : bool array or None
        Whom the new record cannot be, whatever else is said.
    """

    @property
    def impossible(self) -> Bools | None: ...

    def add_bounds(self, sums: Sums) -> None:
        """Add to each kept record's sum steps that are not below its weight."""

    def weigh(self, kept: Integers) -> Floats:
        """Give the weights of some kept records, by position: nan if not comparable."""


class Kept(Protocol):
    """One kind of evidence, read from the records of one side."""

    def lay(self, one: Any) -> Laid | None:
        """Lay one record of the other side beside all; None if it says nothing."""


def kept(evidence: Evidence, records: Sequence[Any], judged: Judged, *, is_left: bool) -> Kept:
    """Read one kind of evidence from the records of one side."""
    if isinstance(evidence, Reweighed):
        plain = kept(evidence.evidence, records, judged, is_left=is_left)
        return KeptReweighed(plain, evidence.factor)
    if isinstance(evidence, Valued):
        return KeptValues.of(evidence, records, judged, is_left=is_left)
    if evidence.kind is Kind.TIME and not is_left:
        return KeptDays.of(evidence, records, judged)
    read = evidence.tell(records, judged) if is_left else evidence.see(records, judged)
    return KeptWhole(evidence, read, len(records), judged, is_left)


@dataclass(slots=True)
class KeptValues:
    """A kind that weighs one value against one: a column of weights for each new value."""

    evidence: Valued
    values: list[Any]
    ready: Any
    codes: Integers
    judged: Judged
    is_left: bool
    columns: "OrderedDict[Hashable, tuple[Floats, Steps]]" = field(default_factory=OrderedDict)

    @classmethod
    def of(
        cls, evidence: Valued, records: Sequence[Any], judged: Judged, *, is_left: bool
    ) -> "KeptValues":
        value = evidence.told if is_left else evidence.seen
        read = coded([value(one, judged) for one in records])
        half = evidence.table.told if is_left else evidence.table.seen
        ready = half(read.values, judged)
        return cls(evidence, read.values, ready, read.codes, judged, is_left)

    def lay(self, one: Any) -> "LaidValue | None":
        read = self.evidence.seen if self.is_left else self.evidence.told
        value = read(one, self.judged)
        if value is None or not self.values:
            return None
        column = self.columns.get(value)
        if column is None:
            column = self._remember(value)
        self.columns.move_to_end(value)
        return LaidValue(self.codes, *column)

    def _remember(self, value: Hashable) -> tuple[Floats, Steps]:
        table, judged = self.evidence.table, self.judged
        if self.is_left:
            found = table.weigh(self.ready, table.seen([value], judged), judged)
        else:
            found = table.weigh(table.told([value], judged), self.ready, judged)
        weights: Floats = np.ascontiguousarray(found).ravel()
        column = self.columns[value] = weights, steps_above(weights)
        while len(self.columns) * len(weights) > MOST_NUMBERS and len(self.columns) > 1:
            self.columns.popitem(last=False)
        return column


@dataclass(frozen=True, slots=True)
class LaidValue:
    """The weights of one value against each distinct value that is kept."""

    codes: Integers
    weights: Floats
    steps: Steps
    impossible: Bools | None = None

    def add_bounds(self, sums: Sums) -> None:
        add_values(sums, self.codes, self.steps)

    def weigh(self, kept: Integers) -> Floats:
        codes = self.codes[kept]
        weights: Floats = np.where(codes == NOTHING, np.nan, self.weights[codes])
        return weights


@dataclass(frozen=True, slots=True)
class KeptWhole:
    """Any kind: both sides are laid together anew, one of them a single record."""

    evidence: Evidence
    read: Any
    records: int
    judged: Judged
    is_left: bool

    def lay(self, one: Any) -> "LaidLeft | LaidRight | None":
        if self.is_left:
            seen = self.evidence.see([one], self.judged)
            if _says_nothing(seen):
                return None
            return LaidLeft.of(self.evidence.compare(self.read, seen, self.judged))
        told = self.evidence.tell([one], self.judged)
        if _says_nothing(told):
            return None
        comparison = self.evidence.compare(told, self.read, self.judged)
        return LaidRight.of(comparison, self.records)


def _says_nothing(read: Any) -> bool:
    """Say whether a single record says nothing of a kind: then nothing can be compared."""
    if isinstance(read, Met):
        read = read.named
    if isinstance(read, Named):
        return not read.incidents.values and not read.groups.values
    if isinstance(read, BY_VALUE):
        return not read.records.values
    return isinstance(read, (Told, Seen)) and int(read.length[0]) == UNKNOWN


@dataclass(frozen=True, slots=True)
class LaidLeft:
    """Left records are kept, the new one is on the right: one lane of one tile."""

    comparison: Comparison
    impossible: Bools | None

    @classmethod
    def of(cls, comparison: Comparison) -> "LaidLeft":
        days = comparison.possible
        return cls(comparison, None if days is None else days.opens > days.closes[0])

    def add_bounds(self, sums: Sums) -> None:
        comparison = self.comparison
        classes = np.arange(len(comparison.most), dtype=np.int32)
        right = np.full(LANES, NOTHING, dtype=np.int32)
        right[0] = 0
        table = np.zeros((1, len(classes), LANES), dtype=np.int16)
        comparison.fill(classes, right, table, 0)
        add_classes(sums, comparison.rows, np.ascontiguousarray(table[0, :, 0]))
        keys = comparison.keys
        if keys is not None and len(keys.right):
            shared = np.zeros(keys.count, dtype=np.bool_)
            shared[keys.right] = True
            add_shared(sums, keys.left_at, keys.left, keys.gain, shared)

    def weigh(self, kept: Integers) -> Floats:
        return self.comparison.weigh(kept, np.zeros(len(kept), dtype=np.int32))


@dataclass(frozen=True, slots=True)
class LaidRight:
    """Right records are kept, the new one is on the left: a row or a few in all tiles."""

    comparison: Comparison
    records: int
    impossible: Bools | None

    @classmethod
    def of(cls, comparison: Comparison, records: int) -> "LaidRight":
        days = comparison.possible
        impossible = None if days is None else days.closes < days.opens[0]
        return cls(comparison, records, impossible)

    def add_bounds(self, sums: Sums) -> None:
        comparison = self.comparison
        told = comparison.rows[0]
        classes = told[told != NOTHING].astype(np.int32)
        tiles = -(-self.records // LANES)
        right = np.full(tiles * LANES, NOTHING, dtype=np.int32)
        right[: self.records] = np.arange(self.records, dtype=np.int32)
        table = np.zeros((tiles, len(classes), LANES), dtype=np.int16)
        comparison.fill(np.unique(classes), right, table, 0)
        for row in np.searchsorted(np.unique(classes), classes):
            add_lanes(sums, table, row)
        keys = comparison.keys
        if keys is not None and len(keys.left):
            gain_of = np.zeros(keys.count, dtype=np.int32)
            np.add.at(gain_of, keys.left, keys.gain)
            add_gains(sums, keys.right_at, keys.right, gain_of)

    def weigh(self, kept: Integers) -> Floats:
        return self.comparison.weigh(np.zeros(len(kept), dtype=np.int32), kept)
