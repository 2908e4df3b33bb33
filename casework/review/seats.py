"""Opening a review and sitting down to it: each is one deed.

Whoever changes a review waits for whoever is changing it: of two who sit down at the same
moment the second sees the first.
"""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.deeds import record_about
from casework.candidates.queries import Proposal
from casework.database import apart
from casework.errors import Conflict, InvalidInput, NotFound
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.retention.sight import as_keeper
from casework.review import rules
from casework.review.fingerprints import fingerprint_of
from casework.review.model import (
    DecidedBy,
    Place,
    Review,
    ReviewSeat,
    ReviewSeatChange,
    SeatChange,
)
from casework.review.queries import (
    BLIND,
    Seat,
    State,
    free_place,
    last_review,
    list_colleagues,
    outcomes_of,
    own_seat,
    seats_in,
    seats_of,
    standing_in,
)
from casework.review.rules import refuse
from casework.review.turns import refuse_strangers, review_of, take_turn
from privacy.audit.log import Deed
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked to look, where, and by when."""

    review: Review
    place: Place
    account_id: int
    due_on: date


def open_review(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime, why: str = ""
) -> Review:
    """Open a review of a pair, or one that follows the last; the pair is laid open to two.

    Raises
    ------
    NotPermitted
        If the duty does not look at pairs.
    Conflict
        If one is under way and both records still say what they said.
    InvalidInput
        If one was held before and nobody says why again.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    before = last_review(session, viewer, proposal)
    said = fingerprint_of(session, viewer, proposal, at=at)
    if before is not None:
        is_over = standing_in(session, before).state is State.AGREED
        refuse(rules.NOT_OVER, when=not is_over and before.said_fingerprint == said)
        if not why.strip():
            raise InvalidInput(rules.SAY_WHY_AGAIN)
    review = Review(
        case=proposal.person,
        remains_id=proposal.remains.id,
        said_fingerprint=said,
        follows_id=before.id if before else None,
        why_again=why.strip() if before else "",
        begun_at=at,
        begun_by=viewer.account_id,
    )
    session.add(review)
    session.flush()
    record_about(session, Deed.REVIEW_OPENED, viewer, proposal, at=at)
    return review


