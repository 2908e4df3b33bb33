"""Distinct values of both sides, and the table of what each pair of them weighs."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

import numpy as np

from matching.evidence.weight import Kind, Weight
from matching.model_file import Model
from matching.packing.comparison import NOTHING, Floats, Integers, Judged, Keys, Possible
from matching.packing.steps import STEPS, Steps, steps_above
from matching.packing.valued.kernels import fill_columns, gather_alike, look_up

FEW_VALUES = 512
"""So many values are a class each."""
ALIKE = STEPS // 20
"""Values of one class weigh the same to a twentieth of a decade."""
PROBES = 4
"""Columns by which values are sorted, so that those alike follow each other."""
MOST_KEPT = 1_000_000
"""Weights of a larger table are not kept where pairs can be weighed anew: 23 million, of all
statures of 200,000 records, would be 186 MB."""
AT_ONCE = 64
"""Rows, or classes, of a table bounded together."""

Value = Callable[[Any, Judged], Hashable | None]
"""What one record says, as a value that is equal where records say the same."""
Pairs = tuple[Integers, Integers]
Half = Callable[[Sequence[Any], Judged], Any]
"""Whatever can be computed of the values of one side alone."""


@dataclass(frozen=True, slots=True)
class Table:
    """Exact weights of values told against values seen; nan where not comparable.

    ``weigh`` is given what ``told`` and ``seen`` made of the values of each side, so that a
    side that is kept is got ready once. ``weigh_some(told, seen, model, (rows, columns))``, if
    there is one, gives some of the same weights without the others, to the last digit; ``told``
    must then be an array of one row a value.
    """

    told: Half
    seen: Half
    weigh: Callable[[Any, Any, Judged], Floats]
    weigh_some: Callable[[Any, Any, Model, Pairs], Floats] | None = None

    def __call__(self, told: Sequence[Any], seen: Sequence[Any], judged: Judged) -> Floats:
        return self.weigh(self.told(told, judged), self.seen(seen, judged), judged)


def as_they_are(values: Sequence[Any], _: Judged) -> Sequence[Any]:
    """Nothing is to be computed of one side alone."""
    return values


@dataclass(frozen=True, slots=True)
class Coded:
    """Distinct values in the order of their first record, and the number of each record's."""

    values: list[Any]
    codes: Integers


def coded(values: Sequence[Hashable | None]) -> Coded:
    """Give distinct values numbers; `NOTHING` for None."""
    numbers: dict[Hashable | None, int] = {None: NOTHING}
    codes = np.empty(len(values), dtype=np.int32)
    for at, value in enumerate(values):
        number = numbers.get(value)
        if number is None:
            number = numbers[value] = len(numbers) - 1
        codes[at] = number
    return Coded(list(numbers)[1:], codes)


@dataclass(frozen=True, slots=True)
class Valued:
    """A kind that weighs one value told against one value seen."""

    kind: Kind
    told: Value
    seen: Value
    table: Table

    def tell(self, left: Sequence[Any], judged: Judged) -> Coded:
        return coded([self.told(one, judged) for one in left])

    def see(self, right: Sequence[Any], judged: Judged) -> Coded:
        return coded([self.seen(one, judged) for one in right])

    def compare(self, told: Coded, seen: Coded, judged: Judged) -> "LookedUp | WeighedAnew":
        table, some = self.table, self.table.weigh_some
        if some is None or len(told.values) * len(seen.values) <= MOST_KEPT:
            weights = table(told.values, seen.values, judged)
            return looked_up(self.kind, told.codes, seen.codes, weights)
        values = table.told(told.values, judged), table.seen(seen.values, judged)
        bounds = [
            steps_above(table.weigh(values[0][start : start + AT_ONCE], values[1], judged))
            for start in range(0, len(told.values), AT_ONCE)
        ]
        rows, most, steps, least = _bounds(told.codes, np.concatenate(bounds))
        weigh = partial(some, *values, judged.model)
        return WeighedAnew(self.kind, rows, most, told.codes, seen.codes, weigh, steps, least)


def by_table(kind: Kind, told: Value, seen: Value, table: Table) -> Valued:
    """Weigh distinct values by a table computed at once.

    Parameters
    ----------
    kind : Kind
    told, seen : callables
        ``told(record, judged) -> hashable or None``; None where the record says nothing.
    table : Table
        ``table(values_told, values_seen, judged) -> float64 (n_told, n_seen)``: the weight
        exactly as the definition says, ``nan`` where nothing can be compared.

    Returns
    -------
    Valued

    Notes
    -----
    For up to some 20 million pairs of distinct values: round inside the definition.
    """
    return Valued(kind, told, seen, table)


