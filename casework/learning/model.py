"""What stood on a proposal when a decision about it was proposed; the database writes it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class DecidedProposal(Base):
    """What the engine had said of a pair before anybody decided: the next run says it anew."""

    __tablename__ = "decided_proposal"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    decision_id: Mapped[int] = column(
        sa.ForeignKey("decision.id", ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    model_version: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    rank_for_missing: Mapped[int] = column(reveals=Reveals.NOTHING)
    posterior: Mapped[float] = column(reveals=Reveals.IDENTITY)
    log10_lr: Mapped[float] = column(reveals=Reveals.IDENTITY)
    weights: Mapped[dict[str, Any]] = column(JSONB, reveals=Reveals.BODY)
