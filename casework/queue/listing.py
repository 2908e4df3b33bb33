"""Laying the queue out for one viewer: what is asked, in order, and where the week ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import (
    PAGE,
    Counted,
    Measure,
    Proposal,
    list_proposals,
    measure,
)
from casework.database import any_of
from casework.listing import COUNTED
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.queue.asked import Order, QueueAsked
from casework.queue.capacity import Capacity, Expected, expected_of, reached
from casework.queue.hours import capacity_of, reviewed_among
from casework.queue.ordering import Placed, Waiting, by_strength, in_fair_order
from casework.queue.parking import Back, parked_of
from casework.queue.states import PairState, states_of
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from privacy.door import condition
from privacy.permissions import Permission, Viewer

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, and what is said of the whole of it.

    `week`: down to which row this week reaches, counted from the top of the list; None where
    nobody has said their hours. `fresh`: the pairings within the week that nobody was asked to
    look at. `expected`: of these.
    """

    measure: Measure
    proposals: Sequence[Proposal]
    placed: Mapping[int, Placed]
    states: Mapping[int, PairState]
    back: Mapping[int, frozenset[Back]]
    parked: int
    capacity: Capacity
    week: int | None
    fresh: Sequence[int]
    expected: Expected | None
    by_strength: Expected | None


@dataclass(frozen=True, slots=True)
class _Row:
    """What the order needs to know of a pairing."""

    waiting: Waiting
    is_whole: bool
    pair: tuple[int, int]


def lay_out(session: Session, viewer: Viewer, search: QueueAsked, *, at: datetime) -> Queue:
    """Lay one page of the queue out."""
    parked = parked_of(session, viewer, at=at)
    wanted = search.narrowed(session, viewer, parked, at=at)
    listed = measure(session, viewer, wanted, at=at, least=search.page * PAGE)
    # The most probable of a long list; what comes after them follows by strength.
    rows = _rows(session, viewer, listed, at=at)
    strongest = by_strength(each.waiting for each in rows.values())
    is_fair = search.order is Order.WORTH
    placed = in_fair_order(each.waiting for each in rows.values()) if is_fair else strongest
    ordered = [each.of.number for each in placed]
    listed = replace(listed, best=[*ordered, *listed.best[COUNTED:]])
    capacity = capacity_of(session, viewer, on=at.date())
    begun = reviewed_among(session, {each.pair for each in rows.values()})
    week = _Week(rows, begun, capacity)
    proposals = list_proposals(session, viewer, listed, at=at, page=search.page)
    states = states_of(session, viewer, {_pair(each) for each in proposals})
    return Queue(
        listed,
        proposals,
        {each.of.number: each for each in placed},
        {each.pairing.id: states[_pair(each)] for each in proposals},
        {each.pairing.id: parked.back.get(_pair(each), frozenset()) for each in proposals},
        len(parked.resting),
        capacity,
        week.reaches(ordered),
        week.fresh(ordered),
        week.expected(ordered),
        week.expected([each.of.number for each in strongest]) if is_fair else None,
    )


@dataclass(frozen=True, slots=True)
class _Week:
    """How far a week reaches in an order: only what nobody was asked to look at takes time."""

    rows: Mapping[int, _Row]
    begun: set[tuple[int, int]]
    capacity: Capacity

    def reaches(self, ordered: Sequence[int]) -> int | None:
        takes = (
            0 if self.rows[each].pair in self.begun else self.rows[each].waiting.opinions
            for each in ordered
        )
        return reached(self.capacity.opinions, takes)

    def fresh(self, ordered: Sequence[int]) -> list[int]:
        within = ordered[: self.reaches(ordered) or 0]
        return [each for each in within if self.rows[each].pair not in self.begun]

    def expected(self, ordered: Sequence[int]) -> Expected | None:
        """Expect of those whose numbers are open in whole; of no such one, nothing is said."""
        known = [
            self.rows[each].waiting.posterior
            for each in self.fresh(ordered)
            if self.rows[each].is_whole
        ]
        return expected_of(known) if known else None


def _rows(
    session: Session, viewer: Viewer, listed: Measure, *, at: datetime
) -> dict[int, _Row]:
    """Read of the most probable pairings what the order needs.

    Each side by itself: joined, the database asks who may see a record once for each pairing.
    """
    found = listed.counted[:COUNTED]
    names = condition(viewer, Permission.MISSING_IDENTITY_READ, MissingPerson, at)
    people = readable_missing(viewer, at).where(
        MissingPerson.id == any_of({each.missing_person_id for each in found})
    )
    of_people = people.with_only_columns(
        MissingPerson.id,
        MissingPerson.owner_institution_id,
        sa.case((names, MissingPerson.nationalities), else_=None),
    )
    remains = readable_remains(viewer, at).where(
        Remains.id == any_of({each.remains_id for each in found})
    )
    of_remains = remains.with_only_columns(Remains.id, Remains.owner_institution_id)
    persons = {row[0]: (row[1], row[2] or ()) for row in session.execute(of_people)}
    finds = {row[0]: row[1] for row in session.execute(of_remains)}
    return {
        each.id: _Row(
            _waiting(each, persons[each.missing_person_id], finds[each.remains_id], viewer, at),
            each.id in listed.open_in_whole,
            (each.missing_person_id, each.remains_id),
        )
        for each in found
        if each.missing_person_id in persons and each.remains_id in finds
    }


def _waiting(  # noqa: PLR0917 - a row, both its sides, and who asks when
    row: Counted,
    person: tuple[int, Sequence[str]],
    keeps_remains: int,
    viewer: Viewer,
    at: datetime,
) -> Waiting:
    keeps_person, nationalities = person
    keepers = (keeps_person, keeps_remains)
    own = sum(each == viewer.institution_id for each in keepers)
    groups = {("institution", str(each)) for each in keepers}
    groups |= {("nationality", each) for each in nationalities}
    return Waiting(
        row.id,
        row.posterior,
        max(0.0, (at - row.first_proposed_at) / A_DAY),
        # The other keeper gives theirs; of a pair that is neither's somebody gives both.
        own or 2,
        frozenset(groups),
    )


def _pair(proposal: Proposal) -> tuple[int, int]:
    return proposal.person.id, proposal.remains.id
