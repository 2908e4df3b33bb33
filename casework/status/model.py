"""Codes for families, and the line by which an institution is reached.

A row holds everything that its page can show and nothing else: whoever reads at the door,
where nobody is signed in, reads this table and no file.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.missing.model import MissingPerson
from casework.web.languages import Spoken
from privacy.model import Base, Reveals, column


class StatusCode(Base):
    """One code of one relative. Neither the code nor its PIN is kept, only what checks them."""

    __tablename__ = "status_code"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["relative_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
        ),
        # One at a time: a renewed code ends the one before.
        sa.Index(
            "uq_status_code_live",
            "relative_id",
            unique=True,
            postgresql_where=sa.column("revoked_at").is_(None),
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.NOTHING
    )
    relative_id: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    # What the log speaks of; the page never shows it.
    reference: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), reveals=Reveals.NOTHING
    )
    code_hash: Mapped[bytes] = column(sa.LargeBinary(32), unique=True, reveals=Reveals.NOTHING)
    # Of code and PIN together.
    pin_hash: Mapped[str] = column(sa.String(200), reveals=Reveals.NOTHING)
    language: Mapped[Spoken] = column(reveals=Reveals.NOTHING)
    next_contact_on: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    # Something is to be told in person; never what.
    message_waits: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    made_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    made_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    revoked_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    revoked_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)


class PublicLine(Base):
    """By what a family reaches its institution, and when somebody answers there."""

    __tablename__ = "public_line"

    institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), primary_key=True, reveals=Reveals.NOTHING
    )
    line: Mapped[str] = column(sa.String(200), reveals=Reveals.NOTHING)
    hours: Mapped[str] = column(sa.String(200), default="", reveals=Reveals.NOTHING)
    changed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    changed_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
