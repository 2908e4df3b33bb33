"""Telling that something happened, in the transaction in which it did."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from casework.notifications.model import Notification, NotificationKind
from privacy.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened, and whom it concerns: duties of an institution, or one account.

    `path` leads to a page of ours by number; `key` names the happening, which is told once.
    """

    kind: NotificationKind
    path: str
    key: str
    institution_id: int | None = None
    roles: Collection[Role] = ()
    account_id: int | None = None


def tell(session: Session, told: Told, *, at: datetime) -> None:
    """Let those whom it concerns know that something waits, and nothing of what it is."""
    row = {
        "kind": told.kind,
        "institution_id": told.institution_id,
        "roles": sorted(role.value for role in told.roles),
        "account_id": told.account_id,
        "path": told.path,
        "key": told.key,
        "made_at": at,
    }
    session.flush()
    # As a list, so that nothing is read back: it is not for whoever writes it.
    session.execute(insert(Notification).values([row]).on_conflict_do_nothing())
