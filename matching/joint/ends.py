"""Companions as numbers: which company may have ended where, and what that does to a pair."""

from math import sqrt

import numpy as np

from matching.joint.companions import Companions
from matching.joint.web import NOWHERE, Ends, Integers

LEAST_SHARE = 1e-12


def ends_of(
    companions: Companions, ids: tuple[list[str], list[str]], left: Integers, right: Integers
) -> Ends | None:
    """Lay out every company with at least two members of whom companions say something.

    Parameters
    ----------
    companions : Companions
    ids : (list of str, list of str)
        Ids of both sides, by number.
    left, right : int64 arrays, shape (n_edges,)
        Numbers of both records of each pair.

    Returns
    -------
    Ends or None
        None where no company has two such members: one alone is said nothing of by others.

    Notes
    -----
    With t the probability that two recovered companions were recovered in one event, each is
    where the company is with probability ρ = √t, and anywhere otherwise. The odds of a pair
    with remains of an event of share s are then multiplied by ``ρ / s + 1 - ρ`` if the company
    ended there and by ``1 - ρ`` if it ended elsewhere; weighed by the shares, that is one.
    """
    spoken = [
        (edge, companions.company[ids[0][i]], companions.event[ids[1][j]], i)
        for edge, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True))
        if companions.says_of(ids[0][i], ids[1][j])
    ]
    members: dict[str, set[int]] = {}
    for _, company, _, i in spoken:
        members.setdefault(company, set()).add(i)
    spoken = [each for each in spoken if len(members[each[1]]) > 1]
    if not spoken:
        return None
    slots = _slots({(company, event) for _, company, event, _ in spoken}, companions)
    names = sorted({company for company, _ in slots})
    number = {name: n for n, name in enumerate(names)}
    at = {name: n for n, name in enumerate(slots)}
    company_of = np.full(len(ids[0]), NOWHERE, dtype=np.int64)
    edge_slot = np.full(len(left), NOWHERE, dtype=np.int64)
    raised = np.ones(len(left))
    with_company = sqrt(companions.together)
    for edge, company, event, i in spoken:
        company_of[i] = number[company]
        edge_slot[edge] = at[company, event]
        raised[edge] = with_company / companions.share[event] + 1 - with_company
    return Ends(
        company=company_of,
        slot_company=np.array([number[company] for company, _ in slots], dtype=np.int64),
        slot_share=np.array(list(slots.values())),
        edge_slot=edge_slot,
        raised=raised,
        apart=1 - with_company,
        slot_name=tuple(slots),
    )


def _slots(found: set[tuple[str, str]], companions: Companions) -> dict[tuple[str, str], float]:
    """Each company at each event with a pair of it, and at all the others together."""
    slots: dict[tuple[str, str], float] = {}
    for company in sorted({company for company, _ in found}):
        events = sorted(event for one, event in found if one == company)
        shares = [companions.share[event] for event in events]
        elsewhere = 1 - sum(shares)
        if elsewhere > LEAST_SHARE:
            slots[company, ""] = elsewhere
        slots.update({(company, event): s for event, s in zip(events, shares, strict=True)})
    return slots
