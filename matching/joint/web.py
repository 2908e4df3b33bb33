"""The pairings that depend on each other, as numbered nodes, edges and companies.

Everything below `matching.joint.reasoning` counts records from 0 in the order of their
identifiers and pairings in the order of both, so that no digit depends on the order in which
somebody's file happened to stand.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where each company may have come to be recovered together.

    A *slot* is one company at one event; each company has one more slot that stands for all
    events without a listed pairing of it.

    Attributes
    ----------
    company : int64 array, shape (n_left,)
        Company of each left record, -1 for none.
    slot_company : int64 array, shape (n_slots,)
        Company of each slot, not falling.
    slot_share : float64 array, shape (n_slots,)
        Share of the remains that are of that event; sums to one within a company.
    edge_slot : int64 array, shape (n_edges,)
        Slot of the event of the right record; -1 where companions say nothing of the pair.
    raised : float64 array, shape (n_edges,)
        Factor on the odds of the pair if the company ended at that slot.
    apart : float
        The same if it ended at another event.
    slot_name : tuple of (company, event)
        For people; the event is empty where it stands for all others.
    """

    company: Integers
    slot_company: Integers
    slot_share: Floats
    edge_slot: Integers
    raised: Floats
    apart: float
    slot_name: tuple[tuple[str, str], ...]

    def factors(self, edges: Integers, slots: Integers) -> Floats:
        """Factors on the odds; shape (len(edges), len(slots))."""
        own = self.edge_slot[edges][:, None]
        raised = np.where(own == slots[None, :], self.raised[edges][:, None], self.apart)
        return np.where(own == NOWHERE, 1.0, raised)

    def factors_at(self, at_slot: Floats) -> Floats:
        """Factors on the odds if each company ended where it most probably did."""
        best = np.zeros(len(at_slot), dtype=bool)
        order = np.lexsort((np.arange(len(at_slot)), -at_slot, self.slot_company))
        best[order[np.unique(self.slot_company[order], return_index=True)[1]]] = True
        is_there = (self.edge_slot != NOWHERE) & best[self.edge_slot]
        raised = np.where(is_there, self.raised, self.apart)
        return np.where(self.edge_slot == NOWHERE, 1.0, raised)


@dataclass(frozen=True, slots=True, eq=False)
class Web:
    """Two sides, and the pairs of records that may be one person.

    Attributes
    ----------
    n_left, n_right : int
    left, right : int64 arrays, shape (n_edges,)
        In the order of left, then right; no pair stands twice.
    odds : float64 array, shape (n_edges,)
        Odds of the pair against both records standing alone, greater than 0 and finite.
    ends : Ends, optional
        What companions say of each other.
    """

    n_left: int
    n_right: int
    left: Integers
    right: Integers
    odds: Floats
    ends: Ends | None = None

    def __len__(self) -> int:
        return len(self.left)

    def components(self, keep: Flags | None = None) -> tuple[int, Integers]:
        """Count the connected parts and number them by edge, -1 for an edge that is not kept.

        Companions hang together whether or not they share a candidate, unless edges are left
        out: then only what is kept connects.
        """
        kept = np.ones(len(self), dtype=bool) if keep is None else keep
        starts, ends = self.left[kept], self.right[kept] + self.n_left
        nodes = self.n_left + self.n_right
        if keep is None and self.ends is not None:
            with_company = np.flatnonzero(self.ends.company != NOWHERE)
            starts = np.concatenate((starts, with_company))
            ends = np.concatenate((ends, nodes + self.ends.company[with_company]))
            nodes += int(self.ends.company.max(initial=NOWHERE)) + 1
        graph = coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(nodes, nodes))
        _, labels = connected_components(graph, directed=False)
        found = np.full(len(self), NOWHERE, dtype=np.int64)
        names, numbers = np.unique(labels[self.left[kept]], return_inverse=True)
        found[kept] = numbers
        return len(names), found


def total_by(node: Integers, values: Floats, n_nodes: int) -> Floats:
    """Sum of the edges' values at each node; shape (n_nodes,)."""
    return np.bincount(node, weights=values, minlength=n_nodes).astype(np.float64)


def others_at(node: Integers, values: Floats, n_nodes: int) -> Floats:
    """For each edge, the sum of the other edges' values at its node; shape (n_edges,).

    The largest value of a node is left out by summing without it and not by subtracting it:
    a pair that is nearly certain would otherwise swallow the digits of its rivals.
    """
    greatest = np.zeros(n_nodes)
    np.maximum.at(greatest, node, values)
    is_greatest = _first_greatest(node, values, greatest)
    rest = total_by(node, np.where(is_greatest, 0.0, values), n_nodes)[node]
    without_own = np.maximum(rest - values, 0.0) + greatest[node]
    others: Floats = np.where(is_greatest, rest, without_own)
    return others


def _first_greatest(node: Integers, values: Floats, greatest: Floats) -> Flags:
    """Mark one edge at each node that has its greatest value."""
    candidates = np.flatnonzero(values == greatest[node])
    _, first = np.unique(node[candidates], return_index=True)
    chosen = np.zeros(len(node), dtype=bool)
    chosen[candidates[first]] = True
    return chosen
