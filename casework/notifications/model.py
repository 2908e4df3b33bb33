"""That something waits: its kind and where to look, and nothing of whom it is about.

A row names an institution and the duties there, or one account. Whoever looks it up is asked
again, there, whether they may read it.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped

from casework.signin.model import Account, Institution
from casework.web.languages import Spoken
from privacy.model import Base, Reveals, column


class NotificationKind(StrEnum):
    """What happened."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_ANSWERED = "request_answered"
    PROMISE_OVERDUE = "promise_overdue"
    PROPOSAL_RELEASED = "proposal_released"
    IMPORT_FINISHED = "import_finished"
    ACT_PLANNED = "act_planned"
    MAY_BE_SOUGHT = "may_be_sought"
    OPENING_ASKED = "opening_asked"
    OPENING_ANSWERED = "opening_answered"
    REVIEW_WAITS = "review_waits"
    REVIEW_SPOKEN = "review_spoken"
    DECISION_WAITS = "decision_waits"
    DECISION_ENDED = "decision_ended"
    IDENTIFICATION_RELEASED = "identification_released"
    TELLING_DUE = "telling_due"
    RELEASE_RECALLED = "release_recalled"
    OTHER_OPINION_WISHED = "other_opinion_wished"
    NAMED_ACT = "named_act"


class HowOften(StrEnum):
    """How often an account is written to, at most."""

    NEVER = "never"
    DAY = "day"
    HOUR = "hour"


class Notification(Base):
    """That something waits for an institution's people of some duties, or for one account."""

    __tablename__ = "notification"
    __table_args__ = (
        sa.CheckConstraint(
            "num_nonnulls(institution_id, account_id) = 1", name="for_one_or_the_other"
        ),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    kind: Mapped[NotificationKind] = column(reveals=Reveals.NOTHING)
    institution_id: Mapped[int | None] = column(
        sa.ForeignKey(Institution.id), index=True, reveals=Reveals.NOTHING
    )
    roles: Mapped[list[str]] = column(ARRAY(sa.Text), default=list, reveals=Reveals.NOTHING)
    account_id: Mapped[int | None] = column(
        sa.ForeignKey(Account.id), index=True, reveals=Reveals.NOTHING
    )
    # A page of ours by number, never by a reference.
    path: Mapped[str] = column(sa.String(80), reveals=Reveals.NOTHING)
    # The same happening told twice is told once.
    key: Mapped[str] = column(sa.String(80), unique=True, reveals=Reveals.NOTHING)
    made_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)


class NotificationSeen(Base):
    """That one account has seen a notification."""

    __tablename__ = "notification_seen"

    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), primary_key=True, reveals=Reveals.NOTHING
    )
    notification_id: Mapped[int] = column(
        sa.ForeignKey(Notification.id, ondelete="CASCADE"),
        primary_key=True,
        index=True,
        reveals=Reveals.NOTHING,
    )
    seen_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class MailChoice(Base):
    """Whether, where and how often an account is written to. Without a row: never."""

    __tablename__ = "mail_choice"

    account_id: Mapped[int] = column(
        sa.ForeignKey(Account.id), primary_key=True, reveals=Reveals.NOTHING
    )
    # Sealed with the key of the door, as other things by which somebody comes in.
    address: Mapped[bytes] = column(sa.LargeBinary, reveals=Reveals.NOTHING)
    how_often: Mapped[HowOften] = column(default=HowOften.NEVER, reveals=Reveals.NOTHING)
    language: Mapped[Spoken] = column(reveals=Reveals.NOTHING)
    changed_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    mailed_at: Mapped[datetime | None] = column(reveals=Reveals.NOTHING)
    # The last notification that a mail has counted.
    mailed_up_to: Mapped[int] = column(sa.BigInteger, default=0, reveals=Reveals.NOTHING)
