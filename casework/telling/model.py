"""What was done since an identification was released, one row for each step.

Rows are added by people and never changed: what was planned is answered by a later row. What
was said is sealed with the missing person's key, as how their family is reached; what kind of
step it is and by when stands in clear, for what is due.
"""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.identifications.model import OfPair
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, sealed


class StepKind(StrEnum):
    """What a step is."""

    TALK_PLANNED = "talk_planned"
    TOLD = "told"
    NOT_REACHED = "not_reached"
    ASKED_TO_WAIT = "asked_to_wait"
    SUPPORT_OFFERED = "support_offered"
    RETURN_PLANNED = "return_planned"
    PAPERS_READY = "papers_ready"
    LEFT = "left"
    ARRIVED = "arrived"
    RECEIVED = "received"
    BELONGING_RETURNED = "belonging_returned"
    BELONGING_KEPT = "belonging_kept"
    CALL_AGREED = "call_agreed"
    CALL_HELD = "call_held"
    CALL_NOT_HELD = "call_not_held"
    WANTS_NO_CONTACT = "wants_no_contact"
    WANTS_CONTACT = "wants_contact"
    WANTS_OTHER_OPINION = "wants_other_opinion"
    OPINION_ANSWERED = "opinion_answered"
    RECALL_TOLD = "recall_told"
    # What a letter to the family, or a note to an authority, is to say: printed from here.
    LETTER = "letter"
    NOTE = "note"


class TellingStep(OfPair, Base):
    """One step after a release, as somebody entered it; it is never changed."""

    __tablename__ = "telling_step"
    __table_args__ = (sa.UniqueConstraint("closes_id"),)

    kind: Mapped[StepKind] = column(reveals=Reveals.CONTACT)
    happened_on: Mapped[date | None] = column(reveals=Reveals.CONTACT)
    # By when something has to follow; open until a later row closes it.
    due_on: Mapped[date | None] = column(reveals=Reveals.CONTACT)
    decision_id: Mapped[int] = column(
        sa.ForeignKey("decision.id", ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    closes_id: Mapped[int | None] = column(
        sa.ForeignKey("telling_step.id", ondelete="CASCADE"), reveals=Reveals.NOTHING
    )
    told = sealed(reveals=Reveals.CONTACT, kind=JSON)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
