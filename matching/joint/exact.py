"""The sum over every assignment of a small cluster, without listing the assignments.

Records of one side are taken one after another; what is carried along is only which records
of the other side, among those still needed, are taken already. That is exact for any cluster,
and cheap where few are needed at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.joint.web import Floats

MOST_CELLS = 2**20
"""Numbers kept for one cluster, 8 MB; our choice: a square of 15 × 15 fits, 16 × 16 not."""


@dataclass(frozen=True, slots=True, eq=False)
class Chooser:
    """A record that takes one of its partners or none.

    `alone` has shape (n_slots,), `odds` shape (n_partners, n_slots): one column for each place
    where its company may have ended, or one column for nobody's company. `partners` are
    names of records of the other side; `edges` are only carried along.
    """

    alone: Floats
    partners: tuple[int, ...]
    odds: Floats
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Choosers who share one company; `shares`, shape (n_slots,), sum to any number."""

    shares: Floats
    choosers: tuple[Chooser, ...]


@dataclass(slots=True, eq=False)
class Summed:
    """What the sum over all assignments says.

    `pair` is the probability of each edge, by its number; `alone` that a chooser takes none,
    in the order of blocks and choosers as given; `ended` the probability of each slot.
    """

    pair: dict[int, float] = field(default_factory=dict)
    alone: list[list[float]] = field(default_factory=list)
    ended: list[Floats] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """An order of the blocks, and the place each partner is kept at while it is needed."""

    order: tuple[int, ...]
    bits: int
    place: dict[int, int]
    last: dict[int, tuple[int, int]]
    cells: int


def plan(blocks: Sequence[Block]) -> Plan:
    """Find an order in which few partners are open at a time; ties go to the earlier block."""
    order = _order([_partners(block) for block in blocks])
    last: dict[int, tuple[int, int]] = {}
    for at in order:
        for n, chooser in enumerate(blocks[at].choosers):
            last.update(dict.fromkeys(chooser.partners, (at, n)))
    place: dict[int, int] = {}
    free: list[int] = []
    bits = cells = 0
    for at in order:
        for n, chooser in enumerate(blocks[at].choosers):
            for partner in chooser.partners:
                if partner not in place:
                    if not free:
                        free.append(bits)
                        bits += 1
                    place[partner] = free.pop()
            cells += len(blocks[at].shares)
            free += [place[one] for one in chooser.partners if last[one] == (at, n)]
    return Plan(tuple(order), bits, place, last, cells << bits)


def _partners(block: Block) -> frozenset[int]:
    return frozenset(one for chooser in block.choosers for one in chooser.partners)


def _order(needs: list[frozenset[int]]) -> list[int]:
    """Take each time the block after which the fewest partners are open."""
    users: dict[int, set[int]] = {}
    for n, need in enumerate(needs):
        for one in need:
            users.setdefault(one, set()).add(n)
    # How many more would be open after each block; what is open now is open before them all.
    opens = {
        n: len(need) - sum(len(users[one]) == 1 for one in need) for n, need in enumerate(needs)
    }
    is_open: set[int] = set()
    order = []
    while opens:
        at = min(opens, key=opens.__getitem__)  # of equals the first, which is the earliest
        del opens[at]
        for one in needs[at]:
            left = users[one]
            left.remove(at)
            # Whoever else asks for it finds it open now, and whoever is left alone closes it.
            fewer = (one not in is_open) + (len(left) == 1)
            for n in left:
                opens[n] -= fewer
        is_open |= needs[at]
        order.append(at)
    return order


