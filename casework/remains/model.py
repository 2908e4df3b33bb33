"""Human remains that nobody has named yet: found where, when, in which condition."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, relationship

from casework.codes import Completeness, Condition, RemainsSex, RemainsStatureBasis, SexMethod
from casework.description import (
    ArticleColumns,
    DescriptionColumns,
    MarkColumns,
    range_checks,
    range_of,
)
from casework.envelope import EnvelopeColumns, PartOf, SealedVersionColumns
from casework.record_codes import IdentificationStatus, RemainsKind
from casework.statements.columns import StatementColumns
from casework.values import DateRange, Range, dates_of
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission


class Remains(EnvelopeColumns, DescriptionColumns, Base):
    """The remains of one person, or a part of them, as recorded by one institution."""

    __tablename__ = "remains"
    __table_args__ = (
        *range_checks("age", "stature_cm", "weight_kg", "death_days"),
        sa.CheckConstraint("found_to >= found_from", name="found_in_order"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
        # What was found at a site, or lies in one, tells nobody by a column where that is.
        sa.CheckConstraint(
            "(found_site = '' AND cardinality(grave_sites) = 0) OR (place = '' AND (lat IS NULL"
            " OR (lat = round(lat::numeric, 1) AND lon = round(lon::numeric, 1)"
            " AND coalesce(radius_km, 0) >= 15)))",
            name="coarse_at_a_site",
        ),
        sa.UniqueConstraint(
            "owner_institution_id",
            "origin_source_name",
            "origin_record_id",
            name="uq_remains_origin",
        ),
        # A whole file is entered at one instant: the newest are read off by number too.
        sa.Index("ix_remains_newest", sa.text("entered_at DESC"), "id"),
        # The first page of a list is read off its end; what says nothing comes last.
        sa.Index("ix_remains_latest_found", sa.text("found_from DESC NULLS LAST"), "id"),
        sa.Index("ix_remains_grave_sites", "grave_sites", postgresql_using="gin"),
        sa.Index("ix_remains_custody_sites", "custody_sites", postgresql_using="gin"),
        # Few are: the page of planned acts, and of people without a family, read these alone.
        sa.Index(
            "ix_remains_planned_act",
            "irreversible_act_planned_from",
            postgresql_where=sa.text("irreversible_act_planned <> ''"),
        ),
        sa.Index("ix_remains_unclaimed", "id", postgresql_where=sa.text("named_but_unclaimed")),
        sa.Index("ix_remains_youngest", "age_min", "id"),
        sa.Index("ix_remains_oldest", sa.text("age_min DESC NULLS LAST"), "id"),
    )

    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.CIRCUMSTANCE: Permission.REMAINS_READ,
        Reveals.IDENTITY: Permission.REMAINS_IDENTITY_READ,
        Reveals.BODY: Permission.REMAINS_BODY_READ,
        Reveals.DNA: Permission.REMAINS_DNA_READ,
    }

    post_mortem_number: Mapped[str] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    remains_kind: Mapped[RemainsKind] = column(
        default=RemainsKind.UNKNOWN, reveals=Reveals.CIRCUMSTANCE
    )
    identification_status: Mapped[IdentificationStatus] = column(
        default=IdentificationStatus.UNEXAMINED, index=True, reveals=Reveals.CIRCUMSTANCE
    )
    sex: Mapped[RemainsSex] = column(
        default=RemainsSex.UNKNOWN, index=True, reveals=Reveals.BODY
    )
    sex_method: Mapped[SexMethod] = column(default=SexMethod.UNKNOWN, reveals=Reveals.BODY)
    stature_basis: Mapped[RemainsStatureBasis] = column(
        default=RemainsStatureBasis.UNKNOWN, reveals=Reveals.BODY
    )
    found_from: Mapped[date | None] = column(index=True, reveals=Reveals.CIRCUMSTANCE)
    found_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    death_days_min: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    death_days_max: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    condition: Mapped[Condition | None] = column(reveals=Reveals.BODY)
    completeness: Mapped[Completeness] = column(
        default=Completeness.UNKNOWN, reveals=Reveals.BODY
    )
    # Classes of the Pima County medical examiner: 1 GPS … 5 moved, 6 none.
    location_precision: Mapped[int | None] = column(
        sa.SmallInteger,
        sa.CheckConstraint("location_precision BETWEEN 1 AND 6", name="location_precision"),
        reveals=Reveals.CIRCUMSTANCE,
    )

    # Of the acts that stand, neither done nor called off, the one that comes first.
    irreversible_act_planned: Mapped[str] = column(
        sa.String(40), default="", reveals=Reveals.CIRCUMSTANCE
    )
    irreversible_act_planned_from: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # References of sites and graves that the statements name: where they were found, where they
    # lie and where they are kept, the newest first. For lists: the statements are the truth.
    found_site: Mapped[str] = column(
        sa.Text, default="", index=True, reveals=Reveals.CIRCUMSTANCE
    )
    grave_sites: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    custody_sites: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    named_but_unclaimed: Mapped[bool | None] = column(reveals=Reveals.IDENTITY)
    family_search: Mapped[str] = column(sa.String(40), default="", reveals=Reveals.IDENTITY)

    marks: Mapped[list["RemainsMark"]] = relationship(
        back_populates="case",
        order_by="RemainsMark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    articles: Mapped[list["RemainsArticle"]] = relationship(
        order_by="RemainsArticle.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def found(self) -> DateRange | None:
        return dates_of(self.found_from, self.found_to)

    @property
    def death_days(self) -> Range | None:
        return range_of(self.death_days_min, self.death_days_max)


class RemainsMark(PartOf, MarkColumns, Base):
    """A mark that an examiner observed."""

    __tablename__ = "remains_mark"
    record_table = "remains"
    case: Mapped[Remains] = relationship(back_populates="marks")


class RemainsArticle(PartOf, ArticleColumns, Base):
    """Something found on the remains or beside them."""

    __tablename__ = "remains_article"
    record_table = "remains"


class RemainsStatement(StatementColumns, Base):
    """What one examination, or whoever found them, says of remains."""

    __tablename__ = "remains_statement"
    record_table = "remains"

    # Examiners sign what they find: their name is no secret of the remains.
    said_by: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    case: Mapped[Remains] = relationship()


class RemainsVersion(SealedVersionColumns, Base):
    """What a source's row said before a newer file changed it."""

    __tablename__ = "remains_version"
    __table_args__ = (sa.UniqueConstraint("case_id", "version"),)
    record_table = "remains"
    case: Mapped[Remains] = relationship()
