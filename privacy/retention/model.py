"""What retention has said and done: warnings, holds, and each round of the clock."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class Stage(StrEnum):
    """How near a record is to its end. No stage is skipped."""

    REVIEW = "review"  # its time is over: its institution is asked whether it is still needed
    REMINDER = "reminder"  # nobody answered
    RESTRICTED = "restricted"  # closed to others: of a record that this was chosen for
    ERASED = "erased"


class OfOneRecord:
    """Points at a missing person, at remains or at somebody alive, and says whose they are."""

    missing_person_id: Mapped[int | None] = column(
        sa.ForeignKey("missing_person.id"), index=True, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int | None] = column(
        sa.ForeignKey("remains.id"), index=True, reveals=Reveals.NOTHING
    )
    living_person_id: Mapped[int | None] = column(
        sa.ForeignKey("living_person.id"), index=True, reveals=Reveals.NOTHING
    )
    owner_institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), index=True, reveals=Reveals.NOTHING
    )


def one_record() -> sa.CheckConstraint:
    """Make the database refuse a row about no record, or about two."""
    return sa.CheckConstraint(
        "num_nonnulls(missing_person_id, remains_id, living_person_id) = 1", name="one_record"
    )


class RetentionNotice(OfOneRecord, Base):
    """One step towards erasure, said on the day it was taken."""

    __tablename__ = "retention_notice"
    __table_args__ = (
        one_record(),
        sa.UniqueConstraint(
            "missing_person_id",
            "remains_id",
            "living_person_id",
            "stage",
            "due_on",
            name="uq_retention_notice_record_stage_due_on",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), index=True, reveals=Reveals.NOTHING)
    stage: Mapped[Stage] = column(reveals=Reveals.NOTHING)
    rule: Mapped[str] = column(sa.String(60), reveals=Reveals.NOTHING)
    # The day the record's time was over; a renewal starts the steps anew.
    due_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    noted_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class RetentionHold(OfOneRecord, Base):
    """A reason to keep a record beyond its time. One person places it; two lift it."""

    __tablename__ = "retention_hold"
    __table_args__ = (
        one_record(),
        sa.CheckConstraint("lifted_by <> lift_asked_by", name="lifted_by_another"),
        sa.CheckConstraint(
            "lifted_by IS NULL OR lift_asked_by IS NOT NULL", name="lifted_when_asked"
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), index=True, reveals=Reveals.NOTHING)
    # Why, in a sentence that names nobody; the form asks for that.
    reason: Mapped[str] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    until: Mapped[date] = column(reveals=Reveals.NOTHING)
    placed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    placed_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
    lift_asked_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    lift_asked_by: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), reveals=Reveals.NOTHING
    )
    lifted_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    lifted_by: Mapped[int | None] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class Outcome(StrEnum):
    """How a round of retention ended."""

    DONE = "done"
    CLOCK_DOUBTED = (
        "clock_doubted"  # the clock jumped: nothing is erased until a person says so
    )
    CLOCK_CONFIRMED = "clock_confirmed"


class RetentionRound(Base):
    """One round: when it looked, and what it did. The next one measures the clock by it."""

    __tablename__ = "retention_round"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    outcome: Mapped[Outcome] = column(reveals=Reveals.NOTHING)
    noted: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    erased: Mapped[int] = column(default=0, reveals=Reveals.NOTHING)
    confirmed_by: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), reveals=Reveals.NOTHING
    )
