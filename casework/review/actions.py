"""Writing and giving one's opinion: each is one deed.

Whoever speaks waits for whoever is speaking: of two at the same moment the second sees the
first, and what came of both is reached once.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.deeds import record_about
from casework.candidates.queries import Proposal
from casework.errors import Conflict
from casework.review import rules
from casework.review.kinds import kinds_before
from casework.review.model import Opinion, OpinionDraft, Place, Review
from casework.review.outcomes import contested_in, reach_by_third, reach_by_two
from casework.review.queries import Seat, open_groups, own_draft, own_opinion, own_seat
from casework.review.rules import refuse
from casework.review.said import Said, write_into
from casework.review.turns import review_of, take_turn
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.columns import fields_of


def keep_draft(
    session: Session, viewer: Viewer, proposal: Proposal, said: Said, *, at: datetime
) -> OpinionDraft:
    """Keep what the viewer has written so far; it is read by nobody else.

    Raises
    ------
    Conflict
        If the viewer holds no seat, or has spoken.
    InvalidInput
        If more was written than is kept.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    if too_long := rules.too_long_in(said):
        raise rules.Lacking(too_long)
    take_turn(session, proposal)
    review, seat = _seated(session, viewer, proposal)
    draft = own_draft(session, viewer, seat) or OpinionDraft(
        review_id=review.id,
        case=proposal.person,
        seat_id=seat.row.id,
        account_id=viewer.account_id,
    )
    write_into(draft, said, open_groups(session, viewer, proposal, at=at))
    draft.kept_at = at
    session.add(draft)
    session.flush()
    record_about(session, Deed.OPINION_DRAFTED, viewer, proposal, at=at)
    return draft


def give_opinion(
    session: Session, viewer: Viewer, proposal: Proposal, said: Said, *, at: datetime
) -> Opinion:
    """Give one's opinion for good; the second of two also writes down what came of both.

    A third person may leave the conclusion to the board: theirs then has none.

    Raises
    ------
    Conflict
        If the viewer holds no seat or has spoken, or what they wrote of DNA cannot be read now.
    Lacking
        If something lacks in it; `fields` says what lacks where.
    """
    demand(viewer, Permission.REVIEW_EXAMINE)
    take_turn(session, proposal)
    review, seat = _seated(session, viewer, proposal)
    contested = contested_in(session, review) if seat.row.place is Place.THIRD else None
    kinds = kinds_before(proposal) if contested is None else contested
    lacking = rules.lacking_in(said, list(kinds))
    if contested is not None:
        lacking = {at_: told for at_, told in lacking.items() if told != rules.NO_CONCLUSION}
    if lacking:
        raise rules.Lacking(lacking)
    groups = open_groups(session, viewer, proposal, at=at)
    _drop_draft(session, viewer, seat, groups)
    opinion = Opinion(
        review_id=review.id,
        case=proposal.person,
        seat_id=seat.row.id,
        account_id=viewer.account_id,
        given_at=at,
    )
    write_into(opinion, said, groups)
    session.add(opinion)
    session.flush()
    record_about(session, Deed.OPINION_GIVEN, viewer, proposal, at=at)
    if seat.row.place is Place.THIRD:
        reach_by_third(session, viewer, proposal, review, said=said, at=at)
    elif session.scalar(sa.select(sa.func.review_is_spoken(review.id))):
        reach_by_two(session, viewer, proposal, review, at=at)
    return opinion


def _seated(session: Session, viewer: Viewer, proposal: Proposal) -> tuple[Review, Seat]:
    """Give the seat in which the viewer may speak still."""
    review = review_of(session, viewer, proposal)
    seat = own_seat(session, viewer, review)
    if seat is None or not proposal.shows(Reveals.BODY):
        raise Conflict(rules.NOT_YOUR_SEAT)
    refuse(rules.ALREADY_SPOKEN, when=own_opinion(session, viewer, seat) is not None)
    return review, seat


def _drop_draft(
    session: Session, viewer: Viewer, seat: Seat, groups: Collection[Reveals]
) -> None:
    draft = own_draft(session, viewer, seat)
    if draft is None:
        return
    hidden = any(
        getattr(draft, field.attribute) is not None and field.reveals not in groups
        for field in fields_of(OpinionDraft)
    )
    refuse(rules.PROVE_FOR_REST, when=hidden)
    session.delete(draft)
