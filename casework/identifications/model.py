"""What an identification rests on, what was decided of a pair, and by whom.

All of it is about two records and sealed with the key of the missing person's, as results of
DNA are. Rows are added, never changed: a later one replaces an earlier, and what was decided
ends by a row that says why.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.review.model import Review
from casework.signin.model import Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class GateKind(StrEnum):
    """What can be put on record for the gate; the rest of it is computed."""

    PRIMARY_REPORT = "primary_report"
    BOARD_EXCEPTION = "board_exception"
    RESOLVED_DISCREPANCY = "resolved_discrepancy"
    LEGAL_ACT = "legal_act"
    COMPLETENESS = "completeness"
    NOTIFICATION_PLAN = "notification_plan"


class PrimaryMethod(StrEnum):
    """What alone can name somebody; everything else supports only (INTERPOL DVI Guide)."""

    FRICTION_RIDGES = "friction_ridges"
    ODONTOLOGY = "odontology"
    DNA = "dna"
    IMPLANT = "implant"


class DecisionOutcome(StrEnum):
    """What was decided of a pair."""

    PREMATURE = "premature"
    EXCLUSION = "exclusion"
    IDENTIFICATION = "identification"


class ExclusionMethod(StrEnum):
    """By what it is known that they are two people."""

    DNA = "dna"
    DENTAL = "dental"
    PRINTS = "prints"
    IMPLANT = "implant"
    ANTHROPOLOGY = "anthropology"
    DATE_OR_PLACE = "date_or_place"
    LOCATED_ALIVE = "located_alive"
    OTHER = "other"


class ExclusionStrength(StrEnum):
    """How firmly it excludes."""

    CONCLUSIVE = "conclusive"
    PROVISIONAL = "provisional"


class SignedFor(StrEnum):
    """For which of the two records somebody signs; `both` where one institution keeps both."""

    PERSON = "person"
    REMAINS = "remains"
    BOTH = "both"


class EndCause(StrEnum):
    """Why a decision does not stand any more."""

    WITHDRAWN = "withdrawn"  # before both signed, by whoever's institution proposed it
    RECALLED = "recalled"
    FACT_CHANGED = "fact_changed"  # found by the worker, of an exclusion


class HandedOver(StrEnum):
    """Whether the remains had left already when a decision was taken back."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"
    UNKNOWN = "unknown"


class OfPair(PartOf, SealedRow):
    """A sealed row about one missing person and one set of remains, and who entered it."""

    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def case(cls) -> Mapped[MissingPerson]:  # noqa: N805 - SQLAlchemy passes the class
        return relationship(MissingPerson)

    @declared_attr
    def remains_id(cls) -> Mapped[int]:  # noqa: N805
        return column(
            sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.IDENTITY
        )

    @declared_attr
    def institution_id(cls) -> Mapped[int]:  # noqa: N805
        return column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)


class GateEntry(OfPair, Base):
    """One item of the gate as somebody put it on record; the newest of its kind counts."""

    __tablename__ = "gate_entry"

    kind: Mapped[GateKind] = column(reveals=Reveals.NOTHING)
    # Of a report its method, of a discrepancy the kind of evidence; else nothing.
    about: Mapped[str] = column(sa.String(40), default="", reveals=Reveals.BODY)
    # It does not hold any more: what was entered stays, and this stands after it.
    is_withdrawn: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    told = sealed(reveals=Reveals.IDENTITY, kind=JSON)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class Decision(OfPair, Base):
    """What was proposed to be decided of a pair; locked once both keepers have signed."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.CheckConstraint(
            "(outcome = 'exclusion') = (method IS NOT NULL)"
            " AND (method IS NULL) = (strength IS NULL)",
            name="exclusion_says_how",
        ),
    )

    outcome: Mapped[DecisionOutcome] = column(reveals=Reveals.IDENTITY)
    method: Mapped[ExclusionMethod | None] = column(reveals=Reveals.IDENTITY)
    strength: Mapped[ExclusionStrength | None] = column(reveals=Reveals.IDENTITY)
    # The review it rests on; of an identification never nothing.
    review_id: Mapped[int | None] = column(
        sa.ForeignKey(Review.id, ondelete="CASCADE"), reveals=Reveals.NOTHING
    )
    # What was believed that day and why, what lacked, and the reason.
    told = sealed(reveals=Reveals.IDENTITY, kind=JSON)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class _OfDecision(OfPair):
    @declared_attr
    def decision_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey("decision.id", ondelete="CASCADE"),
            index=True,
            reveals=Reveals.NOTHING,
        )


class DecisionSignature(_OfDecision, Base):
    """What the keeper of one of the two records said to a decision: once, and with a reason."""

    __tablename__ = "decision_signature"
    __table_args__ = (sa.UniqueConstraint("decision_id", "signed_for"),)

    signed_for: Mapped[SignedFor] = column(reveals=Reveals.NOTHING)
    accepted: Mapped[bool] = column(reveals=Reveals.NOTHING)
    # The keeper in whose name a service signed; empty where the keeper itself did (ADR 0055).
    for_institution_id: Mapped[int | None] = column(
        sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING
    )
    reason = sealed(reveals=Reveals.IDENTITY)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class DecisionEnd(_OfDecision, Base):
    """Why a decision stands no more. By nobody's hand where the worker found a fact changed."""

    __tablename__ = "decision_end"
    __table_args__ = (
        sa.UniqueConstraint("decision_id"),
        sa.CheckConstraint(
            "(cause = 'fact_changed') = (entered_by IS NULL)", name="a_person_or_the_worker"
        ),
    )

    cause: Mapped[EndCause] = column(reveals=Reveals.NOTHING)
    handed_over: Mapped[HandedOver | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # Which facts changed, by kind of evidence.
    changed: Mapped[list[str]] = column(ARRAY(sa.Text), default=list, reveals=Reveals.BODY)
    reason = sealed(reveals=Reveals.IDENTITY)
    entered_by: Mapped[int | None] = column(
        sa.ForeignKey("account.id"), reveals=Reveals.NOTHING
    )


class ExcludedFact(Base):
    """A fact that an exclusion rests on: a keyed fingerprint of what both records said."""

    __tablename__ = "excluded_fact"

    decision_id: Mapped[int] = column(
        sa.ForeignKey("decision.id", ondelete="CASCADE"),
        primary_key=True,
        reveals=Reveals.NOTHING,
    )
    kind: Mapped[str] = column(sa.String(40), primary_key=True, reveals=Reveals.BODY)
    # `privacy.sealing.fingerprints`: it dies with the missing person's key.
    fingerprint: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)


class DecisionRelease(_OfDecision, Base):
    """That whoever speaks with the family may now learn of an identification, and what."""

    __tablename__ = "decision_release"
    __table_args__ = (sa.UniqueConstraint("decision_id"),)

    # The plan as it stood, and what may be said: for whoever speaks with the family.
    told = sealed(reveals=Reveals.IDENTITY, kind=JSON)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
