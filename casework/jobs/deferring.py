"""Long work beside the pages: asked for in a deed's own transaction, done by a worker.

The queue lives in the registry's database (the library procrastinate, schema `queue`), so a
deed and the job it asks for are committed together or not at all. A worker that dies stops
its heartbeat; after a while the next worker takes its jobs up again, and each job must make
sure that doing it twice leaves no duplicate.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from sqlalchemy.orm import Session

from casework.database import APP_ROLE, Database
from casework.jobs.hearing import conninfo, hear
from casework.jobs.tasks import (
    REGULAR,
    TASKS,
    WATCHED,
    HeldElsewhere,
    perform,
    perform_regularly,
)

Clock = Callable[[], datetime]

logger = logging.getLogger("reunir.jobs")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a worker says that it lives, and when its silence means that it does not."""

    heartbeat_s: float = 10.0
    stalled_after_s: float = 30.0
    retry_after_s: int = 30


def utc_now() -> datetime:
    """Read the clock for jobs, as `web` does for requests."""
    return datetime.now(UTC)


def defer(session: Session, task: str, *, run_id: int) -> None:
    """Ask for a job as part of the transaction of `session`; undone with it.

    Jobs of one kind are done one after the other.

    Raises
    ------
    KeyError
        If no task has that name: a programming mistake, found before anything is queued.
    """
    defer_each(session, task, [run_id])


def defer_each(session: Session, task: str, run_ids: Iterable[int]) -> None:
    """Ask for a job of the same kind for each of these, at once.

    Raises
    ------
    KeyError
        If no task has that name.
    """
    if task not in TASKS:
        raise KeyError(task)
    session.flush()
    connection = session.connection().connection.driver_connection
    # Never opened: it only writes the job on the connection it is given.
    app = App(connector=SyncPsycopgConnector())
    jobs = app.configure_task(task, connection=connection, lock=task)
    runs: list[dict[str, Any]] = [{"run_id": run_id} for run_id in run_ids]
    jobs.batch_defer(*runs)


def run_worker(
    database: Database,
    *,
    clock: Clock = utc_now,
    wait: bool = True,
    patience: Patience | None = None,
    handles_signals: bool = True,
    does_regular: bool = False,
) -> None:
    """Do the jobs that wait, and with `wait` those to come, until told to stop.

    With `does_regular` it also does what is due by the clock (`REGULAR`), and hears what the
    database calls for (`WATCHED`), unless another worker does.

    A matching run and an import may go on at the same time; two matching runs may not.
    """
    patience = patience or Patience()
    app = _app_for(database, clock, patience, does_regular=does_regular)
    work = _work(app, patience, wait=wait, handles_signals=handles_signals)
    if does_regular:
        work = _hearing(work, database, clock)
    asyncio.run(work)


async def _work(app: App, patience: Patience, *, wait: bool, handles_signals: bool) -> None:
    async with app.open_async(), _rescuing(app, patience):
        await app.run_worker_async(
            name="reunir",
            concurrency=2,
            wait=wait,
            install_signal_handlers=handles_signals,
            delete_jobs="successful",
            update_heartbeat_interval=patience.heartbeat_s,
            stalled_worker_timeout=patience.stalled_after_s,
        )


async def _hearing(work: Coroutine[None, None, None], database: Database, clock: Clock) -> None:
    """Hear all channels beside the work, and stop when it ends."""
    watches = [asyncio.create_task(hear(name, database, clock)) for name in WATCHED]
    try:
        await work
    finally:
        for watch in watches:
            watch.cancel()
        await asyncio.gather(*watches, return_exceptions=True)


def _app_for(
    database: Database, clock: Clock, patience: Patience, *, does_regular: bool
) -> App:
    app = App(
        connector=PsycopgConnector(
            conninfo=conninfo(database),
            min_size=1,
            max_size=4,
            kwargs={"options": f"-c role={APP_ROLE} -c search_path=queue,public"},
        )
    )
    again = RetryStrategy(
        max_attempts=1000, wait=patience.retry_after_s, retry_exceptions={HeldElsewhere}
    )
    for name in TASKS:
        app.task(name=name, retry=again)(partial(perform, name, database, clock))
    for name, regular in REGULAR.items():
        # Whether two of a kind wait does not matter; that they wait for ever would.
        task = app.task(name=name, queueing_lock=name)(_regular(name, database, clock))
        if does_regular:
            app.periodic(cron=regular.cron)(task)
    return app


def _regular(name: str, database: Database, clock: Clock) -> Callable[[int], None]:
    def due(timestamp: int) -> None:
        del timestamp  # when it was due; what counts is what it finds now
        perform_regularly(name, database, clock)

    return due


@contextlib.asynccontextmanager
async def _rescuing(app: App, patience: Patience) -> AsyncIterator[None]:
    """Take up the jobs of workers that died, at once and then as long as this one works."""
    await _take_up_stalled(app, patience)
    watch = asyncio.create_task(_keep_taking_up(app, patience))
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


async def _keep_taking_up(app: App, patience: Patience) -> None:
    while True:
        await asyncio.sleep(patience.heartbeat_s)
        # One lost connection must not end the watch; the worker itself reports a dead database.
        with contextlib.suppress(psycopg.Error):
            await _take_up_stalled(app, patience)


async def _take_up_stalled(app: App, patience: Patience) -> None:
    stalled = await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=patience.stalled_after_s
    )
    for job in stalled:
        logger.warning("job %s of a worker that fell silent is taken up again", job.id)
        await app.job_manager.retry_job(job)
