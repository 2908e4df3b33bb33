"""The biological profile: bones measured, stature and age computed, taken over by a person."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from casework.bones.age import years_of_phase
from casework.bones.stature import FORMULAS
from casework.dataset.values import Given
from casework.examination.actions import last_statement, say_fields, who_examines
from casework.examination.pages import closed_body, trail_of
from casework.examination.profile import (
    FORMULA_WORDS,
    LARGEST_ERROR,
    LENGTHS,
    PHASES,
    SEX_WORDS,
    Method,
    age_answers,
    lengths_in,
    read_lengths,
    sex_in,
    shown_estimates,
    stature_answers,
)
from casework.examination.reading import Examined, examined
from casework.statements.columns import Method as HowKnown
from casework.statements.saying import Sitting, new_entry
from casework.statements.steps import Sent
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.form_values import Unreadable, read_numbers
from casework.web.languages import marked
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
NOTHING_TO_TAKE = marked("No hay nada que tomar: falta la medida, el sexo o el error.")
Short = Annotated[str, Field(max_length=40)]


class Chosen(BaseModel):
    """What the address carries: the formula, the sex, its standard error, a phase."""

    formula: Short = ""
    sex: Short = ""
    error: Short = ""
    phase: Short = ""


@router.get("/remains/{reference}/profile")
@requires(Permission.REMAINS_READ)
def profile(visit: Entered, reference: str, chosen: Annotated[Chosen, Query()]) -> Response:
    """Show what was measured and what published methods make of it."""
    return _show(visit, examined(visit, reference), chosen)


@router.post("/remains/{reference}/profile")
@requires(Permission.REMAINS_RECORD)
def take_profile(visit: Entered, reference: str, given: Sent) -> Response:
    """Write down lengths, or take an estimate over as the record's stature or age."""
    about = examined(visit, reference, to_write=True)
    teller = teller_for(visit.language)
    names = ("formula", "sex", "error", "phase")
    chosen = Chosen(**{name: given.one(name)[:40] for name in names})
    sitting = Sitting(HowKnown.EXAMINATION, given.one("said_by")[:200], visit.at.date())
    what, _, which = given.one("do").partition(":")
    if what == "lengths":
        return _take_lengths(visit, about, given, sitting)
    method = method_of(chosen, about)
    answers = (
        stature_answers(about.picture, method, which, teller)
        if what == "stature"
        else age_answers(method)
    )
    if answers is None:
        return _show(visit, about, chosen, problem=teller.gettext(NOTHING_TO_TAKE))
    say_fields(about, answers, sitting, shown=_shown_then(given))
    return visit.leads_to(f"/remains/{reference}")


def method_of(chosen: Chosen, about: Examined) -> Method:
    """Read what was chosen; of the sex, what the record says stands in for no choice."""
    try:
        error = read_numbers(chosen.error, "", least=0.1, most=LARGEST_ERROR)
    except Unreadable:
        error = None
    return Method(
        formula=chosen.formula if chosen.formula in FORMULAS else next(iter(FORMULAS)),
        sex=chosen.sex if chosen.sex in SEX_WORDS else sex_in(about.picture),
        error=error.low if error else None,
        phase=PHASES.index(chosen.phase) + 1 if chosen.phase in PHASES else 0,
    )


def _take_lengths(visit: Visit, about: Examined, given: Given, sitting: Sitting) -> Response:
    lengths = lengths_in(about.picture, teller_for(visit.language))
    said, problems = read_lengths(
        lengths, {each.name: given.one(each.name) for each in lengths}
    )
    paths = {
        f"{LENGTHS}/{each.number}" if each.number else new_entry(LENGTHS): value
        for each, value in said.items()
        if value or each.number
    }
    if paths:
        say_fields(about, paths, sitting, shown=_shown_then(given))
    if problems:
        visit.session.expire_all()
        return _show(
            visit, examined(visit, about.remains.reference), Chosen(), problems=problems
        )
    return visit.leads_to(f"/remains/{about.remains.reference}/profile")


def _shown_then(given: Given) -> int:
    text = given.one("shown")
    return int(text) if text.isdecimal() else 0


def _show(
    visit: Visit,
    about: Examined,
    chosen: Chosen,
    *,
    problem: str = "",
    problems: dict[str, str] | None = None,
) -> Response:
    teller = teller_for(visit.language)
    method = method_of(chosen, about)
    return visit.show(
        "examination/profile.html",
        status=422 if problem or problems else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=about.remains.invented,
        lengths=lengths_in(about.picture, teller),
        problems={name: teller.gettext(text) for name, text in (problems or {}).items()},
        method=method,
        error=chosen.error,
        needs_error=all(
            line.error is None
            for lines in FORMULAS[method.formula].lines.values()
            for line in lines.values()
        ),
        source=FORMULAS[method.formula].name,
        estimates=shown_estimates(about.picture, method, teller),
        years=years_of_phase(method.sex, method.phase),
        choices=_choices(teller),
        said_by=who_examines(about) if about.is_own else "",
        shown=last_statement(about),
        closed=closed_body(about, teller),
        is_own=about.is_own,
        href=f"/remains/{about.remains.reference}",
        trail=trail_of(visit, about, visit.gettext("Estatura y edad")),
        over=about.remains.post_mortem_number,
    )


def _choices(teller: Teller) -> dict[str, Any]:
    _ = teller.gettext
    return {
        "formulas": [
            Choice(key, f"{_(FORMULA_WORDS[key])}: {formula.name}")
            for key, formula in FORMULAS.items()
        ],
        "sexes": [Choice(code, _(words)) for code, words in SEX_WORDS.items()],
        "phases": [Choice(phase, phase) for phase in PHASES],
    }
