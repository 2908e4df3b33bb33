"""Searching by DNA among all that one's institution keeps: asked for, shown, and not kept."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.dna_search.actions import Outcome, search_by_dna
from casework.dna_search.presenters import shown_search
from casework.dna_search.queries import count_crowd
from casework.errors import InvalidInput
from casework.frequencies.queries import get_table, list_tables
from casework.kinship.computing import THETAS
from casework.kinship.forms import Number
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit
from privacy.errors import StepUpNeeded
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


class SearchForm(BaseModel):
    """What is chosen for a search."""

    model_config = ConfigDict(extra="ignore")

    table: Number = None
    theta: Annotated[str, StringConstraints(pattern=r"^0(\.0[13])?$")] = "0.01"
    expected: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)] = 1.0


@router.get("/dna-search")
@requires(Permission.PROFILE_KEEP)
def begin(visit: Entered) -> Response:
    """Say what a search would compare, and ask with what."""
    if not visit.viewer.stepped_up:
        raise StepUpNeeded
    return _show(visit, SearchForm())


@router.post("/dna-search")
@requires(Permission.PROFILE_KEEP)
def search(visit: Entered, form: Annotated[SearchForm, Form()]) -> Response:
    """Compare everybody, and show it; nothing is kept but the line in the log."""
    table = get_table(visit.session, visit.viewer, form.table or 0)
    try:
        theta = float(form.theta)
        outcome = search_by_dna(visit.session, visit.viewer, table, theta, at=visit.at)
    except InvalidInput as refusal:
        return _show(visit, form, problem=visit.gettext(str(refusal)))
    return _show(visit, form, outcome)


def _show(
    visit: Visit, form: SearchForm, outcome: Outcome | None = None, problem: str = ""
) -> Response:
    families, remains = count_crowd(visit.session, visit.viewer, at=visit.at)
    teller = teller_for(visit.language)
    return visit.show(
        "dna_search/search.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=outcome is not None and outcome.crowd.invented,
        form=form,
        families=families,
        remains=remains,
        found=shown_search(outcome, form.expected, teller) if outcome else None,
        tables=[
            Choice(str(each.id), f"{each.name} · {each.population}")
            for each in list_tables(visit.session, visit.viewer)
        ],
        thetas=[Choice(f"{each:g}", f"{each:g}") for each in THETAS],
    )
