"""The drawn family of a missing person. Each drawing is a row of its own; none is changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, JSON_LIST, SealedRow, sealed


class Pedigree(PartOf, SealedRow, Base):
    """One drawing of a family: who descends from whom. The one with the highest version holds.

    Sealed whole, so that a closed family does not tell by its rows how many it has.
    """

    __tablename__ = "pedigree"
    __table_args__ = (sa.UniqueConstraint("case_id", "version", name="uq_pedigree_version"),)
    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    # Of two who draw at once the second finds the number taken, and is shown the first's.
    version: Mapped[int] = column(reveals=Reveals.NOTHING)
    # `casework.pedigree.tree.Member`, one after the other, without names.
    structure = sealed(reveals=Reveals.IDENTITY, kind=JSON_LIST)
    # Names of those who are not registered as relatives, by their number in the tree.
    names = sealed(reveals=Reveals.CONTACT, kind=JSON)
    drawn_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    drawn_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()
