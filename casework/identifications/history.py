"""What became of a pair before today: each reader is told what they may know of it.

Whoever still has to speak blind reads that an earlier review or decision was there and when,
never what it said: that is theirs to read once their own opinion is given (ADR 0049).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.by_hand import by_hand_of
from casework.candidates.model import PairByHand
from casework.candidates.queries import Proposal
from casework.identifications.model import Decision, DecisionOutcome, EndCause
from casework.identifications.queries import (
    Decided,
    DecisionState,
    decisions_in_clear,
    pairs_of,
)
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.review.blind import speaks_yet
from casework.review.model import DecidedBy, Review, ReviewOutcome
from casework.review.queries import outcomes_of, reviews_of
from casework.review.turns import keepers_of
from casework.unblinding.queries import Asked, State, asked_of
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

Outcomes = Mapping[DecidedBy, ReviewOutcome]


@dataclass(frozen=True, slots=True)
class History:
    """All that was done about a pair, as far as the viewer may know it.

    `is_withheld`: the viewer has yet to speak blind, so that of what was concluded before
    nothing is told but the day.
    """

    proposal: Proposal
    reviews: Sequence[tuple[Review, Outcomes]]
    decisions: Sequence[Decided]
    asked: Sequence[Asked]
    by_hand: PairByHand | None
    is_withheld: bool
    may_ask: bool


def history_of(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> History:
    """Read what was done about a pair; but why it was opened by hand, all in clear."""
    reviews = reviews_of(session, viewer, proposal)
    outcomes = outcomes_of(session, [each.id for each in reviews]) if reviews else {}
    asked = asked_of(session, viewer, proposal.pairing.id, at=at)
    return History(
        proposal,
        [(each, outcomes.get(each.id, {})) for each in reviews],
        _decisions_of(session, viewer, proposal),
        asked,
        _opened_by_hand(session, viewer, proposal, at=at),
        is_withheld=speaks_yet(session, viewer, (proposal.person.id, proposal.remains.id))
        or (not reviews and _may_be_asked(viewer)),
        may_ask=_may_ask(viewer, proposal, asked),
    )


def _may_be_asked(viewer: Viewer) -> bool:
    """Say whether somebody may sit down to a pair that nobody was asked to look at yet."""
    may = viewer.may
    return may(Permission.REVIEW_EXAMINE) and not may(Permission.REVIEW_ASSIGN)


def _opened_by_hand(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> PairByHand | None:
    """Give who opened the pair by hand; why, only where the body is open."""
    if proposal.pairing.found_by is None:
        return None
    found = by_hand_of(session, proposal.person.id, proposal.remains.id)
    if found is not None and proposal.shows(Reveals.BODY):
        open_group(session, viewer, [found], Reveals.BODY, at=at)
    return found


def _decisions_of(session: Session, viewer: Viewer, proposal: Proposal) -> list[Decided]:
    one, other = proposal.person, proposal.remains
    rows = session.scalars(
        sa.select(Decision)
        .where(Decision.case_id == one.id, Decision.remains_id == other.id)
        .order_by(Decision.id)
    ).all()
    return decisions_in_clear(session, viewer, rows, {(one.id, other.id): (one, other)})


def _may_ask(viewer: Viewer, proposal: Proposal, asked: Collection[Asked]) -> bool:
    """Say whether there is another keeper to be asked, and nothing is asked or open yet."""
    keepers = keepers_of(proposal)
    return (
        viewer.may(Permission.UNBLINDING_ASK)
        and viewer.institution_id in keepers
        and len(keepers) > 1
        and not any(each.state in {State.WAITS, State.OPEN} for each in asked)
    )


def recalled_of(
    session: Session, viewer: Viewer, record: MissingPerson | Remains, *, at: datetime
) -> list[Decided]:
    """Give the identifications of a record that were taken back, unless another stands since.

    Only where the viewer reads the other record too: who it was says as much as its file.
    """
    if not viewer.may(Permission.DECISION_READ):
        return []
    is_person = isinstance(record, MissingPerson)
    column = Decision.case_id if is_person else Decision.remains_id
    rows = session.scalars(
        sa.select(Decision)
        .where(column == record.id, Decision.outcome == DecisionOutcome.IDENTIFICATION)
        .order_by(Decision.id.desc())
    ).all()
    pairs = pairs_of(session, viewer, rows, at=at)
    found: list[Decided] = []
    for each in decisions_in_clear(session, viewer, rows, pairs):
        if each.state is DecisionState.LOCKED:
            break  # the newest come first: what was taken back before is over
        if each.end is not None and each.end.cause is EndCause.RECALLED:
            found.append(each)
    return found
