"""Searches that somebody keeps for themselves, to ask them again."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class SavedSearch(Base):
    """One search of one account; what is looked for may be a name, and is sealed."""

    __tablename__ = "saved_search"

    # Made here: what is sealed is bound to its row before the row is written.
    id: Mapped[UUID] = column(primary_key=True, default=uuid4, reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(
        sa.ForeignKey("account.id"), index=True, reveals=Reveals.NOTHING
    )
    # How it is called and what it asks for, as JSON.
    asked: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.IDENTITY)
    kept_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
