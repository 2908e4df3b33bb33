"""Imports over the API: the institution's runs, and the report of one."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from casework.imports.model import RunState
from casework.imports.problems import Severity
from casework.imports.queries import ROWS_ON_A_PAGE, every_problem, get_run, list_runs
from casework.imports.report import report_of
from casework.web.access import requires
from casework.web.visit import Entered
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["imports"])


class ImportSummary(BaseModel):
    """One file that was handed in; the five counts are disjoint and add up to `read`."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    file_name: str
    profile: str
    layout: str
    state: RunState
    invented: bool
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    rows_done: int
    rows_total: int | None
    read: int
    accepted: int
    accepted_with_warning: int
    updated: int
    unchanged: int
    quarantined: int


class ImportPage(BaseModel):
    """One page of the institution's imports, the newest first."""

    total: int
    page: int
    size: int
    imports: list[ImportSummary]


class ImportFault(BaseModel):
    """One fault of one row; `row` is empty where it is of the file as a whole."""

    row: int | None
    column: str
    value: str
    rule: str
    severity: Severity
    sentence: str


class ImportReport(BaseModel):
    """The report of one import, as the command line writes it."""

    file: str
    sha256: str
    profile: str
    layout: str
    dry_run: bool
    seconds: float | None
    read: int
    accepted: int
    accepted_with_warning: int
    updated: int
    unchanged: int
    quarantined: int
    by_rule: dict[str, int]
    problems: list[ImportFault]


@router.get("/imports", summary="List the imports of the caller's institution")
@requires(Permission.FILE_IMPORT)
def list_of_imports(
    visit: Entered, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> ImportPage:
    """List one page; the same walls as on the page."""
    listed = list_runs(visit.session, visit.viewer, page=page)
    return ImportPage(
        total=listed.total,
        page=page,
        size=ROWS_ON_A_PAGE,
        imports=[ImportSummary.model_validate(run) for run in listed.rows],
    )


@router.get("/imports/{run_id}", summary="Open the report of one import")
@requires(Permission.FILE_IMPORT)
def one_report(visit: Entered, run_id: Annotated[int, Path(ge=1, le=2**53)]) -> ImportReport:
    """Open one report; an import of another institution is absent."""
    run = get_run(visit.session, visit.viewer, run_id)
    record(
        visit.session, Deed.IMPORT_READ, by=visit.viewer, at=visit.at, about=f"import:{run_id}"
    )
    faults = every_problem(visit.session, run)
    return ImportReport.model_validate(report_of(run, faults, visit.gettext))
