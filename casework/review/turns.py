"""What every deed on a review begins and ends with: one at a time, whose it is, a line."""

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.database import wait_for_turn
from casework.errors import NotFound
from casework.review import rules
from casework.review.model import Review
from casework.review.queries import last_review
from casework.review.rules import refuse
from privacy.permissions import Viewer


def take_turn(session: Session, proposal: Proposal) -> None:
    """Wait until nobody else changes the reviews of this pair."""
    wait_for_turn(session, f"review:{proposal.person.id}:{proposal.remains.id}")


def refuse_strangers(viewer: Viewer, proposal: Proposal) -> None:
    """Let only institutions that keep one of the two records go on.

    Raises
    ------
    Conflict
        If the viewer's keeps neither.
    """
    refuse(rules.NOT_KEPT_HERE, when=viewer.institution_id not in keepers_of(proposal))


def keepers_of(proposal: Proposal) -> set[int]:
    """Give the institutions that keep the two records: two, or one."""
    return {proposal.person.owner_institution_id, proposal.remains.owner_institution_id}


def review_of(session: Session, viewer: Viewer, proposal: Proposal) -> Review:
    """Give the last review of a pair.

    Raises
    ------
    NotFound
        If nobody was asked to look at it.
    """
    review = last_review(session, viewer, proposal)
    if review is None:
        raise NotFound("review")
    return review
