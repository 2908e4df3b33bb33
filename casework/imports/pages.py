"""Bringing a file in by hand: hand it in, look at it, start it, watch it, read the report."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Query, UploadFile
from fastapi.responses import Response

from casework.envelope import SearchConsent
from casework.errors import InvalidInput
from casework.imports import actions
from casework.imports.downloads import rows_to_mend
from casework.imports.errors import UnreadableFile
from casework.imports.guarded import OF_INCIDENTS
from casework.imports.how_new import day_of_file
from casework.imports.model import ImportRun
from casework.imports.presenters import (
    ShownAside,
    ShownPreview,
    ShownProblem,
    ShownRun,
    profile_choices,
)
from casework.imports.previewing import look_at
from casework.imports.queries import (
    ROWS_ON_A_PAGE,
    content_of,
    every_problem,
    every_quarantined,
    gathered_rules,
    get_run,
    list_problems,
    list_quarantined,
    list_runs,
    problems_of,
)
from casework.imports.report import as_json, report_of, told_rules
from casework.imports.rules import open_profiles
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.description_form import code_choices
from casework.web.languages import marked
from casework.web.pieces import Heading, NavLink, Notice, pager_of
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

LARGEST = 50 * 2**20
"""What a page takes: far above any register we know. The command line takes 512 MB."""

DECLARED = (SearchConsent.NOT_ASKED, SearchConsent.GRANTED, SearchConsent.REFUSED)
RunId = Annotated[int, Path(ge=1, le=2**53)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/imports")
@requires(Permission.FILE_IMPORT)
def import_list(visit: Entered, page: PageNumber = 1) -> Response:
    """List the institution's imports, under the form that takes a file."""
    return _show_list(visit, page=page)


