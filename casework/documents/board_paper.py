"""The minutes of a board, put together for paper: only once it is closed and votes are open."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from casework.candidates.queries import Proposal
from casework.documents.opinions import ShownOpinions, last_opinions
from casework.errors import Conflict, NotFound
from casework.review.model import (
    BoardMember,
    BoardMinutes,
    Conclusion,
    DecidedBy,
    ReviewOutcome,
)
from casework.review.presenters import conclusion_words, kind_words
from casework.review.queries import Board, board_of, last_review, outcomes_of
from casework.signin.queries import institution_names, names_behind
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.visit import Visit

NOT_CLOSED = marked("El acta se imprime cuando la junta se cerró: hasta entonces no hay acta.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMember:
    """One member, with their vote; a dissent stands as it was said."""

    who: str
    office: str
    conclusion: str = ""
    reason: str = ""
    dissents: bool = False
    explained: str = ""
    carries_exception: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBoard:
    """A board that is over: who sat in it, what each voted and why, and what was carried."""

    outcome: str
    is_exception: bool
    convened: str
    question: str
    closed: str
    count: str
    votes: tuple[ShownMember, ...]
    minutes: tuple[str, ...]
    unexplained: str
    opinions: ShownOpinions | None


def shown_board(visit: Visit, proposal: Proposal, teller: Teller) -> ShownBoard:
    """Put the minutes together.

    Raises
    ------
    NotFound
        If no board was convened, or it is closed to whoever asks.
    Conflict
        If it is not over.
    """
    session, viewer = visit.session, visit.viewer
    review = last_review(session, viewer, proposal)
    board = board_of(session, viewer, proposal, review, at=visit.at) if review else None
    if review is None or board is None:
        raise NotFound("board")
    outcome = outcomes_of(session, [review.id]).get(review.id, {}).get(DecidedBy.BOARD)
    if board.minutes is None or outcome is None:
        raise Conflict(NOT_CLOSED)
    return _shown(visit, proposal, board, outcome, minutes=board.minutes, teller=teller)


def _shown(
    visit: Visit,
    proposal: Proposal,
    board: Board,
    outcome: ReviewOutcome,
    *,
    minutes: BoardMinutes,
    teller: Teller,
) -> ShownBoard:
    instant, row = teller.wording.instant, board.row
    people = {each.account_id for each in board.members}
    names = names_behind(visit.session, {row.convened_by, minutes.closed_by, *people})
    offices = institution_names(visit.session, {each.institution_id for each in board.members})
    return ShownBoard(
        outcome=conclusion_words(outcome.conclusion, teller),
        is_exception=outcome.is_exception,
        convened=_said(instant(row.convened_at), names.get(row.convened_by, "")),
        question=row.question,
        closed=_said(instant(minutes.closed_at), names.get(minutes.closed_by, "")),
        count=_count(board, teller),
        votes=tuple(
            _member(
                board,
                each,
                outcome,
                who=names.get(each.account_id, teller.gettext("Una persona de la junta")),
                office=offices.get(each.institution_id, ""),
                teller=teller,
            )
            for each in board.members
        ),
        minutes=tuple(line for line in minutes.minutes.splitlines() if line.strip()),
        unexplained=_kinds(outcome.unexplained, teller),
        opinions=last_opinions(visit, proposal, teller),
    )


def _member(
    board: Board,
    member: BoardMember,
    outcome: ReviewOutcome,
    *,
    who: str,
    office: str,
    teller: Teller,
) -> ShownMember:
    given = board.votes.get(member.id)
    if given is None:
        return ShownMember(who=who, office=office)
    vote = given[1]
    return ShownMember(
        who=who,
        office=office,
        conclusion=conclusion_words(vote.conclusion, teller),
        reason=vote.reason,
        dissents=vote.conclusion is not outcome.conclusion,
        explained=_kinds(vote.explained, teller),
        carries_exception=vote.carries_exception,
    )


def _count(board: Board, teller: Teller) -> str:
    """Count the votes as they fell; who did not vote is counted too."""
    said = Counter(vote.conclusion for _, vote in board.votes.values())
    told = [f"{conclusion_words(each, teller)}: {said[each]}" for each in Conclusion]
    silent = len(board.members) - len(board.votes)
    did_not = teller.gettext("no votó")
    return "; ".join([*told, f"{did_not}: {silent}"])


def _kinds(kinds: Collection[str], teller: Teller) -> str:
    return ", ".join(kind_words(each, teller) for each in sorted(kinds)).lower()


def _said(when: str, who: str) -> str:
    return f"{when}, {who}" if who else when
