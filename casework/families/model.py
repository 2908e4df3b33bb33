"""Relatives and other givers, requests to lift a protection, notices to institutions."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.missing.model import MissingPerson
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class Kinship(StrEnum):
    """What somebody who gives information is to the missing person."""

    MOTHER = "mother"
    FATHER = "father"
    CHILD = "child"
    SIBLING = "sibling"
    SPOUSE = "spouse"
    OTHER_KIN = "other_kin"
    FRIEND = "friend"
    SELF = "self"  # the person, who may turn out to be alive and ask for silence
    UNKNOWN = "unknown"


class LiftState(StrEnum):
    """Where a request to lift a protection stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


class NoticeKind(StrEnum):
    """What an institution is told to do."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    RECALL_COPIES = "recall_copies"


class Relative(SealedRow, Base):
    """Somebody who gave information about one missing person, and may consent for themselves.

    The same mother in two files is two rows: link, never merge.
    """

    __tablename__ = "relative"
    case_of_key = "case"
    __table_args__ = (
        # What a consent points at, so that nobody consents in another file.
        sa.UniqueConstraint("id", "missing_person_id", name="uq_relative_case"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    kinship: Mapped[Kinship] = column(default=Kinship.UNKNOWN, reveals=Reveals.CONTACT)
    language: Mapped[str] = column(sa.String(20), default="", reveals=Reveals.CONTACT)
    name = sealed(reveals=Reveals.CONTACT)
    # How to reach them, and when it is safe to.
    contact = sealed(reveals=Reveals.CONTACT)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ProtectionRequest(Base):
    """A request to let consulates see a file, decided by a second person."""

    __tablename__ = "protection_request"
    __table_args__ = (
        sa.CheckConstraint("decided_by <> requested_by", name="decided_by_a_second_person"),
        sa.CheckConstraint(
            "(state = 'requested') = (decided_at IS NULL)"
            " AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decided_by_somebody",
        ),
        sa.CheckConstraint("length(trim(grounds)) >= 20", name="grounds_are_written"),
        # One at a time for each file.
        sa.Index(
            "uq_protection_request_open",
            "missing_person_id",
            unique=True,
            postgresql_where=sa.text("state = 'requested'"),
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    # The officer who decides does not open the file: the reference is what they speak of.
    reference: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    # What the person said or showed, to whom and when; read by the officer who decides.
    grounds: Mapped[str] = column(sa.Text, reveals=Reveals.IDENTITY)
    state: Mapped[LiftState] = column(default=LiftState.REQUESTED, reveals=Reveals.NOTHING)
    requested_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    requested_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    decided_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    decided_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    reason: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)


class Notice(Base):
    """What one institution must know and do about a file it was once allowed to read."""

    __tablename__ = "notice"
    __table_args__ = (sa.Index("ix_notice_unread", "institution_id", "read_at"),)

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), reveals=Reveals.NOTHING
    )
    sender_institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), reveals=Reveals.NOTHING
    )
    kind: Mapped[NoticeKind] = column(reveals=Reveals.NOTHING)
    # A code that says nothing to whoever has not read the file; no foreign key, on purpose.
    about: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    # What is closed now: category/purpose, separated by spaces.
    items: Mapped[str] = column(sa.Text, default="", reveals=Reveals.NOTHING)
    # Which copies were handed out: their numbers, separated by spaces.
    copies: Mapped[str] = column(sa.Text, default="", reveals=Reveals.NOTHING)
    sent_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    read_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    read_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