@router.post("/imports")
@requires(Permission.FILE_IMPORT)
def take_file(
    visit: Entered,
    file: Annotated[UploadFile | None, File()] = None,
    profile: Annotated[str, Form(max_length=40)] = "",
    consent: Annotated[SearchConsent, Form()] = SearchConsent.NOT_ASKED,
    invented: Annotated[str, Form(max_length=10)] = "",
    source_date: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Take a file in, and show what it would become before anything is kept."""
    try:
        name, content = _read_upload(file)
        day = day_of_file(source_date, at=visit.at)
        run = actions.receive_file(
            visit.session,
            visit.viewer,
            file_name=name,
            content=content,
            profile=profile or None,
            at=visit.at,
            consent=consent if consent in DECLARED else SearchConsent.NOT_ASKED,
            invented=bool(invented),
        )
        run.source_date = day
    except UnreadableFile as refusal:
        return _show_list(visit, refused=refusal.told(visit.gettext), profile=profile)
    except InvalidInput as refusal:
        return _show_list(visit, refused=visit.gettext(str(refusal)), profile=profile)
    return visit.leads_to(f"/imports/{run.id}")


@router.get("/imports/{run_id}")
@requires(Permission.FILE_IMPORT)
def import_page(
    visit: Entered, run_id: RunId, rule: str = "", page: PageNumber = 1
) -> Response:
    """Show one import as it stands: the preview, the progress or the report."""
    run = get_run(visit.session, visit.viewer, run_id)
    teller = teller_for(visit.language)
    shown = ShownRun.of(run, teller)
    context: dict[str, Any] = {"preview": None, "report": None}
    if shown.is_waiting:
        _record_reading(visit, run)
        content = content_of(visit.session, run)
        preview = look_at(run, content, visit.viewer, at=visit.at)
        context["preview"] = ShownPreview.of(preview, teller)
    elif shown.is_finished:
        _record_reading(visit, run)
        context["report"] = _report(visit, run, rule, page=page)
    return visit.show(
        "imports/run.html",
        shows_invented=run.invented,
        run=shown,
        trail=_trail(visit, NavLink(run.file_name, "", is_current=True)),
        **context,
    )


@router.get("/imports/{run_id}/progress")
@requires(Permission.FILE_IMPORT)
def import_progress(visit: Entered, run_id: RunId) -> Response:
    """Answer the page that watches; once the work has ended it is told to load anew."""
    run = get_run(visit.session, visit.viewer, run_id)
    shown = ShownRun.of(run, teller_for(visit.language))
    answer = visit.show("imports/_progress.html", run=shown)
    if not shown.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@router.post("/imports/{run_id}/start")
@requires(Permission.FILE_IMPORT)
def start(visit: Entered, run_id: RunId) -> Response:
    """Let the worker read the file into the registry."""
    run = get_run(visit.session, visit.viewer, run_id)
    actions.start_import(visit.session, visit.viewer, run, at=visit.at)
    return visit.leads_to(f"/imports/{run_id}")


@router.post("/imports/{run_id}/cancel")
@requires(Permission.FILE_IMPORT)
def cancel(visit: Entered, run_id: RunId) -> Response:
    """Stop; nothing of the file is kept."""
    run = get_run(visit.session, visit.viewer, run_id)
    actions.cancel_import(visit.session, visit.viewer, run, at=visit.at)
    return visit.leads_to(f"/imports/{run_id}")


@router.get("/imports/{run_id}/report.json")
@requires(Permission.FILE_IMPORT)
def report_file(visit: Entered, run_id: RunId) -> Response:
    """Hand out the report as the command line writes it."""
    run = get_run(visit.session, visit.viewer, run_id)
    _record_reading(visit, run)
    faults = every_problem(visit.session, run)
    text = as_json(report_of(run, faults, visit.gettext))
    return _download(text, "application/json", f"import-{run_id}-report.json")


@router.get("/imports/{run_id}/quarantined")
@requires(Permission.FILE_IMPORT)
def quarantined_page(visit: Entered, run_id: RunId, page: PageNumber = 1) -> Response:
    """Show the rows that were put aside, word for word."""
    run = get_run(visit.session, visit.viewer, run_id)
    _demand_proof(visit, run)
    _record_reading(visit, run)
    teller = teller_for(visit.language)
    rows = list_quarantined(visit.session, run, page=page)
    faults = problems_of(visit.session, run, [row.line for row in rows.rows])
    path = f"/imports/{run_id}/quarantined"
    return visit.show(
        "imports/quarantined.html",
        shows_invented=run.invented,
        run=ShownRun.of(run, teller),
        rows=[ShownAside.of(row, faults, teller) for row in rows.rows],
        pager=pager_of(path, {}, page=page, size=ROWS_ON_A_PAGE, total=rows.total),
        trail=_trail(
            visit,
            NavLink(run.file_name, f"/imports/{run_id}"),
            NavLink(visit.gettext("Cuarentena"), "", is_current=True),
        ),
    )


@router.get("/imports/{run_id}/quarantined.csv")
@requires(Permission.FILE_IMPORT)
def quarantined_file(visit: Entered, run_id: RunId) -> Response:
    """Hand out the rows that were put aside, to be mended and imported again."""
    run = get_run(visit.session, visit.viewer, run_id)
    _demand_proof(visit, run)
    _record_reading(visit, run)
    rows = every_quarantined(visit.session, run)
    text = rows_to_mend(rows, every_problem(visit.session, run), visit.gettext)
    # The mark of byte order tells spreadsheets that the accents are UTF-8.
    return _download(f"\ufeff{text}", "text/csv", f"import-{run_id}-quarantined.csv")


def _report(visit: Visit, run: ImportRun, rule: str, *, page: int) -> dict[str, Any]:
    teller = teller_for(visit.language)
    faults = list_problems(visit.session, run, rule=rule, page=page)
    query = dict(visit.request.query_params)
    return {
        "rules": told_rules(gathered_rules(visit.session, run), teller.gettext),
        "rule": rule,
        "problems": [ShownProblem.of(each, teller) for each in faults.rows],
        "headings": _headings(
            visit, marked("Fila"), marked("Columna"), marked("Decía"), marked("Qué pasa")
        ),
        "pager": pager_of(
            f"/imports/{run.id}", query, page=page, size=ROWS_ON_A_PAGE, total=faults.total
        ),
    }


def _show_list(
    visit: Visit, *, page: int = 1, refused: str = "", profile: str = ""
) -> Response:
    teller = teller_for(visit.language)
    listed = list_runs(visit.session, visit.viewer, page=page)
    profiles = profile_choices(open_profiles(visit.viewer), teller)
    return visit.show(
        "imports/list.html",
        status=422 if refused else 200,
        notices=(Notice(refused, "problem"),) if refused else (),
        runs=[ShownRun.of(run, teller) for run in listed.rows],
        headings=_headings(
            visit,
            marked("Archivo"),
            marked("Estado"),
            marked("Recibido"),
            marked("Filas leídas"),
            marked("En cuarentena"),
        ),
        pager=pager_of("/imports", {}, page=page, size=ROWS_ON_A_PAGE, total=listed.total),
        profiles=profiles,
        profile=profile,
        consents=code_choices(DECLARED, teller) if _brings_in_people(visit) else (),
        largest_mb=LARGEST // 2**20,
    )


def _brings_in_people(visit: Visit) -> bool:
    return visit.viewer.may(Permission.MISSING_READ)


def _trail(visit: Visit, *here: NavLink) -> tuple[NavLink, ...]:
    return (NavLink(visit.gettext("Importar"), "/imports"), *here)


def _headings(visit: Visit, *labels: str) -> list[Heading]:
    return [Heading(visit.gettext(label)) for label in labels]


def _read_upload(file: UploadFile | None) -> tuple[str, bytes]:
    if file is None or not file.filename:
        raise InvalidInput(marked("Elija el archivo que quiere importar."))
    content = file.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InvalidInput(
            marked(
                "El archivo pasa de 50 MB, más de lo que esta página recibe. Divídalo, o pida "
                "a administración que lo importe con «reunir import»."
            )
        )
    return file.filename, content


def _demand_proof(visit: Visit, run: ImportRun) -> None:
    """Ask anew who shows rows of people: nobody knows yet which of them are protected."""
    if run.profile not in OF_INCIDENTS:
        visit.demand_step_up()


def _record_reading(visit: Visit, run: ImportRun) -> None:
    about = f"import:{run.id}"
    record(visit.session, Deed.IMPORT_READ, by=visit.viewer, at=visit.at, about=about)


def _download(text: str, kind: str, name: str) -> Response:
    return Response(
        text.encode(),
        media_type=f"{kind}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
