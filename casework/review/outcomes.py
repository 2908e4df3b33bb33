"""What came of opinions and votes, once they are given: told to those who go on from there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.review import rules
from casework.review.model import BoardVote, DecidedBy, Review, ReviewOutcome
from casework.review.queries import BLIND, opinions_in, seats_of, standing_in
from casework.review.rules import Reached
from casework.review.said import GROUPS, Said, read_back, read_vote
from casework.review.turns import keepers_of
from privacy.model import Reveals
from privacy.permissions import Role, Viewer
from privacy.sealing.opening import open_fields

COORDINATORS = (Role.FORENSIC_COORDINATOR,)


def reach_by_two(
    session: Session, viewer: Viewer, proposal: Proposal, review: Review, *, at: datetime
) -> None:
    """Write down what came of two opinions, and let those know who wait for it."""
    one, other = _both(session, review)
    reached = rules.reached_by_two(one, other)
    reach(session, viewer, review, reached, by=DecidedBy.EXAMINERS, at=at)
    here = f"/pairings/{proposal.pairing.id}/review"
    for seat in seats_of(session, review):
        if seat.is_held and seat.row.account_id != viewer.account_id:
            told = Told(
                kind=NotificationKind.REVIEW_SPOKEN,
                account_id=seat.row.account_id,
                path=here,
                key=f"review:{review.id}:spoken:{seat.row.id}",
            )
            tell(session, told, at=at)
    tell_those_who_decide(session, proposal, f"review:{review.id}:spoken", path=here, at=at)


def reach_by_third(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    review: Review,
    *,
    said: Said,
    at: datetime,
) -> None:
    """Write down what a third person left, and let the coordinators know."""
    before = standing_in(session, review).unexplained
    reached = rules.reached_by_third(said, before)
    reach(session, viewer, review, reached, by=DecidedBy.THIRD, at=at)
    here = f"/pairings/{proposal.pairing.id}/review"
    tell_those_who_decide(session, proposal, f"review:{review.id}:third", path=here, at=at)


def _both(session: Session, review: Review) -> list[Said]:
    """Read both opinions whole: to nobody is more told of it than what came of both."""
    held = [each.row for each in seats_of(session, review) if each.is_held]
    rows = opinions_in(session, [row.id for row in held if row.place in BLIND])
    for group in GROUPS:
        open_fields(session, rows, group)
    return [read_back(row) for row in rows]


def reach_by_board(
    session: Session,
    viewer: Viewer,
    review: Review,
    votes: Collection[BoardVote],
    *,
    members: int,
    at: datetime,
) -> None:
    """Write down what more than half of a board's members carried."""
    open_fields(session, votes, Reveals.BODY)
    before = standing_in(session, review).unexplained
    said = [read_vote(each.said) for each in votes]
    reached = rules.reached_by_board(said, members, before)
    reach(session, viewer, review, reached, by=DecidedBy.BOARD, at=at)


def contested_in(session: Session, review: Review) -> frozenset[str]:
    """Name what a third person must say something of."""
    one, other = _both(session, review)
    return rules.contested_by(one, other) | rules.reached_by_two(one, other).unexplained


def reach(
    session: Session,
    viewer: Viewer,
    review: Review,
    reached: Reached,
    *,
    by: DecidedBy,
    at: datetime,
) -> None:
    """Write down what came of opinions or of votes."""
    session.add(
        ReviewOutcome(
            review_id=review.id,
            case_id=review.case_id,
            decided_by=by,
            conclusion=reached.conclusion,
            unexplained=sorted(reached.unexplained),
            is_exception=reached.is_exception,
            reached_at=at,
            reached_by=viewer.account_id,
        )
    )
    session.flush()


def tell_those_who_decide(
    session: Session, proposal: Proposal, key: str, *, path: str, at: datetime
) -> None:
    """Let the coordinators of both keepers know that there is something to do."""
    for institution in keepers_of(proposal):
        told = Told(
            kind=NotificationKind.REVIEW_SPOKEN,
            institution_id=institution,
            roles=COORDINATORS,
            path=path,
            key=f"{key}:{institution}",
        )
        tell(session, told, at=at)
