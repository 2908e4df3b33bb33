"""Asking that a blinded proposal be opened, and answering."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from casework.candidates.presenters import band_words
from casework.errors import CaseworkError, InvalidInput, NotFound
from casework.signin.queries import list_institutions
from casework.unblinding import rules
from casework.unblinding.actions import Saying, answer, ask, record_read
from casework.unblinding.model import Answer
from casework.unblinding.presenters import ShownAsked, shown_asked
from casework.unblinding.queries import (
    Asked,
    Pair,
    State,
    get_pair,
    get_unblinding,
    list_unblindings,
    under_way_of,
)
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]


class AskForm(BaseModel):
    """What the form of a request, or of an answer, sends."""

    words: str = ""
    until: str = ""
    assessment: str = ""
    answer: str = ""


@router.get("/pairings/{pairing_id:int}/unblinding")
@requires(Permission.UNBLINDING_ASK)
def ask_form(visit: Entered, pairing_id: RecordId) -> Response:
    """Show the form by which a pair is asked for; where it is asked already, that request."""
    found = under_way_of(visit.session, visit.viewer, pairing_id, at=visit.at)
    if found is not None:
        record_read(visit.session, visit.viewer, found, at=visit.at)
        return RedirectResponse(f"/unblindings/{found.row.id}", status_code=303)
    pair = get_pair(visit.session, visit.viewer, pairing_id, at=visit.at)
    return _show_form(visit, pair, AskForm(until=rules.usual_until(visit.at).isoformat()))


@router.post("/pairings/{pairing_id:int}/unblinding")
@requires(Permission.UNBLINDING_ASK)
def send(visit: Entered, pairing_id: RecordId, form: Annotated[AskForm, Form()]) -> Response:
    """Ask for it; a coordinator's asking is their institution's yes."""
    if visit.viewer.may(Permission.UNBLINDING_ANSWER):
        visit.demand_step_up()
    pair = get_pair(visit.session, visit.viewer, pairing_id, at=visit.at)
    try:
        yes = None
        if visit.viewer.may(Permission.UNBLINDING_ANSWER):
            yes = Saying(
                answer=Answer.AGREED, until=_day(form.until), assessment=form.assessment
            )
        row = ask(visit.session, visit.viewer, pair, words=form.words, yes=yes, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show_form(visit, pair, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/unblindings/{row.id}")


@router.get("/unblindings")
@requires(Permission.UNBLINDING_READ)
def unblindings(visit: Entered) -> Response:
    """List what was asked of whom, what waits for the visitor's institution first."""
    found = _listed(visit)
    shown = _shown(visit, found)
    return visit.show(
        "unblinding/list.html",
        shows_invented=any(each.is_invented for each in shown),
        waiting=[each for each in shown if each.waits],
        others=[each for each in shown if not each.waits],
        watches=not visit.viewer.may(Permission.UNBLINDING_ASK),
    )


@router.get("/unblindings/bar")
@requires(Permission.UNBLINDING_READ)
def bar(visit: Entered) -> Response:
    """Tell the queue in a line what is asked and what is open."""
    found = _listed(visit)
    return visit.show(
        "unblinding/_bar.html",
        waiting=sum(each.waits_for(visit.viewer) for each in found),
        asked=sum(each.state is State.WAITS for each in found),
        opened=sum(each.state is State.OPEN for each in found),
    )


@router.get("/unblindings/{number:int}")
@requires(Permission.UNBLINDING_READ)
def one(visit: Entered, number: RecordId) -> Response:
    """Show one request, as blinded to either side as the proposal is."""
    asked = get_unblinding(visit.session, visit.viewer, number, at=visit.at)
    usual = asked.row.open_until or rules.usual_until(visit.at)
    return _show(visit, asked, AskForm(until=usual.isoformat()))


@router.post("/unblindings/{number:int}")
@requires(Permission.UNBLINDING_ANSWER)
def say(visit: Entered, number: RecordId, form: Annotated[AskForm, Form()]) -> Response:
    """Agree until a day, decline, or withdraw."""
    visit.demand_step_up()
    asked = get_unblinding(visit.session, visit.viewer, number, at=visit.at)
    try:
        if form.answer not in set(Answer):
            raise InvalidInput(marked("Diga si está de acuerdo o no."))
        said = Answer(form.answer)
        saying = Saying(
            answer=said,
            words=form.words,
            until=_day(form.until) if said is Answer.AGREED else None,
            assessment=form.assessment,
        )
        answer(visit.session, visit.viewer, asked, saying, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show(visit, asked, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/unblindings/{number}")


def _listed(visit: Visit) -> list[Asked]:
    found = list_unblindings(visit.session, visit.viewer, at=visit.at)
    record(
        visit.session,
        Deed.UNBLINDINGS_LISTED,
        by=visit.viewer,
        at=visit.at,
        concerning={each.own_reference for each in found if each.own},
        shown=len(found),
    )
    return found


def _show_form(visit: Visit, pair: Pair, form: AskForm, *, problem: str = "") -> Response:
    teller, here = teller_for(visit.language), f"/pairings/{pair.pairing_id}"
    record(
        visit.session,
        Deed.PAIRING_READ,
        by=visit.viewer,
        at=visit.at,
        about=f"pairing:{pair.pairing_id}",
        concerning=[pair.own_reference],
        blinded=int(not pair.is_readable),
    )
    return visit.show(
        "unblinding/ask.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=pair.remains.invented,
        here=here,
        form=form,
        own_reference=pair.own_reference,
        own_href=f"/{'missing' if pair.keeps_person else 'remains'}/{pair.own_reference}",
        band=band_words(pair.band, teller) if pair.band else "",
        counts_as_yes=visit.viewer.may(Permission.UNBLINDING_ANSWER),
        asks_assessment=pair.keeps_person,
        answer_by=teller.wording.day(rules.answer_by(visit.at)),
        trail=(
            NavLink(visit.gettext("Propuestas"), "/pairings"),
            NavLink(pair.own_reference, here),
            NavLink(visit.gettext("Pedir que se abra"), f"{here}/unblinding", is_current=True),
        ),
    )


def _show(visit: Visit, asked: Asked, form: AskForm, *, problem: str = "") -> Response:
    record_read(visit.session, visit.viewer, asked, at=visit.at)
    (shown,) = _shown(visit, [asked])
    answers = visit.viewer.may(Permission.UNBLINDING_ANSWER)
    may_agree = answers and asked.state in {State.WAITS, State.OPEN, State.LAPSED}
    return visit.show(
        "unblinding/one.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=shown.is_invented,
        asked=shown,
        form=form,
        may_agree=may_agree and not (asked.state is State.WAITS and not shown.waits),
        may_end=answers and asked.row.ended_at is None,
        is_open=asked.state is State.OPEN,
        has_agreed=not shown.waits,
        pair=f"/pairings/{asked.row.pairing_id}",
        asks_assessment=asked.keeps_person(visit.viewer),
        trail=(
            NavLink(visit.gettext("Aperturas"), "/unblindings"),
            NavLink(shown.own_reference or f"{shown.id}", shown.href, is_current=True),
        ),
    )


def _shown(visit: Visit, found: Sequence[Asked]) -> list[ShownAsked]:
    teller = teller_for(visit.language)
    offices = {each.id: (each.name, each.country) for each in list_institutions(visit.session)}
    return [shown_asked(each, visit.viewer, offices, teller) for each in found]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(rules.BAD_DAY) from None
