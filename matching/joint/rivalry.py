"""How far below the best assignment every one that takes a given pair must stay."""

import numpy as np

from matching.joint.web import Flags, Floats, Integers, Web


def shortfall(web: Web, odds: Floats, chosen: Flags) -> Floats:
    """Bound from below what it costs to take each pair.

    Parameters
    ----------
    web : Web
    odds : float64 array, shape (n_edges,)
        Against standing alone, greater than 0.
    chosen : bool array, shape (n_edges,)
        An assignment of greatest product of odds.

    Returns
    -------
    float64 array, shape (n_edges,)
        At least 0. No assignment with the pair has a product of more than ``10 ** -shortfall``
        times that of the best one; 0 for chosen pairs.

    Notes
    -----
    The slack of the pair in the dual of the assignment problem, with prices of records half
    way between the two ends of the lattice of optimal prices (Shapley & Shubik 1971), each end
    found by relaxing until nothing rises.
    """
    gain = np.log10(odds)
    n_left, n_right = web.n_left, web.n_right
    right = _least_prices(web.right, web.left, gain, chosen, sizes=(n_right, n_left))
    left = _least_prices(web.left, web.right, gain, chosen, sizes=(n_left, n_right))
    own = np.flatnonzero(chosen)
    middle_left, middle_right = left / 2, right / 2
    middle_left[web.left[own]] += (gain[own] - right[web.right[own]]) / 2
    middle_right[web.right[own]] += (gain[own] - left[web.left[own]]) / 2
    slack = middle_left[web.left] + middle_right[web.right] - gain
    found: Floats = np.where(chosen, 0.0, np.maximum(slack, 0.0))
    return found


def _least_prices(
    own: Integers, other: Integers, gain: Floats, chosen: Flags, *, sizes: tuple[int, int]
) -> Floats:
    """Lowest prices of one side: what rivals would pay at least, themselves paid all else.

    A record of the other side that is matched already gives up what it has there; an unmatched
    one gives up nothing.
    """
    n_own, n_other = sizes
    mate = np.full(n_other, -1)
    mate[other[chosen]] = own[chosen]
    kept = np.zeros(n_other)
    kept[other[chosen]] = gain[chosen]
    rises = ~chosen
    mates, is_taken = mate[other[rises]], mate[other[rises]] >= 0
    offer, at = gain[rises] - kept[other[rises]], own[rises]
    prices = np.zeros(n_own)
    for _ in range(n_own + 1):  # pragma: no branch - the bound is for rounding alone
        before = prices.copy()
        np.maximum.at(prices, at, offer + np.where(is_taken, before[mates], 0.0))
        if np.array_equal(prices, before):
            break
    return prices
