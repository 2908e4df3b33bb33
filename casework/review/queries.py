"""Reading reviews: of a pair one may read, and never more of it than the database shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.review.model import (
    BoardMember,
    BoardMinutes,
    BoardVote,
    Conclusion,
    DecidedBy,
    Opinion,
    OpinionDraft,
    Place,
    Review,
    ReviewBoard,
    ReviewOutcome,
    ReviewSeat,
    ReviewSeatChange,
    SeatChange,
)
from casework.review.said import GROUPS, Said, Vote, read_back, read_vote
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import decide
from privacy.sealing.opening import open_group

BLIND = (Place.FIRST, Place.SECOND)


class Laid(Protocol):
    """Two records beside each other, and what is open of both: proposed still, or not."""

    @property
    def person(self) -> MissingPerson: ...

    @property
    def remains(self) -> Remains: ...

    def shows(self, group: Reveals) -> bool: ...


class State(StrEnum):
    """Where a pair stands; to somebody who may not read its reviews, always `none`."""

    NONE = "none"  # nobody was asked to look
    AWAITED = "awaited"  # not both have spoken; whether one has is told to nobody
    DIFFER = "differ"
    AT_BOARD = "at_board"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What has come of the last review of a pair.

    `examiners`: the accounts of the two seats, only when both have spoken. `unexplained`: kinds
    that somebody called unexplainable and nobody has explained since. `is_exception`: the board
    carries an identification without a primary identifier.
    """

    state: State
    review_id: int | None = None
    conclusion: Conclusion | None = None
    examiners: tuple[int, ...] = ()
    unexplained: frozenset[str] = frozenset()
    by_board: bool = False
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that the viewer may know of, and what became of it."""

    row: ReviewSeat
    changes: Sequence[ReviewSeatChange]

    @property
    def is_held(self) -> bool:
        return all(each.change is not SeatChange.HANDED_OVER for each in self.changes)

    def is_paused(self, today: date) -> bool:
        """Say whether it rests; from the day that was said it does not any more."""
        return self._last is not None and (
            self._last.until_on is None or today < self._last.until_on
        )

    @property
    def paused_until(self) -> date | None:
        """Give until when it rests or rested last, if a day was said."""
        return self._last.until_on if self._last else None

    def due_on(self, today: date) -> date:
        """Give the day it is due: what was said, and as many days as it rested since."""
        rested, began = timedelta(), None
        for each in self.changes:
            day = each.changed_at.date()
            if began is not None:
                rested += min(day, began.until_on or day) - began.changed_at.date()
            began = each if each.change is SeatChange.PAUSED else None
        if began is not None:
            rested += max(timedelta(), (began.until_on or today) - began.changed_at.date())
        return self.row.due_on + rested

    @property
    def _last(self) -> ReviewSeatChange | None:
        """Give the pause that was said last, unless something was said after it."""
        last = self.changes[-1] if self.changes else None
        return last if last and last.change is SeatChange.PAUSED else None


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion as far as it is open to the viewer."""

    row: Opinion
    seat: ReviewSeat
    said: Said
    closed: frozenset[Reveals]


@dataclass(frozen=True, slots=True)
class Board:
    """A board, its members, and the votes that the viewer may read."""

    row: ReviewBoard
    members: Sequence[BoardMember]
    votes: Mapping[int, tuple[BoardVote, Vote]]  # by the member's number
    minutes: BoardMinutes | None
    is_whole: bool

    @property
    def is_over(self) -> bool:
        return self.minutes is not None


def last_review(session: Session, viewer: Viewer, proposal: Proposal) -> Review | None:
    """Give the review of a pair that no later one follows."""
    if not _may_look(viewer):
        return None
    return session.scalar(
        sa.select(Review)
        .where(Review.case_id == proposal.person.id, Review.remains_id == proposal.remains.id)
        .order_by(Review.id.desc())
        .limit(1)
    )


def reviews_of(session: Session, viewer: Viewer, proposal: Laid) -> Sequence[Review]:
    """Give every review of a pair, in the order in which they followed each other."""
    if not _may_look(viewer):
        return ()
    of_pair = sa.select(Review).where(
        Review.case_id == proposal.person.id, Review.remains_id == proposal.remains.id
    )
    return session.scalars(of_pair.order_by(Review.id)).all()


