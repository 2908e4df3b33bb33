"""What DNA says of one missing person and one set of remains. Rows are added, never changed.

A result is about two records and sealed with the key of the missing person's: it rests on the
DNA of a family, and goes when the family's file goes. With the remains' record it goes as well.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class Computed(StrEnum):
    """Who computed a result."""

    LABORATORY = "laboratory"  # which keeps the genotypes and sends its ratio
    REGISTRY = "registry"  # reunir itself, from the profiles that are kept here


class DnaResult(PartOf, SealedRow, Base):
    """One result, as it was sent or computed; a later one replaces it and says why."""

    __tablename__ = "dna_result"
    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int] = column(
        sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.IDENTITY
    )
    computed: Mapped[Computed] = column(reveals=Reveals.NOTHING)
    # One of the same two records; of two who replace it at once the second is refused.
    replaces_id: Mapped[int | None] = column(
        sa.ForeignKey("dna_result.id", ondelete="CASCADE"), unique=True, reveals=Reveals.NOTHING
    )
    # `casework.kinship.told.Told`: the ratio, what it was held against, who signs, the family.
    told = sealed(reveals=Reveals.DNA, kind=JSON)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()
