"""Who has how many hours a week for proposals, and how long an opinion takes them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.candidates.queries import get_proposal
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
from casework.review.queries import Seat, list_colleagues
from casework.review.seats import change_seat
from casework.review.work import seats_that_wait
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

MOST_HOURS = 60
MEASURED = 100  # opinions, the newest; our choice
NOT_A_WEEK = marked("Escriba las horas como un número de 0 a 60. Por ejemplo: 6,5.")
LONGEST_AWAY = timedelta(days=365)
NOT_A_WAY_BACK = marked("Elija el día en que vuelve: desde mañana y dentro de un año.")
NOT_YOURS = marked("Usted dice sus horas; las de los demás las dice su coordinación.")


@dataclass(frozen=True, slots=True)
class Week:
    """How many hours somebody has a week, and until which day they are away."""

    hours: float
    away_until: date | None = None

    def hours_on(self, day: date) -> float:
        """Give the hours they have; away they have none."""
        return 0.0 if self.is_away(day) else self.hours

    def is_away(self, day: date) -> bool:
        return self.away_until is not None and day < self.away_until


def weeks_by_person(session: Session) -> Mapping[int, Week]:
    """Give what each colleague said last; who said nothing is not in it."""
    newest = sa.select(sa.func.max(ReviewHours.id)).group_by(ReviewHours.account_id)
    last = sa.select(ReviewHours).where(ReviewHours.id.in_(newest))
    return {
        each.account_id: Week(each.hours, each.away_until) for each in session.scalars(last)
    }


def say_hours(
    session: Session, viewer: Viewer, weeks: Mapping[int, Week], *, at: datetime
) -> None:
    """Say how many hours a week some people have, oneself or colleagues; what is new is kept.

    The seats of whoever is away rest until they are back, those in which they spoke as well:
    otherwise it would tell in which.

    Raises
    ------
    NotPermitted
        If the duty does not look at pairs.
    InvalidInput
        If a week has not so many hours, nobody is away so long, or it is for somebody else to
        say.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    others = set(weeks) - {viewer.account_id}
    known = {each.account_id for each in list_colleagues(session)}
    if set(weeks) - known or (others and not viewer.may(Permission.REVIEW_ASSIGN)):
        raise InvalidInput(NOT_YOURS)
    before = weeks_by_person(session)
    new = {account: week for account, week in weeks.items() if before.get(account) != week}
    # All of them first: what one refuses must leave nothing of another behind.
    for account, week in new.items():
        _refuse_odd(week, before.get(account), at.date())
    for account, week in new.items():
        session.add(
            ReviewHours(
                account_id=account,
                institution_id=viewer.institution_id,
                hours=week.hours,
                away_until=week.away_until,
                entered_at=at,
                entered_by=viewer.account_id,
            )
        )
    session.flush()
    record(session, Deed.REVIEW_HOURS_KEPT, by=viewer, at=at)
    for account, week in new.items():
        _let_rest(session, viewer, account, before.get(account), week, at=at)


def _refuse_odd(week: Week, before: Week | None, today: date) -> None:
    if not 0 <= week.hours <= MOST_HOURS:
        raise InvalidInput(NOT_A_WEEK)
    until = week.away_until
    if until is None or (before is not None and until == before.away_until):
        return
    if not today < until <= today + LONGEST_AWAY:
        raise InvalidInput(NOT_A_WAY_BACK)


def _let_rest(  # noqa: PLR0917 - whose seats, and what was said of them before and now
    session: Session,
    viewer: Viewer,
    account: int,
    before: Week | None,
    week: Week,
    *,
    at: datetime,
) -> None:
    """Pause the seats of whoever is away; of whoever is back, take them up again."""
    until, was = week.away_until, before.away_until if before else None
    if until == was:
        return
    for reviewed, seat in seats_that_wait(session, viewer, account, at=at):
        if _stays(seat, was, until, at.date()):
            continue
        change_seat(
            session,
            viewer,
            get_proposal(session, viewer, reviewed.pairing_id, at=at),
            seat_id=seat.row.id,
            change=SeatChange.PAUSED if until else SeatChange.RESUMED,
            until=until,
            at=at,
        )


def _stays(seat: Seat, was: date | None, until: date | None, today: date) -> bool:
    """Say whether a seat stays as it is: what was paused for another reason, or for longer."""
    rests = seat.is_paused(today)
    for_this = rests and was is not None and seat.paused_until == was
    if until is None:
        return not for_this
    lasts = seat.paused_until is None or seat.paused_until >= until
    return rests and not for_this and lasts


def read_week(hours: str, away_until: str = "") -> Week | None:
    """Read hours as people write them, and a day; where neither is written, None.

    Raises
    ------
    InvalidInput
        If it is no number of hours of a week, or no day.
    """
    said, day = hours.strip().replace(",", "."), away_until.strip()
    if not said and not day:
        return None
    try:
        until = date.fromisoformat(day) if day else None
    except ValueError:
        raise InvalidInput(NOT_A_WAY_BACK) from None
    try:
        week = Week(round(float(said), 1), until)
    except ValueError:
        raise InvalidInput(NOT_A_WEEK) from None
    if not 0 <= week.hours <= MOST_HOURS:
        raise InvalidInput(NOT_A_WEEK)
    return week


def capacity_of(session: Session, viewer: Viewer, *, on: date) -> Capacity:
    """Say what the viewer's institution can look at this week; who is away has no hours."""
    colleagues = {each.account_id for each in list_colleagues(session)}
    weeks = weeks_by_person(session)
    said = {who: each.hours_on(on) for who, each in weeks.items() if who in colleagues}
    measured = _measured(session, viewer)
    return Capacity(
        hours=sum(said.values()) if said else None,
        said=len(said),
        people=len(colleagues),
        promised=_promised(session, viewer, on=on),
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


def _promised(session: Session, viewer: Viewer, *, on: date) -> int:
    """Count the opinions of the viewer's institution in reviews that wait, without what rests.

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
    rest = session.scalar(sa.select(sa.func.opinions_that_rest(on)))
    return max(0, int(session.scalar(waits) or 0) - int(rest or 0))


@dataclass(frozen=True, slots=True)
class Load:
    """What one person was asked to look at in reviews that wait, spoken or not, and since."""

    seats: int
    since: datetime


def loads_of(session: Session, *, on: date) -> Mapping[int, Load]:
    """Give what each has before them, as far as the viewer may know; not what rests."""
    handed_over = sa.exists().where(
        ReviewSeatChange.seat_id == ReviewSeat.id,
        ReviewSeatChange.change == SeatChange.HANDED_OVER,
    )
    later, after = aliased(Review), aliased(ReviewSeatChange)
    rests = sa.exists().where(
        ReviewSeatChange.seat_id == ReviewSeat.id,
        ReviewSeatChange.change == SeatChange.PAUSED,
        ReviewSeatChange.until_on.is_(None) | (ReviewSeatChange.until_on > on),
        ~sa.exists().where(
            after.seat_id == ReviewSeatChange.seat_id, after.id > ReviewSeatChange.id
        ),
    )
    rows = session.execute(
        sa.select(ReviewSeat.account_id, sa.func.count(), sa.func.min(ReviewSeat.seated_at))
        .where(
            ~handed_over,
            ~rests,
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
