"""Bringing a file in: received, looked at, started, stopped. Each function is one deed."""

import re
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.errors import Conflict
from casework.imports.model import ImportFile, ImportRun, RunState
from casework.imports.profiles import open_as
from casework.imports.reading import open_bytes
from casework.imports.rules import NEEDED, may_cancel, may_start
from casework.jobs.deferring import defer
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

LONGEST_NAME = 255
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def tidy_name(file_name: str) -> str:
    """Keep of a file's name what names it: no folders, no signs that nobody sees."""
    name = _NOT_IN_A_NAME.sub("", re.split(r"[/\\]", file_name)[-1]).strip()
    return name[-LONGEST_NAME:] or "archivo"


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
        If importing is not the viewer's duty, or not of this kind of record.
    UnreadableFile
        If the file, its columns or the profile's name will not do; nothing is kept.
    """
    demand(viewer, Permission.FILE_IMPORT)
    name = tidy_name(file_name)
    opened = open_as(open_bytes(content, name), profile or None)
    demand(viewer, NEEDED[opened.profile.reads])
    run = ImportRun(
        file_name=name,
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
    session.add(ImportFile(run=run, content=content))
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
        raise Conflict(marked("La importación ya comenzó o terminó."))
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
        raise Conflict(marked("La importación ya terminó."))
    run.cancel_requested = True
    if run.state is not RunState.RUNNING:
        run.state, run.finished_at = RunState.CANCELLED, at
        session.execute(sa.delete(ImportFile).where(ImportFile.import_run_id == run.id))
    record(session, Deed.IMPORT_CANCELLED, by=viewer, at=at, about=f"import:{run.id}")