def review_of_pair(session: Session, viewer: Viewer, pair: Laid, number: int) -> Review | None:
    """Give one review of a pair, whichever followed it since."""
    if not _may_look(viewer):
        return None
    return session.scalar(
        sa.select(Review).where(
            Review.id == number,
            Review.case_id == pair.person.id,
            Review.remains_id == pair.remains.id,
        )
    )


def standing_of(session: Session, viewer: Viewer, proposal: Proposal) -> Standing:
    """Say where a pair stands; whether one of two has spoken it says to nobody."""
    return standing_in(session, last_review(session, viewer, proposal))


def standing_in(session: Session, review: Review | None) -> Standing:
    """Say where one review stands that was read for a viewer, or that there is none."""
    if review is None:
        return Standing(State.NONE)
    outcomes = outcomes_of(session, [review.id]).get(review.id, {})
    by_two = outcomes.get(DecidedBy.EXAMINERS)
    if by_two is None:
        return Standing(State.AWAITED, review.id)
    by_third, by_board = outcomes.get(DecidedBy.THIRD), outcomes.get(DecidedBy.BOARD)
    last = by_board or by_third or by_two
    examiners = tuple(
        each.row.account_id
        for each in seats_of(session, review)
        if each.row.place in BLIND and each.is_held
    )
    return Standing(
        _state(session, review, outcomes),
        review.id,
        last.conclusion,
        examiners,
        frozenset(last.unexplained),
        by_board=by_board is not None,
        is_exception=by_board is not None and by_board.is_exception,
    )


def _state(
    session: Session, review: Review, outcomes: Mapping[DecidedBy, ReviewOutcome]
) -> State:
    if DecidedBy.BOARD in outcomes:
        return State.AGREED
    if board_row(session, review) is not None:
        return State.AT_BOARD
    by_third = outcomes.get(DecidedBy.THIRD)
    if by_third is not None:
        return State.AGREED if by_third.conclusion else State.AT_BOARD
    return State.AGREED if outcomes[DecidedBy.EXAMINERS].conclusion else State.DIFFER


def outcomes_of(
    session: Session, reviews: Collection[int]
) -> Mapping[int, dict[DecidedBy, ReviewOutcome]]:
    """Give what came of reviews, by review and by whom it was decided."""
    found: dict[int, dict[DecidedBy, ReviewOutcome]] = {}
    rows = sa.select(ReviewOutcome).where(ReviewOutcome.review_id.in_(reviews))
    for each in session.scalars(rows):
        found.setdefault(each.review_id, {})[each.decided_by] = each
    return found


def seats_of(session: Session, review: Review) -> list[Seat]:
    """Give the seats of a review that the database shows, in the order they were given."""
    return seats_in(session, [review.id]).get(review.id, [])


def seats_in(session: Session, reviews: Collection[int]) -> Mapping[int, list[Seat]]:
    """Give the same of several reviews at once."""
    changes: dict[int, list[ReviewSeatChange]] = {}
    for change in session.scalars(
        sa.select(ReviewSeatChange)
        .where(ReviewSeatChange.review_id.in_(reviews))
        .order_by(ReviewSeatChange.id)
    ):
        changes.setdefault(change.seat_id, []).append(change)
    found: dict[int, list[Seat]] = {}
    for row in session.scalars(
        sa.select(ReviewSeat).where(ReviewSeat.review_id.in_(reviews)).order_by(ReviewSeat.id)
    ):
        found.setdefault(row.review_id, []).append(Seat(row, changes.get(row.id, ())))
    return found


def own_seat(session: Session, viewer: Viewer, review: Review) -> Seat | None:
    """Give the seat that the viewer holds in a review, whichever of the three it is."""
    return held_by(viewer, seats_of(session, review))


def held_by(viewer: Viewer, seats: Sequence[Seat]) -> Seat | None:
    """Give the seat among these that the viewer holds."""
    own = (each for each in seats if each.row.account_id == viewer.account_id)
    return next((each for each in own if each.is_held), None)


def free_place(session: Session, review: Review) -> Place | None:
    """Say which of the two seats is free; who sits in the other is not told."""
    place = session.scalar(sa.select(sa.func.review_free_place(review.id)))
    return Place(place) if place else None


def own_opinion(session: Session, viewer: Viewer, seat: Seat) -> Opinion | None:
    """Give what the viewer said in their seat; sealed until it is opened."""
    return session.scalar(
        sa.select(Opinion).where(
            Opinion.seat_id == seat.row.id, Opinion.account_id == viewer.account_id
        )
    )


