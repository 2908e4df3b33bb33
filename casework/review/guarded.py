"""Reviews as the policies know them: parts of the missing person's file, opened as its body.

That is one half. A review is read only through a proposal that one may read; who sits beside
whom, and what they say, is held apart by the database (ADR 0049).
"""

from casework.missing.model import MissingPerson
from casework.review.model import (
    BoardMember,
    BoardMinutes,
    BoardVote,
    Opinion,
    OpinionDraft,
    Review,
    ReviewBoard,
    ReviewOutcome,
    ReviewSeat,
    ReviewSeatChange,
)
from privacy.permissions import Permission
from privacy.policy.guarded import Part, guard_part

PARTS = (
    Review,
    ReviewSeat,
    ReviewSeatChange,
    Opinion,
    OpinionDraft,
    ReviewBoard,
    BoardMember,
    BoardVote,
    BoardMinutes,
    ReviewOutcome,
)
for each in PARTS:
    guard_part(Part(each, MissingPerson, Permission.MISSING_BODY_READ))
