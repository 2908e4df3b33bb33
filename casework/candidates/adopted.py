"""Sets of factors learnt from decisions: asked for, made, and adopted by two people."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session

from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column

SIGNERS = 2


class SetState(StrEnum):
    """How far the report about a set has come."""

    WAITS = "waits"
    MADE = "made"
    FAILED = "failed"


class SetStep(StrEnum):
    """What somebody signs of a set."""

    ADOPTS = "adopts"
    TAKES_BACK = "takes_back"


class WeightSet(Base):
    """What decisions would change of the weights, and the report that says so."""

    __tablename__ = "weight_set"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    state: Mapped[SetState] = column(default=SetState.WAITS, reveals=Reveals.NOTHING)
    requested_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    requested_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    made_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # Kind of evidence → [for, against]; kinds that stay as they are are left out.
    factors: Mapped[dict[str, Any] | None] = column(JSONB, reveals=Reveals.NOTHING)
    # Figures of groups of ten and more, nobody's name or number.
    report: Mapped[dict[str, Any] | None] = column(JSONB, reveals=Reveals.NOTHING)


class WeightSetSignature(Base):
    """That somebody adopts a set or takes it back, and why. Rows are added, never changed."""

    __tablename__ = "weight_set_signature"
    __table_args__ = (sa.UniqueConstraint("weight_set_id", "account_id", "step"),)

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    weight_set_id: Mapped[int] = column(sa.ForeignKey(WeightSet.id), reveals=Reveals.NOTHING)
    step: Mapped[SetStep] = column(reveals=Reveals.NOTHING)
    account_id: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    reason: Mapped[str] = column(sa.Text, reveals=Reveals.NOTHING)
    signed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


def set_in_force(session: Session) -> WeightSet | None:
    """Give the set that two people adopted last and nobody took back, if there is one."""
    signed = WeightSetSignature
    adopts = sa.func.count().filter(signed.step == SetStep.ADOPTS)
    takes_back = sa.func.count().filter(signed.step == SetStep.TAKES_BACK)
    chosen = (
        sa.select(signed.weight_set_id)
        .group_by(signed.weight_set_id)
        .having(adopts >= SIGNERS, takes_back == 0)
        .order_by(sa.func.max(signed.signed_at).desc(), signed.weight_set_id.desc())
        .limit(1)
    )
    return session.scalar(sa.select(WeightSet).where(WeightSet.id.in_(chosen)))


def set_numbered(session: Session, name: str) -> WeightSet | None:
    """Give the set behind a name in a model's version, if that has one."""
    return session.get(WeightSet, int(name)) if name.isdecimal() else None
