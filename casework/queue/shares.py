"""Laying a share of pairs before a coordinator, and asking everybody in one deed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Measure, Proposal, list_proposals
from casework.database import any_of
from casework.errors import Conflict, InvalidInput
from casework.queue.asked import QueueAsked
from casework.queue.capacity import Capacity
from casework.queue.hours import capacity_of, loads_of, weeks_by_person
from casework.queue.listing import lay_out
from casework.queue.sharing import Look, Person, share
from casework.review.model import DecidedBy, Review
from casework.review.queries import (
    BLIND,
    Colleague,
    Seat,
    list_colleagues,
    outcomes_of,
    seats_in,
)
from casework.review.rules import NOT_A_COLLEAGUE
from casework.review.seats import seat_person
from casework.review.turns import take_turn
from casework.review.work import list_work
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

MOST = 40  # pairs at once; our choice: what somebody still reads before they confirm it
CHANGED = marked(
    "Mientras tanto cambió algo en uno de los pares. No se pidió nada: este es el reparto de "
    "ahora."
)
TWICE = marked("A cada par lo miran personas distintas: elija a otra en uno de los asientos.")
NOTHING_SHARED = marked("Elija al menos a una persona.")


class NotShared(StrEnum):
    """Why a pair takes nobody of one's own."""

    ELSEWHERE = "elsewhere"  # neither record is kept here
    OWN = "own"  # the coordinator examines it, and may not know who else does
    SPOKEN = "spoken"
    SEATED = "seated"


@dataclass(frozen=True, slots=True)
class ToShare:
    """A pair with what it takes; who was given it, or why nobody is."""

    proposal: Proposal
    look: Look
    why_not: NotShared | None
    given: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share before it is done; `people`: all who may be asked, with what their week holds."""

    pairs: Sequence[ToShare]
    people: Sequence[tuple[Colleague, Person | None]]
    capacity: Capacity
    is_this_week: bool
    left: int  # pairs beyond what is shared at once


def lay_out_share(
    session: Session, viewer: Viewer, numbers: Sequence[int], *, at: datetime
) -> Share:
    """Propose who looks at these pairs; without any, at what the week holds and what is free.

    Whoever shares out is given nothing: who examines does not know who else does.

    Raises
    ------
    NotPermitted
        If the duty does not ask people to look.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    wanted = list(dict.fromkeys(numbers)) or _of_this_week(session, viewer, at=at)
    pairs = _to_share(session, viewer, wanted[:MOST], at=at)
    if not numbers:
        pairs = [each for each in pairs if each.why_not is None]
    capacity = capacity_of(session, viewer, on=at.date())
    people = _people(session, viewer, capacity, at=at)
    given = share((each.look for each in pairs), (who for _, who in people if who))
    return Share(
        [
            ToShare(each.proposal, each.look, each.why_not, given.get(each.look.pairing, ()))
            for each in pairs
        ],
        people,
        capacity,
        is_this_week=not numbers,
        left=max(0, len(wanted) - MOST),
    )


def share_out(
    session: Session,
    viewer: Viewer,
    shares: Sequence[tuple[int, int]],
    *,
    due_on: date,
    at: datetime,
) -> int:
    """Ask everybody at once to look, and let each know: all of it is done, or nothing.

    `shares`: a pairing and an account for each seat. Gives how many pairs were shared out.

    Raises
    ------
    Conflict
        If one of the pairs takes fewer people by now, or one of them may not be asked.
    InvalidInput
        If nobody is named, somebody is no colleague, or the day cannot be.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    if not shares:
        raise InvalidInput(NOTHING_SHARED)
    known = {each.account_id for each in list_colleagues(session)}
    if {account for _, account in shares} - known:
        raise InvalidInput(NOT_A_COLLEAGUE)
    wanted = list(dict.fromkeys(number for number, _ in shares))
    proposals = _proposals(session, viewer, wanted, at=at)
    # Of two who share out at once one waits, and nobody for each other.
    for each in sorted(proposals, key=lambda one: (one.person.id, one.remains.id)):
        take_turn(session, each)
    pairs = {each.look.pairing: each for each in _looks(session, viewer, proposals)}
    _refuse_what_changed(shares, pairs)
    for number, account in shares:
        seat_person(
            session, viewer, pairs[number].proposal, account_id=account, due_on=due_on, at=at
        )
    record(session, Deed.REVIEWS_SHARED, by=viewer, at=at, shown=len(pairs))
    return len(pairs)


def _refuse_what_changed(
    shares: Collection[tuple[int, int]], pairs: Mapping[int, ToShare]
) -> None:
    """Refuse before anything is done: what is undone would leave lines in the log."""
    asked = Counter(number for number, _ in shares)
    fits = all(
        number in pairs and count <= pairs[number].look.seats for number, count in asked.items()
    )
    if not fits or any(who in pairs[number].look.barred for number, who in shares):
        raise Conflict(CHANGED)
    if len(set(shares)) < len(shares):
        raise InvalidInput(TWICE)


def _of_this_week(session: Session, viewer: Viewer, *, at: datetime) -> list[int]:
    """Give the pairs of one's own whose seat is free, then what the week holds, in order."""
    under_way = [each.pairing_id for each in list_work(session, viewer, at=at).ours]
    fresh = lay_out(session, viewer, QueueAsked.model_validate({}), at=at).fresh
    return [*reversed(under_way), *fresh]


