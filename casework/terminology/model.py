"""What is said of one word of the glossary: proposed, accepted, declined, taken back.

Rows are added, never changed: the last one of a word says how it stands, and those before it
are its history. The words that ship (`data/terms.csv`) come before any row and have none.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casework.signin.model import Institution
from privacy.model import Base, Reveals, column


class TermState(StrEnum):
    """What became of a word."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Term(Base):
    """One step of one word, which `key` names."""

    __tablename__ = "term"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    key: Mapped[str] = column(sa.String(200), index=True, reveals=Reveals.NOTHING)
    list_key: Mapped[str] = column(sa.String(60), reveals=Reveals.NOTHING)
    code: Mapped[str] = column(sa.String(60), reveals=Reveals.NOTHING)
    language: Mapped[str] = column(sa.String(3), reveals=Reveals.NOTHING)
    # Empty: wherever the language is spoken.
    country: Mapped[str] = column(sa.String(2), reveals=Reveals.NOTHING)
    term: Mapped[str] = column(sa.String(60), reveals=Reveals.NOTHING)
    is_shown: Mapped[bool] = column(reveals=Reveals.NOTHING)
    note: Mapped[str] = column(sa.String(300), default="", reveals=Reveals.NOTHING)
    source: Mapped[str] = column(sa.String(200), default="", reveals=Reveals.NOTHING)
    state: Mapped[TermState] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
