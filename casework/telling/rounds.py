"""What is told by the clock of steps with families: that a day has passed, and nothing more."""

from datetime import datetime

from casework.database import Database
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.telling.queries import all_with_late_steps
from privacy.permissions import KEEPER, Role

WHO_SPEAKS = (Role.LIAISON_OFFICER, Role.CONSULAR_OFFICER, Role.FORENSIC_COORDINATOR)


def go_round(database: Database, at: datetime) -> None:
    """Tell each institution, once a day, that the day of a step with a family has passed."""
    with database.transaction(KEEPER) as session:
        for institution in all_with_late_steps(session, at=at):
            told = Told(
                kind=NotificationKind.TELLING_DUE,
                institution_id=institution,
                roles=WHO_SPEAKS,
                path="/released",
                key=f"telling:{institution}:{at.date()}",
            )
            tell(session, told, at=at)
