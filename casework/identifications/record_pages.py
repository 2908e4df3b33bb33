"""Decisions: the list, one of them, signing it, taking it back, and what was released."""

from collections.abc import Callable, Collection, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from casework.candidates.blinded import get_blinded
from casework.candidates.deeds import record_about
from casework.candidates.opening import record_blinded
from casework.candidates.queries import get_proposal
from casework.desk.model import RequestKind
from casework.desk.presenters import shown_request
from casework.desk.queries import Seen
from casework.desk.sampling import ShownNext, next_samples
from casework.desk.wishes import Wish, chosen_among
from casework.errors import CaseworkError, InvalidInput, NotFound
from casework.identifications import asking, signing, words
from casework.identifications.forms import AskForm, ReasonForm, handed_over_in
from casework.identifications.history import history_of, recalled_of
from casework.identifications.history_presenters import (
    shown_asking,
    shown_history,
    shown_recall,
)
from casework.identifications.model import DecisionOutcome
from casework.identifications.presenters import shown_decision, shown_wishes, told_facts
from casework.identifications.queries import (
    Decided,
    DecisionState,
    get_decision,
    list_decisions,
)
from casework.identifications.releasing import list_released, release
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.review.blind import TOLD_LATER
from casework.signin.queries import institution_names
from casework.unblinding.queries import asked_of
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]
ANSWERS = {"accept": True, "decline": False}


@router.get("/decisions")
@requires(Permission.DECISION_READ)
def decisions(visit: Entered) -> Response:
    """List the newest decisions, those that wait for the visitor's institution first."""
    found = list_decisions(visit.session, visit.viewer, at=visit.at)
    seen = [*found.told, *found.withheld]
    signing.record_seen(visit.session, visit.viewer, seen, at=visit.at)
    teller, offices = teller_for(visit.language), institution_names(visit.session)
    shown = [
        (shown_decision(each, offices, teller), each.may_sign(visit.viewer))
        for each in found.told
    ]
    told = [each.person.invented or each.remains.invented for each in seen]
    return visit.show(
        "identifications/decisions.html",
        shows_invented=any(told),
        shows_real=not all(told),
        waiting=[each for each, waits in shown if waits],
        others=[each for each, waits in shown if not waits],
        withheld=[
            {
                "person": each.person.reference,
                "remains": each.remains.reference,
                "when": teller.wording.instant(each.row.entered_at),
            }
            for each in found.withheld
        ],
        told_later=teller.gettext(TOLD_LATER),
    )


@router.get("/decisions/{number:int}")
@requires(Permission.DECISION_READ)
def one_decision(visit: Entered, number: RecordId) -> Response:
    """Show one decision."""
    decided = get_decision(visit.session, visit.viewer, number, at=visit.at)
    return _show(visit, decided, ReasonForm())


@router.post("/decisions/{number:int}/signature")
@requires(Permission.DECISION_SIGN)
def sign(visit: Entered, number: RecordId, form: Annotated[ReasonForm, Form()]) -> Response:
    """Accept or decline a decision for the keeper of a record."""

    def signed(decided: Decided) -> None:
        if form.answer not in ANSWERS:
            raise InvalidInput(marked("Diga si acepta o rechaza."))
        signing.sign(
            visit.session,
            visit.viewer,
            decided,
            accepts=ANSWERS[form.answer],
            reason=form.reason,
            at=visit.at,
        )

    return _carried_out(visit, number, form, signed)


@router.post("/decisions/{number:int}/end")
@requires(Permission.DECISION_SIGN)
def end(visit: Entered, number: RecordId, form: Annotated[ReasonForm, Form()]) -> Response:
    """Take a decision back."""

    def ended(decided: Decided) -> None:
        signing.end(
            visit.session,
            visit.viewer,
            decided,
            reason=form.reason,
            handed_over=handed_over_in(form),
            at=visit.at,
        )

    return _carried_out(visit, number, form, ended)


