"""What one institution asks of another, and what the two write to each other about it.

A request and its messages are added and never changed; where it stands is the last step that
somebody wrote. Each request has a key of its own, which goes when the record that it is about
is erased.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission
from privacy.sealing.columns import SealedRow, sealed


class RequestKind(StrEnum):
    """What is asked for."""

    RECORD = "record"
    SAMPLE = "sample"
    DOCUMENT = "document"
    VISIT = "visit"
    NOTIFICATION = "notification"
    REFERRAL = "referral"  # another institution is asked to help with a file
    TRANSFER = "transfer"  # and here to keep it from now on
    SIGNING = "signing"  # a forensic service is asked to sign for a keeper that cannot


class Step(StrEnum):
    """What becomes of a request; before the first step it is open."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OfficeRequest(SealedRow, Base):
    """What one institution asks of another, about one record or about none."""

    __tablename__ = "office_request"
    __table_args__ = (
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id) <= 1", name="about_one_record"
        ),
    )
    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.IDENTITY: Permission.REQUEST_READ
    }

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int | None] = column(
        sa.ForeignKey(MissingPerson.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int | None] = column(
        sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    from_institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    to_institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    kind: Mapped[RequestKind] = column(reveals=Reveals.CIRCUMSTANCE)
    due_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    words = sealed(reveals=Reveals.IDENTITY)
    sent_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    sent_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)


class OfficeMessage(PartOf, SealedRow, Base):
    """What one of the two institutions wrote, or what it did with the request, or both."""

    __tablename__ = "office_message"
    record_table = "office_request"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    step: Mapped[Step | None] = column(reveals=Reveals.NOTHING)
    words = sealed(reveals=Reveals.IDENTITY)
    written_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    written_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    case: Mapped[OfficeRequest] = relationship()


class OfficeReading(PartOf, Base):
    """How far somebody of an institution has read a request and its messages."""

    __tablename__ = "office_reading"
    record_table = "office_request"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    # The number of the last message that was read; 0 is the request itself.
    up_to: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    read_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    read_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
