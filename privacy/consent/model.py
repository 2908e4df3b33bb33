"""The ledger of consents. The application adds entries; nothing in one is ever changed.

One entry is one item: what kind of data, for which purpose, to whom. Saying no is an entry,
and so is taking a yes back. Only two columns are written later: `withdrawn_at` together with
the entry that withdraws, and `closed_to` by the database when the same giver says no. A
trigger keeps `missing_person.search_consent` true to the ledger.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped

from privacy.consent.recipients import PATTERN
from privacy.model import Base, Reveals, column


class DataCategory(StrEnum):
    """What a consent is about."""

    CONTACT = "contact"
    IDENTITY = "identity"
    ANTEMORTEM = "antemortem"
    PHOTO = "photo"
    DNA = "dna"
    CIRCUMSTANCES = "circumstances"


class ConsentPurpose(StrEnum):
    """What the data may be used for. There is none for immigration enforcement."""

    SEARCH = "search"
    IDENTIFY = "identify"
    NOTIFY = "notify"
    STATISTICS = "statistics"
    JUSTICE = "justice"


class Decision(StrEnum):
    """What an entry says."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LegalBasis(StrEnum):
    """Why the data may be used. Without a giver it is an interest, assessed in writing."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_INTEREST = "public_interest"


# What a question and the policies of this table read besides: the index alone then answers.
_READ_BESIDE = [
    *("valid_from", "expires", "owner_institution_id", "protected", "decision"),
    "closed_to",
]
_LIVE = sa.text("decision = 'granted' AND withdrawn_at IS NULL")


class Consent(Base):
    """One item that somebody granted, refused or took back."""

    __tablename__ = "consent"
    __table_args__ = (
        # Owner and protection stand here too, so that the policies of this table need not
        # ask the table of people, whose policies ask this one.
        sa.ForeignKeyConstraint(
            ["missing_person_id", "owner_institution_id", "protected"],
            [
                "missing_person.id",
                "missing_person.owner_institution_id",
                "missing_person.protected",
            ],
            onupdate="CASCADE",
            name="fk_consent_missing_person",
        ),
        # Nobody consents on another case's behalf.
        sa.ForeignKeyConstraint(
            ["giver_id", "missing_person_id"],
            ["relative.id", "relative.missing_person_id"],
            name="fk_consent_giver",
        ),
        sa.CheckConstraint(f"recipient ~ '{PATTERN}'", name="recipient_is_known"),
        sa.CheckConstraint("valid_from <= recorded_at", name="never_granted_ahead"),
        sa.CheckConstraint("expires > valid_from", name="ends_after_it_begins"),
        # No yes is for ever.
        sa.CheckConstraint(
            "(decision = 'granted') = (expires IS NOT NULL)", name="every_grant_ends"
        ),
        sa.CheckConstraint("withdrawn_at >= valid_from", name="withdrawn_after_given"),
        sa.CheckConstraint(
            "(giver_id IS NOT NULL) = (legal_basis = 'consent')", name="basis_fits_the_giver"
        ),
        sa.CheckConstraint(
            "legal_basis = 'consent' OR length(trim(assessment)) >= 20",
            name="interest_is_assessed",
        ),
        sa.CheckConstraint(
            "(decision = 'withdrawn') = (ends_id IS NOT NULL)", name="withdrawal_ends_a_grant"
        ),
        sa.CheckConstraint(
            "decision = 'granted' OR withdrawn_at IS NULL", name="only_grants_are_withdrawn"
        ),
        # Case → what is open; and whom → which cases. Both answer from the index alone.
        sa.Index(
            "ix_consent_of_case",
            "missing_person_id",
            "data_category",
            "purpose",
            "recipient",
            postgresql_include=_READ_BESIDE,
            postgresql_where=_LIVE,
        ),
        sa.Index(
            "ix_consent_to_recipient",
            "recipient",
            "data_category",
            "purpose",
            "missing_person_id",
            postgresql_include=_READ_BESIDE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    owner_institution_id: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    protected: Mapped[bool] = column(reveals=Reveals.IDENTITY)
    # None: an institution's assessment of an interest, for those who cannot be asked.
    giver_id: Mapped[int | None] = column(sa.BigInteger, index=True, reveals=Reveals.NOTHING)
    decision: Mapped[Decision] = column(reveals=Reveals.NOTHING)
    data_category: Mapped[DataCategory] = column(reveals=Reveals.NOTHING)
    purpose: Mapped[ConsentPurpose] = column(reveals=Reveals.NOTHING)
    recipient: Mapped[str] = column(sa.String(80), reveals=Reveals.NOTHING)
    legal_basis: Mapped[LegalBasis] = column(reveals=Reveals.NOTHING)
    assessment: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    valid_from: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    expires: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    withdrawn_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # To whom the same giver said no afterwards: whoever this names is not reached any more.
    # Filled by the database, of every refusal that comes in.
    closed_to: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, server_default="{}", reveals=Reveals.NOTHING
    )
    ends_id: Mapped[int | None] = column(
        sa.ForeignKey("consent.id", name="fk_consent_ends"),
        unique=True,
        reveals=Reveals.NOTHING,
    )
    form_version: Mapped[str] = column(sa.String(20), reveals=Reveals.NOTHING)
    language: Mapped[str] = column(sa.String(20), default="", reveals=Reveals.NOTHING)
    interpreter: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    # SHA-256 of the signed sheet, where there is one; a consent by phone has none.
    evidence_hash: Mapped[str | None] = column(sa.String(64), reveals=Reveals.NOTHING)
    recorded_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    recorded_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
