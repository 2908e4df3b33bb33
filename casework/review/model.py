"""Reviews of a proposal: seats, blind opinions, the board. Rows are added, never changed.

A review is about two records and sealed with the key of the missing person's, as what DNA says
of them. Until both first seats have spoken the database shows an opinion to its author alone,
and nothing in clear says what, or that, anybody has said: see ADR 0049.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Account, Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class Place(StrEnum):
    """Where somebody sits: two who look blind, and one who reads both."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class SeatChange(StrEnum):
    """What became of a seat; the last one counts."""

    PAUSED = "paused"
    RESUMED = "resumed"
    HANDED_OVER = "handed_over"  # it is free again; what was said in it is set aside


class Verdict(StrEnum):
    """What somebody says of one kind of evidence."""

    CONSISTENT = "consistent"
    EXPLAINABLE = "explainable"  # it differs, and the note says why it may
    UNEXPLAINABLE = "unexplainable"
    NOT_COMPARABLE = "not_comparable"


class Conclusion(StrEnum):
    """What somebody says of the two records together."""

    SUPPORTS = "supports"
    EXCLUDES = "excludes"
    INSUFFICIENT = "insufficient"


class DecidedBy(StrEnum):
    """By whom an outcome was reached; a later one takes the place of an earlier."""

    EXAMINERS = "examiners"
    THIRD = "third"
    BOARD = "board"


class OfReview(PartOf):
    """What hangs on a review hangs on the missing person's record as well."""

    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )

    @declared_attr
    def review_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey("review.id", ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
        )


class Review(PartOf, SealedRow, Base):
    """One look at a pair by two people; a later one follows it and says why."""

    __tablename__ = "review"
    __table_args__ = (
        # A pair has one chain of reviews: the last of it is the one under way, or none is.
        sa.UniqueConstraint(
            "case_id", "remains_id", "follows_id", postgresql_nulls_not_distinct=True
        ),
    )
    record_table = "missing_person"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    remains_id: Mapped[int] = column(
        sa.ForeignKey(Remains.id, ondelete="CASCADE"), index=True, reveals=Reveals.IDENTITY
    )
    # A keyed fingerprint of what both records said when it was opened.
    said_fingerprint: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    follows_id: Mapped[int | None] = column(
        sa.ForeignKey("review.id", ondelete="CASCADE"), unique=True, reveals=Reveals.NOTHING
    )
    why_again = sealed(reveals=Reveals.BODY)
    begun_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    begun_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ReviewSeat(OfReview, Base):
    """Who is asked to look, by when. Whoever sits at one place after another says so."""

    __tablename__ = "review_seat"
    __table_args__ = (
        sa.UniqueConstraint(
            "review_id", "place", "succeeds_id", postgresql_nulls_not_distinct=True
        ),
        # Two seats are two people, also of those who handed theirs over.
        sa.UniqueConstraint("review_id", "account_id"),
    )

    place: Mapped[Place] = column(reveals=Reveals.NOTHING)
    succeeds_id: Mapped[int | None] = column(
        sa.ForeignKey("review_seat.id", ondelete="CASCADE"),
        unique=True,
        reveals=Reveals.NOTHING,
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    due_on: Mapped[date] = column(reveals=Reveals.NOTHING)
    seated_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    seated_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)


class ReviewSeatChange(OfReview, Base):
    """That a seat was paused, taken up again, or handed over. Why is not asked."""

    __tablename__ = "review_seat_change"
    __table_args__ = (
        sa.CheckConstraint("until_on IS NULL OR change = 'paused'", name="only_a_pause_ends"),
    )

    seat_id: Mapped[int] = column(
        sa.ForeignKey(ReviewSeat.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    change: Mapped[SeatChange] = column(reveals=Reveals.NOTHING)
    # The day from which it is taken up again by itself; None: until somebody says so.
    until_on: Mapped[date | None] = column(reveals=Reveals.NOTHING)
    changed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    changed_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)


class SaidInSeat(OfReview, SealedRow):
    """What somebody who sits says: of each kind of evidence, and of the pair."""

    # `casework.review.said.Said`; what is said of names or of DNA opens with these alone.
    said = sealed(reveals=Reveals.BODY, kind=JSON)
    said_of_identity = sealed(reveals=Reveals.IDENTITY, kind=JSON)
    said_of_dna = sealed(reveals=Reveals.DNA, kind=JSON)

    @declared_attr
    def seat_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey(ReviewSeat.id, ondelete="CASCADE"),
            unique=True,
            reveals=Reveals.NOTHING,
        )

    @declared_attr
    def account_id(cls) -> Mapped[int]:  # noqa: N805 - as above
        return column(sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING)

    @declared_attr
    def case(cls) -> Mapped[MissingPerson]:  # noqa: N805 - as above
        return relationship()


class Opinion(SaidInSeat, Base):
    """What somebody says in their seat; once given it stands."""

    __tablename__ = "opinion"

    given_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class OpinionDraft(SaidInSeat, Base):
    """What somebody has written so far: theirs alone, the one row here that changes."""

    __tablename__ = "opinion_draft"

    kept_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class ReviewBoard(OfReview, SealedRow, Base):
    """A board that was convened over one review."""

    __tablename__ = "review_board"
    __table_args__ = (sa.UniqueConstraint("review_id"),)

    question = sealed(reveals=Reveals.BODY)
    convened_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    convened_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class BoardMember(OfReview, Base):
    """Somebody whom a coordinator of their institution named."""

    __tablename__ = "board_member"
    __table_args__ = (sa.UniqueConstraint("review_id", "account_id"),)

    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING
    )
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    named_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    named_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)


class BoardVote(OfReview, SealedRow, Base):
    """What one member says; dissent is kept as it was said."""

    __tablename__ = "board_vote"

    member_id: Mapped[int] = column(
        sa.ForeignKey(BoardMember.id, ondelete="CASCADE"), unique=True, reveals=Reveals.NOTHING
    )
    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING
    )
    # `casework.review.said.Vote`.
    said = sealed(reveals=Reveals.BODY, kind=JSON)
    voted_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class BoardMinutes(OfReview, SealedRow, Base):
    """What a coordinator wrote down when the board was closed; with it the board is over."""

    __tablename__ = "board_minutes"
    __table_args__ = (sa.UniqueConstraint("review_id"),)

    minutes = sealed(reveals=Reveals.BODY)
    closed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    closed_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)

    case: Mapped[MissingPerson] = relationship()


class ReviewOutcome(OfReview, Base):
    """What came of it, in clear: it is there only once both first seats have spoken."""

    __tablename__ = "review_outcome"
    __table_args__ = (sa.UniqueConstraint("review_id", "decided_by"),)

    decided_by: Mapped[DecidedBy] = column(reveals=Reveals.NOTHING)
    # None: the two differ, or the third sends it to the board.
    conclusion: Mapped[Conclusion | None] = column(reveals=Reveals.BODY)
    # Kinds of evidence that somebody calls unexplainable and nobody has explained since.
    unexplained: Mapped[list[str]] = column(ARRAY(sa.String(40)), reveals=Reveals.BODY)
    # The board carries an identification without a primary identifier.
    is_exception: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    reached_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    reached_by: Mapped[int] = column(sa.ForeignKey(Account.id), reveals=Reveals.NOTHING)
