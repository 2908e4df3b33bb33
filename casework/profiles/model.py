"""A DNA profile: what a laboratory read of one sample. Rows are added and never changed.

What was read is one sealed text. A profile that was wrong stays: a later row names it and says
why, with what is right or, where nothing is, with nothing.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.samples.model import MissingPersonSample, RemainsSample
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class MarkerKind(StrEnum):
    """What was typed; the words are those of the data set's list of markers."""

    AUTOSOMAL_STR = "str"
    Y_STR = "y_str"
    X_STR = "x_str"
    MTDNA = "mtdna"


class Extent(StrEnum):
    """Whether every locus of the file, or of the sheet that was typed in, could be read."""

    WHOLE = "whole"
    PARTIAL = "partial"
    NOTHING = "nothing"  # of a row that only says that another was wrong


class ProfileSource(StrEnum):
    """How it came in."""

    BY_HAND = "by_hand"
    CSV = "csv"
    CODIS_CMF = "codis_cmf"
    GENEMAPPER = "genemapper"
    FAMILIAS = "familias"


class ProfileColumns(PartOf, SealedRow):
    """One profile as it came from the laboratory."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    # What stands on papers and is read aloud, such as DP-7K3Q-D9XT. It names nobody.
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    sample_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    marker_kind: Mapped[MarkerKind] = column(reveals=Reveals.DNA)
    analysed_on: Mapped[date | None] = column(reveals=Reveals.DNA)
    # How many loci it holds, or differences of a mitochondrial one; the amelogenin counts too.
    loci_count: Mapped[int] = column(reveals=Reveals.DNA)
    extent: Mapped[Extent] = column(reveals=Reveals.DNA)
    source: Mapped[ProfileSource] = column(reveals=Reveals.DNA)
    # Of the file that it was read from; empty where it was typed in.
    file_sha256: Mapped[str] = column(sa.String(64), default="", reveals=Reveals.DNA)
    # {"D3S1358": ["15", "16"]}: as `matching.kinship` reads it, loci in their usual spelling.
    genotypes = sealed(reveals=Reveals.DNA, kind=JSON)
    # Kit, laboratory, what the laboratory calls it, what was noticed, why it replaces another.
    details = sealed(reveals=Reveals.DNA, kind=JSON)
    # The profile of the same record that this one says anew.
    replaces_id: Mapped[int | None] = column(
        sa.BigInteger, unique=True, reveals=Reveals.NOTHING
    )
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def entered_by(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


def _ties(table: str, sample: str) -> tuple[sa.Constraint, ...]:
    """Tie a profile to a sample, and to what it replaces, of the very same record."""
    return (
        sa.ForeignKeyConstraint(
            ["sample_id", "case_id"],
            [f"{sample}.id", f"{sample}.case_id"],
            name=f"fk_{table}_sample",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id", "case_id"],
            [f"{table}.id", f"{table}.case_id"],
            name=f"fk_{table}_replaces",
        ),
        sa.UniqueConstraint("id", "case_id", name=f"uq_{table}_case"),
        sa.CheckConstraint(
            "(extent = 'nothing') = (loci_count = 0)", name="nothing_has_no_loci"
        ),
        sa.CheckConstraint(
            "extent <> 'nothing' OR replaces_id IS NOT NULL",
            name="nothing_replaces_another",
        ),
    )


class MissingPersonProfile(ProfileColumns, Base):
    """A profile of a relative, or of something the missing person used."""

    __tablename__ = "missing_person_profile"
    __table_args__ = _ties("missing_person_profile", "missing_person_sample")
    record_table = "missing_person"
    case: Mapped[MissingPerson] = relationship(foreign_keys="MissingPersonProfile.case_id")
    sample: Mapped[MissingPersonSample] = relationship(viewonly=True)


class RemainsProfile(ProfileColumns, Base):
    """A profile of somebody's remains."""

    __tablename__ = "remains_profile"
    __table_args__ = _ties("remains_profile", "remains_sample")
    record_table = "remains"
    case: Mapped[Remains] = relationship(foreign_keys="RemainsProfile.case_id")
    sample: Mapped[RemainsSample] = relationship(viewonly=True)


Profile = MissingPersonProfile | RemainsProfile
