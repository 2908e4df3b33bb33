"""Two records that are both of one person with a third are of one person themselves.

Two copies of a record may say so little in common that they are hardly linked, or share no key
at all, while both are plainly the person of a third, fuller one. What the third lends is the
probability of both its links; what the two say against each other is taken off it, and nothing
they have in common is counted twice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]

LEAST = 0.9
"""Least posterior of a link that may lend anything; our choice."""
MOST_NEIGHBOURS = 20
"""Whoever is linked with more is taken for a name that fits many, and lends nothing."""
COUNTED_AGAINST = 0.5
"""Of what two records say against each other: the slips behind it have lowered their links with
the third already. Our choice, by the invented people of one seed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lent:
    """Pairs that a third record links: the likeliest third of each.

    Attributes
    ----------
    left, right, third : int32 arrays, shape (n,)
        Positions of records, left before right; in the order of left, then right.
    probability : float array, shape (n,)
        That both are of one person with the third.
    """

    left: Indices
    right: Indices
    third: Indices
    probability: Floats


def lent_by_thirds(left: Indices, right: Indices, posterior: Floats, n_records: int) -> Lent:
    """Find the pairs whose records are both linked with a third.

    Parameters
    ----------
    left, right : int32 arrays, shape (n_links,)
    posterior : float array, shape (n_links,)
        Of each link, by what its two records say themselves.
    n_records : int

    Returns
    -------
    Lent

    Notes
    -----
    Method: ``docs/methods/linking.md``.
    """
    strong = posterior >= LEAST
    ends = np.concatenate((left[strong], right[strong])).astype(np.int64)
    others = np.concatenate((right[strong], left[strong])).astype(np.int64)
    sure = np.tile(posterior[strong], 2)
    order = np.lexsort((others, ends))
    ends, others, sure = ends[order], others[order], sure[order]
    one, other = _two_by_two(np.bincount(ends, minlength=n_records), ends)
    before = others[one] < others[other]
    one, other = one[before], other[before]
    return _likeliest(
        others[one] * n_records + others[other], ends[one], sure[one] * sure[other], n_records
    )


def _two_by_two(
    degrees: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each link of a record, by position, with each link of that record."""
    starts = np.cumsum(degrees) - degrees
    times = np.where(degrees <= MOST_NEIGHBOURS, degrees, 0)[ends]
    one = np.repeat(np.arange(len(ends)), times)
    turn = np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times)
    return one, starts[ends[one]] + turn


def _likeliest(
    key: NDArray[np.int64], third: NDArray[np.int64], lent: Floats, n_records: int
) -> Lent:
    order = np.lexsort((third, -lent, key))
    key, third, lent = key[order], third[order], lent[order]
    first = np.append(True, key[1:] != key[:-1])[: len(key)]
    left, right = np.divmod(key[first], n_records)
    return Lent(
        left.astype(np.int32),
        right.astype(np.int32),
        third[first].astype(np.int32),
        lent[first],
    )


def lent_weights(
    lent: Lent, pairs: tuple[Indices, Indices], against: Floats, log10_odds: Floats
) -> tuple[Floats, Indices]:
    """Say what a third record adds to the weight of each pair, and which record it is.

    Parameters
    ----------
    lent : Lent
    pairs : two int32 arrays, shape (n,)
        Left and right of the pairs.
    against : float array, shape (n,)
        log10, 0 or less: what the two say against each other.
    log10_odds : float array, shape (n,)
        For one person, by what the two say themselves.

    Returns
    -------
    added : float array, shape (n,)
        log10, 0 or more: what lifts the odds to those of the third's two links.
    third : int32 array, shape (n,)
        -1 where nothing is added.
    """
    if not len(lent.left):
        return np.zeros(len(log10_odds)), np.full(len(log10_odds), -1, dtype=np.int32)
    size = int(max(each.max(initial=0) for each in (lent.right, pairs[1]))) + 1
    listed = lent.left.astype(np.int64) * size + lent.right
    wanted = pairs[0].astype(np.int64) * size + pairs[1]
    at = np.minimum(np.searchsorted(listed, wanted), len(listed) - 1)
    # No posterior is believed beyond one in a million million: 1 would lend without end.
    sure = np.clip(lent.probability, None, 1.0 - 1e-12)[at]
    odds = np.log10(sure / (1.0 - sure)) + COUNTED_AGAINST * against
    added = np.where(listed[at] == wanted, np.maximum(odds - log10_odds, 0.0), 0.0)
    return added, np.where(added > 0, lent.third[at], -1).astype(np.int32)
