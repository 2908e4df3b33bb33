"""Listening how probable each pair is, on a long walk through a wide cluster's assignments."""

from dataclasses import dataclass

import numpy as np

from matching.joint.walking import BATCHES, FREE, walk
from matching.joint.web import Floats, Integers

LEAST_STEPS, MOST_STEPS = 1_000, 15_000
"""Steps between two times of listening: as many as there are pairs, within these bounds; our
choice, measured."""

SEED = 20261121
"""Always the same walk: the same pairs give the same digits."""

RARE = 0.02
"""Below this a pair is heard rather than counted; our choice: a walk seldom meets it."""

FLOOR = 0.01
"""Least weight, of the greatest, with which a pair is proposed on the walk; our choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Share of the walk that is each pair's, and its standard error; shape (n_edges,)."""

    posterior: Floats
    error: Floats


def sample(
    left: Integers, right: Integers, odds: Floats, *, liked: Floats, begun: Integers
) -> Counted:
    """Estimate the probability of each pair of a cluster.

    Parameters
    ----------
    left, right : int64 arrays, shape (n_edges,)
        Records of both sides, from 0, in the order of left, then right.
    odds : float64 array, shape (n_edges,)
        Against standing alone, greater than 0.
    liked : float64 array, shape (n_edges,)
        How often a pair is tried, compared with others, greater than 0; it changes how fast
        the walk gets about and not where it leads.
    begun : int64 array
        Numbers of the edges of an assignment to begin with.

    Returns
    -------
    Counted
        How long a pair stood; for rare ones how probable it was given where everybody but
        its left record stood (Gelfand & Smith 1990). Errors are those of the mean of
        `BATCHES` stretches; what a walk never reached they cannot know.
    """
    proposed = np.maximum(liked / liked.max(), FLOOR)
    proposed /= proposed.sum()
    n_left, n_right = int(left.max()) + 1, int(right.max()) + 1
    left_holds, right_holds = np.full(n_left, FREE), np.full(n_right, FREE)
    left_holds[left[begun]] = begun
    right_holds[right[begun]] = begun
    steps = int(np.clip(len(left), LEAST_STEPS, MOST_STEPS))
    begins = np.searchsorted(left, np.arange(n_left + 1))
    held, heard = walk(
        (left, right, begins, odds, proposed),
        *_alias(proposed),
        left_holds,
        right_holds,
        steps,
        SEED,
    )
    is_rare = heard[0] / BATCHES < RARE
    total, squares = np.where(is_rare, heard, held)
    mean = total / BATCHES
    spread = np.maximum(squares / BATCHES - mean**2, 0.0) / (BATCHES - 1)
    return Counted(mean, np.sqrt(spread))


def _alias(proposed: Floats) -> tuple[Floats, Integers]:
    """Tables to draw an edge in one look (Walker 1977; Vose 1991)."""
    scaled = proposed * len(proposed)
    alias = np.arange(len(proposed))
    small = np.flatnonzero(scaled < 1).tolist()
    large = np.flatnonzero(scaled >= 1).tolist()
    while small and large:
        less, more = small.pop(), large.pop()
        alias[less] = more
        scaled[more] -= 1 - scaled[less]
        (small if scaled[more] < 1 else large).append(more)
    scaled[small + large] = 1.0
    return scaled, alias
