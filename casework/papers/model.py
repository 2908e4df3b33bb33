"""A signed paper: the scan that a consent's `evidence_hash` stands for."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.missing.model import MissingPerson
from casework.web.uploads import Kind
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import BYTES, SealedRow, sealed


class SignedPaper(SealedRow, Base):
    """One scan, remade without its history; the hash is of the remade bytes."""

    __tablename__ = "signed_paper"
    case_of_key = "case"
    __table_args__ = (sa.UniqueConstraint("missing_person_id", "sha256"),)

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey("missing_person.id"), index=True, reveals=Reveals.NOTHING
    )
    # Whose signature it bears: a giver of the ledger, or nobody who is known by a row.
    relative_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    sha256: Mapped[str] = column(sa.String(64), index=True, reveals=Reveals.NOTHING)
    kind: Mapped[Kind] = column(reveals=Reveals.NOTHING)
    content = sealed(reveals=Reveals.CONTACT, kind=BYTES, deferred=True)
    added_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    added_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()