def take_seat(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> ReviewSeat:
    """Sit down oneself to the last review of a pair; where there is none, open it.

    Raises
    ------
    Conflict
        If no seat is free, the viewer sat in it before, or the review is over.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    review = last_review(session, viewer, proposal)
    review = review or open_review(session, viewer, proposal, at=at)
    refuse(rules.IS_OVER, when=standing_in(session, review).state is not State.AWAITED)
    place = free_place(session, review)
    if place is None:
        raise Conflict(rules.NO_FREE_SEAT)
    due_on = (at + rules.USUAL_TIME).date()
    return _seat(
        session, viewer, proposal, _Asked(review, place, viewer.account_id, due_on), at=at
    )


def seat_person(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    *,
    account_id: int,
    due_on: date,
    at: datetime,
) -> ReviewSeat:
    """Ask somebody of one's own institution to look, in whichever seat is free.

    Once both have spoken that is the third's. Where there is no review, it is opened.

    Raises
    ------
    NotPermitted
        If the duty does not ask people to look.
    Conflict
        If it is not for this institution to say, no seat is free, or nothing is left to do.
    InvalidInput
        If the day or the person cannot be.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    take_turn(session, proposal)
    refuse_strangers(viewer, proposal)
    if not at.date() <= due_on <= (at + rules.LONGEST_TIME).date():
        raise InvalidInput(rules.BAD_DAY)
    review = last_review(session, viewer, proposal)
    review = review or open_review(session, viewer, proposal, at=at)
    place = free_place(session, review)
    if place is None:
        place = _third(session, review, account_id)
    elif own_seat(session, viewer, review) is not None and account_id != viewer.account_id:
        raise Conflict(rules.SITS_HERSELF)
    return _seat(session, viewer, proposal, _Asked(review, place, account_id, due_on), at=at)


def sit_as_third(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> ReviewSeat:
    """Sit down oneself to reconcile two opinions, in an institution that keeps a record.

    Raises
    ------
    Conflict
        If both have not spoken, nothing is left to reconcile, or the viewer was one of them.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    refuse_strangers(viewer, proposal)
    review = review_of(session, viewer, proposal)
    place = _third(session, review, viewer.account_id)
    due_on = (at + rules.USUAL_TIME).date()
    return _seat(
        session, viewer, proposal, _Asked(review, place, viewer.account_id, due_on), at=at
    )


def change_seat(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    *,
    seat_id: int,
    change: SeatChange,
    at: datetime,
    until: date | None = None,
) -> Seat:
    """Pause a seat, take it up again, or hand it over: one's own, or a colleague's.

    A pause may end by itself, `until` a day; without one it lasts until somebody says so.

    It is done alike whether or not somebody has spoken in it, so that it tells nothing. What
    was said in a seat that is handed over before both have spoken is kept, and set aside.

    Raises
    ------
    NotFound
        If there is no such seat that the viewer may know of and change.
    Conflict
        If both have spoken.
    InvalidInput
        If a pause would end today, or later than in a year.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    if until is not None and not at.date() < until <= (at + rules.LONGEST_TIME).date():
        raise InvalidInput(rules.BAD_PAUSE)
    review = review_of(session, viewer, proposal)
    seat = next((each for each in seats_of(session, review) if each.row.id == seat_id), None)
    if seat is None or not seat.is_held or not _may_change(viewer, seat):
        raise NotFound("seat")
    outcomes = outcomes_of(session, [review.id]).get(review.id, {})
    ends = DecidedBy.EXAMINERS if seat.row.place in BLIND else DecidedBy.THIRD
    refuse(rules.IS_OVER, when=ends in outcomes)
    session.add(
        ReviewSeatChange(
            review_id=review.id,
            case_id=review.case_id,
            seat_id=seat.row.id,
            change=change,
            until_on=until,
            changed_at=at,
            changed_by=viewer.account_id,
        )
    )
    record_about(
        session, Deed.REVIEW_SEAT_CHANGED, viewer, proposal, at=at, change=change.value
    )
    return seat


def hand_over(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    *,
    seat_id: int,
    to: int,
    at: datetime,
) -> None:
    """Free a seat for a colleague: whoever held it offers it, a coordinator gives it.

    What was written in it stays its author's alone. A colleague to whom it is offered is asked
    as anybody is who is asked to look: it tells them nothing of who sat there, and they accept
    by sitting down.

    Raises
    ------
    InvalidInput
        If it is nobody who can sit there.
    """
    if to == viewer.account_id or to not in {e.account_id for e in list_colleagues(session)}:
        raise InvalidInput(rules.NOT_A_COLLEAGUE)
    # A page shows what is refused and goes on: nobody loses a seat that nobody was given.
    with apart(session):
        seat = change_seat(
            session, viewer, proposal, seat_id=seat_id, change=SeatChange.HANDED_OVER, at=at
        )
        if seat.row.account_id == viewer.account_id:
            _offer(session, viewer, proposal, seat, to=to, at=at)
        else:
            due_on = (at + rules.USUAL_TIME).date()
            seat_person(session, viewer, proposal, account_id=to, due_on=due_on, at=at)


def _offer(
    session: Session, viewer: Viewer, proposal: Proposal, seat: Seat, *, to: int, at: datetime
) -> None:
    """Tell a colleague that a seat is free; but nobody who sits or sat in that review.

    They could not take it, and would learn from it who sits beside them. Whoever offers it
    learns nothing either: the seat is free, and it waits for somebody.
    """
    with as_keeper(session, viewer):
        seats = seats_in(session, [seat.row.review_id])
    if to in {each.row.account_id for each in seats[seat.row.review_id]}:
        return
    offered = Told(
        kind=NotificationKind.REVIEW_WAITS,
        account_id=to,
        path=f"/pairings/{proposal.pairing.id}/review",
        key=f"review_seat:{seat.row.id}:to:{to}",
    )
    tell(session, offered, at=at)


def _seat(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    asked: _Asked,
    *,
    at: datetime,
) -> ReviewSeat:
    review, place, account_id = asked.review, asked.place, asked.account_id
    if account_id not in {each.account_id for each in list_colleagues(session)}:
        raise InvalidInput(rules.NOT_A_COLLEAGUE)
    sat = {each.row.account_id for each in seats_of(session, review)}
    refuse(rules.ALREADY_SEATED, when=account_id in sat)
    before = session.scalar(sa.select(sa.func.review_last_seat(review.id, place.value)))
    seat = ReviewSeat(
        review_id=review.id,
        case_id=review.case_id,
        place=place,
        succeeds_id=before,
        account_id=account_id,
        institution_id=viewer.institution_id,
        due_on=asked.due_on,
        seated_at=at,
        seated_by=viewer.account_id,
    )
    session.add(seat)
    session.flush()
    record_about(session, Deed.REVIEW_SEATED, viewer, proposal, at=at)
    if account_id != viewer.account_id:
        told = Told(
            kind=NotificationKind.REVIEW_WAITS,
            account_id=account_id,
            path=f"/pairings/{proposal.pairing.id}/opinion",
            key=f"review_seat:{seat.id}",
        )
        tell(session, told, at=at)
    return seat


def _third(session: Session, review: Review, account_id: int) -> Place:
    """Say that the third seat is free, and that there is something to reconcile."""
    standing = standing_in(session, review)
    if standing.state is State.AWAITED:
        raise Conflict(rules.NO_FREE_SEAT)
    is_open = standing.state is State.DIFFER or (
        standing.state is State.AGREED and bool(standing.unexplained)
    )
    refuse(rules.NOTHING_TO_RECONCILE, when=not is_open)
    seats = seats_of(session, review)
    refuse(rules.SAT_BEFORE, when=account_id in {each.row.account_id for each in seats})
    taken = any(each.row.place is Place.THIRD and each.is_held for each in seats)
    refuse(rules.NO_FREE_SEAT, when=taken)
    return Place.THIRD


def _may_change(viewer: Viewer, seat: Seat) -> bool:
    if seat.row.account_id == viewer.account_id:
        return True
    return (
        viewer.may(Permission.REVIEW_ASSIGN)
        and seat.row.institution_id == viewer.institution_id
    )
