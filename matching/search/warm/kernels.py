"""Adds up the bounds of everybody for one record, and finds whom to weigh exactly.

Sums have 32 bits: nothing here can overflow, so no record needs to be weighed beforehand.
"""
# ruff: noqa: PLR0917 - the compiler takes no arguments by name at full speed.

import numpy as np

from matching.packing.comparison import NOTHING
from matching.packing.compiling import compiled

LOWEST_SUM, HIGHEST_SUM = -16_000, 48_000
"""Steps between which sums are told apart when they are ranked."""
ABOVE_ALL = 2**30
NEVER = -(2**30)
"""The sum of whoever was removed, or whom dates make impossible."""


@compiled()
def add_values(sums, codes, steps):  # pragma: no cover - compiled
    """Add the bound of each record's value; nothing where it says none."""
    for i in range(len(sums)):
        if codes[i] != NOTHING:
            sums[i] += steps[codes[i]]


@compiled()
def add_classes(sums, rows, steps):  # pragma: no cover - compiled
    """Add the bounds of all classes of each record."""
    for i in range(len(sums)):
        for k in range(rows.shape[1]):
            if rows[i, k] != NOTHING:
                sums[i] += steps[rows[i, k]]


@compiled()
def add_lanes(sums, table, row):  # pragma: no cover - compiled
    """Add one row of a table of tiles: the bounds of one class against all right records."""
    lanes = table.shape[2]
    for i in range(len(sums)):
        sums[i] += table[i // lanes, row, i % lanes]


@compiled()
def add_shared(sums, at, keys, gains, shared):  # pragma: no cover - compiled
    """Add what each left record gains by the keys that the right one has."""
    for i in range(len(sums)):
        for k in range(at[i], at[i + 1]):
            if shared[keys[k]]:
                sums[i] += gains[k]


@compiled()
def add_gains(sums, at, keys, gain_of):  # pragma: no cover - compiled
    """Add to each right record what the left one gains by its keys."""
    for i in range(len(sums)):
        for k in range(at[i], at[i + 1]):
            sums[i] += gain_of[keys[k]]


@compiled()
def rule_out(sums, ruled_out):  # pragma: no cover - compiled
    """Give those whom nobody shall find a sum that nothing reaches."""
    for i in range(len(sums)):
        if ruled_out[i]:
            sums[i] = NEVER


@compiled()
def reached_by(sums, wanted):  # pragma: no cover - compiled
    """Give the highest sum that at least so many records reach; `NEVER` if fewer are there.

    Sums below `LOWEST_SUM` count as `NEVER`.
    """
    counts = np.zeros(HIGHEST_SUM - LOWEST_SUM + 1, dtype=np.int64)
    for i in range(len(sums)):
        if sums[i] >= LOWEST_SUM:
            counts[min(sums[i], HIGHEST_SUM) - LOWEST_SUM] += 1
    reached = 0
    for place in range(len(counts) - 1, -1, -1):
        reached += counts[place]
        if reached >= wanted:
            return place + LOWEST_SUM
    return NEVER


@compiled()
def between(sums, least, below):  # pragma: no cover - compiled
    """Positions of the records whose sum is at least `least`, and below `below`."""
    count = 0
    for i in range(len(sums)):
        if least <= sums[i] < below:
            count += 1
    found = np.empty(count, dtype=np.int32)
    count = 0
    for i in range(len(sums)):
        if least <= sums[i] < below:
            found[count] = i
            count += 1
    return found
