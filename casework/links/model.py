"""What somebody said of two records: the same person, parts of one, not the same, not known.

Nothing is merged and nothing is changed: a word about two records stands beside them, each of
which keeps its owner and its consent. Who thinks otherwise later says so; the earlier word
stays. A link goes when either of its records is erased.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class Saying(StrEnum):
    """What is said of two records."""

    SAME_PERSON = "same_person"  # two reports of one person
    SAME_REMAINS = "same_remains"  # the same remains, recorded twice
    PARTS_OF_ONE = "parts_of_one"  # different parts of one person
    NOT_THE_SAME = "not_the_same"
    NOT_KNOWN = "not_known"
    TAKEN_BACK = "taken_back"  # what the same institution said before no longer holds


def _checks(*joins: Saying) -> Iterator[sa.CheckConstraint]:
    """Hold every pair in one order, and each table to what can be said of its records."""
    apart = (Saying.NOT_THE_SAME, Saying.NOT_KNOWN, Saying.TAKEN_BACK)
    sayable = tuple(each.value for each in (*joins, *apart))
    yield sa.CheckConstraint("case_id < other_id", name="two_in_order")
    yield sa.CheckConstraint(f"saying IN {sayable}", name="of_its_kind")


class LinkColumns(PartOf, SealedRow):
    """One word about two records, the one entered first named first."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    saying: Mapped[Saying] = column(reveals=Reveals.CIRCUMSTANCE)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def other_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey(f"{cls.record_table}.id", ondelete="CASCADE"),
            index=True,
            reveals=Reveals.NOTHING,
        )

    @declared_attr
    def institution_id(cls) -> Mapped[int]:  # noqa: N805 - as above
        return column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)


class MissingPersonLink(LinkColumns, Base):
    """What was said of two reports."""

    __tablename__ = "missing_person_link"
    __table_args__ = (*_checks(Saying.SAME_PERSON),)
    record_table = "missing_person"

    # Whoever says why two reports are of one person says who that is.
    reason = sealed(reveals=Reveals.IDENTITY)
    case: Mapped[MissingPerson] = relationship(foreign_keys="MissingPersonLink.case_id")


class RemainsLink(LinkColumns, Base):
    """What was said of two records of remains."""

    __tablename__ = "remains_link"
    __table_args__ = (*_checks(Saying.SAME_REMAINS, Saying.PARTS_OF_ONE),)
    record_table = "remains"

    reason = sealed(reveals=Reveals.BODY)
    case: Mapped[Remains] = relationship(foreign_keys="RemainsLink.case_id")
