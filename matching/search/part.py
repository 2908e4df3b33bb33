"""A part of the left side, as the scan reads it: each record a few numbers of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.evidence.weight import Kind
from matching.packing.comparison import (
    LANES,
    NOTHING,
    Comparison,
    Integers,
    classes_for,
)
from matching.packing.steps import MOST_STEPS, Steps
from matching.search.kernels import (
    LEAST_WIDTH,
    WIDEST,
    WIDEST_GAIN,
    WIDTH,
    add_bundles,
    copy_rows,
)

Rows = NDArray[np.uint32]

LOOSE = (Kind.TEETH, Kind.PLACE, Kind.TIME)
"""Kinds of one class a record, the loosest bound first: many charts are bounded by how rare
the other one is, places and days by wide clusters; measured."""

Loose = tuple[int, Integers]


class Holders(NamedTuple):
    """Who holds each key: ``people[at[key]:at[key + 1]]``, in their order, with their gains."""

    at: Integers
    people: Integers
    gains: Steps


@dataclass(frozen=True, slots=True)
class Part:
    """Some left records and the rows of a tile that they need.

    Attributes
    ----------
    positions : int32 array
        Of the records, in the input; in the order of the scan.
    rows : uint32 array, shape (n, k × WIDTH)
        First places in a tile's flat table; row 0, which is all zero, fills up.
    widths : int32 array, shape (n,)
        Above `WIDEST` also where rows could sum beyond what 16 bits hold.
    classes : tuple of (first row, classes) for each comparison
    bundles : int32 array, shape (n_bundles, kinds bundled)
        Rows that stand for the sum of others, after all others.
    n_rows : int
    holders : Holders
    loose : tuple of (number of the comparison, row of each record)
        Kinds whose bounds are loose: weighed first, as that settles most doubts.
    """

    positions: Integers
    rows: Rows
    widths: Integers
    classes: tuple[tuple[int, Integers], ...]
    bundles: Integers
    n_rows: int
    holders: Holders
    loose: tuple[Loose, ...]

    def fill(
        self,
        comparisons: Sequence[Comparison],
        right: Integers,
        table: Steps,
        shared: Mapping[int, Steps],
    ) -> None:
        """Write the bounds of all rows against some right records; see `Comparison.fill`.

        ``shared`` holds, by number of the comparison, the bounds of all its classes.
        """
        table[:, 0] = 0
        for at, (first, classes) in enumerate(self.classes):
            if at in shared:
                copy_rows(shared[at], classes, table, first)
            elif len(classes):
                comparisons[at].fill(classes, right, table, first)
        if len(self.bundles):
            add_bundles(table, self.bundles, self.n_rows - len(self.bundles))


def part_of(comparisons: Sequence[Comparison], positions: Integers, holders: Holders) -> Part:
    """Give numbers to the rows that some left records need.

    Parameters
    ----------
    comparisons : sequence of Comparison
    positions : int32 array
    holders : Holders
        Of these records, by their place in `positions`.

    Returns
    -------
    Part
    """
    first = 1
    classes: list[tuple[int, Integers]] = []
    columns: list[Integers] = []
    most = [np.zeros(1, dtype=np.int64)]
    for comparison in comparisons:
        told = comparison.rows[positions]
        used = np.unique(told[told != NOTHING]).astype(np.int32)
        local = np.where(told == NOTHING, 0, np.searchsorted(used, told) + first)
        classes.append((first, used))
        columns.append(local.astype(np.int32))
        most.append(np.maximum(comparison.most[used], 0).astype(np.int64))
        first += len(used)
    rows = np.hstack(columns)
    above = np.concatenate(most)[rows].sum(axis=1) + _gains(holders, len(positions))
    below = sum(comparison.least for comparison in comparisons)
    rows, bundles = _bundled(columns, classes_for(len(positions)), first)
    beyond = (above > MOST_STEPS) | np.bool_(below < -MOST_STEPS)
    padded, widths = _padded(rows, beyond)
    return Part(
        positions=positions,
        rows=padded * np.uint32(LANES),
        widths=widths,
        classes=tuple(classes),
        bundles=bundles,
        n_rows=first + len(bundles),
        holders=holders,
        loose=_loose(comparisons, columns),
    )


def _loose(comparisons: Sequence[Comparison], columns: Sequence[Integers]) -> tuple[Loose, ...]:
    numbers = {comparison.kind: at for at, comparison in enumerate(comparisons)}
    return tuple(
        (numbers[kind], np.ascontiguousarray(columns[numbers[kind]][:, 0]))
        for kind in LOOSE
        if kind in numbers
    )


def _gains(holders: Holders, people: int) -> NDArray[np.int64]:
    """Most that shared keys can add to each record."""
    gains = np.bincount(holders.people, holders.gains, minlength=people)
    return np.minimum(gains, WIDEST_GAIN).astype(np.int64)


def _bundled(columns: list[Integers], most: int, first: int) -> tuple[Integers, Integers]:
    """Replace the rows of kinds with few classes by one row for each combination met."""
    single = [column for column in columns if column.shape[1] == 1]
    single.sort(key=lambda column: len(np.unique(column)))
    rest = [column for column in columns if column.shape[1] != 1]
    chosen: list[Integers] = []
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in single:
        tried = combined * (int(column.max(initial=0)) + 1) + column[:, 0]
        distinct, numbers = np.unique(tried, return_inverse=True)
        if len(distinct) > most:
            break
        combined = numbers.astype(np.int64)
        chosen.append(column)
    if len(chosen) <= 1:  # nothing to sum
        return np.hstack(columns), np.zeros((0, 1), dtype=np.int32)
    _, example, number = np.unique(combined, return_index=True, return_inverse=True)
    bundles = np.hstack(chosen)[example]
    own = (number + first).astype(np.int32)[:, None]
    return np.hstack([own, *single[len(chosen) :], *rest]), np.ascontiguousarray(bundles)


def _padded(rows: Integers, beyond: NDArray[np.bool_]) -> tuple[Rows, Integers]:
    """Rows that are there first, then row 0 up to a multiple of `WIDTH`, at least two of it.

    Sums `beyond` 16 bits are given a width that is summed in 32.
    """
    order = np.argsort(rows == 0, axis=1, kind="stable")
    rows = np.take_along_axis(rows, order, axis=1)
    counts = np.count_nonzero(rows, axis=1)
    widths = np.maximum(-(-counts // WIDTH) * WIDTH, LEAST_WIDTH)
    widths[beyond] = np.maximum(widths[beyond], WIDEST + WIDTH)
    width = int(widths.max(initial=LEAST_WIDTH))
    padded = np.zeros((len(rows), width), dtype=np.uint32)
    kept = min(padded.shape[1], rows.shape[1])
    padded[:, :kept] = rows[:, :kept]
    return padded, widths.astype(np.int32)
