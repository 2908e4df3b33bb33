"""Laying a share of pairs before a coordinator, and asking everybody in one deed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing
from casework.candidates.narrowing import readable_pairings
from casework.candidates.queries import Measure, Proposal, list_proposals
from casework.database import any_of
from casework.errors import Conflict, InvalidInput
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.queue.asked import QueueAsked
from casework.queue.capacity import Capacity
from casework.queue.hours import capacity_of, loads_of, weeks_by_person
from casework.queue.listing import lay_out
from casework.queue.sharing import Look, Person, share
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
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
class _Pair:
    """What says which seats a pair takes: its pairing, both its records and who keeps them."""

    number: int
    person_id: int
    remains_id: int
    keepers: tuple[int, int]

    @classmethod
    def of(cls, proposal: Proposal) -> "_Pair":
        person, remains = proposal.person, proposal.remains
        keepers = (person.owner_institution_id, remains.owner_institution_id)
        return cls(proposal.pairing.id, person.id, remains.id, keepers)


@dataclass(frozen=True, slots=True)
class _Seats:
    """What a pair takes, or why nobody of one's own."""

    look: Look
    why_not: NotShared | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share before it is done; `people`: all who may be asked, with what their week holds."""

    pairs: Sequence[ToShare]
    people: Sequence[tuple[Colleague, Person | None]]
    capacity: Capacity
    is_this_week: bool
    most: int  # pairs that are shared at once
    left: int  # pairs beyond them


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
    found = _seats_of(session, viewer, _pairs(session, viewer, wanted, at=at))
    # What is full already takes no place of the week's from what is free.
    listed = [each for each in wanted if each in found and (numbers or not found[each].why_not)]
    proposals = _proposals(session, viewer, listed[:MOST], at=at)
    capacity = capacity_of(session, viewer, on=at.date())
    people = _people(session, viewer, capacity, at=at)
    looks = (found[each.pairing.id].look for each in proposals)
    given = share(looks, (who for _, who in people if who))
    return Share(
        [_to_share(each, found, given) for each in proposals],
        people,
        capacity,
        is_this_week=not numbers,
        most=MOST,
        left=max(0, len(listed) - MOST),
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
    _refuse_what_changed(
        shares, _seats_of(session, viewer, [_Pair.of(each) for each in proposals])
    )
    pairs = {each.pairing.id: each for each in proposals}
    for number, account in shares:
        seat_person(session, viewer, pairs[number], account_id=account, due_on=due_on, at=at)
    record(session, Deed.REVIEWS_SHARED, by=viewer, at=at, shown=len(pairs))
    return len(pairs)


def _refuse_what_changed(
    shares: Collection[tuple[int, int]], pairs: Mapping[int, _Seats]
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
    proposal: Proposal, found: Mapping[int, _Seats], given: Mapping[int, tuple[int, ...]]
) -> ToShare:
    number = proposal.pairing.id
    seats = found[number]
    return ToShare(proposal, seats.look, seats.why_not, given.get(number, ()))


def _pairs(
    session: Session, viewer: Viewer, numbers: Collection[int], *, at: datetime
) -> list[_Pair]:
    """Read who keeps both sides of pairs, of as many as a week holds; each side by itself."""
    rows = session.execute(
        readable_pairings(viewer, at)
        .where(Pairing.id == any_of(numbers))
        .with_only_columns(Pairing.id, Pairing.missing_person_id, Pairing.remains_id)
    ).all()
    people = _keepers(
        session, readable_missing(viewer, at), MissingPerson, [r[1] for r in rows]
    )
    finds = _keepers(session, readable_remains(viewer, at), Remains, [r[2] for r in rows])
    return [
        _Pair(number, person, remains, (people[person], finds[remains]))
        for number, person, remains in rows
        if person in people and remains in finds
    ]


def _keepers(
    session: Session,
    readable: sa.Select[Any],
    model: type[MissingPerson] | type[Remains],
    numbers: Collection[int],
) -> dict[int, int]:
    wanted = readable.where(model.id == any_of(numbers))
    rows = session.execute(wanted.with_only_columns(model.id, model.owner_institution_id))
    return {row[0]: row[1] for row in rows}


def _proposals(
    session: Session, viewer: Viewer, numbers: Sequence[int], *, at: datetime
) -> list[Proposal]:
    listed = Measure(len(numbers), 0, 0.0, numbers)
    return list_proposals(session, viewer, listed, at=at, size=max(1, len(numbers)))


def _seats_of(session: Session, viewer: Viewer, pairs: Iterable[_Pair]) -> dict[int, _Seats]:
    """Say of each pair how many of one's own it still takes, and who must not be one."""
    pairs = list(pairs)
    reviews: dict[tuple[int, int], list[Review]] = {}
    people = any_of({each.person_id for each in pairs})
    wanted = sa.select(Review).where(Review.case_id == people).order_by(Review.id)
    for review in session.scalars(wanted):
        reviews.setdefault((review.case_id, review.remains_id), []).append(review)
    numbers = [each.id for chain in reviews.values() for each in chain]
    seats, outcomes = seats_in(session, numbers), outcomes_of(session, numbers)
    found = {}
    for each in pairs:
        chain = reviews.get((each.person_id, each.remains_id), [])
        sat = frozenset(
            seat.row.account_id for review in chain for seat in seats.get(review.id, ())
        )
        last = chain[-1].id if chain else 0
        held = [
            seat for seat in seats.get(last, ()) if seat.is_held and seat.row.place in BLIND
        ]
        spoken = DecidedBy.EXAMINERS in outcomes.get(last, {})
        found[each.number] = _seats(viewer, each, held, sat, is_spoken=spoken)
    return found


def _seats(
    viewer: Viewer,
    pair: _Pair,
    held: Sequence[Seat],
    sat: frozenset[int],
    *,
    is_spoken: bool,
) -> _Seats:
    """Count one opinion for each record that is kept here, less what is asked already."""
    own = sum(each == viewer.institution_id for each in pair.keepers)
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
    return _Seats(
        Look(pair.number, 0 if why_not else seats, sat | {viewer.account_id}), why_not
    )
