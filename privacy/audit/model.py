"""One line of the action log. It has no foreign keys: it outlives what it speaks of."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column
from privacy.permissions import Role


class Entry(Base):
    """A deed, a refusal, or an opening of something protected.

    The database itself sets `position`, `written_at` and the hashes when the line is added
    (the trigger of migration 0004): whoever writes a line cannot choose where it stands.
    """

    __tablename__ = "action_log"
    # The application may write the log without being allowed to read it back.
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (
        sa.Index("ix_action_log_concerning", "concerning", postgresql_using="gin"),
    )

    id: Mapped[UUID] = column(primary_key=True, default=uuid4, reveals=Reveals.NOTHING)
    position: Mapped[int] = column(sa.BigInteger, unique=True, reveals=Reveals.NOTHING)
    at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    # By the database's clock; `at` is the clock of whoever did the deed.
    written_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    role: Mapped[Role] = column(reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    deed: Mapped[str] = column(sa.String(80), index=True, reveals=Reveals.NOTHING)
    purpose: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    # The payload: what the leaf commits to by a salted hash only, so that it can be erased.
    about: Mapped[str | None] = column(sa.String(80), index=True, reveals=Reveals.NOTHING)
    # Counts, references and field names; never a name, a birth date or a genotype.
    details: Mapped[dict[str, Any]] = column(JSONB, default=dict, reveals=Reveals.NOTHING)
    # The references of all records that were shown or touched.
    concerning: Mapped[list[str] | None] = column(ARRAY(sa.Text), reveals=Reveals.NOTHING)
    # Unset once the payload was erased: without it the hash cannot be guessed back.
    salt: Mapped[bytes | None] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    payload_hash: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    leaf_hash: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