def own_draft(session: Session, viewer: Viewer, seat: Seat) -> OpinionDraft | None:
    """Give what the viewer has written so far; sealed until it is opened."""
    return session.scalar(
        sa.select(OpinionDraft).where(
            OpinionDraft.seat_id == seat.row.id, OpinionDraft.account_id == viewer.account_id
        )
    )


def open_groups(
    session: Session, viewer: Viewer, proposal: Laid, *, at: datetime
) -> frozenset[Reveals]:
    """Say which parts of an opinion are open to the viewer: as both records are.

    Nobody is sent away to prove who they are: what asks for that stays closed meanwhile.
    """
    opened = {group for group in (Reveals.BODY, Reveals.IDENTITY) if proposal.shows(group)}
    asked = (
        (Permission.MISSING_DNA_READ, proposal.person),
        (Permission.REMAINS_DNA_READ, proposal.remains),
    )
    if all(decide(viewer, wanted, each, at=at, session=session) for wanted, each in asked):
        opened.add(Reveals.DNA)
    return frozenset(opened)


def open_said(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Opinion] | Sequence[OpinionDraft],
    groups: Collection[Reveals],
    *,
    at: datetime,
) -> None:
    """Open these parts of opinions for the viewer, and write down that they were opened."""
    for group in groups:
        open_group(session, viewer, rows, group, at=at)


def given_in(
    session: Session, viewer: Viewer, proposal: Laid, review: Review, *, at: datetime
) -> list[Given]:
    """Read the opinions of a review that the database shows, of seats that are still held."""
    seats = {each.row.id: each for each in seats_of(session, review) if each.is_held}
    rows = opinions_in(session, list(seats))
    groups = open_groups(session, viewer, proposal, at=at)
    if Reveals.BODY not in groups:
        return []
    open_said(session, viewer, rows, groups, at=at)
    closed = frozenset(GROUPS) - groups
    return [Given(row, seats[row.seat_id].row, read_back(row, groups), closed) for row in rows]


def board_row(session: Session, review: Review) -> ReviewBoard | None:
    """Give the board of a review, if one was convened."""
    return session.scalar(sa.select(ReviewBoard).where(ReviewBoard.review_id == review.id))


def members_in(session: Session, review: Review) -> Sequence[BoardMember]:
    """Give who sits in the board of a review."""
    named = sa.select(BoardMember).where(BoardMember.review_id == review.id)
    return session.scalars(named.order_by(BoardMember.id)).all()


def votes_in(session: Session, review: Review) -> Sequence[BoardVote]:
    """Give the votes that the database shows, sealed."""
    given = sa.select(BoardVote).where(BoardVote.review_id == review.id)
    return session.scalars(given.order_by(BoardVote.id)).all()


def opinions_in(session: Session, seats: Collection[int]) -> Sequence[Opinion]:
    """Give the opinions in these seats that the database shows, sealed."""
    given = sa.select(Opinion).where(Opinion.seat_id.in_(seats))
    return session.scalars(given.order_by(Opinion.seat_id)).all()


def board_of(
    session: Session, viewer: Viewer, proposal: Proposal, review: Review, *, at: datetime
) -> Board | None:
    """Read the board of a review, and the votes that the database shows."""
    row = board_row(session, review)
    if row is None or not proposal.shows(Reveals.BODY):
        return None
    members = members_in(session, review)
    votes = votes_in(session, review)
    minutes = session.scalar(sa.select(BoardMinutes).where(BoardMinutes.review_id == review.id))
    sealed = [row, *votes, *([minutes] if minutes else ())]
    open_group(session, viewer, sealed, Reveals.BODY, at=at)
    return Board(
        row,
        members,
        {each.member_id: (each, read_vote(each.said)) for each in votes},
        minutes,
        is_whole=bool(session.scalar(sa.select(sa.func.board_is_whole(review.id)))),
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the viewer's own institution who may be asked to look."""

    account_id: int
    name: str


def list_colleagues(session: Session) -> list[Colleague]:
    """Name who of the viewer's own institution examines or coordinates."""
    named = sa.func.forensic_colleagues().table_valued("account_id", "display_name", "duty")
    found = session.execute(
        sa.select(named.c.account_id, named.c.display_name).order_by(named.c.display_name)
    )
    return [Colleague(*each) for each in found]


def _may_look(viewer: Viewer) -> bool:
    return viewer.may(Permission.REVIEW_EXAMINE)
