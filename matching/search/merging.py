"""Lays the best of both sides together: each pairing once, with its rank for either record."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.packing.comparison import Floats, Integers
from matching.search.best import Best
from matching.search.guessing import Found
from matching.search.kernels import best_first, merge
from matching.search.ranking import Indices, Ranks


@dataclass(frozen=True, slots=True)
class Merged:
    """Pairings by left position, then by falling weight, then by right position."""

    left: Integers
    right: Integers
    log10_lr: Floats
    rank_for_left: Ranks
    rank_for_right: Ranks


def merged(found: Found) -> Merged:
    """Lay the best of both sides together; the heaps are sorted in place."""
    sort: Any = best_first
    for best in (found.lefts, found.rights):
        sort(best.scores, best.who, best.held)
    left_at, owners, ranks, weights = _of_left(found)
    lay: Any = merge
    places = np.argsort(found.left.positions)
    most = int(found.lefts.held.sum()) + len(owners)
    out = (
        np.empty(most, dtype=np.int32),
        np.empty(most, dtype=np.int32),
        np.empty(most),
        np.zeros(most, dtype=np.int32),
        np.zeros(most, dtype=np.int32),
    )
    count = lay(
        places, found.lefts.scores, found.lefts.who, found.lefts.held, left_at, owners, ranks,
        weights, np.zeros(len(found.right.positions), dtype=np.int32), *out,
    )  # fmt: skip
    left, right, weight, for_left, for_right = out
    return Merged(
        left[:count], right[:count], weight[:count], for_left[:count], for_right[:count]
    )


def _of_left(found: Found) -> tuple[Indices, Ranks, Ranks, Floats]:
    """Pairings that right records hold, by left position: whose, at what rank and weight."""
    rights, n_left = found.rights, len(found.left.positions)
    order = np.argsort(found.right.positions)
    held = rights.held[order]
    starts = np.cumsum(held) - held
    by_left, at = _by_left(rights, order, n_left)
    owners = np.repeat(np.arange(len(order), dtype=np.int32), held)[by_left]
    ranks = (by_left - starts[owners]).astype(np.int32)
    return at, owners, ranks + 1, rights.scores[order[owners], ranks]


def _by_left(rights: Best, order: Indices, n_left: int) -> tuple[Indices, Indices]:
    """Order what right records hold, one record after the other, by the left position."""
    kept = np.arange(rights.who.shape[1]) < rights.held[order][:, None]
    left = rights.who[order][kept]
    at = np.zeros(n_left + 1, dtype=np.int64)
    np.cumsum(np.bincount(left, minlength=n_left), out=at[1:])
    return np.argsort(left, kind="stable"), at
