"""Pairs that nothing can be said of now: out of the list, and back by themselves.

A pair is parked when the last that came of it is that there is not enough to say, or that it
is premature. It is no row of its own: it comes back by itself once either record, or what
stands beside the pair, has changed since, or what was asked of one of them was answered.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import any_of
from casework.desk.model import OfficeMessage, OfficeRequest, Step
from casework.identifications.asking import kinds_asked
from casework.identifications.model import (
    Decision,
    DecisionEnd,
    DecisionOutcome,
    DecisionSignature,
    GateEntry,
)
from casework.kinship.model import DnaResult
from casework.missing.model import MissingPerson
from casework.queue.noted import noted_of_people, noted_of_remains
from casework.queue.states import reviewed_since
from casework.remains.model import Remains
from casework.review.blind import Pair, yet_to_speak
from casework.review.fingerprints import fingerprints_of
from casework.review.model import Conclusion, DecidedBy, Review, ReviewBoard, ReviewOutcome
from privacy.permissions import Viewer


class Back(StrEnum):
    """What has changed since a pair was parked."""

    PERSON = "person"
    REMAINS = "remains"
    ANSWERED = "answered"  # what was asked of who keeps one of the two
    BESIDE = "beside"  # a result of DNA, or what is on record for the gate


OF_RECORDS = frozenset({Back.PERSON, Back.REMAINS})
READ_AGAIN = 40  # records whose clock went on are read for a page; our choice


@dataclass(frozen=True, slots=True)
class Parked:
    """What is parked, and what came back with what has changed."""

    resting: frozenset[Pair]
    back: Mapping[Pair, frozenset[Back]]


def parked_of(session: Session, viewer: Viewer, *, at: datetime) -> Parked:
    """Say which pairs are parked, and which of those that were have come back.

    That a record changed is asked of its clock first, and then of what is compared: a
    telephone number that changed tells nothing new of a pair. What was noted of prints, of
    X-rays or of a sample does, though no weight is told of it. Of a premature decision the
    clock alone counts: what it lacks is mostly what nobody weighs. Nor is a pair parked for
    whoever has yet to speak of it blind: that it rests would tell them what was concluded.
    """
    since, said = _parked(session)
    for pair in yet_to_speak(session, viewer, since.keys()):
        del since[pair]
    if not since:
        return Parked(frozenset(), {})
    back, named = _newer(session, since)
    back = _say_something_else(session, viewer, back, said, at=at)
    back = {pair: what | named[pair] for pair, what in back.items()}
    resting = frozenset(pair for pair, what in back.items() if not what)
    return Parked(resting, {pair: what for pair, what in back.items() if what})


def _newer(
    session: Session, since: Mapping[Pair, datetime]
) -> tuple[dict[Pair, frozenset[Back]], dict[Pair, frozenset[Back]]]:
    """Say by clocks what is newer than the parking, and what was noted since."""
    people, remains = {pair[0] for pair in since}, {pair[1] for pair in since}
    of_person, of_remains = (
        _changed(session, MissingPerson, people),
        _changed(session, Remains, remains),
    )
    noted = (noted_of_people(session, people), noted_of_remains(session, remains))
    beside, answered = _beside(session, people), _answered(session, since)
    back, named = {}, {}
    for pair, parked_at in since.items():
        last = {
            Back.PERSON: of_person.get(pair[0]),
            Back.REMAINS: of_remains.get(pair[1]),
            Back.ANSWERED: answered.get(pair),
            Back.BESIDE: beside.get(pair),
        }
        newly = {Back.PERSON: noted[0].get(pair[0]), Back.REMAINS: noted[1].get(pair[1])}
        back[pair], named[pair] = _after(parked_at, last), _after(parked_at, newly)
    return back, named


def _after(parked_at: datetime, last: Mapping[Back, datetime | None]) -> frozenset[Back]:
    return frozenset(what for what, when in last.items() if when and when > parked_at)


def _parked(session: Session) -> tuple[dict[Pair, datetime], dict[Pair, str]]:
    """Say since when pairs are parked, and what both records said, as a fingerprint of it.

    Of a pair that a premature decision parked nothing is held against what it says now.
    """
    since: dict[Pair, datetime] = {}
    reviews: dict[Pair, int | None] = {}
    for case_id, remains_id, at, review_id in (*_insufficient(session), *_premature(session)):
        pair = (case_id, remains_id)
        if pair not in since or at >= since[pair]:  # a decision comes after its review
            since[pair], reviews[pair] = at, review_id
    numbers = any_of({each for each in reviews.values() if each})
    told = sa.select(Review.id, Review.said_fingerprint).where(Review.id == numbers)
    said = {row[0]: row[1] for row in session.execute(told)} if reviews else {}
    return since, {pair: said.get(each or 0, "") for pair, each in reviews.items()}


def _say_something_else(
    session: Session,
    viewer: Viewer,
    back: Mapping[Pair, frozenset[Back]],
    said: Mapping[Pair, str],
    *,
    at: datetime,
) -> dict[Pair, frozenset[Back]]:
    """Take out that a record changed where both say, of what is compared, what they said.

    Only so many are read again for one page; beyond, and where no review was held, the clock
    alone counts: once too often rather than never.
    """
    changed = [pair for pair, what in back.items() if what & OF_RECORDS and said[pair]]
    if not changed:
        return dict(back)
    now = fingerprints_of(session, viewer, changed[:READ_AGAIN], at=at)
    return {
        pair: what - OF_RECORDS if now.get(pair, "-") == said[pair] else what
        for pair, what in back.items()
    }


def _insufficient(session: Session) -> Iterable[Any]:
    """Give the pairs of which the last review came to no more, and when.

    One table after another, as `casework.queue.states` reads them.
    """
    found = session.execute(
        sa.select(
            ReviewOutcome.id,
            ReviewOutcome.review_id,
            ReviewOutcome.reached_at,
            ReviewOutcome.decided_by,
        ).where(ReviewOutcome.conclusion == Conclusion.INSUFFICIENT)
    ).all()
    if not found:
        return []
    numbers = any_of({row.review_id for row in found})
    newest = sa.select(sa.func.max(ReviewOutcome.id)).where(ReviewOutcome.review_id == numbers)
    last = set(session.scalars(newest.group_by(ReviewOutcome.review_id)))
    later = set(
        session.scalars(sa.select(Review.follows_id).where(Review.follows_id == numbers))
    )
    convened = sa.select(ReviewBoard.review_id).where(ReviewBoard.review_id == numbers)
    boards = set(session.scalars(convened))
    told = sa.select(Review.id, Review.case_id, Review.remains_id).where(Review.id == numbers)
    pairs = {row.id: (row.case_id, row.remains_id) for row in session.execute(told)}
    return [
        (*pairs[row.review_id], row.reached_at, row.review_id)
        for row in found
        if row.id in last
        and row.review_id in pairs.keys() - later
        and (row.review_id not in boards or row.decided_by is DecidedBy.BOARD)
    ]


def _premature(session: Session) -> Iterable[Any]:
    """Give the pairs whose keepers both signed that it is too early, and when."""
    early = sa.select(Decision.id).where(Decision.outcome == DecisionOutcome.PREMATURE)
    numbers = session.scalars(early).all()
    if not numbers:
        return []
    signed = sa.func.max(DecisionSignature.entered_at)
    return session.execute(
        sa.select(Decision.case_id, Decision.remains_id, signed, sa.null())
        .join(DecisionSignature, DecisionSignature.decision_id == Decision.id)
        .where(
            Decision.id == any_of(numbers),
            ~sa.exists().where(DecisionEnd.decision_id == Decision.id),
            sa.func.decision_is_locked(Decision.id),
            ~reviewed_since(),
        )
        .group_by(Decision.case_id, Decision.remains_id)
    )


def _changed(session: Session, model: Any, numbers: Collection[int]) -> dict[int, datetime]:
    wanted = sa.select(model.id, model.changed_at).where(model.id == any_of(numbers))
    return {row[0]: row[1] for row in session.execute(wanted)}


def _answered(session: Session, pairs: Collection[Pair]) -> dict[Pair, datetime]:
    """Give when something that was asked of one of the two records was last answered."""
    people, remains = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    asked = (
        sa.select(
            OfficeRequest.missing_person_id,
            OfficeRequest.remains_id,
            sa.func.max(OfficeMessage.written_at),
        )
        .join(OfficeMessage, OfficeMessage.case_id == OfficeRequest.id)
        .where(
            OfficeMessage.step == Step.ANSWERED,
            OfficeRequest.kind.in_(kinds_asked()),
            (OfficeRequest.missing_person_id == any_of(people))
            | (OfficeRequest.remains_id == any_of(remains)),
        )
        .group_by(OfficeRequest.missing_person_id, OfficeRequest.remains_id)
    )
    last = {(row[0], row[1]): row[2] for row in session.execute(asked)}
    found = {}
    for pair in pairs:
        of_pair = [last.get((pair[0], None)), last.get((None, pair[1]))]
        if answered := [each for each in of_pair if each]:
            found[pair] = max(answered)
    return found


def _beside(session: Session, people: Collection[int]) -> dict[Pair, datetime]:
    """Give when something was last put beside a pair."""
    last: dict[Pair, datetime] = {}
    for model, entered in (
        (DnaResult, DnaResult.entered_at),
        (GateEntry, GateEntry.entered_at),
    ):
        wanted = sa.select(model.case_id, model.remains_id, sa.func.max(entered)).where(
            model.case_id == any_of(people)
        )
        for row in session.execute(wanted.group_by(model.case_id, model.remains_id)):
            pair = (row[0], row[1])
            last[pair] = max(row[2], last.get(pair, row[2]))
    return last
