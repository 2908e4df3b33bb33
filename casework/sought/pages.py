"""Who may be looking for somebody alive, to whoever keeps their record; what they agreed."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response
from pydantic import BaseModel, Field

from casework.errors import NotFound
from casework.living.model import LivingPerson
from casework.living.queries import get_own_living
from casework.missing.queries import get_own_missing_person
from casework.signin.queries import names_behind
from casework.sought.actions import enter_answer
from casework.sought.model import FamilyAnswer
from casework.sought.opening import record_agreed, record_listed, record_read
from casework.sought.presenters import (
    ANSWER_WORDS,
    ShownPair,
    ShownSought,
    blinded_pair,
    shown_answers,
    shown_pair,
)
from casework.sought.queries import (
    get_blinded_sought,
    get_sought,
    list_agreed,
    list_answers,
    list_blinded_sought,
    list_sought,
)
from casework.sought.rules import why_not_answerable
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

RecordId = Annotated[int, Path(ge=1, le=2**53)]


class AnswerForm(BaseModel):
    """What a browser sends about what somebody alive said of one family."""

    answer: Annotated[str, Field(max_length=40)] = ""
    reason: Annotated[str, Field(max_length=4000)] = ""


@router.get("/sought")
@requires(Permission.SOUGHT_READ)
def queue(visit: Entered) -> Response:
    """List who may be looking for people alive whom the visitor's institution keeps."""
    return _show_list(visit, None)


@router.get("/living/{reference}/sought")
@requires(Permission.SOUGHT_READ)
def of_one(visit: Entered, reference: str) -> Response:
    """List who may be looking for one person alive."""
    living = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    return _show_list(visit, living)


@router.get("/living/{reference}/sought/{pairing_id:int}")
@requires(Permission.SOUGHT_READ)
def comparison(visit: Entered, reference: str, pairing_id: RecordId) -> Response:
    """Lay both records side by side, or say that the other is closed; then what to do."""
    living = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    return _show_pair(visit, living, pairing_id, AnswerForm(), {})


@router.post("/living/{reference}/sought/{pairing_id:int}")
@requires(Permission.LIVING_RECORD)
def answer(
    visit: Entered, reference: str, pairing_id: RecordId, form: Annotated[AnswerForm, Form()]
) -> Response:
    """Enter what the person said to this family learning that they are alive."""
    living = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    _, family = _pair(visit, living, pairing_id)
    visit.demand_step_up()
    try:
        said = FamilyAnswer(form.answer)
    except ValueError:
        amiss = {"answer": marked("Elija una opción de la lista.")}
        return _show_pair(visit, living, pairing_id, form, amiss)
    before = list_answers(visit.session, visit.viewer, living, family, at=visit.at)
    told = [each.decision for each in before]
    if problems := why_not_answerable(living, told, said, form.reason):
        return _show_pair(visit, living, pairing_id, form, problems)
    enter_answer(
        visit.session,
        visit.viewer,
        living,
        family,
        answer=said,
        reason=form.reason,
        at=visit.at,
    )
    ended = said is FamilyAnswer.REFUSED
    path = f"/living/{reference}/sought"
    return visit.leads_to(path if ended else f"{path}/{pairing_id}")


@router.get("/missing/{reference}/agreed")
@requires(Permission.SOUGHT_AGREED_READ)
def agreed(visit: Entered, reference: str) -> Response:
    """Tell who answers for a family what somebody alive agreed that they learn."""
    person = get_own_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    found = list_agreed(visit.session, visit.viewer, person)
    record_agreed(visit, person)
    return visit.show(
        "sought/agreed.html",
        shows_invented=person.invented,
        reference=person.reference,
        agreed=found,
        trail=(
            NavLink(visit.gettext("Personas desaparecidas"), "/missing"),
            NavLink(person.reference, f"/missing/{person.reference}"),
            NavLink(visit.gettext("Si aceptó que se avise"), "", is_current=True),
        ),
    )


def _show_list(visit: Visit, living: LivingPerson | None) -> Response:
    teller = teller_for(visit.language)
    session, viewer = visit.session, visit.viewer
    found = list_sought(session, viewer, at=visit.at, living=living)
    blinded = list_blinded_sought(session, viewer, at=visit.at, living=living)
    record_listed(visit, living, found, blinded)
    rows = [
        *(ShownSought.of(each, teller) for each in found),
        *(ShownSought.blinded(each, teller) for each in blinded),
    ]
    over = [] if living is None else [NavLink(living.reference, f"/living/{living.reference}")]
    return visit.show(
        "sought/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        reference=living.reference if living else "",
        trail=(
            NavLink(visit.gettext("Personas con vida"), "/living"),
            *over,
            NavLink(visit.gettext("Quién podría buscarla"), "", is_current=True),
        ),
    )


def _pair(visit: Visit, living: LivingPerson, pairing_id: int) -> tuple[ShownPair, int]:
    """Give one proposal as far as it is open, and the number of who is looked for."""
    teller = teller_for(visit.language)
    try:
        found = get_sought(visit.session, visit.viewer, living, pairing_id, at=visit.at)
    except NotFound:
        closed = get_blinded_sought(
            visit.session, visit.viewer, living, pairing_id, at=visit.at
        )
        return blinded_pair(closed, teller), closed.missing_person_id
    return shown_pair(found, teller), found.pairing.missing_person_id


def _show_pair(
    visit: Visit,
    living: LivingPerson,
    pairing_id: int,
    form: AnswerForm,
    problems: Mapping[str, str],
) -> Response:
    teller = teller_for(visit.language)
    pair, family = _pair(visit, living, pairing_id)
    record_read(visit, pair)
    answers = list_answers(visit.session, visit.viewer, living, family, at=visit.at)
    return visit.show(
        "sought/comparison.html",
        status=422 if problems else 200,
        shows_invented=pair.is_invented,
        pair=pair,
        answers=shown_answers(
            answers, names_behind(visit.session, {each.decided_by for each in answers}), teller
        ),
        has_agreed=bool(answers) and answers[0].decision is FamilyAnswer.AGREED,
        may_answer=visit.viewer.stepped_up,
        form=form,
        problems={name: visit.gettext(text) for name, text in problems.items()},
        choices=tuple(
            Choice(code.value, visit.gettext(words)) for code, words in ANSWER_WORDS.items()
        ),
        trail=(
            NavLink(visit.gettext("Personas con vida"), "/living"),
            NavLink(pair.reference, f"/living/{pair.reference}"),
            NavLink(visit.gettext("Quién podría buscarla"), f"/living/{pair.reference}/sought"),
            NavLink(visit.gettext("Comparación"), "", is_current=True),
        ),
    )
