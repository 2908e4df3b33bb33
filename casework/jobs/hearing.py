"""Hearing what the database calls for, by one worker at a time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from psycopg import AsyncConnection, sql

from casework.database import APP_ROLE, Database
from casework.jobs.tasks import WATCHED, hearer_of

AGAIN_AFTER_S = 5.0
"""How long a call can stay unheard if it was lost, and a worker that died unreplaced."""

logger = logging.getLogger("reunir.jobs")


async def hear(name: str, database: Database, clock: Callable[[], datetime]) -> None:
    """Do what one channel calls for as soon as it does, for ever.

    The first worker to come hears it; another waits until that one is gone. A fault or a lost
    connection is told in the log, without a word of what was read, and begun again.
    """
    while True:
        try:
            await _hear_as_long_as_possible(name, database, clock)
        except Exception as fault:  # noqa: BLE001 - whatever it was, the next call is heard
            # Only the kind of fault: its text may quote a record.
            logger.error("hearing %s fell: %s", name, type(fault).__name__)  # noqa: TRY400
        await asyncio.sleep(AGAIN_AFTER_S)


async def _hear_as_long_as_possible(
    name: str, database: Database, clock: Callable[[], datetime]
) -> None:
    async with await AsyncConnection.connect(
        conninfo(database), autocommit=True, options=f"-c role={APP_ROLE}"
    ) as connection:
        if not await _is_first(connection, name):
            return
        await connection.execute(
            sql.SQL("LISTEN {}").format(sql.Identifier(WATCHED[name].channel))
        )
        hearer = hearer_of(name, database, clock)
        while True:
            await asyncio.to_thread(hearer.hear)
            async for _ in connection.notifies(timeout=AGAIN_AFTER_S, stop_after=1):
                pass


async def _is_first(connection: AsyncConnection, name: str) -> bool:
    """Hold a lock on the server's side as long as this connection lives."""
    asked = await connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (f"hears:{name}",)
    )
    row = await asked.fetchone()
    return row is not None and bool(row[0])


def conninfo(database: Database) -> str:
    """Give the database's address as PostgreSQL's own library reads it."""
    url = sa.make_url(database.url).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)
