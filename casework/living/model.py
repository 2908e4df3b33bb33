"""Somebody alive whom a family may be looking for: seen where, by whom, and what they want.

Which hospital, shelter or cell it is leads to a person who may be in hiding, so that stands
sealed with what leads to families, and in clear only the kind of place and the region.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.codes import Sex, StatureBasis
from casework.description import (
    ArticleColumns,
    LooksColumns,
    MarkColumns,
    NameColumns,
    range_checks,
)
from casework.envelope import EnvelopeColumns, PartOf, SealedVersionColumns, SearchConsent
from casework.record_codes import Communication, LivingStatus, WhereSeen
from casework.statements.columns import StatementColumns
from casework.values import DateRange, dates_of
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission
from privacy.sealing.columns import JSON, SealedRow, sealed


class LivingPerson(EnvelopeColumns, LooksColumns, Base):
    """One person alive, as one institution met them or read of them in a list."""

    __tablename__ = "living_person"
    __table_args__ = (
        *range_checks("age", "stature_cm", "weight_kg"),
        sa.CheckConstraint("birth_to >= birth_from", name="birth_in_order"),
        sa.CheckConstraint("found_to >= found_from", name="found_in_order"),
        sa.UniqueConstraint(
            "owner_institution_id",
            "origin_source_name",
            "origin_record_id",
            name="uq_living_person_origin",
        ),
        # A whole file is entered at one instant: the newest are read off by number too.
        sa.Index("ix_living_person_newest", sa.text("entered_at DESC"), "id"),
    )

    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.CIRCUMSTANCE: Permission.LIVING_READ,
        Reveals.IDENTITY: Permission.LIVING_IDENTITY_READ,
        Reveals.CONTACT: Permission.LIVING_CONTACT_READ,
        Reveals.BODY: Permission.LIVING_BODY_READ,
    }

    living_status: Mapped[LivingStatus] = column(
        default=LivingStatus.OPEN, index=True, reveals=Reveals.CIRCUMSTANCE
    )
    where_seen: Mapped[WhereSeen] = column(
        default=WhereSeen.UNKNOWN, reveals=Reveals.CIRCUMSTANCE
    )
    found_from: Mapped[date | None] = column(index=True, reveals=Reveals.CIRCUMSTANCE)
    found_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    host = sealed(reveals=Reveals.CONTACT)
    whereabouts = sealed(reveals=Reveals.CONTACT, kind=JSON)
    list_name = sealed(reveals=Reveals.CONTACT)
    list_number = sealed(reveals=Reveals.CONTACT)

    communication: Mapped[Communication] = column(
        default=Communication.UNKNOWN, reveals=Reveals.BODY
    )
    sex: Mapped[Sex] = column(default=Sex.UNKNOWN, index=True, reveals=Reveals.BODY)
    stature_basis: Mapped[StatureBasis] = column(
        default=StatureBasis.UNKNOWN, reveals=Reveals.BODY
    )
    birth_from: Mapped[date | None] = column(reveals=Reveals.IDENTITY)
    birth_to: Mapped[date | None] = column(reveals=Reveals.IDENTITY)
    mother_name = sealed(reveals=Reveals.IDENTITY)
    father_name = sealed(reveals=Reveals.IDENTITY)
    birth_place = sealed(reveals=Reveals.IDENTITY)

    # A list's own row names the place: sealed with it.
    content = sealed(reveals=Reveals.CONTACT, kind=JSON)

    names: Mapped[list["LivingPersonName"]] = relationship(
        back_populates="case",
        order_by="LivingPersonName.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    marks: Mapped[list["LivingPersonMark"]] = relationship(
        back_populates="case",
        order_by="LivingPersonMark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    articles: Mapped[list["LivingPersonArticle"]] = relationship(
        order_by="LivingPersonArticle.id", cascade="all, delete-orphan", passive_deletes=True
    )

    decisions: Mapped[list["LivingPersonDecision"]] = relationship(
        back_populates="case",
        order_by="LivingPersonDecision.id.desc()",
        passive_deletes="all",
    )

    @property
    def birth(self) -> DateRange | None:
        return dates_of(self.birth_from, self.birth_to)

    @property
    def found(self) -> DateRange | None:
        return dates_of(self.found_from, self.found_to)


class LivingPersonName(PartOf, NameColumns, Base):
    """A name that somebody alive gave, or that others know them by."""

    __tablename__ = "living_person_name"
    record_table = "living_person"
    case: Mapped[LivingPerson] = relationship(back_populates="names")


class LivingPersonMark(PartOf, MarkColumns, Base):
    """A mark that somebody saw on a person alive."""

    __tablename__ = "living_person_mark"
    record_table = "living_person"
    case: Mapped[LivingPerson] = relationship(back_populates="marks")


class LivingPersonArticle(PartOf, ArticleColumns, Base):
    """Something a person alive wore or carried when they came."""

    __tablename__ = "living_person_article"
    record_table = "living_person"


class LivingPersonStatement(StatementColumns, Base):
    """What somebody said of a person alive at one sitting, and who said it."""

    __tablename__ = "living_person_statement"
    record_table = "living_person"

    said_by = sealed(reveals=Reveals.CONTACT)
    contact = sealed(reveals=Reveals.CONTACT, kind=JSON)
    case: Mapped[LivingPerson] = relationship()


class LivingPersonVersion(SealedVersionColumns, Base):
    """What a list's row said before a newer list changed it."""

    __tablename__ = "living_person_version"
    __table_args__ = (sa.UniqueConstraint("case_id", "version"),)
    record_table = "living_person"
    content = sealed(reveals=Reveals.CONTACT, kind=JSON)
    case: Mapped[LivingPerson] = relationship()


class LivingPersonDecision(PartOf, SealedRow, Base):
    """What a person alive said to being searched for, or why nobody could ask; never changed.

    The last one holds, and stands in `search_consent` of the record.
    """

    __tablename__ = "living_person_decision"
    record_table = "living_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    decision: Mapped[SearchConsent] = column(reveals=Reveals.CIRCUMSTANCE)
    reason = sealed(reveals=Reveals.CONTACT)
    decided_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    decided_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    case: Mapped[LivingPerson] = relationship(back_populates="decisions")
