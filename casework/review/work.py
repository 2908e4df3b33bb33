"""What waits for whom: one's own seats and votes, and a coordinator's whole institution."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.candidates.model import Pairing
from casework.candidates.narrowing import readable_pairings
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.review.model import (
    BoardMember,
    BoardMinutes,
    BoardVote,
    Opinion,
    Review,
    ReviewOutcome,
    ReviewSeat,
)
from casework.review.queries import (
    BLIND,
    Seat,
    Standing,
    State,
    outcomes_of,
    seats_in,
    standing_in,
)
from privacy.permissions import Permission, Viewer

AT_MOST = 200  # of the newest; our choice: more than a team looks at in a month


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review under way with its pair, as far as the viewer may know of it."""

    review: Review
    pairing_id: int
    person: str
    remains: str
    is_invented: bool
    is_ours: bool
    seats: Sequence[Seat]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for the viewer, and all that waits in their institution if they see to it."""

    seats: Sequence[tuple[Reviewed, Seat]]
    boards: Sequence[Reviewed]
    ours: Sequence[Reviewed]


def list_work(session: Session, viewer: Viewer, *, at: datetime) -> Work:
    """List what waits: what falls due first first."""
    newest = _last_reviews().order_by(Review.id.desc()).limit(AT_MOST)
    found = _reviewed(session, viewer, newest, at=at)
    spoken = set(
        session.scalars(
            sa.select(Opinion.seat_id).where(Opinion.account_id == viewer.account_id)
        )
    )
    seats = [
        (each, seat)
        for each in found
        for seat in each.seats
        if seat.is_held
        and seat.row.account_id == viewer.account_id
        and seat.row.id not in spoken
    ]
    voting = _boards_waiting(session, viewer)
    sees_to_it = viewer.may(Permission.REVIEW_ASSIGN)
    return Work(
        sorted(seats, key=lambda each: each[1].due_on(at.date())),
        [each for each in found if each.review.id in voting],
        [
            each
            for each in found
            if sees_to_it and each.is_ours and each.standing.state is not State.AGREED
        ],
    )


def seats_that_wait(
    session: Session, viewer: Viewer, account_id: int, *, at: datetime
) -> list[tuple[Reviewed, Seat]]:
    """List all blind seats somebody holds in reviews that wait, whether they spoke or not."""
    sits = sa.select(ReviewSeat.review_id).where(
        ReviewSeat.account_id == account_id, ReviewSeat.place.in_(BLIND)
    )
    ended = sa.exists().where(ReviewOutcome.review_id == Review.id)
    waiting = _last_reviews().where(Review.id.in_(sits), ~ended).order_by(Review.id.desc())
    return [
        (each, seat)
        for each in _reviewed(session, viewer, waiting, at=at)
        if each.standing.state is State.AWAITED
        for seat in each.seats
        if seat.is_held and seat.row.account_id == account_id and seat.row.place in BLIND
    ]


def seats_awaited(reviewed: Reviewed) -> list[Seat]:
    """Give the seats a coordinator waits for: the two, and then that of a third person."""
    is_awaited = reviewed.standing.state is State.AWAITED
    return [each for each in reviewed.seats if (each.row.place in BLIND) is is_awaited]


def _boards_waiting(session: Session, viewer: Viewer) -> Collection[int]:
    """Name the reviews whose board waits for the viewer's vote."""
    voted = sa.select(BoardVote.member_id).where(BoardVote.account_id == viewer.account_id)
    closed = sa.select(BoardMinutes.review_id)
    return set(
        session.scalars(
            sa.select(BoardMember.review_id).where(
                BoardMember.account_id == viewer.account_id,
                BoardMember.id.not_in(voted),
                BoardMember.review_id.not_in(closed),
            )
        )
    )


def _last_reviews() -> sa.Select[Review]:
    later = aliased(Review)
    return sa.select(Review).where(~sa.exists().where(later.follows_id == Review.id))


def _reviewed(
    session: Session, viewer: Viewer, wanted: sa.Select[Review], *, at: datetime
) -> list[Reviewed]:
    """Read these reviews, of pairs that the viewer may read, and whom each is about."""
    rows = session.scalars(wanted).all()
    people = _by_id(
        session, readable_missing(viewer, at), MissingPerson, {r.case_id for r in rows}
    )
    remains = _by_id(
        session, readable_remains(viewer, at), Remains, {r.remains_id for r in rows}
    )
    pairings = _pairings(session, viewer, rows, at=at)
    seats = seats_in(session, [each.id for each in rows])
    spoken = outcomes_of(session, [each.id for each in rows])
    return [
        Reviewed(
            each,
            pairings[each.case_id, each.remains_id],
            people[each.case_id].reference,
            remains[each.remains_id].reference,
            people[each.case_id].invented or remains[each.remains_id].invented,
            viewer.institution_id
            in {
                people[each.case_id].owner_institution_id,
                remains[each.remains_id].owner_institution_id,
            },
            seats.get(each.id, ()),
            standing_in(session, each)
            if each.id in spoken
            else Standing(State.AWAITED, each.id),
        )
        for each in rows
        if (each.case_id, each.remains_id) in pairings
        and each.case_id in people
        and each.remains_id in remains
    ]


def _by_id(
    session: Session, readable: sa.Select[Any], model: type[Any], numbers: Collection[int]
) -> dict[int, Any]:
    return {row.id: row for row in session.scalars(readable.where(model.id.in_(numbers)))}


def _pairings(
    session: Session, viewer: Viewer, rows: Sequence[Review], *, at: datetime
) -> dict[tuple[int, int], int]:
    wanted = readable_pairings(viewer, at).where(
        Pairing.missing_person_id.in_({each.case_id for each in rows}),
        Pairing.remains_id.in_({each.remains_id for each in rows}),
    )
    return {
        (each.missing_person_id, each.remains_id): each.id for each in session.scalars(wanted)
    }
