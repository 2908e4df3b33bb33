"""Where a pair stands: nobody looks, two look, both have spoken, the board, decided.

Of many pairs at once, for the queue; of one, `casework.review.queries.standing_in` tells more.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
    people = {each[0] for each in pairs}
    found = _reviewed(session, people)
    said = _decided(session, people)
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
    said = _decided(session) if tells_outcome else _reviewed(session)
    found = {pair for pair, stands in said.items() if stands is state}
    if tells_outcome:
        found -= yet_to_speak(session, viewer, found)
    return among(numbers_of(session, found))


def numbers_of(session: Session, pairs: Collection[Pair] | Mapping[Pair, object]) -> list[int]:
    """Give the proposals of some pairs."""
    if not pairs:
        return []
    wanted = sa.select(Pairing.id, Pairing.missing_person_id, Pairing.remains_id).where(
        Pairing.missing_person_id == any_of({each[0] for each in pairs})
    )
    found = session.execute(wanted)
    return [row[0] for row in found if (row[1], row[2]) in pairs]


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


def _reviewed(session: Session, people: Collection[int] | None = None) -> dict[Pair, PairState]:
    """Give where the last review of each pair stands, of some people or of all.

    One table after another: in one question the policies of all of them stand within one
    another, and PostgreSQL plans it for longer than it takes to answer.
    """
    wanted = sa.select(Review.id, Review.case_id, Review.remains_id, Review.follows_id)
    reviews = session.execute(_of_people(wanted, Review, people).order_by(Review.id)).all()
    followed = {row.follows_id for row in reviews}
    last = {row.id: (row.case_id, row.remains_id) for row in reviews if row.id not in followed}
    if not last:
        return {}
    came = sa.select(ReviewOutcome.review_id, ReviewOutcome.decided_by).where(
        ReviewOutcome.review_id == any_of(last)
    )
    convened = sa.select(ReviewBoard.review_id).where(ReviewBoard.review_id == any_of(last))
    by = {(row[0], row[1]) for row in session.execute(came)}
    boards = set(session.scalars(convened))
    return {pair: _stands(number, by, boards) for number, pair in last.items()}


def _stands(
    review: int, came: Collection[tuple[int, DecidedBy]], boards: Collection[int]
) -> PairState:
    if (review, DecidedBy.EXAMINERS) not in came:
        return PairState.REVIEW
    waits_for_board = review in boards and (review, DecidedBy.BOARD) not in came
    return PairState.BOARD if waits_for_board else PairState.SPOKEN


def reviewed_since() -> sa.ColumnElement[bool]:
    """Write as a condition on a decision that people were asked to look again after it."""
    return sa.exists().where(
        Review.case_id == Decision.case_id,
        Review.remains_id == Decision.remains_id,
        Review.id > sa.func.coalesce(Decision.review_id, 0),
        Review.begun_at > Decision.entered_at,
    )


def _decided(session: Session, people: Collection[int] | None = None) -> dict[Pair, PairState]:
    """Give the premature and the identified pairs whose decision stands; see `_reviewed`.

    An exclusion leaves the queue by itself.
    """
    wanted = sa.select(Decision.id, Decision.case_id, Decision.remains_id, Decision.outcome)
    told = _of_people(wanted, Decision, people).where(
        Decision.outcome != DecisionOutcome.EXCLUSION
    )
    decisions = session.execute(told.order_by(Decision.id)).all()
    if not decisions:
        return {}
    stand = _among(session, [row.id for row in decisions], neither_ended_nor_declined())
    early = {row.id for row in decisions if row.outcome is DecisionOutcome.PREMATURE}
    if early:
        stand -= _among(session, early, reviewed_since())
    return {
        (row.case_id, row.remains_id): (
            PairState.PREMATURE if row.id in early else PairState.DECIDED
        )
        for row in decisions
        if row.id in stand
    }


def _among(
    session: Session, decisions: Collection[int], holds: sa.ColumnElement[bool]
) -> set[int]:
    """Keep the decisions of which something holds."""
    wanted = sa.select(Decision.id).where(Decision.id == any_of(decisions), holds)
    return set(session.scalars(wanted))


def _of_people(
    wanted: sa.Select[*tuple[Any, ...]], model: Any, people: Collection[int] | None
) -> sa.Select[*tuple[Any, ...]]:
    return wanted if people is None else wanted.where(model.case_id == any_of(people))
