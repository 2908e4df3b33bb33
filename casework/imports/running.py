"""Reading a file into the registry: all of it in one transaction, or nothing.

Progress is told in transactions of its own, so that a page can show it; the rows, what is
wrong with them and the counts stand or fall together.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.errors import NotFound
from casework.imports.errors import UnreadableFile
from casework.imports.findings import Finding
from casework.imports.keeping import Draft, Kept, keep
from casework.imports.model import (
    ImportFile,
    ImportProblem,
    ImportRun,
    QuarantinedRow,
    RunState,
)
from casework.imports.problems import Severity
from casework.imports.profiles import Opened, ReadRow, open_as
from casework.imports.reading import open_bytes
from casework.imports.shelves import Kind, kind_for
from casework.settings import settings
from casework.signin.model import Institution
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import KEEPER, Purpose, Role, Viewer

ROWS_AT_A_TIME = 1_000
Progress = Callable[[int, int], None]

FAULT = marked(
    "La importación se detuvo por una falla nuestra. No se guardó nada del archivo; "
    "avise a administración y vuelva a intentarlo."
)
logger = logging.getLogger("reunir.imports")


class Cancelled(Exception):
    """Somebody asked to stop."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file; the five counts are disjoint and add up."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.counts.total()


def run_import(
    database: Database, run_id: int, at: datetime, *, progress: Progress | None = None
) -> None:
    """Do one queued import; a second call finds it done and leaves it.

    Raises
    ------
    NotFound
        If there is no such run.
    """
    with database.transaction(KEEPER) as session:
        run = _run(session, run_id)
        if run.state not in {RunState.QUEUED, RunState.RUNNING}:
            return
        run.state, run.started_at = RunState.RUNNING, at
        content = session.scalars(
            sa.select(ImportFile.content).where(ImportFile.import_run_id == run_id)
        ).one()
    try:
        with database.transaction(KEEPER) as session:
            run = _run(session, run_id)
            opened = open_as(open_bytes(content, run.file_name), run.profile)
            told = _teller(database, run_id, progress)
            tally = read_rows(session, run, opened, at=at, progress=told)
            _finish(session, run, tally, at)
    except Cancelled:
        _close(database, run_id, RunState.CANCELLED, at)
    except UnreadableFile as refusal:
        _close(database, run_id, RunState.FAILED, at, str(refusal))
    except Exception:
        _close(database, run_id, RunState.FAILED, at, FAULT)
        raise


def read_rows(
    session: Session, run: ImportRun, opened: Opened, *, at: datetime, progress: Progress
) -> Tally:
    """Keep every row that can be kept, and put every other aside with its reasons."""
    owner = _owner(session, run)
    kind = kind_for(
        opened.profile.reads,
        run,
        owner,
        source=opened.profile.source,
        domain=settings().domain,
        at=at,
    )
    run.layout = opened.layout
    tally = Tally(findings=[Finding.of(0, problem) for problem in opened.problems])
    rows = list(opened.rows)
    for chunk in _chunks(rows):
        _keep_chunk(session, run, kind, chunk, tally=tally, at=at)
        progress(tally.read, len(rows))
    _write_findings(session, run.id, tally.findings)
    for name, count in tally.counts.items():
        setattr(run, name, count)
    run.read = tally.read
    return tally


def _keep_chunk(
    session: Session,
    run: ImportRun,
    kind: Kind,
    rows: Sequence[ReadRow],
    *,
    tally: Tally,
    at: datetime,
) -> None:
    taken: list[tuple[ReadRow, Draft]] = []
    aside: list[tuple[ReadRow, tuple[Finding, ...]]] = []
    for row in rows:
        noticed = tuple(Finding.of(row.line, problem) for problem in row.problems)
        draft, unreadable = kind.draft_of(row)
        found = (*noticed, *unreadable)
        tally.findings.extend(found)
        if draft is None:
            aside.append((row, found))
        else:
            taken.append((row, draft))
    drafts = [draft for _, draft in taken]
    outcomes = keep(session, kind.shelf, drafts, run_id=run.id, at=at)
    for (row, _), outcome in zip(taken, outcomes, strict=True):
        tally.counts[_count_of(row, outcome)] += 1
    _set_aside(session, run.id, aside)
    tally.counts["quarantined"] += len(aside)


def _count_of(row: ReadRow, outcome: Kept) -> str:
    if outcome is Kept.ADDED:
        return "accepted_with_warning" if row.problems else "accepted"
    return outcome.value


def _set_aside(
    session: Session, run_id: int, aside: Sequence[tuple[ReadRow, tuple[Finding, ...]]]
) -> None:
    if not aside:
        return
    session.execute(
        sa.insert(QuarantinedRow),
        [
            {
                "import_run_id": run_id,
                "line": row.line,
                "original": dict(row.original),
                "rules": sorted({each.rule for each in found}),
            }
            for row, found in aside
        ],
    )


def _write_findings(session: Session, run_id: int, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    session.execute(
        sa.insert(ImportProblem),
        [
            {
                "import_run_id": run_id,
                "line": each.line,
                "field": each.field[:120],
                "found": each.found.replace("\x00", "�"),
                "detail": each.detail,
                "rule": each.rule,
                "severity": Severity(each.severity),
            }
            for each in findings
        ],
    )


def _finish(session: Session, run: ImportRun, tally: Tally, at: datetime) -> None:
    run.state, run.finished_at = RunState.FINISHED, at
    run.rows_done = run.rows_total = tally.read
    # The file has been read; every row of it is kept or stands in quarantine word for word.
    session.execute(sa.delete(ImportFile).where(ImportFile.import_run_id == run.id))
    record(
        session,
        Deed.IMPORT_FINISHED,
        by=KEEPER,
        at=at,
        about=f"import:{run.id}",
        profile=run.profile,
        read=tally.read,
        **dict(tally.counts),
    )


def _close(
    database: Database, run_id: int, state: RunState, at: datetime, failure: str | None = None
) -> None:
    with database.transaction(KEEPER) as session:
        run = _run(session, run_id)
        run.state, run.finished_at, run.failure = state, at, failure
        record(
            session,
            Deed.IMPORT_FINISHED,
            by=KEEPER,
            at=at,
            about=f"import:{run_id}",
            outcome=state.value,
        )


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


def _owner(session: Session, run: ImportRun) -> Viewer:
    institution = session.get(Institution, run.institution_id)
    if institution is None:
        raise NotFound("institution")
    return Viewer(
        account_id=run.account_id or 0,
        role=Role.ENGINE,
        institution_id=institution.id,
        country=institution.country,
        purpose=Purpose.KEEP,
    )


def _chunks(rows: Sequence[ReadRow]) -> Iterator[Sequence[ReadRow]]:
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        yield rows[first : first + ROWS_AT_A_TIME]
