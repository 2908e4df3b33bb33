"""Looks up tables of bounds and of weights.

Coverage cannot follow compiled code, hence the pragmas here and in all kernels.
"""

# ruff: noqa: PLR0917, PLR1714 - the compiler takes no arguments by name at full speed; `in`
# over a tuple is slower than two comparisons.

from math import nan

import numpy as np

from matching.packing.comparison import LANES, NOTHING
from matching.packing.compiling import compiled

AT_ONCE = 64
"""Rows written together: few enough to stay in the nearest cache, lane after lane."""


@compiled()
def fill_columns(classes, right, table, at, columns, steps):  # pragma: no cover - compiled
    """Write ``steps[columns[right record], class]``; 0 in lanes without a column."""
    n = len(classes)
    for tile in range(len(right) // LANES):
        rows = table[tile]
        for start in range(0, n, AT_ONCE):
            end = min(start + AT_ONCE, n)
            for lane in range(LANES):
                r = right[tile * LANES + lane]
                column = np.int32(NOTHING) if r == NOTHING else columns[r]
                if column == NOTHING:
                    for c in range(start, end):
                        rows[at + c, lane] = 0
                else:
                    bounds = steps[column]
                    for c in range(start, end):
                        rows[at + c, lane] = bounds[classes[c]]


@compiled()
def look_up(left, right, rows, columns, weights):  # pragma: no cover - compiled
    """Weights of pairs of positions; ``nan`` where either side says nothing."""
    found = np.empty(len(left))
    for k in range(len(left)):
        row, column = rows[left[k]], columns[right[k]]
        if row == NOTHING or column == NOTHING:
            found[k] = nan
        else:
            found[k] = weights[row, column]
    return found


@compiled()
def gather_alike(steps, order, apart):  # pragma: no cover - compiled
    """Gather rows that follow each other in `order` and differ by few steps.

    ``steps`` has one row for each value. Returns a class for each row, and how many.
    """
    classes = np.empty(len(order), dtype=np.int32)
    count = 0
    first = order[0] if len(order) else 0
    for k in range(len(order)):
        row = order[k]
        alike = True
        for column in range(steps.shape[1]):
            difference = np.int32(steps[row, column]) - np.int32(steps[first, column])
            if difference > apart or difference < -apart:
                alike = False
                break
        if not alike:
            count += 1
            first = row
        classes[row] = count
    return classes, count + 1
