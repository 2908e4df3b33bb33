"""The blind tokens of people's names: which case, which token, and nothing else."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from privacy.model import Base, Reveals, column


class NameToken(Base):
    """One token of one missing person's names.

    One row each, and no array: under row-level security only an equality that cannot leak may
    use an index before the policy is asked, and that is so for `bigint =`, not for arrays.
    """

    __tablename__ = "name_token"

    # First in the key, so that a search reads one stretch of one index and no table.
    token: Mapped[int] = column(sa.BigInteger, primary_key=True, reveals=Reveals.IDENTITY)
    case_id: Mapped[int] = column(
        sa.ForeignKey("missing_person.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        reveals=Reveals.NOTHING,
    )
