"""Who has yet to speak blind of a pair, and is told nothing of what was concluded before.

That something was reviewed or decided, and when, they may know; what it said is theirs to read
once their own opinion is given (ADR 0049). Every page, list and paper that tells an outcome of
a pair asks here, so that none keeps a rule of its own.
"""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.database import any_of
from casework.errors import SpeakFirst
from casework.review.model import DecidedBy, Opinion, Review, ReviewOutcome
from casework.review.queries import BLIND, Seat, held_by, seats_in
from casework.web.languages import marked
from privacy.permissions import Permission, Viewer

Pair = tuple[int, int]
TOLD_LATER = marked("Qué se concluyó lo lee usted después de dar su propio dictamen.")
SPEAK_FIRST = marked(
    "Primero dé su dictamen de este par, o deje que otra persona lo dé. Qué se concluyó antes, "
    "y qué hay anotado para decidir, lo lee usted después, para que nada lo incline."
)


def yet_to_speak(
    session: Session, viewer: Viewer, pairs: Collection[Pair] | None = None
) -> frozenset[Pair]:
    """Name the pairs of which the viewer holds a blind seat, or may take one, and is silent.

    `pairs`: by the numbers of person and remains, those that are asked about; None for all.
    Whoever sees to the seats and holds none has to know why a review was begun again.
    """
    if not viewer.may(Permission.REVIEW_EXAMINE) or (pairs is not None and not pairs):
        return frozenset()
    waiting = _waiting(session, pairs)
    if not waiting:
        return frozenset()
    seats = seats_in(session, list(waiting))
    own = {number: held_by(viewer, seats.get(number, ())) for number in waiting}
    silent = _silent(session, viewer, own)
    if not viewer.may(Permission.REVIEW_ASSIGN):
        silent |= _free(session, {number for number, seat in own.items() if seat is None})
    return frozenset(waiting[number] for number in silent)


def speaks_yet(session: Session, viewer: Viewer, pair: Pair) -> bool:
    """Say it of one pair."""
    return pair in yet_to_speak(session, viewer, [pair])


def refuse_who_speaks_yet(session: Session, viewer: Viewer, pair: Pair) -> None:
    """Send whoever has yet to speak to their own opinion.

    Raises
    ------
    SpeakFirst
        If the viewer has yet to speak blind of the pair.
    """
    if speaks_yet(session, viewer, pair):
        raise SpeakFirst(SPEAK_FIRST)


def _waiting(session: Session, pairs: Collection[Pair] | None) -> Mapping[int, Pair]:
    """Give the last reviews in which not both have spoken, with whom they are about."""
    later = aliased(Review)
    both = (
        ReviewOutcome.review_id == Review.id,
        ReviewOutcome.decided_by == DecidedBy.EXAMINERS,
    )
    wanted = sa.select(Review.id, Review.case_id, Review.remains_id).where(
        ~sa.exists().where(later.follows_id == Review.id),
        ~sa.exists().where(*both).correlate(Review),
    )
    if pairs is not None:
        wanted = wanted.where(Review.case_id == any_of({each[0] for each in pairs}))
    found = {row[0]: (row[1], row[2]) for row in session.execute(wanted)}
    return {n: pair for n, pair in found.items() if pairs is None or pair in pairs}


def _silent(session: Session, viewer: Viewer, own: Mapping[int, Seat | None]) -> set[int]:
    """Keep the reviews in which the viewer sits blind and has not spoken."""
    sits = {
        number: seat.row.id
        for number, seat in own.items()
        if seat is not None and seat.row.place in BLIND
    }
    if not sits:
        return set()
    said: Sequence[int] = session.scalars(
        sa.select(Opinion.seat_id).where(
            Opinion.account_id == viewer.account_id,
            Opinion.seat_id == any_of(set(sits.values())),
        )
    ).all()
    return {number for number, seat in sits.items() if seat not in said}


def _free(session: Session, reviews: Collection[int]) -> set[int]:
    """Keep the reviews that have a seat to take; who sits in the other is not asked."""
    free = sa.func.review_free_place(Review.id).is_not(None)
    return set(session.scalars(sa.select(Review.id).where(Review.id == any_of(reviews), free)))
