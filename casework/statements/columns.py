"""Columns of a statement: what one person, paper or examination said at one sitting.

What was said stands by field of the minimum data set, sealed by what it reveals. A statement
that is finished is never changed: the database lets only its writer add to an open one.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.envelope import FORM_VERSION, PartOf
from privacy.model import Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class Method(StrEnum):
    """How it is known (minimum data set, group 1)."""

    INTERVIEW = "interview"
    DOCUMENT = "document"
    EXAMINATION = "examination"
    LABORATORY = "laboratory"
    IMPORT = "import"  # a file brought it, or it was there before statements were kept
    CORRECTION = "correction"  # of what was written down wrongly


class Certainty(StrEnum):
    """How sure whoever said it is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"


class StatementColumns(PartOf, SealedRow):
    """One sitting. The sealed columns hold path → value, certainty and what it replaces."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    method: Mapped[Method] = column(reveals=Reveals.CIRCUMSTANCE)
    said_on: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    # Until then its writer may still add to it, and mend what they typed.
    finished_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    form_version: Mapped[str] = column(
        sa.String(20), default=FORM_VERSION, reveals=Reveals.NOTHING
    )

    circumstance = sealed(reveals=Reveals.CIRCUMSTANCE, kind=JSON)
    identity = sealed(reveals=Reveals.IDENTITY, kind=JSON)
    body = sealed(reveals=Reveals.BODY, kind=JSON)
    dna = sealed(reveals=Reveals.DNA, kind=JSON)

    def of_group(self, group: Reveals) -> dict[str, Any]:
        """Give what was said of one group; it has to be open."""
        told: dict[str, Any] = getattr(self, group.value)
        return told
