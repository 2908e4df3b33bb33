"""Who has how many hours a week for proposals, and how long an opinion takes them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.database import any_of
from casework.errors import InvalidInput
from casework.missing.model import MissingPerson
from casework.queue.capacity import LONGEST_MINUTES, Capacity, minutes_of_opinion
from casework.queue.model import ReviewHours
from casework.remains.model import Remains
from casework.review.model import (
    Opinion,
    Review,
    ReviewOutcome,
    ReviewSeat,
    ReviewSeatChange,
    SeatChange,
)
from casework.review.queries import list_colleagues
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

MOST_HOURS = 60
MEASURED = 100  # opinions, the newest; our choice
NOT_A_WEEK = marked("Escriba las horas como un número de 0 a 60. Por ejemplo: 6,5.")
NOT_YOURS = marked("Usted dice sus horas; las de los demás las dice su coordinación.")


def hours_by_person(session: Session) -> Mapping[int, float]:
    """Give what each colleague said last; who said nothing is not in it."""
    newest = sa.select(sa.func.max(ReviewHours.id)).group_by(ReviewHours.account_id)
    last = sa.select(ReviewHours.account_id, ReviewHours.hours).where(
        ReviewHours.id.in_(newest)
    )
    return {row[0]: row[1] for row in session.execute(last)}


def say_hours(
    session: Session, viewer: Viewer, hours: Mapping[int, float], *, at: datetime
) -> None:
    """Say how many hours a week some people have, oneself or colleagues; what is new is kept.

    Raises
    ------
    NotPermitted
        If the duty does not look at pairs.
    InvalidInput
        If a week has not so many hours, or it is for somebody else to say.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    others = set(hours) - {viewer.account_id}
    known = {each.account_id for each in list_colleagues(session)}
    if set(hours) - known or (others and not viewer.may(Permission.REVIEW_ASSIGN)):
        raise InvalidInput(NOT_YOURS)
    if not all(0 <= each <= MOST_HOURS for each in hours.values()):
        raise InvalidInput(NOT_A_WEEK)
    before = hours_by_person(session)
    for account, each in hours.items():
        if before.get(account) != each:
            session.add(
                ReviewHours(
                    account_id=account,
                    institution_id=viewer.institution_id,
                    hours=each,
                    entered_at=at,
                    entered_by=viewer.account_id,
                )
            )
    session.flush()
    record(session, Deed.REVIEW_HOURS_KEPT, by=viewer, at=at)


def read_hours(typed: str) -> float | None:
    """Read hours as people write them; nothing written is None.

    Raises
    ------
    InvalidInput
        If it is no number of hours of a week.
    """
    said = typed.strip().replace(",", ".")
    if not said:
        return None
    try:
        hours = round(float(said), 1)
    except ValueError:
        raise InvalidInput(NOT_A_WEEK) from None
    if not 0 <= hours <= MOST_HOURS:
        raise InvalidInput(NOT_A_WEEK)
    return hours


def capacity_of(session: Session, viewer: Viewer) -> Capacity:
    """Say what the viewer's institution can look at this week."""
    colleagues = {each.account_id for each in list_colleagues(session)}
    said = {who: each for who, each in hours_by_person(session).items() if who in colleagues}
    measured = _measured(session, viewer)
    return Capacity(
        hours=sum(said.values()) if said else None,
        said=len(said),
        people=len(colleagues),
        promised=_promised(session, viewer),
        minutes=minutes_of_opinion(measured),
        measured=len(measured),
    )


def _measured(session: Session, viewer: Viewer) -> Sequence[float]:
    """Give how long those took who sat down by themselves, in reviews that have come to an end.

    Of one that still waits nothing counts: a number that moved would tell that somebody spoke.
    """
    took = sa.func.extract("epoch", Opinion.given_at - ReviewSeat.seated_at) / 60
    ended = sa.exists().where(ReviewOutcome.review_id == Opinion.review_id)
    lately = (
        sa.select(took)
        .join(ReviewSeat, ReviewSeat.id == Opinion.seat_id)
        .where(
            ReviewSeat.institution_id == viewer.institution_id,
            ReviewSeat.seated_by == ReviewSeat.account_id,
            took > 0,
            took <= LONGEST_MINUTES,
            ended,
        )
        .order_by(Opinion.id.desc())
        .limit(MEASURED)
    )
    return [float(each) for each in session.scalars(lately)]


def _promised(session: Session, viewer: Viewer) -> int:
    """Count the opinions of the viewer's institution in reviews that wait.

    One for each record that it keeps, whether or not somebody has spoken: to tell them apart
    would be to tell who has.
    """
    later = aliased(Review)
    ours = sum(
        sa.cast(model.owner_institution_id == viewer.institution_id, sa.Integer)
        for model in (MissingPerson, Remains)
    )
    waits = (
        sa.select(sa.func.coalesce(sa.func.sum(ours), 0))
        .select_from(Review)
        .join(MissingPerson, MissingPerson.id == Review.case_id)
        .join(Remains, Remains.id == Review.remains_id)
        .where(
            ~sa.exists().where(later.follows_id == Review.id),
            ~sa.exists().where(ReviewOutcome.review_id == Review.id),
        )
    )
    return int(session.scalar(waits) or 0)


@dataclass(frozen=True, slots=True)
class Load:
    """What one person was asked to look at in reviews that wait, spoken or not, and since."""

    seats: int
    since: datetime


def loads_of(session: Session) -> Mapping[int, Load]:
    """Give what each has before them, as far as the viewer may know of seats."""
    handed_over = sa.exists().where(
        ReviewSeatChange.seat_id == ReviewSeat.id,
        ReviewSeatChange.change == SeatChange.HANDED_OVER,
    )
    later = aliased(Review)
    rows = session.execute(
        sa.select(ReviewSeat.account_id, sa.func.count(), sa.func.min(ReviewSeat.seated_at))
        .where(
            ~handed_over,
            ~sa.exists().where(ReviewOutcome.review_id == ReviewSeat.review_id),
            ~sa.exists().where(later.follows_id == ReviewSeat.review_id),
        )
        .group_by(ReviewSeat.account_id)
    )
    return {row[0]: Load(row[1], row[2]) for row in rows}


def reviewed_among(
    session: Session, pairs: Collection[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Say which of some pairs somebody was asked to look at."""
    wanted = sa.select(Review.case_id, Review.remains_id).where(
        Review.case_id == any_of({each[0] for each in pairs})
    )
    return {(row[0], row[1]) for row in session.execute(wanted)} & set(pairs)
