"""What is told by the clock: promises whose day has passed. And what is old is forgotten."""

from datetime import datetime

import sqlalchemy as sa

from casework.contacts.queries import all_who_owe
from casework.database import Database
from casework.notifications.model import Notification, NotificationKind
from casework.notifications.sending import KEPT_FOR
from casework.notifications.writing import Told, tell
from privacy.permissions import KEEPER, Role

WHO_PROMISES = (Role.LIAISON_OFFICER, Role.FORENSIC_COORDINATOR)


def go_round(database: Database, at: datetime) -> None:
    """Tell each institution, once a day, that it owes a family something since yesterday."""
    with database.transaction(KEEPER) as session:
        for institution in all_who_owe(session, KEEPER, at=at):
            told = Told(
                kind=NotificationKind.PROMISE_OVERDUE,
                institution_id=institution,
                roles=WHO_PROMISES,
                path="/promises",
                key=f"promises:{institution}:{at.date()}",
            )
            tell(session, told, at=at)
        old = sa.delete(Notification).where(Notification.made_at < at - KEPT_FOR)
        session.execute(old)
