"""How much one person may open in an hour: above it the opening stops and is reported."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.context import see_as
from privacy.errors import TooManyOpened
from privacy.model import Reveals
from privacy.permissions import Role, Viewer
from privacy.sealing.columns import case_of
from privacy.sealing.keyring import sealing_of
from privacy.sealing.model import CountedOpening

# Parts of the machine open what their purpose lets them; each run is one deed with counts.
UNCOUNTED = frozenset({Role.ENGINE, Role.DOOR})
# What tells who somebody is. A body is compared by the hundred, and names nobody (ADR 0031).
COUNTED = frozenset({Reveals.IDENTITY, Reveals.CONTACT, Reveals.DNA})
HOUR = timedelta(hours=1)


def count_openings(
    session: Session, viewer: Viewer, rows: Sequence[Any], group: Reveals, *, at: datetime
) -> None:
    """Count what is about to be opened: a case's group once in the hour that then follows.

    Raises
    ------
    TooManyOpened
        If the quota of the hour is passed; the refusal is recorded whatever becomes of the
        rest.
    """
    if viewer.role in UNCOUNTED or group not in COUNTED or not rows:
        return
    _wait_for_ones_turn(session, viewer)
    if not _count_new(session, viewer, {case_of(row).seal_id for row in rows}, group, at=at):
        return
    opened = _counted(session, viewer, at=at)
    quota = sealing_of(session).openings_per_hour
    if opened > quota:
        _report(session, viewer, at=at, group=group.value, opened=opened, quota=quota)
        raise TooManyOpened
    _forget_old(session, viewer, at=at)


def _wait_for_ones_turn(session: Session, viewer: Viewer) -> None:
    """Let one account's requests count one after the other: two at once see each other."""
    turn = sa.func.hashtextextended(CountedOpening.__tablename__, viewer.account_id)
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(turn)))


def _count_new(
    session: Session, viewer: Viewer, cases: set[UUID], group: Reveals, *, at: datetime
) -> int:
    """Write down what was not opened within the hour before, and say how many they are."""
    asked = sa.func.unnest(array(sorted(cases), type_=sa.Uuid)).column_valued("asked")
    is_counted = sa.exists().where(
        CountedOpening.account_id == viewer.account_id,
        CountedOpening.case_seal_id == asked,
        CountedOpening.fields == group,
        CountedOpening.opened_at > at - HOUR,
    )
    stated = (sa.literal(viewer.account_id), asked, sa.literal(group.value), sa.literal(at))
    columns = ["account_id", "case_seal_id", "fields", "opened_at"]
    added = session.execute(
        sa.insert(CountedOpening).from_select(columns, sa.select(*stated).where(~is_counted))
    )
    return cast("sa.CursorResult[Any]", added).rowcount


def _counted(session: Session, viewer: Viewer, *, at: datetime) -> int:
    counted = sa.select(sa.func.count()).where(
        CountedOpening.account_id == viewer.account_id, CountedOpening.opened_at > at - HOUR
    )
    return session.scalar(counted) or 0


def _forget_old(session: Session, viewer: Viewer, *, at: datetime) -> None:
    """Keep no second list of who opened whom: the log is that list, and only it is read."""
    session.execute(
        sa.delete(CountedOpening).where(
            CountedOpening.account_id == viewer.account_id,
            CountedOpening.opened_at <= at - HOUR,
        )
    )


def _report(
    session: Session, viewer: Viewer, *, at: datetime, group: str, opened: int, quota: int
) -> None:
    """Record it in a transaction of its own, which undoing the request cannot hide."""
    what = Deed.QUOTA_EXCEEDED
    with Session(session.get_bind()) as apart:
        see_as(apart, viewer)
        with apart.begin():
            record(apart, what, by=viewer, at=at, group=group, opened=opened, quota=quota)
