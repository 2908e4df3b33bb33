"""How much one person may open in an hour: above it the opening stops and is reported."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa  # noqa: TC002 - quoted in a cast
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.context import see_as
from privacy.errors import TooManyOpened
from privacy.model import Reveals
from privacy.permissions import Role, Viewer
from privacy.sealing.keyring import sealing_of
from privacy.sealing.model import OpeningCount

_TABLE = cast("sa.Table", OpeningCount.__table__)
# Parts of the machine open what their purpose lets them; each run is one deed with counts.
UNCOUNTED = frozenset({Role.ENGINE, Role.DOOR})


def count_openings(
    session: Session, viewer: Viewer, rows: Sequence[Any], group: Reveals, *, at: datetime
) -> None:
    """Count what is about to be opened.

    Raises
    ------
    TooManyOpened
        If the hour's quota is passed; the refusal is recorded whatever becomes of the rest.
    """
    if viewer.role in UNCOUNTED or not rows:
        return
    counted = insert(_TABLE).values(
        account_id=viewer.account_id,
        hour=at.replace(minute=0, second=0, microsecond=0),
        opened=len(rows),
    )
    opened = session.scalar(
        counted.on_conflict_do_update(
            index_elements=["account_id", "hour"],
            set_={"opened": _TABLE.c.opened + counted.excluded.opened},
        ).returning(_TABLE.c.opened)
    )
    if cast("int", opened) > sealing_of(session).openings_per_hour:
        _report(session, viewer, group, cast("int", opened), at=at)
        raise TooManyOpened


def _report(
    session: Session, viewer: Viewer, group: Reveals, opened: int, *, at: datetime
) -> None:
    """Record it in a transaction of its own, which undoing the request cannot hide."""
    with Session(session.get_bind()) as apart:
        see_as(apart, viewer)
        with apart.begin():
            record(
                apart,
                Deed.QUOTA_EXCEEDED,
                by=viewer,
                at=at,
                group=group.value,
                opened=opened,
                quota=sealing_of(session).openings_per_hour,
            )
