"""Convening a board over two opinions, naming who sits in it, voting, and closing it."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.deeds import record_about
from casework.candidates.queries import Proposal
from casework.errors import Conflict, InvalidInput
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.review import rules
from casework.review.model import (
    BoardMember,
    BoardMinutes,
    BoardVote,
    Review,
    ReviewBoard,
)
from casework.review.outcomes import reach_by_board, tell_those_who_decide
from casework.review.queries import (
    Board,
    State,
    board_of,
    board_row,
    last_review,
    list_colleagues,
    members_in,
    standing_in,
    votes_in,
)
from casework.review.rules import refuse
from casework.review.said import Vote, written_vote
from casework.review.turns import refuse_strangers, take_turn
from privacy.audit.log import Deed
from privacy.permissions import Permission, Viewer, demand


def convene_board(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    *,
    members: Collection[int],
    question: str,
    at: datetime,
) -> ReviewBoard:
    """Convene a board, and name those of one's own institution who sit in it.

    Those of the other institution are named there (`name_members`).

    Raises
    ------
    NotPermitted
        If the duty convenes no boards.
    Conflict
        If both have not spoken, there is one already, or it is not for this institution to say.
    InvalidInput
        If somebody named is no colleague who looks at pairs.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    take_turn(session, proposal)
    refuse_strangers(viewer, proposal)
    review = _review(session, viewer, proposal)
    standing = standing_in(session, review)
    refuse(rules.NOT_YET_BOTH, when=standing.state is State.AWAITED)
    refuse(rules.ALREADY_CONVENED, when=board_row(session, review) is not None)
    board = ReviewBoard(
        review_id=review.id,
        case=proposal.person,
        question=question.strip()[: rules.LONGEST_REASON],
        convened_at=at,
        convened_by=viewer.account_id,
    )
    session.add(board)
    session.flush()
    record_about(session, Deed.BOARD_CONVENED, viewer, proposal, at=at)
    tell_those_who_decide(session, proposal, f"board:{board.id}", path=_path(proposal), at=at)
    _name(session, viewer, proposal, review, members=members, at=at)
    return board


def name_members(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    *,
    members: Collection[int],
    at: datetime,
) -> None:
    """Name more of one's own institution, until somebody votes.

    Raises
    ------
    As `convene_board`, and `Conflict` if there is no board or it has begun.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    take_turn(session, proposal)
    refuse_strangers(viewer, proposal)
    review = _review(session, viewer, proposal)
    refuse(rules.NO_BOARD, when=board_row(session, review) is None)
    begun = bool(session.scalar(sa.select(sa.func.board_has_begun(review.id))))
    refuse(rules.BOARD_BEGAN, when=begun)
    _name(session, viewer, proposal, review, members=members, at=at)


def cast_vote(
    session: Session, viewer: Viewer, proposal: Proposal, vote: Vote, *, at: datetime
) -> BoardVote:
    """Vote once, with a reason; the others read it when all have voted or it is closed.

    Raises
    ------
    Conflict
        If the viewer is no member or has voted, or the board is not whole or is over.
    Lacking
        If no reason is given.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    review, board = _board(session, viewer, proposal, at=at)
    own = next((m for m in board.members if m.account_id == viewer.account_id), None)
    if own is None:
        raise Conflict(rules.NOT_A_MEMBER)
    refuse(rules.BOARD_OVER, when=board.is_over)
    refuse(rules.BOARD_TOO_SMALL, when=not board.is_whole)
    refuse(rules.VOTED, when=own.id in board.votes)
    if not vote.reason.strip():
        raise rules.Lacking({"reason": rules.NO_REASON})
    if len(vote.reason) > rules.LONGEST_REASON:
        raise rules.Lacking({"reason": rules.TOO_LONG})
    row = BoardVote(
        review_id=review.id,
        case=proposal.person,
        member_id=own.id,
        account_id=viewer.account_id,
        said=written_vote(vote),
        voted_at=at,
    )
    session.add(row)
    session.flush()
    record_about(session, Deed.BOARD_VOTED, viewer, proposal, at=at)
    return row


def close_board(
    session: Session, viewer: Viewer, proposal: Proposal, *, minutes: str, at: datetime
) -> BoardMinutes:
    """Close a board with its minutes: what more than half of all its members said is carried.

    Who did not vote counts as a member who carried nothing.

    Raises
    ------
    NotPermitted
        If the duty closes no boards.
    Conflict
        If there is none, it is not whole or over, or it is not for this institution to say.
    InvalidInput
        If there are no minutes.
    """
    demand(viewer, Permission.REVIEW_ASSIGN)
    take_turn(session, proposal)
    refuse_strangers(viewer, proposal)
    review, board = _board(session, viewer, proposal, at=at)
    refuse(rules.BOARD_OVER, when=board.is_over)
    refuse(rules.BOARD_TOO_SMALL, when=not board.is_whole)
    if not minutes.strip():
        raise InvalidInput(rules.NO_MINUTES)
    row = BoardMinutes(
        review_id=review.id,
        case=proposal.person,
        minutes=minutes.strip(),
        closed_at=at,
        closed_by=viewer.account_id,
    )
    session.add(row)
    session.flush()
    # With the minutes the votes are open: until now they were not, to whoever closes either.
    votes = votes_in(session, review)
    reach_by_board(session, viewer, review, votes, members=len(board.members), at=at)
    record_about(session, Deed.BOARD_CLOSED, viewer, proposal, at=at)
    tell_those_who_decide(
        session, proposal, f"board:{board.row.id}:over", path=_path(proposal), at=at
    )
    return row


def _name(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    review: Review,
    *,
    members: Collection[int],
    at: datetime,
) -> None:
    if not set(members) <= {each.account_id for each in list_colleagues(session)}:
        raise InvalidInput(rules.NOT_A_COLLEAGUE)
    named = {each.account_id for each in members_in(session, review)}
    for account_id in sorted(set(members) - named):
        member = BoardMember(
            review_id=review.id,
            case_id=review.case_id,
            account_id=account_id,
            institution_id=viewer.institution_id,
            named_at=at,
            named_by=viewer.account_id,
        )
        session.add(member)
        session.flush()
        told = Told(
            kind=NotificationKind.REVIEW_WAITS,
            account_id=account_id,
            path=_path(proposal),
            key=f"board_member:{member.id}",
        )
        tell(session, told, at=at)
    record_about(session, Deed.BOARD_NAMED, viewer, proposal, at=at)


def _review(session: Session, viewer: Viewer, proposal: Proposal) -> Review:
    review = last_review(session, viewer, proposal)
    if review is None:
        raise Conflict(rules.NOT_YET_BOTH)
    return review


def _board(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> tuple[Review, Board]:
    review = _review(session, viewer, proposal)
    board = board_of(session, viewer, proposal, review, at=at)
    if board is None:
        raise Conflict(rules.NO_BOARD)
    return review, board


def _path(proposal: Proposal) -> str:
    return f"/pairings/{proposal.pairing.id}/board"
