"""Exact sums for what hangs together tightly, within the messages of what hangs loosely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.joint.assignment import best_assignment
from matching.joint.exact import MOST_CELLS, Block, Chooser, Summed, plan, sum_up
from matching.joint.messages import Told
from matching.joint.rivalry import shortfall
from matching.joint.sampling import sample
from matching.joint.web import NOWHERE, Ends, Flags, Floats, Integers, Web, total_by

MOST_EDGES = 2000
"""Parts with more pairs are not tried whole; our choice."""

CUT = 6.0
"""Where not everything fits, pairs are left to messages if every assignment that takes them is
so many powers of ten less probable than the best one; our choice, measured in
``docs/methods/joint.md``."""

DOUBT = 3.0
"""Messages are believed unless a walk contradicts them by so many of its standard errors: they
have no noise, and where few are expected to match hardly any error; our choice."""

ONE_PLACE = np.ones(1)
TINY = 1e-300


class Method(IntEnum):
    """How the probability of a pair was reached."""

    EXACT = 0  # everything that hangs together was summed over
    WITHIN = 1  # its rivals summed exactly; what lies further off, and companions, by messages
    SAMPLED = 2  # its rivals are too many: messages, put right by a long walk
    MESSAGES = 3  # far behind the best assignment


@dataclass(frozen=True, slots=True, eq=False)
class Refined:
    """Probability of each pair and of each slot, how each pair's was reached, and how surely.

    `error` is the standard error of sampling, 0 elsewhere.
    """

    posterior: Floats
    at_slot: Floats
    method: NDArray[np.int8]
    error: Floats


def refine(web: Web, told: Told, most_cells: int = MOST_CELLS) -> Refined:
    """Put exact sums in the place of messages wherever a cluster is small enough.

    Parameters
    ----------
    web : Web
    told : Told
        What messages came to on the same web.
    most_cells : int
        Numbers that may be kept for one cluster.

    Returns
    -------
    Refined
        In a part of the web that fits whole, exact. Elsewhere pairs that are far behind the
        best assignment are cut; what still hangs together is summed over, or, where that is
        too wide, sampled; what the cut pairs and the companions say of it is taken from the
        messages.
    """
    found = Refined(
        told.posterior.copy(),
        told.at_slot.copy(),
        np.full(len(web), Method.MESSAGES, dtype=np.int8),
        np.zeros(len(web)),
    )
    for edges in _members(*web.components()):
        if not _sum_whole(web, edges, found, most_cells):
            _sum_clusters(web, edges, told, found, most_cells=most_cells)
    _make_room(web, found)
    return found


def _make_room(web: Web, found: Refined) -> None:
    """Shrink what rounding or sampling brought above one for a record."""
    for node, count in ((web.left, web.n_left), (web.right, web.n_right)):
        whole = total_by(node, found.posterior, count)
        found.posterior[:] /= np.maximum(whole, 1.0)[node]


def _members(count: int, part: Integers) -> Iterator[Integers]:
    """Edges of each part, in their order."""
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(count + 1)).tolist()
    for start, stop in pairwise(bounds):
        yield order[start:stop]


def _sum_whole(web: Web, edges: Integers, found: Refined, most_cells: int) -> bool:
    """Sum over all assignments of a part, and all ends of its companies, if that fits."""
    if len(edges) > MOST_EDGES:
        return False
    ends = web.ends
    if ends is None or not (ends.company[web.left[edges]] != NOWHERE).any():
        summed = _summed(_both_ways(web, edges, web.odds[edges]), most_cells)
        places: list[Integers] = []
    else:
        blocks, places = _company_blocks(web, ends, edges)
        summed = _summed([blocks], most_cells)
    if summed is None:
        return False
    _note(summed, edges, found, Method.EXACT)
    for slots, shares in zip(places, summed.ended, strict=bool(places)):
        found.at_slot[slots] = shares[: len(slots)]
    return True


def _sum_clusters(
    web: Web, edges: Integers, told: Told, found: Refined, *, most_cells: int
) -> None:
    """Cut what is too far below the best assignment; sum over each cluster or walk in it."""
    behind, chosen = _behind(web, edges, told)
    strong = np.zeros(len(web), dtype=bool)
    strong[edges] = behind <= CUT
    odds = _odds_within(web, told, strong)
    count, part = web.components(strong)
    kept = np.flatnonzero(strong)
    for members in _members(count, part[kept]):
        cluster = kept[members]
        summed = None
        if len(cluster) <= MOST_EDGES:
            summed = _summed(_both_ways(web, cluster, odds[cluster]), most_cells)
        if summed is None:
            at = np.searchsorted(edges, cluster)
            _walk(
                web,
                cluster,
                odds[cluster],
                behind=behind[at],
                chosen=chosen[at],
                found=found,
            )
        else:
            _note(summed, cluster, found, Method.WITHIN)
    _leave_room(web, edges[~strong[edges]], strong, told=told, found=found)


def _behind(web: Web, edges: Integers, told: Told) -> tuple[Floats, Flags]:
    """How far each pair of a part is behind the best assignment of it, and what that takes."""
    own = _part(web, edges)
    odds = (web.odds * told.factor)[edges]
    chosen = best_assignment(own, odds, margins=False).chosen
    return shortfall(own, odds, chosen), chosen


def _part(web: Web, edges: Integers) -> Web:
    """Take some pairs and number their records anew."""
    (n_left, left), (n_right, right) = (
        _numbered(side[edges]) for side in (web.left, web.right)
    )
    return Web(n_left, n_right, left, right, web.odds[edges])


def _walk(
    web: Web,
    cluster: Integers,
    odds: Floats,
    *,
    behind: Floats,
    chosen: Flags,
    found: Refined,
) -> None:
    own = _part(web, cluster)
    counted = sample(
        own.left, own.right, odds, liked=10.0**-behind, begun=np.flatnonzero(chosen)
    )
    believed = found.posterior[cluster]
    is_contradicted = np.abs(counted.posterior - believed) > DOUBT * counted.error
    found.posterior[cluster] = np.where(is_contradicted, counted.posterior, believed)
    found.error[cluster] = counted.error
    found.method[cluster] = Method.SAMPLED


def _odds_within(web: Web, told: Told, strong: Flags) -> Floats:
    """Odds of each pair where standing alone includes being taken by a pair that was cut."""
    left = 1.0 + total_by(web.left, np.where(strong, 0.0, told.to_left), web.n_left)
    right = 1.0 + total_by(web.right, np.where(strong, 0.0, told.to_right), web.n_right)
    odds: Floats = web.odds * told.factor / (left[web.left] * right[web.right])
    return odds


def _leave_room(web: Web, cut: Integers, solved: Flags, *, told: Told, found: Refined) -> None:
    """Shrink what was cut to the room that the exact sums leave at both of its ends."""
    room = np.ones(len(cut))
    for node, count in ((web.left, web.n_left), (web.right, web.n_right)):
        taken = total_by(node[solved], found.posterior[solved], count)
        believed = total_by(node[solved], told.posterior[solved], count)
        left_over = np.maximum(1.0 - taken, 0.0) / np.maximum(1.0 - believed, TINY)
        room = np.minimum(room, left_over[node[cut]])
    found.posterior[cut] *= room


def _both_ways(web: Web, edges: Integers, odds: Floats) -> list[list[Block]]:
    """Lay a cluster out with its left records as those who choose, and with its right ones."""
    left, right = web.left[edges], web.right[edges]
    return [_blocks(left, right, edges, odds), _blocks(right, left, edges, odds)]


def _blocks(chooser: Integers, partner: Integers, edges: Integers, odds: Floats) -> list[Block]:
    return [
        Block(ONE_PLACE, (_chooser(partner[at], edges[at], odds[at][:, None]),))
        for at in _members(*_numbered(chooser))
    ]


def _company_blocks(
    web: Web, ends: Ends, edges: Integers
) -> tuple[list[Block], list[Integers]]:
    """Left records, company by company, with their odds at every end of it."""
    company = ends.company[web.left[edges]]
    own = np.where(company == NOWHERE, -1 - web.left[edges], company)
    blocks, places = [], []
    for members in _members(*_numbered(own)):
        block = edges[members]
        slots = np.flatnonzero(ends.slot_company == company[members[0]])
        shares = ends.slot_share[slots] if len(slots) else ONE_PLACE
        factors = ends.factors(block, slots) if len(slots) else np.ones((len(block), 1))
        odds = web.odds[block][:, None] * factors
        blocks.append(
            Block(
                shares,
                tuple(
                    _chooser(web.right[block[at]], block[at], odds[at])
                    for at in _members(*_numbered(web.left[block]))
                ),
            )
        )
        places.append(slots)
    return blocks, places


def _numbered(names: Integers) -> tuple[int, Integers]:
    found, number = np.unique(names, return_inverse=True)
    return len(found), number


def _chooser(partners: Integers, edges: Integers, odds: Floats) -> Chooser:
    alone = np.ones(odds.shape[1])
    return Chooser(alone, tuple(partners.tolist()), odds, tuple(edges.tolist()))


def _summed(ways: Sequence[list[Block]], most_cells: int) -> Summed | None:
    """Sum over the way that carries least along; None if even that carries too much."""
    planned = [plan(blocks) for blocks in ways]
    least = min(range(len(ways)), key=lambda n: (planned[n].cells, n))
    if planned[least].cells > most_cells:
        return None
    return sum_up(ways[least], planned[least])


def _note(summed: Summed, edges: Integers, found: Refined, method: Method) -> None:
    for edge, probability in summed.pair.items():
        found.posterior[edge] = probability
    found.method[edges] = method
