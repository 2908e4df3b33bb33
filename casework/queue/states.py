"""Where a pair stands: nobody looks, two look, both have spoken, the board, decided.

Of many pairs at once, for the queue; of one, `casework.review.queries.standing_in` tells more.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.candidates.model import Pairing
from casework.database import any_of
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
)
from casework.identifications.queries import neither_ended_nor_declined
from casework.review.blind import Pair, yet_to_speak
from casework.review.model import DecidedBy, Review, ReviewBoard, ReviewOutcome, ReviewSeat
from privacy.permissions import Viewer


class PairState(StrEnum):
    """Where a pair stands in the queue."""

    UNSEEN = "unseen"  # nobody was asked to look
    REVIEW = "review"  # not both have spoken; whether one has is told to nobody
    SPOKEN = "spoken"
    BOARD = "board"
    PREMATURE = "premature"
    DECIDED = "decided"  # an identification that is signed or waits for it
    PARKED = "parked"  # nothing can be said of it now; `casework.queue.parking`
    BACK = "back"  # it was parked, and something has changed since


def states_of(
    session: Session, viewer: Viewer, pairs: Collection[Pair]
) -> Mapping[Pair, PairState]:
    """Say where some pairs stand, of which both records are open; the others are `UNSEEN`.

    What was decided of a pair is not told to whoever has yet to speak of it blind.
    """
    if not pairs:
        return {}
    numbers = any_of({each[0] for each in pairs})
    reviewed = _reviews().where(Review.case_id == numbers)
    found = {(row[0], row[1]): PairState(row[2]) for row in session.execute(reviewed)}
    decided = _decisions().where(Decision.case_id == numbers)
    said = {(row[0], row[1]): PairState(row[2]) for row in session.execute(decided)}
    blind = yet_to_speak(session, viewer, said.keys() & set(pairs))
    found |= {pair: state for pair, state in said.items() if pair not in blind}
    return {each: found.get(each, PairState.UNSEEN) for each in pairs}


def condition_of(session: Session, viewer: Viewer, state: PairState) -> sa.ColumnElement[bool]:
    """Write a state as a condition on a pairing. But for `UNSEEN` it is of few."""
    if state is PairState.UNSEEN:
        pair = (
            Review.case_id == Pairing.missing_person_id,
            Review.remains_id == Pairing.remains_id,
        )
        return ~sa.exists().where(*pair).correlate(Pairing)
    tells_outcome = state in {PairState.PREMATURE, PairState.DECIDED}
    said = (_decisions() if tells_outcome else _reviews()).subquery()
    wanted = sa.select(Pairing.id, Pairing.missing_person_id, Pairing.remains_id).join(
        said,
        sa.and_(said.c.case_id == Pairing.missing_person_id)
        & (said.c.remains_id == Pairing.remains_id),
    )
    found = session.execute(wanted.where(said.c.state == state.value)).all()
    blind = (
        yet_to_speak(session, viewer, {(row[1], row[2]) for row in found})
        if tells_outcome
        else frozenset()
    )
    return among([row[0] for row in found if (row[1], row[2]) not in blind])


def seats_held_by(session: Session, account_id: int) -> sa.ColumnElement[bool]:
    """Write as a condition that somebody holds, or held, a seat in the review of a pairing."""
    wanted = (
        sa.select(Pairing.id)
        .join(
            Review,
            (Review.case_id == Pairing.missing_person_id)
            & (Review.remains_id == Pairing.remains_id),
        )
        .join(ReviewSeat, ReviewSeat.review_id == Review.id)
        .where(ReviewSeat.account_id == account_id)
    )
    return among(session.scalars(wanted).all())


def among(numbers: Sequence[int]) -> sa.ColumnElement[bool]:
    """Write as a condition that a pairing is one of few."""
    return cast("sa.ColumnElement[bool]", Pairing.id == any_of(numbers))


def _reviews() -> sa.Select[Any]:
    """Give the last review of each pair with where it stands."""
    later = aliased(Review)

    def came(*by: DecidedBy) -> sa.ColumnElement[bool]:
        of_review = (ReviewOutcome.review_id == Review.id, ReviewOutcome.decided_by.in_(by))
        return sa.exists().where(*of_review).correlate(Review)

    convened = sa.exists().where(ReviewBoard.review_id == Review.id).correlate(Review)
    state = sa.case(
        (~came(DecidedBy.EXAMINERS), PairState.REVIEW.value),
        (convened & ~came(DecidedBy.BOARD), PairState.BOARD.value),
        else_=PairState.SPOKEN.value,
    )
    last = ~sa.exists().where(later.follows_id == Review.id)
    return sa.select(Review.case_id, Review.remains_id, state.label("state")).where(last)


def reviewed_since() -> sa.ColumnElement[bool]:
    """Write as a condition on a decision that people were asked to look again after it."""
    return sa.exists().where(
        Review.case_id == Decision.case_id,
        Review.remains_id == Decision.remains_id,
        Review.id > sa.func.coalesce(Decision.review_id, 0),
        Review.begun_at > Decision.entered_at,
    )


def _decisions() -> sa.Select[Any]:
    """Give the premature and the identified pairs whose decision stands."""
    state = sa.case(
        (Decision.outcome == DecisionOutcome.PREMATURE, PairState.PREMATURE.value),
        else_=PairState.DECIDED.value,
    )
    # An exclusion leaves the queue by itself.
    premature = Decision.outcome == DecisionOutcome.PREMATURE
    standing = (
        Decision.outcome != DecisionOutcome.EXCLUSION,
        neither_ended_nor_declined(),
        ~(premature & reviewed_since()),
    )
    return (
        sa.select(Decision.case_id, Decision.remains_id, state.label("state"))
        .where(*standing)
        .order_by(Decision.id)
    )
