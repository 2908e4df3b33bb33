"""Erasing what a line says while its place in the tree stays, and saying so in the log.

Only the owner of the tables can: the application may add to the log and nothing else.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.audit.verification import PROVER


def erase_payload(session: Session, position: int, *, reason: str, at: datetime) -> bool:
    """Empty one line and record it; say whether there was such a line to empty.

    A line that answers for an erasure cannot be erased: it would leave the other unexplained.
    """
    emptied = session.scalars(
        sa.update(Entry)
        .where(Entry.position == position, Entry.deed != Deed.LOG_LINE_ERASED)
        .where(Entry.salt.is_not(None))
        .values(about=None, details={}, concerning=None, salt=None)
        .returning(Entry.position)
        .execution_options(synchronize_session=False)
    ).all()
    if emptied:
        record(
            session,
            Deed.LOG_LINE_ERASED,
            by=PROVER,
            at=at,
            position=position,
            reason=reason,
        )
    return bool(emptied)
