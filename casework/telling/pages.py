"""What followed a released identification: entered step by step, and told in days alone."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from casework.errors import CaseworkError, NotFound
from casework.identifications.queries import get_decision
from casework.identifications.signing import record_read
from casework.signin.queries import institution_names, names_behind
from casework.telling import actions, words
from casework.telling.belongings import found_with
from casework.telling.forms import LacksFields, StepForm, read_step
from casework.telling.model import StepKind
from casework.telling.presenters import shown_telling
from casework.telling.queries import Telling, days_of, open_telling
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/released/{number:int}")
@requires(Permission.TELLING_KEEP)
def telling_page(visit: Entered, number: RecordId) -> Response:
    """Show what was released, what was done since, and what is due."""
    telling = open_telling(visit.session, visit.viewer, number, at=visit.at)
    actions.read_telling(visit.session, visit.viewer, telling, at=visit.at)
    return _show(visit, telling, StepForm())


@router.post("/released/{number:int}/{kind}")
@requires(Permission.TELLING_KEEP)
def enter(
    visit: Entered, number: RecordId, kind: StepKind, form: Annotated[StepForm, Form()]
) -> Response:
    """Enter one step."""
    telling = open_telling(visit.session, visit.viewer, number, at=visit.at)
    try:
        said = read_step(kind, form, today=visit.at.date())
        actions.enter_step(visit.session, visit.viewer, telling, said, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        # What others entered meanwhile is shown beside what was typed.
        telling = open_telling(visit.session, visit.viewer, number, at=visit.at)
        return _show(visit, telling, form, kind=kind, problem=_said(refusal, visit))
    return visit.leads_to(f"/released/{number}")


@router.get("/decisions/{number:int}/telling")
@requires(Permission.DECISION_READ)
def days_page(visit: Entered, number: RecordId) -> Response:
    """Tell those who decide that a family was told and what came home: days, no words."""
    decided = get_decision(visit.session, visit.viewer, number, at=visit.at)
    record_read(visit.session, visit.viewer, decided, at=visit.at)
    teller = teller_for(visit.language)
    days = days_of(visit.session, visit.viewer, number)
    keeps = decided.person.owner_institution_id == visit.viewer.institution_id
    return visit.show(
        "telling/days.html",
        shows_invented=decided.person.invented or decided.remains.invented,
        days=[
            (teller.wording.day(day), teller.gettext(words.STEP_WORDS[kind]))
            for kind, day in days
        ],
        is_released=decided.release is not None,
        is_recalled=decided.end is not None,
        whole=f"/released/{number}"
        if keeps and decided.release and visit.viewer.may(Permission.TELLING_KEEP)
        else "",
        trail=(
            NavLink(teller.gettext("Decisiones"), "/decisions"),
            NavLink(decided.person.reference, f"/decisions/{number}"),
            NavLink(teller.gettext("Lo que siguió"), "", is_current=True),
        ),
    )


def _said(refusal: CaseworkError, visit: Visit) -> str:
    """Say what is amiss; of fields that were left empty, which."""
    sentence = visit.gettext(str(refusal))
    if isinstance(refusal, LacksFields):
        names = (visit.gettext(words.FIELD_WORDS[each]).lower() for each in refusal.names)
        return sentence % {"fields": ", ".join(names)}
    return sentence


def _show(
    visit: Visit,
    telling: Telling,
    form: StepForm,
    *,
    kind: StepKind | None = None,
    problem: str = "",
) -> Response:
    teller = teller_for(visit.language)
    shown = shown_telling(
        telling,
        teller,
        officers=names_behind(visit.session, {each.entered_by for each in telling.steps}),
        offices=institution_names(visit.session),
        found=found_with(visit.session, visit.viewer, telling, teller, at=visit.at),
        today=visit.at.date(),
    )
    return visit.show(
        "telling/telling.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=shown.is_invented,
        telling=shown,
        form=form,
        open_form=kind.value if kind else "",
        trail=(
            NavLink(teller.gettext("Liberado"), "/released"),
            NavLink(shown.reference, "", is_current=True),
        ),
    )
