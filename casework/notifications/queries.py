"""Reading what waits for one account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.notifications.model import MailChoice, Notification, NotificationSeen
from privacy.permissions import Viewer

AT_MOST = 100  # are counted and listed; what is older is looked up where it stands


@dataclass(frozen=True, slots=True)
class Waiting:
    """One notification, and whether the account has seen it."""

    notification: Notification
    is_new: bool


def for_account(account_id: int, institution_id: int, role: str) -> sa.Select[Notification]:
    """Ask for what concerns one account."""
    return sa.select(Notification).where(
        sa.or_(
            Notification.account_id == account_id,
            sa.and_(
                Notification.institution_id == institution_id,
                sa.literal(role) == sa.any_(Notification.roles),
            ),
        )
    )


def unseen_by(account_id: int) -> sa.ColumnElement[bool]:
    """Say of a notification that the account has not seen it."""
    return ~sa.exists().where(
        NotificationSeen.notification_id == Notification.id,
        NotificationSeen.account_id == account_id,
    )


def count_new(session: Session, viewer: Viewer) -> int:
    """Count what the viewer has not seen, up to a hundred: for the top of every page."""
    few = (
        _own(viewer)
        .where(unseen_by(viewer.account_id))
        .with_only_columns(Notification.id)
        .limit(AT_MOST)
        .subquery()
    )
    return session.scalar(sa.select(sa.func.count()).select_from(few)) or 0


def list_waiting(session: Session, viewer: Viewer) -> Sequence[Waiting]:
    """List what concerns the viewer, the newest first."""
    rows = session.execute(
        _own(viewer)
        .add_columns(unseen_by(viewer.account_id))
        .order_by(Notification.id.desc())
        .limit(AT_MOST)
    )
    waiting = [Waiting(row[0], bool(row[1])) for row in rows]
    # What is made in one go can be of several days: what is late, and what was late before.
    return sorted(waiting, key=lambda each: each.notification.made_at, reverse=True)


def find_waiting(session: Session, viewer: Viewer, number: int) -> Notification | None:
    """Find one notification that concerns the viewer."""
    return session.scalar(_own(viewer).where(Notification.id == number))


def mark_seen(
    session: Session, viewer: Viewer, *, at: datetime, number: int | None = None
) -> None:
    """Note that the viewer has seen one notification, or all."""
    new = _own(viewer).where(unseen_by(viewer.account_id))
    if number is not None:
        new = new.where(Notification.id == number)
    seen = new.with_only_columns(
        sa.literal(viewer.account_id),
        Notification.id,
        sa.literal(at, sa.DateTime(timezone=True)),
    )
    columns = ("account_id", "notification_id", "seen_at")
    session.execute(sa.insert(NotificationSeen).from_select(columns, seen))


def find_choice(session: Session, account_id: int) -> MailChoice | None:
    """Give how an account is written to, if it ever chose."""
    return session.get(MailChoice, account_id)


def _own(viewer: Viewer) -> sa.Select[Notification]:
    return for_account(viewer.account_id, viewer.institution_id, viewer.role.value)
