"""Reading imports. Every query starts from what its viewer may bring in and may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.imports.model import ImportFile, ImportProblem, ImportRun, QuarantinedRow
from casework.imports.report import SEVERAL, Gathered
from casework.imports.rules import open_profiles
from casework.listing import Listed
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.columns import SealedRow
from privacy.sealing.opening import open_fields

ROWS_ON_A_PAGE = 25
Row = TypeVar("Row", bound=SealedRow)


def readable_runs(viewer: Viewer) -> sa.Select[ImportRun]:
    """Start from the imports of the viewer's institution, of records they may bring in."""
    return sa.select(ImportRun).where(
        ImportRun.institution_id == viewer.institution_id,
        ImportRun.profile.in_(open_profiles(viewer)),
    )


def count_runs(session: Session, viewer: Viewer) -> int:
    """Count the imports that `viewer` may read about."""
    counted = readable_runs(viewer).with_only_columns(sa.func.count(ImportRun.id))
    return session.scalar(counted) or 0


def count_put_aside(session: Session, viewer: Viewer, *, since: datetime) -> int:
    """Count the rows that did not come in with the files of these days."""
    lately = readable_runs(viewer).where(ImportRun.finished_at >= since)
    return session.scalar(lately.with_only_columns(sa.func.sum(ImportRun.quarantined))) or 0


def get_run(session: Session, viewer: Viewer, run_id: int) -> ImportRun:
    """Open one import.

    Raises
    ------
    NotFound
        If there is none that `viewer` may see.
    """
    found = session.scalar(readable_runs(viewer).where(ImportRun.id == run_id))
    if found is None:
        raise NotFound("import")
    return found


def list_runs(session: Session, viewer: Viewer, *, page: int) -> Listed[ImportRun]:
    """List one page of imports, the newest first."""
    readable = readable_runs(viewer)
    total = count_runs(session, viewer)
    rows = session.scalars(_page(readable.order_by(ImportRun.id.desc()), page)).all()
    return Listed(rows, total, total)


def content_of(session: Session, run: ImportRun) -> bytes:
    """Give the file of an import that has not been read yet.

    Raises
    ------
    NotFound
        If it was read or thrown away meanwhile.
    """
    file = session.scalar(sa.select(ImportFile).where(ImportFile.import_run_id == run.id))
    if file is None:
        raise NotFound("import file")
    return _opened(session, [file])[0].content


def gathered_rules(session: Session, run: ImportRun) -> dict[str, Gathered]:
    """Count the faults of an import by rule, with the column and detail they share."""
    field, detail = ImportProblem.field, ImportProblem.detail
    rows = session.execute(
        sa.select(
            ImportProblem.rule,
            ImportProblem.severity,
            sa.func.count(),
            _shared(field),
            _shared(detail),
        )
        .where(ImportProblem.import_run_id == run.id)
        .group_by(ImportProblem.rule, ImportProblem.severity)
    )
    return {
        rule: Gathered(severity, column, told, times)
        for rule, severity, times, column, told in rows
    }


def _shared(column: Any) -> sa.ColumnElement[str]:
    """Give what all rows of a group say, or the sign that they differ."""
    is_one = sa.func.min(column) == sa.func.max(column)
    return sa.case((is_one, sa.func.min(column)), else_=SEVERAL)


def list_problems(
    session: Session, run: ImportRun, *, rule: str, page: int
) -> Listed[ImportProblem]:
    """List one page of an import's faults in the order of the file, of one rule or of all."""
    faults = _faults(run)
    matching = faults.where(ImportProblem.rule == rule) if rule else faults
    rows = _opened(session, session.scalars(_page(matching, page)).all())
    return Listed(rows, _count(session, matching), _count(session, faults))


def every_problem(session: Session, run: ImportRun) -> Sequence[ImportProblem]:
    """List all faults of an import already opened, for its report."""
    return _opened(session, session.scalars(_faults(run)).all())


def problems_of(
    session: Session, run: ImportRun, lines: Sequence[int]
) -> Sequence[ImportProblem]:
    """List the faults of some rows of an import already opened."""
    faults = session.scalars(_faults(run).where(ImportProblem.line.in_(lines))).all()
    return _opened(session, faults)


def list_quarantined(session: Session, run: ImportRun, *, page: int) -> Listed[QuarantinedRow]:
    """List one page of the rows that were put aside, in the order of the file."""
    rows = _quarantined(run)
    total = _count(session, rows)
    found = session.scalars(_page(rows, page)).all()
    return Listed(_opened(session, found), total, total)


def every_quarantined(session: Session, run: ImportRun) -> Sequence[QuarantinedRow]:
    """List all rows of an import already opened that were put aside, to be mended."""
    return _opened(session, session.scalars(_quarantined(run)).all())


def _opened(session: Session, rows: Sequence[Row]) -> Sequence[Row]:
    """Open what quotes the file, for whoever was let to the import itself."""
    open_fields(session, rows, Reveals.IDENTITY)
    return rows


def _faults(run: ImportRun) -> sa.Select[ImportProblem]:
    return (
        sa.select(ImportProblem)
        .where(ImportProblem.import_run_id == run.id)
        .order_by(ImportProblem.line, ImportProblem.id)
    )


def _quarantined(run: ImportRun) -> sa.Select[QuarantinedRow]:
    return (
        sa.select(QuarantinedRow)
        .where(QuarantinedRow.import_run_id == run.id)
        .order_by(QuarantinedRow.line, QuarantinedRow.id)
    )


def _page(query: sa.Select[Any], page: int) -> sa.Select[Any]:
    return query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)


def _count(session: Session, query: sa.Select[Any]) -> int:
    rows = query.order_by(None).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0
