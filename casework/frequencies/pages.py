"""The frequency tables of the registry, one whole, and the form that brings another."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.errors import CaseworkError
from casework.frequencies.actions import Said, keep_table
from casework.frequencies.model import FrequencyTable
from casework.frequencies.queries import get_table, list_tables
from casework.frequencies.reading import MOST_BYTES, UnreadTable
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.pieces import NavLink
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

Short = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]


class TableForm(BaseModel):
    """What a browser sends with a table."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    name: Short = ""
    population: Short = ""
    source: Long = ""
    people_typed: Short = ""
    file: UploadFile | str | None = None


@router.get("/frequencies")
@requires(Permission.PROFILE_KEEP)
def tables(visit: Entered) -> Response:
    """Show which tables there are."""
    return _show(visit, TableForm())


@router.post("/frequencies")
@requires(Permission.PROFILE_KEEP)
def bring(visit: Entered, form: Annotated[TableForm, Form()]) -> Response:
    """Keep another table."""
    people = form.people_typed
    said = Said(
        name=form.name,
        population=form.population,
        source=form.source,
        people_typed=int(people) if people.isdigit() and int(people) < 2**31 else None,
    )
    has_file = form.file is not None and not isinstance(form.file, str)
    content = form.file.file.read(MOST_BYTES + 1) if has_file else b""  # type: ignore[union-attr]
    try:
        if not content:
            return _show(visit, form, visit.gettext("Elija el archivo."))
        table = keep_table(visit.session, visit.viewer, said, content, at=visit.at)
    except UnreadTable as unread:
        return _show(visit, form, visit.gettext(unread.sentence) % unread.quoted)
    except CaseworkError as refusal:
        return _show(visit, form, visit.gettext(str(refusal)))
    return visit.leads_to(f"/frequencies/{table.id}")


@router.get("/frequencies/{number:int}")
@requires(Permission.PROFILE_KEEP)
def one_table(visit: Entered, number: Annotated[int, Path(ge=1, le=2**53)]) -> Response:
    """Show one table whole."""
    table = get_table(visit.session, visit.viewer, number)
    return visit.show(
        "frequencies/table.html",
        table=table_shown(table),
        brought_by=names_behind(visit.session, {table.entered_by}).get(table.entered_by, ""),
        trail=(
            NavLink(visit.gettext("Frecuencias"), "/frequencies"),
            NavLink(table.name, "", is_current=True),
        ),
    )


def table_shown(table: FrequencyTable) -> dict[str, object]:
    """Give a table to its page: each locus with its alleles in the order of the ladder."""
    return {
        "name": table.name,
        "population": table.population,
        "source": table.source,
        "people_typed": table.people_typed,
        "entered_at": table.entered_at,
        "file_sha256": table.file_sha256,
        "loci": [
            (locus, sorted(alleles.items(), key=lambda each: (_repeats(each[0]), each[0])))
            for locus, alleles in sorted(table.loci.items())
        ],
    }


def _repeats(allele: str) -> float:
    try:
        return float(allele.lstrip("<>"))
    except ValueError:
        return 0.0


def _show(visit: Visit, form: TableForm, problem: str = "") -> Response:
    found = list_tables(visit.session, visit.viewer)
    return visit.show(
        "frequencies/list.html",
        status=422 if problem else 200,
        tables=[
            (each.id, each.name, each.population, each.people_typed, len(each.loci))
            for each in found
        ],
        form=form,
        problem=problem,
    )
