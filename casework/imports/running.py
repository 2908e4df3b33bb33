"""Reading a file into the registry: all of it in one transaction, or nothing.

Progress is told in transactions of its own, so that a page can show it; the rows, what is
wrong with them and the counts stand or fall together.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database, wait_for_turn
from casework.errors import NotFound
from casework.imports.errors import UnreadableFile
from casework.imports.model import ImportFile, ImportRun, RunState
from casework.imports.profiles import Opened, open_as
from casework.imports.queries import content_of
from casework.imports.reading import open_bytes
from casework.imports.storing import Progress, Tally, store_rows
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import KEEPER, Viewer

FAULT = marked(
    "La importación se detuvo por una falla nuestra. No se guardó nada del archivo; "
    "avise a administración y vuelva a intentarlo."
)


class Cancelled(Exception):
    """Somebody asked to stop."""


def run_import(
    database: Database, run_id: int, at: datetime, *, progress: Progress | None = None
) -> None:
    """Do one queued import; a second call finds it done and leaves it.

    Raises
    ------
    NotFound
        If there is no such run.
    """
    ended = _clock_from(at)
    with database.transaction(KEEPER) as session:
        run = _run(session, run_id)
        if run.state not in {RunState.QUEUED, RunState.RUNNING}:
            return
        run.state, run.started_at = RunState.RUNNING, at
        content = content_of(session, run)
    try:
        with database.transaction(KEEPER) as session:
            run = _run(session, run_id)
            opened = open_as(open_bytes(content, run.file_name), run.profile)
            told = _teller(database, run_id, progress)
            bring_in(session, run, opened, at=at, ended=ended, progress=told)
    except Cancelled:
        _close(database, run_id, RunState.CANCELLED, at=ended())
    except UnreadableFile as refusal:
        _close(database, run_id, RunState.FAILED, at=ended(), failure=str(refusal))
    except Exception:
        _close(database, run_id, RunState.FAILED, at=ended(), failure=FAULT)
        raise


def bring_in(
    session: Session,
    run: ImportRun,
    opened: Opened,
    *,
    at: datetime,
    ended: Callable[[], datetime],
    progress: Progress,
    by: Viewer = KEEPER,
) -> Tally:
    """Store every row in the transaction of `session`, and close the run."""
    wait_for_turn(session, "imports")
    tally = store_rows(session, run, opened, at=at, progress=progress)
    for name, count in tally.counts.items():
        setattr(run, name, count)
    run.read = run.rows_done = run.rows_total = tally.read
    run.state, run.finished_at = RunState.FINISHED, ended()
    # The file has been read; every row of it is kept or stands in quarantine word for word.
    forget_file(session, run.id)
    record(
        session,
        Deed.IMPORT_FINISHED,
        by=by,
        at=run.finished_at,
        about=f"import:{run.id}",
        profile=run.profile,
        read=tally.read,
        **cast("dict[str, Any]", dict(tally.counts)),
    )
    session.flush()
    return tally


def forget_file(session: Session, run_id: int) -> None:
    """Throw the file away once nothing more will be read from it."""
    session.execute(sa.delete(ImportFile).where(ImportFile.import_run_id == run_id))


def _clock_from(at: datetime) -> Callable[[], datetime]:
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


def _close(
    database: Database,
    run_id: int,
    state: RunState,
    *,
    at: datetime,
    failure: str | None = None,
) -> None:
    with database.transaction(KEEPER) as session:
        run = _run(session, run_id)
        run.state, run.finished_at, run.failure = state, at, failure
        forget_file(session, run_id)
        record(
            session,
            Deed.IMPORT_FINISHED,
            by=KEEPER,
            at=at,
            about=f"import:{run_id}",
            outcome=state.value,
        )
        if run.account_id is not None:
            told = Told(
                kind=NotificationKind.IMPORT_FINISHED,
                account_id=run.account_id,
                path=f"/imports/{run_id}",
                key=f"import:{run_id}",
            )
            tell(session, told, at=at)


def _teller(database: Database, run_id: int, progress: Progress | None) -> Progress:
    """Tell how far it has come, and hear whether somebody asked to stop."""

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total)
        with database.transaction(KEEPER) as session:
            run = _run(session, run_id)
            run.rows_done, run.rows_total = done, total
            if run.cancel_requested:
                raise Cancelled

    return tell


def _run(session: Session, run_id: int) -> ImportRun:
    run = session.get(ImportRun, run_id)
    if run is None:
        raise NotFound("import")
    return run
