"""Proposals of a missing person and somebody alive, and whether their family may learn of it.

No family's side reads either table: see ADR 47.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import PartOf
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class LivingPairing(Base):
    """A proposal that a family may be looking for somebody alive, and what each kind weighs."""

    __tablename__ = "living_pairing"
    __table_args__ = (
        sa.UniqueConstraint("missing_person_id", "living_person_id"),
        sa.CheckConstraint("posterior >= 0 AND posterior <= 1", name="posterior_in_range"),
        sa.Index("ix_living_pairing_best", "posterior", "log10_lr", "id"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), reveals=Reveals.IDENTITY
    )
    living_person_id: Mapped[int] = column(
        sa.ForeignKey(LivingPerson.id), index=True, reveals=Reveals.IDENTITY
    )
    model: Mapped[str] = column(sa.String(80), reveals=Reveals.NOTHING)
    log10_lr: Mapped[float] = column(reveals=Reveals.IDENTITY)
    posterior: Mapped[float] = column(reveals=Reveals.IDENTITY)
    prior: Mapped[float] = column(reveals=Reveals.NOTHING)
    # log10 likelihood ratio by kind of evidence; a kind that weighs nothing is left out.
    weights: Mapped[dict[str, Any]] = column(JSONB, reveals=Reveals.BODY)
    first_proposed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    weighed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class FamilyAnswer(StrEnum):
    """What somebody alive said to one family learning that they are alive."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    CANNOT_DECIDE = "cannot_decide"


class LivingPairingDecision(PartOf, SealedRow, Base):
    """What somebody alive said to those who reported one person missing; never changed.

    The last word holds, but a refusal holds for good: the proposal ends with it, and the
    engine makes it no more.
    """

    __tablename__ = "living_pairing_decision"
    record_table = "living_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    missing_person_id: Mapped[int] = column(
        sa.ForeignKey(MissingPerson.id), index=True, reveals=Reveals.CONTACT
    )
    decision: Mapped[FamilyAnswer] = column(reveals=Reveals.CONTACT)
    reason = sealed(reveals=Reveals.CONTACT)
    decided_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    decided_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    case: Mapped[LivingPerson] = relationship()
