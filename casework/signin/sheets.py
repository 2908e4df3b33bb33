"""Sheets that were sent: one sent again leads to what it made, and makes no second."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import wait_for_turn
from casework.signin.model import SentSheet
from privacy.permissions import Viewer

# As long as a page may lie open in a browser with its button still to be pressed again.
REMEMBERED = timedelta(days=2)


def where_it_led(session: Session, number: UUID) -> str | None:
    """Say where a sheet led that was sent before, waiting for whoever writes on it now."""
    wait_for_turn(session, f"sheet/{number}")
    return session.scalar(sa.select(SentSheet.led_to).where(SentSheet.number == number))


def note_sent(
    session: Session, viewer: Viewer, number: UUID, led_to: str, *, at: datetime
) -> None:
    """Note that a sheet was sent and where it led; what they sent long ago is forgotten."""
    session.execute(
        sa.delete(SentSheet).where(
            SentSheet.account_id == viewer.account_id, SentSheet.sent_at < at - REMEMBERED
        )
    )
    session.add(
        SentSheet(number=number, account_id=viewer.account_id, led_to=led_to, sent_at=at)
    )
    session.flush()