def by_pair(
    kind: Kind, told: Value, seen: Value, weigh: Callable[[Any, Any, Judged], Weight | None]
) -> Valued:
    """Weigh distinct values by asking the definition once for each pair of them.

    Parameters
    ----------
    kind, told, seen
        As `by_table`.
    weigh : callable
        ``weigh(value_told, value_seen, judged)``: the definition, or a part of it.

    Returns
    -------
    Valued
    """

    def weights_of(told: Sequence[Any], seen: Sequence[Any], judged: Judged) -> Floats:
        weights = np.full((len(told), len(seen)), np.nan)
        for row, one in enumerate(told):
            for column, other in enumerate(seen):
                weight = weigh(one, other, judged)
                if weight is not None:
                    weights[row, column] = weight.log10_lr
        return weights

    return Valued(kind, told, seen, Table(as_they_are, as_they_are, weights_of))


def by_fields(
    kind: Kind,
    told: tuple[str, ...],
    seen: tuple[str, ...],
    weigh: Callable[[Any, Any, Judged], Weight | None],
) -> Valued:
    """Weigh records by asking the definition once for each pair that differs in some fields.

    Parameters
    ----------
    kind : Kind
    told, seen : names of fields
        All that the definition reads of either record, and nothing else it could read.
    weigh : callable
        ``weigh(left_record, right_record, judged)``: the definition.

    Returns
    -------
    Valued
    """
    return by_pair(
        kind,
        lambda record, _: Represented(_fields(told)(record), record),
        lambda record, _: Represented(_fields(seen)(record), record),
        lambda one, other, judged: weigh(one.record, other.record, judged),
    )


@lru_cache
def _fields(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names)


class Represented:
    """A record that stands for all that say the same in some fields."""

    __slots__ = ("fields", "record")

    def __init__(self, fields: Hashable, record: object) -> None:
        self.fields, self.record = fields, record

    def __hash__(self) -> int:
        return hash(self.fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Represented) and self.fields == other.fields


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A `Comparison` that is one table of weights; values that weigh alike are one class."""

    kind: Kind
    rows: Integers
    most: Steps
    values: Integers
    columns: Integers
    weights: Floats
    steps: Steps
    least: int
    keys: Keys | None = None
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_columns(classes, right, table, at, self.columns, self.steps)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        found: Floats = look_up(left, right, self.values, self.columns, self.weights)
        return found


@dataclass(frozen=True, slots=True)
class WeighedAnew:
    """A `Comparison` whose table of weights would be too large: pairs are weighed when asked.

    ``weigh_some`` gives the weights of pairs of values, those of the table to the last digit.
    """

    kind: Kind
    rows: Integers
    most: Steps
    values: Integers
    columns: Integers
    weigh_some: Callable[[Pairs], Floats]
    steps: Steps
    least: int
    keys: Keys | None = None
    possible: Possible | None = None
    shared: bool = False

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_columns(classes, right, table, at, self.columns, self.steps)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        rows, columns = self.values[left], self.columns[right]
        told = np.flatnonzero((rows != NOTHING) & (columns != NOTHING))
        weights: Floats = np.full(len(rows), np.nan)
        weights[told] = self.weigh_some((rows[told], columns[told]))
        return weights


def looked_up(kind: Kind, rows: Integers, columns: Integers, weights: Floats) -> LookedUp:
    """Bound each value told by its own weights, rounded up.

    Parameters
    ----------
    kind : Kind
    rows, columns : int32 arrays, shapes (n_left,) and (n_right,)
        Which row and which column of `weights` each record stands for, or `NOTHING`.
    weights : float64 array

    Returns
    -------
    LookedUp
    """
    weights = np.ascontiguousarray(weights)
    told, most, steps, least = _bounds(rows, steps_above(weights))
    return LookedUp(kind, told, most, rows, columns, weights, steps, least)


def _bounds(rows: Integers, steps: Steps) -> tuple[Integers, Steps, Steps, int]:
    """Give each record's class, the most of each class, its bounds, and the least of all."""
    classes, steps = _gathered(steps)
    told = np.where(rows == NOTHING, NOTHING, classes[rows]).astype(np.int32)
    most = steps.max(axis=1, initial=0)
    return told[:, None], most, np.ascontiguousarray(steps.T), int(steps.min(initial=0))


def _gathered(steps: Steps) -> tuple[Integers, Steps]:
    """Gather values that weigh nearly alike into one class, if there are many."""
    values = np.arange(len(steps) + 1, dtype=np.int32)  # one more, for NOTHING to point at
    if len(steps) <= FEW_VALUES or not steps.shape[1]:
        return values, steps
    probes = np.linspace(0, steps.shape[1] - 1, PROBES).astype(int)
    order = np.lexsort(steps[:, probes].T // ALIKE)
    classes, count = gather_alike(steps, order, ALIKE)
    # Those of one class follow each other in that order.
    begins = np.append(np.searchsorted(classes[order], np.arange(count)), len(order))
    bounds = np.empty((count, steps.shape[1]), dtype=np.int16)
    for start in range(0, count, AT_ONCE):
        some = begins[start : start + AT_ONCE + 1]
        rows = steps[order[some[0] : some[-1]]]
        np.maximum.reduceat(
            rows, some[:-1] - some[0], axis=0, out=bounds[start : start + AT_ONCE]
        )
    return np.append(classes, np.int32(NOTHING)), bounds
