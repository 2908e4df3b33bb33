"""One record in one released copy. A copy of twenty records is twenty rows."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class Form(StrEnum):
    """In what form a copy left."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class ReleasedCopy(Base):
    """Who was handed which groups of which record, and whether it was called back."""

    __tablename__ = "released_copy"
    __table_args__ = (
        sa.CheckConstraint(
            "num_nonnulls(missing_person_id, remains_id, living_person_id) = 1",
            name="one_record",
        ),
        sa.UniqueConstraint(
            "copy",
            "missing_person_id",
            "remains_id",
            "living_person_id",
            name="uq_released_copy_copy_record",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    # The number that stands on every page and in every row of the copy.
    copy: Mapped[str] = column(sa.String(20), index=True, reveals=Reveals.NOTHING)
    missing_person_id: Mapped[int | None] = column(
        sa.ForeignKey("missing_person.id"), index=True, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int | None] = column(
        sa.ForeignKey("remains.id"), index=True, reveals=Reveals.NOTHING
    )
    living_person_id: Mapped[int | None] = column(
        sa.ForeignKey("living_person.id"), index=True, reveals=Reveals.NOTHING
    )
    owner_institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), index=True, reveals=Reveals.NOTHING
    )
    groups: Mapped[list[str]] = column(ARRAY(sa.String(20)), reveals=Reveals.NOTHING)
    form: Mapped[Form] = column(reveals=Reveals.NOTHING)
    made_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    made_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
    made_by_institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), index=True, reveals=Reveals.NOTHING
    )
    # Its own institution where somebody printed a sheet for their own desk.
    recipient_institution_id: Mapped[int] = column(
        sa.ForeignKey("institution.id"), index=True, reveals=Reveals.NOTHING
    )
    purpose: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    # Why, in a sentence that names nobody; the form asks for that.
    reason: Mapped[str] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    recalled_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
