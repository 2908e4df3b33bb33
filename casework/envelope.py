"""What every record carries: whose it is, where it came from, how long it stays.

Groups 1, 3 and 22 of the minimum data set, as far as no consent ledger is needed.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, declared_attr

from casework.signin.model import Institution
from privacy.model import Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed

DATASET_VERSION = "2026.1"
FORM_VERSION = "2026.1"


class Originality(StrEnum):
    """Whether this registry took the report itself or holds somebody else's."""

    ORIGINAL = "original"
    COPY = "copy"


class SearchConsent(StrEnum):
    """What the reporter said to searching and matching inside forensic institutions.

    The ledger of consents, person by person and purpose by purpose, comes with issue 3;
    until then only this one decision exists, and nothing is shared without it.
    """

    GRANTED = "granted"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    PUBLIC_INTEREST = "public_interest"  # remains: the duty to identify the dead
    VITAL_INTEREST = "vital_interest"  # somebody alive who cannot be asked: author and reason


class ExpiryAction(StrEnum):
    """What becomes of one record whose time is over and of which nobody says anything.

    By the rule of its kind it is asked about again, or erased; one that would only be asked
    about may be closed to everybody but its own institution instead. Nobody chooses erasure
    for a record that the rule keeps: that takes a request, and two people.
    """

    BY_RULE = "by_rule"
    RESTRICT = "restrict"


class EnvelopeColumns(SealedRow):
    """Columns of the record envelope, of whatever kind the record is."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    # What people read to each other over the phone, e.g. MP-7K3Q-D9XT.
    reference: Mapped[str] = column(
        sa.String(40), unique=True, sort_order=-19, reveals=Reveals.NOTHING
    )
    # domain/uuid: the same in every registry that ever holds a copy (PFIF's rule).
    record_id: Mapped[str] = column(sa.String(120), unique=True, reveals=Reveals.NOTHING)
    version: Mapped[int] = column(default=1, reveals=Reveals.NOTHING)
    content_hash: Mapped[str] = column(sa.String(64), default="", reveals=Reveals.NOTHING)
    owner_country: Mapped[str] = column(sa.String(2), index=True, reveals=Reveals.NOTHING)
    originality: Mapped[Originality] = column(
        default=Originality.ORIGINAL, reveals=Reveals.NOTHING
    )
    origin_record_id: Mapped[str | None] = column(sa.Text, index=True, reveals=Reveals.NOTHING)
    origin_source_name: Mapped[str | None] = column(sa.String(200), reveals=Reveals.NOTHING)
    # When the source wrote down what stands here: no older file changes it back.
    source_date: Mapped[datetime | None] = column(reveals=Reveals.CIRCUMSTANCE)
    entered_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    changed_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    form_version: Mapped[str] = column(
        sa.String(20), default=FORM_VERSION, reveals=Reveals.NOTHING
    )
    dataset_version: Mapped[str] = column(
        sa.String(20), default=DATASET_VERSION, reveals=Reveals.NOTHING
    )
    review_due_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    expires_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    expiry_action: Mapped[ExpiryAction] = column(
        default=ExpiryAction.BY_RULE, reveals=Reveals.NOTHING
    )
    search_consent: Mapped[SearchConsent] = column(index=True, reveals=Reveals.NOTHING)
    # Set at somebody's request: nobody weighs it, and only its own institution opens it.
    restricted_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # Countries whose institutions may neither see the record nor have it compared with one of
    # theirs. Whoever may read it learns of them: what is passed on must not reach them.
    country_restrictions: Mapped[list[str]] = column(
        ARRAY(sa.String(2)), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    # What is left is a tombstone: the reference, whose it was, and nothing of anybody.
    erased_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, index=True, reveals=Reveals.NOTHING)
    import_run_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    # The columns of the source's own row, to see what a newer file changes.
    content = sealed(reveals=Reveals.IDENTITY, kind=JSON)

    @declared_attr
    def owner_institution_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING)


class PartOf:
    """Points a row at the record it belongs to, with whose key its sealed fields are sealed."""

    record_table: ClassVar[str]
    case_of_key: ClassVar[str] = "case"

    @declared_attr
    def case_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey(f"{cls.record_table}.id", ondelete="CASCADE"),
            index=True,
            reveals=Reveals.NOTHING,
        )


class VersionColumns(PartOf):
    """What a record said before somebody's newer file changed it, word for word."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    version: Mapped[int] = column(reveals=Reveals.NOTHING)
    content_hash: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    import_run_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    recorded_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class SealedVersionColumns(VersionColumns, SealedRow):
    """The same of a person or of remains: sealed with the record's own key."""

    content = sealed(reveals=Reveals.IDENTITY, kind=JSON)
