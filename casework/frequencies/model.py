"""Tables of allele frequencies. They name nobody; rows are added and never changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class FrequencyTable(Base):
    """One table as it was published, with where it is from."""

    __tablename__ = "frequency_table"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    # As results name it; a table is never changed, so a new one has a new name.
    name: Mapped[str] = column(sa.String(120), unique=True, reveals=Reveals.NOTHING)
    population: Mapped[str] = column(sa.String(200), reveals=Reveals.NOTHING)
    source: Mapped[str] = column(sa.String(500), reveals=Reveals.NOTHING)
    people_typed: Mapped[int | None] = column(reveals=Reveals.NOTHING)
    # {"D3S1358": {"15": 0.26}}: as `matching.kinship` reads it, before anything is scaled.
    loci: Mapped[dict[str, Any]] = column(JSONB, reveals=Reveals.NOTHING)
    file_sha256: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)