@router.post("/decisions/{number:int}/release")
@requires(Permission.DECISION_SIGN)
def let_go(visit: Entered, number: RecordId, form: Annotated[ReasonForm, Form()]) -> Response:
    """Release an identification to whoever speaks with the family."""

    def let_go_of(decided: Decided) -> None:
        release(visit.session, visit.viewer, decided, words=form.reason, at=visit.at)

    return _carried_out(visit, number, form, let_go_of)


@router.post("/decisions/{number:int}/requests")
@requires(Permission.REQUEST_SEND)
def ask_for_what_lacks(
    visit: Entered, number: RecordId, form: Annotated[AskForm, Form()]
) -> Response:
    """Ask who keeps each side for what a premature decision lacks."""
    decided = get_decision(visit.session, visit.viewer, number, at=visit.at)
    try:
        asking.ask_for(
            visit.session,
            visit.viewer,
            decided,
            chosen_among(form.ask),
            spoken=visit.gettext,
            more=form.more,
            at=visit.at,
        )
    except CaseworkError as refusal:
        problem = visit.gettext(str(refusal))
        return _show(visit, decided, ReasonForm(), problem=problem, ask=form)
    return visit.leads_to(f"/decisions/{number}#asked")


def _carried_out(
    visit: Visit, number: int, form: ReasonForm, deed: Callable[[Decided], None]
) -> Response:
    """Do something with a decision; what is refused is said on its page, nothing lost."""
    visit.demand_step_up()
    decided = get_decision(visit.session, visit.viewer, number, at=visit.at)
    try:
        deed(decided)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show(visit, decided, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/decisions/{number}")


@router.get("/pairings/{pairing_id:int}/history")
@requires(Permission.PAIRING_READ)
def history(visit: Entered, pairing_id: RecordId) -> Response:
    """Tell what became of a pair, on a page of its own."""
    return visit.show("identifications/history.html", **_history(visit, pairing_id))


@router.get("/pairings/{pairing_id:int}/history/beside")
@requires(Permission.PAIRING_READ)
def history_beside(visit: Entered, pairing_id: RecordId) -> Response:
    """Tell it to the page of the comparison."""
    return visit.show("identifications/_history.html", **_history(visit, pairing_id))


def _history(visit: Visit, pairing_id: int) -> dict[str, Any]:
    """Read it and write down that it was read; of a blinded pair, what was asked of it."""
    session, viewer, teller = visit.session, visit.viewer, teller_for(visit.language)
    offices, here = institution_names(session), f"/pairings/{pairing_id}"
    try:
        proposal = get_proposal(session, viewer, pairing_id, at=visit.at)
    except NotFound:
        blinded = get_blinded(session, viewer, pairing_id, at=visit.at)
        record_blinded(visit, blinded)
        asked = asked_of(session, viewer, pairing_id, at=visit.at)
        events, label = list(shown_asking(asked, offices, teller)), blinded.own_reference
        may_ask, is_invented = False, False
    else:
        record_about(session, Deed.PAIRING_HISTORY_READ, viewer, proposal, at=visit.at)
        found = history_of(session, viewer, proposal, at=visit.at)
        events, may_ask = shown_history(found, offices, teller), found.may_ask
        label = f"{proposal.person.reference} · {proposal.remains.reference}"
        is_invented = proposal.person.invented or proposal.remains.invented
    return {
        "shows_invented": is_invented,
        "here": here,
        "events": events,
        "may_ask": may_ask,
        "trail": (
            NavLink(visit.gettext("Propuestas"), "/pairings"),
            NavLink(label, here),
            NavLink(visit.gettext("Historia del par"), f"{here}/history", is_current=True),
        ),
    }


@router.get("/missing/{reference}/recalls")
@requires(Permission.DECISION_READ)
def recalls_of_person(visit: Entered, reference: str) -> Response:
    """Tell the file of a missing person what was taken back, and what to do now."""
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    return _recalls(visit, person)


@router.get("/remains/{reference}/recalls")
@requires(Permission.DECISION_READ)
def recalls_of_remains(visit: Entered, reference: str) -> Response:
    """Tell the record of remains the same."""
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    return _recalls(visit, remains)


def _recalls(visit: Visit, of: MissingPerson | Remains) -> Response:
    teller, is_person = teller_for(visit.language), isinstance(of, MissingPerson)
    found = recalled_of(visit.session, visit.viewer, of, at=visit.at)
    signing.record_seen(visit.session, visit.viewer, found, at=visit.at)
    offices = institution_names(visit.session)
    shown = [shown_recall(each, offices, teller, of_person=is_person) for each in found]
    return visit.show("identifications/_recalls.html", recalls=shown)


@router.get("/released")
@requires(Permission.TELLING_KEEP)
def released(visit: Entered) -> Response:
    """Show what was released of people whose file the visitor's institution keeps."""
    teller = teller_for(visit.language)
    found = list_released(visit.session, visit.viewer, at=visit.at)
    told = [each.person.invented for each in found]
    return visit.show(
        "identifications/released.html",
        shows_invented=any(told),
        shows_real=not all(told),
        rows=[
            {
                "number": each.row.decision_id,
                "reference": each.person.reference,
                "when": teller.wording.instant(each.row.entered_at),
                "words": each.row.told.get("words", ""),
                "plan": told_facts(each.row.told.get("plan", {}), teller),
                "is_recalled": each.is_recalled,
            }
            for each in found
        ],
    )


def _show(
    visit: Visit,
    decided: Decided,
    form: ReasonForm,
    *,
    problem: str = "",
    ask: AskForm | None = None,
) -> Response:
    signing.record_read(visit.session, visit.viewer, decided, at=visit.at)
    teller, offices = teller_for(visit.language), institution_names(visit.session)
    shown = shown_decision(decided, offices, teller)
    wishes, own = asking.wishes_of(decided), visit.viewer.institution_id
    since = (
        asking.asked_since(visit.session, visit.viewer, decided, at=visit.at) if wishes else []
    )
    return visit.show(
        "identifications/decision.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=shown.is_invented,
        decision=shown,
        form=form,
        wishes=shown_wishes(decided, visit.viewer, offices, teller),
        asked=[shown_request(each, own, visit.at.date(), teller) for each in since],
        may_ask=visit.viewer.may(Permission.REQUEST_SEND),
        ask=ask or AskForm(ask=_asked_at_once(decided, wishes, since)),
        next=_next_samples(visit, decided, wishes),
        **_deeds_of(visit, decided),
        trail=(
            NavLink(visit.gettext("Decisiones"), "/decisions"),
            NavLink(shown.outcome, "", is_current=True),
        ),
    )


def _asked_at_once(
    decided: Decided, wishes: Collection[Wish], since: Sequence[Seen]
) -> list[str]:
    """Mark a relative's sample until somebody asked for one: it takes longest to come."""
    person = decided.person.id
    is_asked = any(
        each.request.kind is RequestKind.SAMPLE and each.request.missing_person_id == person
        for each in since
    )
    marks_it = Wish.RELATIVE_SAMPLE in wishes and not is_asked
    return [Wish.RELATIVE_SAMPLE.value] if marks_it else []


def _next_samples(visit: Visit, decided: Decided, wishes: Collection[Wish]) -> ShownNext | None:
    """Say whose sample to ask for, where the viewer's own institution keeps that family."""
    asks = Wish.RELATIVE_SAMPLE in wishes
    return next_samples(visit, decided.person) if asks else None


def _deeds_of(visit: Visit, decided: Decided) -> dict[str, Any]:
    """Say what the visitor may do about a decision, and in whose name."""
    may_sign = visit.viewer.may(Permission.DECISION_SIGN)
    side = decided.signs_for(visit.viewer)
    names_somebody = (
        decided.row.outcome is DecisionOutcome.IDENTIFICATION
        and decided.state is DecisionState.LOCKED
    )
    return {
        "may_sign": may_sign and decided.may_sign(visit.viewer),
        "signs_as": visit.gettext(words.SIGNED_WORDS[side]) if side else "",
        "may_end": may_sign and side is not None and decided.stands,
        "may_release": may_sign and side is not None and names_somebody and not decided.release,
        "asks_handed_over": names_somebody,
        "handed_over": [
            Choice(each.value, visit.gettext(said)) for each, said in words.HANDED_WORDS.items()
        ],
    }
