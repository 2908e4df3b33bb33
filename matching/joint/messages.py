"""Belief propagation: what each record believes of its pairings, told from end to end.

On a web without loops the result is exact. With loops it is the Bethe approximation, which
for one-to-one assignments has one fixed point, reached from anywhere (Bayati & Nair 2007).
"""

from dataclasses import dataclass

import numpy as np

from matching.joint.web import NOWHERE, Ends, Floats, Integers, Web, others_at, total_by

ROUNDS = 2000
SETTLED = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the messages came to.

    Attributes
    ----------
    posterior : float64 array, shape (n_edges,)
        Probability of each pair.
    to_left, to_right : float64 arrays, shape (n_edges,)
        Odds of each pair as its left, or right, record hears them from the other end.
    factor : float64 array, shape (n_edges,)
        How much the companions raise the odds of each pair; 1 where they say nothing.
    at_slot : float64 array, shape (n_slots,)
        Probability of each slot within its company; empty without companies.
    rounds : int
        Until nothing moved by more than `SETTLED`, or `ROUNDS`.
    moved : float
        Greatest change of a probability in the last round.
    """

    posterior: Floats
    to_left: Floats
    to_right: Floats
    factor: Floats
    at_slot: Floats
    rounds: int
    moved: float


@dataclass(frozen=True, slots=True, eq=False)
class CompanyRows:
    """One row for each left record of a company and each slot of that company."""

    left: Integers
    slot: Integers
    edge: Integers  # coupled edges ...
    row_of_edge: Integers  # ... and the row of each

    @classmethod
    def of(cls, web: Web, ends: Ends) -> "CompanyRows":
        n_companies = int(ends.company.max(initial=NOWHERE)) + 1
        count = np.bincount(ends.slot_company, minlength=n_companies)
        first = np.concatenate(([0], np.cumsum(count)))
        members = np.flatnonzero(ends.company != NOWHERE)
        slots = [
            np.arange(first[company], first[company + 1])
            for company in ends.company[members].tolist()
        ]
        left = np.repeat(members, [len(each) for each in slots])
        slot = np.concatenate([*slots, np.zeros(0, dtype=np.int64)]).astype(np.int64)
        begins = np.zeros(web.n_left, dtype=np.int64)
        begins[members] = np.cumsum([0, *(len(each) for each in slots)])[:-1]
        edge = np.flatnonzero(ends.edge_slot != NOWHERE)
        own = web.left[edge]
        row = begins[own] + ends.edge_slot[edge] - first[ends.company[own]]
        return cls(left, slot, edge, row)


def propagate(web: Web, *, rounds: int = ROUNDS) -> Told:
    """Pass messages until they settle.

    Parameters
    ----------
    web : Web
    rounds : int
        Most rounds, at least 1.

    Returns
    -------
    Told
        Exact on webs without loops; how far off elsewhere: ``docs/methods/joint.md``.
    """
    ends = web.ends
    rows = None if ends is None else CompanyRows.of(web, ends)
    left_free, company = np.ones(len(web)), np.ones(len(web))
    right_free = np.ones(len(web))
    believed, says, moved = np.zeros(len(web)), np.zeros(0), np.inf
    done = 0
    while done < rounds and moved > SETTLED:
        to_left = web.odds * right_free
        if ends is not None and rows is not None:
            company, says = _from_companions(web, ends, rows, to_left)
        heard = to_left * company
        left_free = 1.0 / (1.0 + others_at(web.left, heard, web.n_left))
        to_right = web.odds * company * left_free
        new = 1.0 / (1.0 + others_at(web.right, to_right, web.n_right))
        right_free = (right_free + new) / 2
        now = heard * left_free / (1.0 + heard * left_free)
        moved = float(np.abs(now - believed).max(initial=0.0))
        believed = now
        done += 1
    at_slot = np.zeros(0)
    if ends is not None and rows is not None:
        at_slot = _slots(ends, rows, says)
    factored = web.odds * company
    return Told(
        believed, factored * right_free, factored * left_free, company, at_slot, done, moved
    )


def _from_companions(
    web: Web, ends: Ends, rows: CompanyRows, to_left: Floats
) -> tuple[Floats, Floats]:
    """Expect a factor on each pair given all *other* companions; say what each record says."""
    apart = np.where(ends.edge_slot == NOWHERE, 1.0, ends.apart)
    alone = 1.0 + total_by(web.left, to_left * apart, web.n_left)
    gain = np.zeros(len(rows.left))
    np.add.at(gain, rows.row_of_edge, _gained(ends, rows, to_left))
    says = np.log(alone[rows.left] + gain)
    total = np.log(ends.slot_share) + total_by(rows.slot, says, len(ends.slot_share))
    others = total[rows.slot] - says
    greatest = np.full(web.n_left, -np.inf)
    np.maximum.at(greatest, rows.left, others)
    shares = np.exp(others - greatest[rows.left])
    shares /= total_by(rows.left, shares, web.n_left)[rows.left]
    factor = apart.copy()
    factor[rows.edge] += shares[rows.row_of_edge] * (ends.raised[rows.edge] - ends.apart)
    return factor, says


def _gained(ends: Ends, rows: CompanyRows, to_left: Floats) -> Floats:
    gained: Floats = to_left[rows.edge] * (ends.raised[rows.edge] - ends.apart)
    return gained


def _slots(ends: Ends, rows: CompanyRows, says: Floats) -> Floats:
    total = np.log(ends.slot_share) + total_by(rows.slot, says, len(ends.slot_share))
    n_companies = int(ends.slot_company.max(initial=NOWHERE)) + 1
    greatest = np.full(n_companies, -np.inf)
    np.maximum.at(greatest, ends.slot_company, total)
    shares = np.exp(total - greatest[ends.slot_company])
    found: Floats = shares / total_by(ends.slot_company, shares, n_companies)[ends.slot_company]
    return found
