"""Bringing a file in: received, looked at, started, stopped. Each function is one deed."""

from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.errors import Conflict
from casework.imports.model import ImportFile, ImportRun, RunState
from casework.imports.profiles import open_as
from casework.imports.reading import open_bytes
from casework.imports.rules import may_cancel, may_start
from casework.jobs.queue import defer
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


def receive_file(
    session: Session,
    viewer: Viewer,
    *,
    file_name: str,
    content: bytes,
    profile: str | None,
    at: datetime,
    consent: SearchConsent = SearchConsent.NOT_ASKED,
    invented: bool = False,
) -> ImportRun:
    """Take a file in, settle how it is read, and let somebody look before it is.

    Raises
    ------
    NotPermitted
        If importing is not the viewer's duty.
    UnreadableFile
        If the file, its columns or the profile's name will not do; nothing is kept.
    """
    demand(viewer, Permission.FILE_IMPORT)
    opened = open_as(open_bytes(content, file_name), profile or None)
    run = ImportRun(
        file_name=file_name[:255],
        file_sha256=sha256(content).hexdigest(),
        profile=opened.profile.name,
        layout=opened.layout,
        search_consent=consent,
        state=RunState.UPLOADED,
        institution_id=viewer.institution_id,
        account_id=viewer.account_id or None,
        invented=invented,
        requested_at=at,
    )
    session.add(run)
    session.flush()
    session.add(ImportFile(import_run_id=run.id, content=content))
    record(
        session,
        Deed.FILE_UPLOADED,
        by=viewer,
        at=at,
        about=f"import:{run.id}",
        profile=run.profile,
    )
    session.flush()
    return run


def start_import(session: Session, viewer: Viewer, run: ImportRun, *, at: datetime) -> None:
    """Let the worker read the file.

    Raises
    ------
    NotPermitted
        If importing is not the viewer's duty.
    Conflict
        If it was started, stopped or read before.
    """
    demand(viewer, Permission.FILE_IMPORT)
    if not may_start(run):
        raise Conflict("La importación ya comenzó o terminó.")
    run.state = RunState.QUEUED
    record(session, Deed.IMPORT_STARTED, by=viewer, at=at, about=f"import:{run.id}")
    session.flush()
    defer(session, "run_import", run_id=run.id)


def cancel_import(session: Session, viewer: Viewer, run: ImportRun, *, at: datetime) -> None:
    """Stop reading; what was read so far is not kept.

    Raises
    ------
    NotPermitted
        If importing is not the viewer's duty.
    Conflict
        If there is nothing left to stop.
    """
    demand(viewer, Permission.FILE_IMPORT)
    if not may_cancel(run):
        raise Conflict("La importación ya terminó.")
    run.cancel_requested = True
    if run.state is not RunState.RUNNING:
        run.state, run.finished_at = RunState.CANCELLED, at
        session.execute(sa.delete(ImportFile).where(ImportFile.import_run_id == run.id))
    record(session, Deed.IMPORT_CANCELLED, by=viewer, at=at, about=f"import:{run.id}")
