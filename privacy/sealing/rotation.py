"""Wrapping every case's key anew, while readers and writers go on."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.sealing.model import DataKey
from privacy.sealing.providers import KeyProvider, Wrapped

AT_A_TIME = 500
_TABLE = cast("sa.Table", DataKey.__table__)

Transactions = Callable[[], AbstractContextManager[Session]]


def rewrap_all(
    transaction: Transactions, provider: KeyProvider, *, at_a_time: int = AT_A_TIME
) -> Iterator[int]:
    """Wrap what an older version wrapped with the newest, batch by batch; yield how many.

    Interrupted, it goes on where it stopped: each batch is one transaction. Run until nothing
    is left, so that keys made meanwhile by a process with the older version are found too.
    """
    while True:
        with transaction() as session:
            done = _rewrap_some(session, provider, at_a_time)
        if not done:
            return
        yield done


def count_older(session: Session, version: int) -> int:
    """Count the keys that an older version than this still wraps."""
    older = sa.select(sa.func.count()).select_from(_TABLE).where(_older(version))
    return session.scalar(older) or 0


def count_wrapped_by(session: Session, version: int) -> int:
    """Count the keys that this version wraps."""
    by_it = (_TABLE.c.kek_version == version) & _TABLE.c.destroyed_at.is_(None)
    return session.scalar(sa.select(sa.func.count()).select_from(_TABLE).where(by_it)) or 0


def _rewrap_some(session: Session, provider: KeyProvider, at_a_time: int) -> int:
    newest, erased = provider.newest(), provider.destroyed()
    rows = session.execute(
        sa.select(_TABLE.c.case_seal_id, _TABLE.c.wrapped, _TABLE.c.kek_version)
        .where(_older(newest), _TABLE.c.case_seal_id.not_in(erased))
        .order_by(_TABLE.c.case_seal_id)
        .limit(at_a_time)
        # Another rotation takes other rows; an erasure waits for this batch, or goes first.
        .with_for_update(skip_locked=True)
    ).all()
    clear = provider.unwrap({case: Wrapped(sealed, version) for case, sealed, version in rows})
    wrapped = provider.wrap(clear)
    for key in clear.values():
        key[:] = bytes(len(key))
    for case, each in wrapped.items():
        session.execute(
            sa.update(_TABLE)
            .where(_TABLE.c.case_seal_id == case)
            .values(wrapped=each.sealed, kek_version=each.version)
        )
    return len(wrapped)


def _older(version: int) -> sa.ColumnElement[bool]:
    return (_TABLE.c.kek_version < version) & _TABLE.c.destroyed_at.is_(None)
