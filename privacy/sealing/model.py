"""The wrapped keys of cases, and what each account opened within the last hour."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class DataKey(Base):
    """The key of one case, wrapped. Once destroyed, what it sealed opens nowhere."""

    __tablename__ = "data_key"
    __table_args__ = (
        sa.CheckConstraint(
            "(length(wrapped) = 0) = (destroyed_at IS NOT NULL)", name="destroyed"
        ),
    )

    # The `seal_id` of the case: client-made, so known before the case's row is.
    case_seal_id: Mapped[UUID] = column(
        primary_key=True, default=uuid4, reveals=Reveals.NOTHING
    )
    wrapped: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    kek_version: Mapped[int] = column(index=True, reveals=Reveals.NOTHING)
    destroyed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)


class CountedOpening(Base):
    """A group of one case that an account opened within the last hour; never altered."""

    __tablename__ = "counted_opening"

    account_id: Mapped[int] = column(
        sa.BigInteger, primary_key=True, autoincrement=False, reveals=Reveals.NOTHING
    )
    case_seal_id: Mapped[UUID] = column(primary_key=True, reveals=Reveals.NOTHING)
    fields: Mapped[Reveals] = column(primary_key=True, reveals=Reveals.NOTHING)
    opened_at: Mapped[datetime] = column(primary_key=True, reveals=Reveals.NOTHING)
