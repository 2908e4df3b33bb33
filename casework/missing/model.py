"""Missing persons, as their relatives and institutions report them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from casework.codes import Sex, StatureBasis
from casework.description import (
    ArticleColumns,
    DescriptionColumns,
    MarkColumns,
    NameColumns,
    range_checks,
)
from casework.envelope import EnvelopeColumns, PartOf, SealedVersionColumns
from casework.record_codes import Presumption, ReporterKind, SearchStatus
from casework.statements.columns import StatementColumns
from casework.values import DateRange, dates_of
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission
from privacy.sealing.columns import JSON, sealed
from privacy.tokens.following import FoundByTokens

# For lists: the youngest age that was told, else the one that the birth makes, in whole years
# (`ages.age_by_birth` says it on pages). Written as the server writes it down in its indexes.
LISTED_AGE = (
    "COALESCE(age_min, date_part('year'::text, age(last_contact_from::timestamp without time"
    " zone, birth_to::timestamp without time zone)))"
)
BY_LISTED_AGE: sa.ColumnElement[float] = sa.literal_column(LISTED_AGE)


class MissingPerson(EnvelopeColumns, DescriptionColumns, Base):
    """One report of one missing person; another report of the same person is another row."""

    __tablename__ = "missing_person"
    __table_args__ = (
        *range_checks("age", "stature_cm", "weight_kg"),
        sa.CheckConstraint("birth_to >= birth_from", name="birth_in_order"),
        sa.CheckConstraint(
            "last_contact_to >= last_contact_from", name="last_contact_in_order"
        ),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
        sa.UniqueConstraint(
            "owner_institution_id",
            "origin_source_name",
            "origin_record_id",
            name="uq_missing_person_origin",
        ),
        # A whole file is entered at one instant: the newest are read off by number too.
        sa.Index("ix_missing_person_newest", sa.text("entered_at DESC"), "id"),
        # The first page of a list is read off its end; what says nothing comes last.
        sa.Index(
            "ix_missing_person_latest_contact",
            sa.text("last_contact_from DESC NULLS LAST"),
            "id",
        ),
        sa.Index("ix_missing_person_youngest", BY_LISTED_AGE, "id"),
        sa.Index("ix_missing_person_oldest", BY_LISTED_AGE.desc().nulls_last(), "id"),
        # What the ledger of consents points at, so that its own policies need not ask here.
        sa.UniqueConstraint(
            "id", "owner_institution_id", "protected", name="uq_missing_person_consented"
        ),
    )

    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.CIRCUMSTANCE: Permission.MISSING_READ,
        Reveals.IDENTITY: Permission.MISSING_IDENTITY_READ,
        Reveals.CONTACT: Permission.MISSING_CONTACT_READ,
        Reveals.BODY: Permission.MISSING_BODY_READ,
        Reveals.DNA: Permission.MISSING_DNA_READ,
    }

    # True until the person's asylum status is known; only then may a consulate see the file.
    protected: Mapped[bool] = column(default=True, index=True, reveals=Reveals.IDENTITY)
    # Until when the search may use the file; kept with `search_consent` by the ledger.
    search_until: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    search_status: Mapped[SearchStatus] = column(
        default=SearchStatus.OPEN, index=True, reveals=Reveals.CIRCUMSTANCE
    )
    presumption: Mapped[Presumption] = column(
        default=Presumption.ALIVE, reveals=Reveals.CIRCUMSTANCE
    )
    reporter_kind: Mapped[ReporterKind] = column(
        default=ReporterKind.UNKNOWN, reveals=Reveals.CONTACT
    )
    reporter_relationship: Mapped[str] = column(
        sa.String(60), default="", reveals=Reveals.CONTACT
    )
    reporting_institution = sealed(reveals=Reveals.CONTACT)

    sex: Mapped[Sex] = column(default=Sex.UNKNOWN, index=True, reveals=Reveals.BODY)
    birth_from: Mapped[date | None] = column(reveals=Reveals.IDENTITY)
    birth_to: Mapped[date | None] = column(reveals=Reveals.IDENTITY)
    stature_basis: Mapped[StatureBasis] = column(
        default=StatureBasis.UNKNOWN, reveals=Reveals.BODY
    )
    last_contact_from: Mapped[date | None] = column(index=True, reveals=Reveals.CIRCUMSTANCE)
    last_contact_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    destination: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    mother_name = sealed(reveals=Reveals.IDENTITY)
    father_name = sealed(reveals=Reveals.IDENTITY)
    birth_place = sealed(reveals=Reveals.IDENTITY)

    names: Mapped[list["PersonName"]] = relationship(
        back_populates="case",
        order_by="PersonName.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    marks: Mapped[list["MissingPersonMark"]] = relationship(
        back_populates="case",
        order_by="MissingPersonMark.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    articles: Mapped[list["MissingPersonArticle"]] = relationship(
        order_by="MissingPersonArticle.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def birth(self) -> DateRange | None:
        return dates_of(self.birth_from, self.birth_to)

    @property
    def last_contact(self) -> DateRange | None:
        return dates_of(self.last_contact_from, self.last_contact_to)


class PersonName(PartOf, NameColumns, FoundByTokens, Base):
    """A name of a missing person. There may be many, and none is thrown away."""

    __tablename__ = "missing_person_name"
    record_table = "missing_person"
    case: Mapped[MissingPerson] = relationship(back_populates="names")


class MissingPersonMark(PartOf, MarkColumns, Base):
    """A mark that somebody who knew the person remembers."""

    __tablename__ = "missing_person_mark"
    record_table = "missing_person"
    case: Mapped[MissingPerson] = relationship(back_populates="marks")


class MissingPersonArticle(PartOf, ArticleColumns, Base):
    """Something the person wore or carried when last seen."""

    __tablename__ = "missing_person_article"
    record_table = "missing_person"


class MissingPersonStatement(StatementColumns, Base):
    """What somebody said of a missing person at one sitting, and who said it."""

    __tablename__ = "missing_person_statement"
    record_table = "missing_person"

    said_by = sealed(reveals=Reveals.CONTACT)
    contact = sealed(reveals=Reveals.CONTACT, kind=JSON)
    case: Mapped[MissingPerson] = relationship()


class MissingPersonVersion(SealedVersionColumns, Base):
    """What a source's row said before a newer file changed it."""

    __tablename__ = "missing_person_version"
    __table_args__ = (sa.UniqueConstraint("case_id", "version"),)
    record_table = "missing_person"
    case: Mapped[MissingPerson] = relationship()
