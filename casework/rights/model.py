"""Requests of people about their own data, and every step taken on them."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from privacy.model import Base, Reveals, column
from privacy.retention.model import OfOneRecord, one_record


class RequestKind(StrEnum):
    """What somebody may ask for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    OBJECTION = "objection"


class Asker(StrEnum):
    """Who asks. Each hears of themselves; nobody hears of the others."""

    PERSON = "person"  # the one who was reported missing, and is not any more
    RELATIVE = "relative"  # somebody who gave information, about what they gave
    REPRESENTATIVE = "representative"  # with a power of attorney, for the person


class IdentityProof(StrEnum):
    """How it was made sure that the asker is who they say."""

    DOCUMENT_SEEN = "document_seen"
    KNOWN_TO_INSTITUTION = "known_to_institution"
    VIDEO_CALL = "video_call"
    POWER_OF_ATTORNEY = "power_of_attorney"


class RequestState(StrEnum):
    """How far a request has come."""

    RECEIVED = "received"
    PROPOSED = "proposed"  # one person would erase; a second one has to agree
    GRANTED = "granted"
    REFUSED = "refused"
    CARRIED_OUT = "carried_out"


class StepKind(StrEnum):
    """One thing done about a request."""

    RECEIVED = "received"
    GRANTED = "granted"
    REFUSED = "refused"
    PROPOSED = "proposed"
    RETURNED = "returned"  # the second person did not agree
    CONFIRMED = "confirmed"
    REPORT_MADE = "report_made"
    CORRECTED = "corrected"
    RESTRICTED = "restricted"
    RELEASED = "released"  # the restriction was lifted
    STOPPED = "stopped"  # the ledger's entries for a purpose were withdrawn
    ERASED = "erased"
    ANSWERED = "answered"


class RightsRequest(OfOneRecord, Base):
    """What one person asked about one record, and until when it must be answered."""

    __tablename__ = "rights_request"
    __table_args__ = (
        one_record(),
        sa.CheckConstraint("due_on >= received_on", name="due_after_received"),
        # Nobody erases alone.
        sa.CheckConstraint("confirmed_by <> decided_by", name="confirmed_by_another"),
        # Nobody opens a whole file by a request that they wrote down themselves.
        sa.CheckConstraint(
            "kind <> 'access' OR state IN ('received', 'refused') OR decided_by <> recorded_by",
            name="granted_by_another",
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    kind: Mapped[RequestKind] = column(index=True, reveals=Reveals.NOTHING)
    about: Mapped[str] = column(sa.String(40), index=True, reveals=Reveals.NOTHING)
    asker: Mapped[Asker] = column(reveals=Reveals.NOTHING)
    relative_id: Mapped[int | None] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    identity_proof: Mapped[IdentityProof] = column(reveals=Reveals.NOTHING)
    received_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    due_on: Mapped[date] = column(index=True, reveals=Reveals.NOTHING)
    state: Mapped[RequestState] = column(index=True, reveals=Reveals.NOTHING)
    recorded_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
    decided_by: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), reveals=Reveals.NOTHING
    )
    confirmed_by: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), reveals=Reveals.NOTHING
    )

    steps: Mapped[list["RightsStep"]] = relationship(
        order_by="RightsStep.id", back_populates="request"
    )


class RightsStep(Base):
    """One step on a request: who, when, and why in a sentence. Never changed."""

    __tablename__ = "rights_step"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    request_id: Mapped[int] = column(
        sa.ForeignKey("rights_request.id"), index=True, reveals=Reveals.NOTHING
    )
    at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
    kind: Mapped[StepKind] = column(reveals=Reveals.NOTHING)
    # The reason, in words that name nobody; the form asks for that.
    reason: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)

    request: Mapped[RightsRequest] = relationship(back_populates="steps")
