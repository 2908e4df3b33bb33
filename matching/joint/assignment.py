"""The single best joint assignment, and how much better it is than its rivals."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.joint.web import Flags, Floats, Integers, Web

EQUAL = 1e-9
"""Weights in log10 that are nearer than this are equal: far below any digit of the model."""

MOST_ASKED = 300
"""Chosen pairs of one part whose rivals are looked for one by one; our choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The assignment of most weight.

    Attributes
    ----------
    chosen : bool array, shape (n_edges,)
    margin : float64 array, shape (n_edges,)
        For a chosen pair, log10 of how many times more probable the best assignment is than
        the best one without this pair: 0 where another is as good. ``nan`` for pairs that
        are not chosen, and where nobody looked (more than `MOST_ASKED` pairs hang together).
    """

    chosen: Flags
    margin: Floats


def best_assignment(web: Web, odds: Floats, *, margins: bool = True) -> Best:
    """Find the one-to-one assignment whose product of odds is greatest.

    Parameters
    ----------
    web : Web
    odds : float64 array, shape (n_edges,)
        Odds of each pair against standing alone, greater than 0.
    margins : bool
        Whether rivals are looked for.

    Returns
    -------
    Best
        A pair of odds one or less is never chosen: leaving both alone is as good. Of several
        best assignments one is given, always the same; `Best.margin` is 0 there.

    Notes
    -----
    Solved part by part as a rectangular assignment problem (Crouse 2016, as in scipy), with
    log10 odds as the gain and 0 for standing alone.
    """
    gain = np.log10(odds)
    chosen = np.zeros(len(web), dtype=bool)
    margin = np.full(len(web), np.nan)
    count, part = web.components(gain > 0)
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(count + 1))
    for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        edges = order[start:stop]
        most = MOST_ASKED if margins else 0
        picked, found = _solve_part(web.left[edges], web.right[edges], gain[edges], most)
        chosen[edges[picked]] = True
        margin[edges[picked]] = found
    return Best(chosen, margin)


def _solve_part(
    left: Integers, right: Integers, gain: Floats, most_asked: int
) -> tuple[Integers, Floats]:
    """Positions of the chosen edges, and the margin of each."""
    rows, row = np.unique(left, return_inverse=True)
    columns, column = np.unique(right, return_inverse=True)
    table = np.zeros((len(rows), len(columns)))
    table[row, column] = gain
    number = np.full(table.shape, -1)
    number[row, column] = np.arange(len(gain))
    picked = _picked(table, number)
    margins = np.full(len(picked), np.nan)
    if len(picked) <= most_asked:
        most = gain[picked].sum()
        for n, edge in enumerate(picked.tolist()):
            table[row[edge], column[edge]] = 0.0
            margins[n] = most - table[linear_sum_assignment(table, maximize=True)].sum()
            table[row[edge], column[edge]] = gain[edge]
    return picked, np.where(np.abs(margins) < EQUAL, 0.0, margins)


def _picked(table: Floats, number: Integers) -> Integers:
    found = number[linear_sum_assignment(table, maximize=True)]
    picked: Integers = np.sort(found[found >= 0])
    return picked
