"""A sample for DNA and all that happened to it. Rows are added and never changed.

The number is drawn, so it names nobody; what is written on the tube is kept beside it. A
hand-over that was written down wrongly is corrected by a further entry, which says so.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class SampleKind(StrEnum):
    """Of what it is (minimum data set, group 13)."""

    REFERENCE_RELATIVE = "reference_relative"
    SELF_REFERENCE = "self_reference"
    BONE = "bone"
    TOOTH = "tooth"
    TISSUE = "tissue"
    BLOOD_CARD = "blood_card"
    SWAB = "swab"
    HAIR = "hair"


class SampleState(StrEnum):
    """How far its analysis is."""

    COLLECTED = "collected"
    SENT = "sent"
    IN_ANALYSIS = "in_analysis"
    PROFILE_OBTAINED = "profile_obtained"
    PARTIAL_PROFILE = "partial_profile"
    NO_PROFILE = "no_profile"
    DESTROYED = "destroyed"


class Happening(StrEnum):
    """What an entry of the chain says."""

    HANDED_OVER = "handed_over"
    STATE = "state"
    SERVES_ALSO = "serves_also"  # the same donor gave it for another missing person too


class SampleColumns(PartOf, SealedRow):
    """One sample as it was taken."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    # What stands on papers and is read aloud, such as DS-7K3Q-D9XT.
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    kind: Mapped[SampleKind] = column(reveals=Reveals.DNA)
    taken_on: Mapped[date | None] = column(reveals=Reveals.DNA)
    # What of it is written: label, which bone, by whom, where, kit, laboratory, where it lies.
    details = sealed(reveals=Reveals.DNA, kind=JSON)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def entered_by(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class EntryColumns(PartOf, SealedRow):
    """One thing that happened to a sample, signed by the account that wrote it down."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    sample_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    happening: Mapped[Happening] = column(reveals=Reveals.DNA)
    happened_on: Mapped[date] = column(reveals=Reveals.DNA)
    state: Mapped[SampleState | None] = column(reveals=Reveals.DNA)
    # From whom, to whom, where, under which seal and paper, and what else there is to say.
    details = sealed(reveals=Reveals.DNA, kind=JSON)
    # The entry that this one says anew; what stood there stays readable.
    corrects_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def entered_by(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class MissingPersonSample(SampleColumns, Base):
    """A sample of a relative, by their own consent, or of something the person used."""

    __tablename__ = "missing_person_sample"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["relative_id", "case_id"],
            ["relative.id", "relative.missing_person_id"],
            name="fk_missing_person_sample_donor",
        ),
        sa.CheckConstraint(
            "(kind = 'reference_relative') = (relative_id IS NOT NULL)",
            name="a_relative_is_the_donor",
        ),
        sa.UniqueConstraint("id", "case_id", name="uq_missing_person_sample_case"),
    )
    record_table = "missing_person"

    relative_id: Mapped[int | None] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    # The entry of the ledger by which it was taken; whether it still stands is asked anew.
    consent_id: Mapped[int] = column(sa.ForeignKey("consent.id"), reveals=Reveals.NOTHING)
    case: Mapped[MissingPerson] = relationship()


class RemainsSample(SampleColumns, Base):
    """A sample of somebody's remains."""

    __tablename__ = "remains_sample"
    __table_args__ = (sa.UniqueConstraint("id", "case_id", name="uq_remains_sample_case"),)
    record_table = "remains"
    case: Mapped[Remains] = relationship()


def _of_the_sample(table: str) -> sa.ForeignKeyConstraint:
    """Tie an entry to a sample of the very same record."""
    return sa.ForeignKeyConstraint(
        ["sample_id", "case_id"],
        [f"{table}.id", f"{table}.case_id"],
        name=f"fk_{table}_entry_sample",
        ondelete="CASCADE",
    )


class MissingPersonSampleEntry(EntryColumns, Base):
    """What happened to a sample of a family."""

    __tablename__ = "missing_person_sample_entry"
    __table_args__ = (
        _of_the_sample("missing_person_sample"),
        sa.CheckConstraint(
            "(happening = 'serves_also') = (other_case_id IS NOT NULL)",
            name="another_file_is_named",
        ),
    )
    record_table = "missing_person"

    # Whom it serves as well: a file of the same institution, and nobody else's.
    other_case_id: Mapped[int | None] = column(
        sa.ForeignKey("missing_person.id", ondelete="CASCADE"),
        index=True,
        reveals=Reveals.NOTHING,
    )
    case: Mapped[MissingPerson] = relationship(foreign_keys="MissingPersonSampleEntry.case_id")


class RemainsSampleEntry(EntryColumns, Base):
    """What happened to a sample of remains."""

    __tablename__ = "remains_sample_entry"
    __table_args__ = (_of_the_sample("remains_sample"),)
    record_table = "remains"
    case: Mapped[Remains] = relationship()


Sample = MissingPersonSample | RemainsSample
SampleEntry = MissingPersonSampleEntry | RemainsSampleEntry
