"""What people said they can give to reviews. Rows are kept: a later one replaces an earlier."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column


class ReviewHours(Base):
    """How many hours a week somebody has for looking at proposals, from that day on."""

    __tablename__ = "review_hours"
    __table_args__ = (
        sa.CheckConstraint("hours >= 0 AND hours <= 60", name="hours_of_a_week"),
        sa.Index("ix_review_hours_latest", "institution_id", "account_id", "id"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    hours: Mapped[float] = column(reveals=Reveals.NOTHING)
    # The day from which they are there again; why they are away is not asked.
    away_until: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