def _people(
    session: Session, viewer: Viewer, capacity: Capacity, *, at: datetime
) -> list[tuple[Colleague, Person | None]]:
    """Say what the week of each holds; of who said no hours, or is away, nothing is assumed."""
    weeks, loads = weeks_by_person(session), loads_of(session, on=at.date())
    found: list[tuple[Colleague, Person | None]] = []
    for each in list_colleagues(session):
        if each.account_id == viewer.account_id:
            continue
        week, load = weeks.get(each.account_id), loads.get(each.account_id)
        hours = week.hours_on(at.date()) if week else 0.0
        fits = int(hours * 60 // capacity.minutes)
        asked = load.seats if load else 0
        found.append((each, Person(each.account_id, fits, asked) if fits else None))
    return found


def _to_share(
    session: Session, viewer: Viewer, numbers: Sequence[int], *, at: datetime
) -> list[ToShare]:
    found = _looks(session, viewer, _proposals(session, viewer, numbers, at=at))
    order = {number: place for place, number in enumerate(numbers)}
    return sorted(found, key=lambda each: order[each.look.pairing])


def _proposals(
    session: Session, viewer: Viewer, numbers: Sequence[int], *, at: datetime
) -> list[Proposal]:
    listed = Measure(len(numbers), 0, 0.0, numbers)
    return list_proposals(session, viewer, listed, at=at, size=max(1, len(numbers)))


def _looks(session: Session, viewer: Viewer, proposals: Iterable[Proposal]) -> list[ToShare]:
    """Say of each pair how many of one's own it still takes, and who must not be one."""
    proposals = list(proposals)
    reviews: dict[tuple[int, int], list[Review]] = {}
    people = any_of({each.person.id for each in proposals})
    wanted = sa.select(Review).where(Review.case_id == people).order_by(Review.id)
    for review in session.scalars(wanted):
        reviews.setdefault((review.case_id, review.remains_id), []).append(review)
    numbers = [each.id for chain in reviews.values() for each in chain]
    seats, outcomes = seats_in(session, numbers), outcomes_of(session, numbers)
    found = []
    for each in proposals:
        chain = reviews.get((each.person.id, each.remains.id), [])
        sat = frozenset(
            seat.row.account_id for review in chain for seat in seats.get(review.id, ())
        )
        last = chain[-1].id if chain else 0
        held = [
            seat for seat in seats.get(last, ()) if seat.is_held and seat.row.place in BLIND
        ]
        spoken = DecidedBy.EXAMINERS in outcomes.get(last, {})
        found.append(_to_look(viewer, each, held, sat, is_spoken=spoken))
    return found


def _to_look(
    viewer: Viewer,
    proposal: Proposal,
    held: Sequence[Seat],
    sat: frozenset[int],
    *,
    is_spoken: bool,
) -> ToShare:
    """Count one opinion for each record that is kept here, less what is asked already."""
    keepers = (proposal.person.owner_institution_id, proposal.remains.owner_institution_id)
    own = sum(each == viewer.institution_id for each in keepers)
    taken = sum(each.row.institution_id == viewer.institution_id for each in held)
    seats = max(0, min(own - taken, len(BLIND) - len(held)))
    why_not = None
    if not own:
        why_not = NotShared.ELSEWHERE
    elif is_spoken:
        why_not = NotShared.SPOKEN
    elif viewer.account_id in {each.row.account_id for each in held}:
        why_not = NotShared.OWN
    elif not seats:
        why_not = NotShared.SEATED
    look = Look(proposal.pairing.id, 0 if why_not else seats, sat | {viewer.account_id})
    return ToShare(proposal, look, why_not)
