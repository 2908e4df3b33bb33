"""Asking to open a blinded proposal, and what both keepers said to it.

Rows are added, never changed by anybody's hand: what an answer leads to the database does
itself, and enters it in the ledger of consents (ADR 0052). The words are sealed with the key of
the remains, whose record both institutions may read.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.candidates.rules import Band
from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class Answer(StrEnum):
    """What a keeper says to a request."""

    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """Why nothing is asked or open any more."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by either keeper, a family's no, or a record that moved
    UNANSWERED = "unanswered"
    LAPSED = "lapsed"  # it was open until a day that is past


class _OfRemains(PartOf, SealedRow):
    record_table = "remains"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    words = sealed(reveals=Reveals.CIRCUMSTANCE)

    @declared_attr
    def case(cls) -> Mapped[Remains]:  # noqa: N805 - SQLAlchemy passes the class
        return relationship(Remains)


class Unblinding(_OfRemains, Base):
    """That one keeper asked the other to open a pair, until when, and what became of it."""

    __tablename__ = "unblinding"
    __table_args__ = (
        sa.CheckConstraint(
            "(opened_at IS NULL) = (open_until IS NULL)"
            " AND (ended_at IS NULL) = (ended_how IS NULL)",
            name="open_until_a_day",
        ),
        # Of two who ask at once the second is told that it is asked.
        sa.Index(
            "uq_unblinding_under_way",
            "missing_person_id",
            "case_id",
            unique=True,
            postgresql_where=sa.column("ended_at").is_(None),
        ),
    )

    # A proposal may go and come again; the two records say which pair it is.
    pairing_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    # This, whose both are, and the band are written by the database: who asks may not know.
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    person_institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    remains_institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    band: Mapped[Band] = column(reveals=Reveals.NOTHING)
    asking_institution_id: Mapped[int] = column(
        sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING
    )
    asked_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    asked_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    answer_by: Mapped[date] = column(reveals=Reveals.NOTHING)
    opened_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    open_until: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    ended_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    ended_how: Mapped[Ending | None] = column(reveals=Reveals.NOTHING)


class UnblindingAnswer(_OfRemains, Base):
    """What a coordinator of one of the two keepers said to it; the newest of each counts."""

    __tablename__ = "unblinding_answer"

    unblinding_id: Mapped[int] = column(
        sa.ForeignKey(Unblinding.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    answered_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    said: Mapped[Answer] = column(reveals=Reveals.NOTHING)
    until: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    # Why it may be opened although nobody of the family said so: it goes into the ledger.
    assessment: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    answered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
