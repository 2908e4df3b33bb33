"""After a back-up was restored: whoever was erased since it was made is erased again.

The list of the erased stands with the keys, outside the database. `privacy.sealing.erasure`
empties what was sealed; here goes what never was: days, places, codes, marks, comparisons.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.retention.erasing import erase
from casework.retention.rules import RECORDS
from privacy.permissions import KEEPER
from privacy.sealing.erasure import reapply_erasures
from privacy.sealing.model import DataKey

BASIS = "restored"


def erase_again(session: Session, *, at: datetime) -> list[str]:
    """Erase whoever has no key any more and is no tombstone yet; give their references.

    Only for the keeper's sessions.

    Raises
    ------
    KeysUnavailable
        If the list of the erased is older than the database.
    """
    reapply_erasures(session, at=at)
    came_back = [record for table in RECORDS for record in _keyless(session, table)]
    references = [each.reference for each in came_back]
    for each in came_back:
        erase(session, KEEPER, each, basis=BASIS, at=at)
    return references


def _keyless(session: Session, table: type[Any]) -> Sequence[Any]:
    gone = sa.select(DataKey.case_seal_id).where(DataKey.destroyed_at.is_not(None))
    return session.scalars(
        sa.select(table).where(table.seal_id.in_(gone), table.erased_at.is_(None))
    ).all()