def sum_up(blocks: Sequence[Block], planned: Plan) -> Summed:
    """Sum over all assignments, forwards and backwards.

    Parameters
    ----------
    blocks : sequence of Block
    planned : Plan
        Of these blocks; `Plan.cells` says how much memory is needed.

    Returns
    -------
    Summed
        Exact but for rounding; relative probabilities below 1e-300 are lost.
    """
    result = Summed(alone=[[] for _ in blocks], ended=[np.zeros(0) for _ in blocks])
    states = 1 << planned.bits
    begun = np.zeros(states)
    begun[0] = 1.0
    kept: list[list[Floats]] = []
    for at in planned.order:
        block = blocks[at]
        now = np.repeat((begun / begun.max())[None, :], len(block.shares), axis=0)
        now *= (block.shares / block.shares.max())[:, None]
        before = []
        for n, chooser in enumerate(block.choosers):
            before.append(now)
            now = _close(_choose(now, chooser, planned), chooser, planned, (at, n))
        kept.append(before)
        begun = now.sum(axis=0)
    after = np.ones(states)
    for at, before in zip(reversed(planned.order), reversed(kept), strict=True):
        after = _back(at, blocks[at], before, after, planned=planned, result=result)
    return result


def _scaled(chooser: Chooser) -> tuple[Floats, Floats]:
    """Bring the greatest option to one: only ratios count."""
    greatest = max(float(chooser.alone.max()), float(chooser.odds.max(initial=0.0)))
    return chooser.alone / greatest, chooser.odds / greatest


def _halves(states: Floats, place: int) -> Floats:
    """View with an axis for whether one partner is taken."""
    return states.reshape(len(states), -1, 2, 1 << place)


def _choose(now: Floats, chooser: Chooser, planned: Plan) -> Floats:
    alone, odds = _scaled(chooser)
    new = now * alone[:, None]
    for partner, ratio in zip(chooser.partners, odds, strict=True):
        place = planned.place[partner]
        free = _halves(now, place)[:, :, 0]
        _halves(new, place)[:, :, 1] += free * ratio[:, None, None]
    new /= new.max()
    return new


def _close(now: Floats, chooser: Chooser, planned: Plan, here: tuple[int, int]) -> Floats:
    """Forget partners whom nobody after this one asks for."""
    for partner in chooser.partners:
        if planned.last[partner] == here:
            halves = _halves(now, planned.place[partner])
            halves[:, :, 0] += halves[:, :, 1]
            halves[:, :, 1] = 0.0
    return now


def _back(
    at: int,
    block: Block,
    before: list[Floats],
    after: Floats,
    *,
    planned: Plan,
    result: Summed,
) -> Floats:
    """Go back over a block, note what each of its choosers does, give what stood before it."""
    later = np.repeat(after[None, :], len(block.shares), axis=0)
    alone_of = []
    for n in reversed(range(len(block.choosers))):
        chooser = block.choosers[n]
        later = _opened(later, chooser, planned, (at, n))
        alone, pairs, later = _weighed(before[n], later, chooser, planned)
        result.pair.update(zip(chooser.edges, pairs, strict=True))
        alone_of.append(alone)
    result.alone[at] = alone_of[::-1]
    whole = (before[0] * later).sum(axis=1)
    result.ended[at] = whole / whole.sum()
    earlier: Floats = (later * (block.shares / block.shares.max())[:, None]).sum(axis=0)
    earlier /= earlier.max()
    return earlier


def _opened(later: Floats, chooser: Chooser, planned: Plan, here: tuple[int, int]) -> Floats:
    """Let what comes later not care whether a partner was taken whom nobody asks for again."""
    for partner in chooser.partners:
        if planned.last[partner] == here:
            halves = _halves(later, planned.place[partner])
            halves[:, :, 1] = halves[:, :, 0]
    return later


def _weighed(
    before: Floats, later: Floats, chooser: Chooser, planned: Plan
) -> tuple[float, list[float], Floats]:
    alone, odds = _scaled(chooser)
    earlier = later * alone[:, None]
    shares = [float((before * earlier).sum())]
    for partner, ratio in zip(chooser.partners, odds, strict=True):
        place = planned.place[partner]
        taken = _halves(later, place)[:, :, 1] * ratio[:, None, None]
        shares.append(float((_halves(before, place)[:, :, 0] * taken).sum()))
        _halves(earlier, place)[:, :, 0] += taken
    whole = sum(shares)
    return shares[0] / whole, [one / whole for one in shares[1:]], earlier / earlier.max()
