"""The blind tokens of names, words and numbers: which case, which token, and nothing else."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr

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


class WordColumns:
    """One word or number that a record holds, as a token, with the group that it stands in.

    Tokens are added and never altered: what was said before stays said. They go with the
    record.
    """

    record_table: ClassVar[str]

    token: Mapped[int] = column(
        sa.BigInteger, primary_key=True, sort_order=-3, reveals=Reveals.IDENTITY
    )
    # Whoever finds by a token must be able to open what it was made of.
    reveals: Mapped[Reveals] = column(primary_key=True, sort_order=-1, reveals=Reveals.NOTHING)

    @declared_attr
    def case_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey(f"{cls.record_table}.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
            sort_order=-2,
            reveals=Reveals.NOTHING,
        )


class MissingPersonWord(WordColumns, Base):
    """A word or number that the file of a missing person holds."""

    __tablename__ = "missing_person_word"
    record_table = "missing_person"


class RemainsWord(WordColumns, Base):
    """A word or number that the file of remains holds."""

    __tablename__ = "remains_word"
    record_table = "remains"
