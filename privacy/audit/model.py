"""One line of the action log. It has no foreign keys: it outlives what it speaks of."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column
from privacy.permissions import Role


class Entry(Base):
    """A deed, a refusal, or an opening of something protected."""

    __tablename__ = "action_log"
    # The application may write the log without being allowed to read it back.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[UUID] = column(primary_key=True, default=uuid4, reveals=Reveals.NOTHING)
    position: Mapped[int] = column(
        sa.BigInteger, sa.Identity(always=True), unique=True, reveals=Reveals.NOTHING
    )
    at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    role: Mapped[Role] = column(reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    deed: Mapped[str] = column(sa.String(80), index=True, reveals=Reveals.NOTHING)
    about: Mapped[str | None] = column(sa.String(80), index=True, reveals=Reveals.NOTHING)
    purpose: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    # Counts, references and field names; never a name, a birth date or a genotype.
    details: Mapped[dict[str, Any]] = column(JSONB, default=dict, reveals=Reveals.NOTHING)
