"""The gate of a pair, item by item, and proposing what to decide of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from casework.errors import CaseworkError, NotFound
from casework.identifications import actions, words
from casework.identifications.facts import KINDS
from casework.identifications.forms import (
    DecisionForm,
    GateForm,
    LacksFields,
    ReasonForm,
    method_in,
    read_item,
    read_outcome,
    strength_in,
)
from casework.identifications.model import GateKind
from casework.identifications.presenters import (
    ShownDecision,
    outcome_choices,
    shown_decision,
    shown_items,
    trail_of,
)
from casework.identifications.queries import Gate, open_gate
from casework.identifications.rules import FACTS_OF_METHOD
from casework.review.blind import SPEAK_FIRST
from casework.signin.queries import institution_names
from casework.web.access import requires
from casework.web.closed import closed_part
from casework.web.described import Teller, teller_for
from casework.web.pieces import Choice, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/pairings/{pairing_id:int}/gate")
@requires(Permission.DECISION_READ)
def gate_page(visit: Entered, pairing_id: RecordId) -> Response:
    """Show what stands, what lacks and who could bring it."""
    return _show_gate(visit, _open(visit, pairing_id), GateForm())


@router.post("/pairings/{pairing_id:int}/gate/{kind}")
@requires(Permission.DECISION_PROPOSE)
def put_on_record(
    visit: Entered, pairing_id: RecordId, kind: GateKind, form: Annotated[GateForm, Form()]
) -> Response:
    """Put one item of the gate on record."""
    gate = open_gate(visit.session, visit.viewer, pairing_id, at=visit.at)
    left = tuple(each for item in gate.items for each in item.open_kinds)
    try:
        about, told = read_item(kind, form, today=visit.at.date(), open_kinds=left)
        actions.put_on_record(
            visit.session, visit.viewer, gate, kind=kind, about=about, told=told, at=visit.at
        )
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show_gate(visit, gate, form, kind=kind, problem=_said(refusal, visit))
    return visit.leads_to(f"/pairings/{pairing_id}/gate")


@router.post("/pairings/{pairing_id:int}/gate/{number:int}/withdrawal")
@requires(Permission.DECISION_PROPOSE)
def withdraw(
    visit: Entered, pairing_id: RecordId, number: RecordId, form: Annotated[ReasonForm, Form()]
) -> Response:
    """Say that an item does not hold any more."""
    gate = open_gate(visit.session, visit.viewer, pairing_id, at=visit.at)
    try:
        actions.withdraw_item(
            visit.session, visit.viewer, gate, number, reason=form.reason, at=visit.at
        )
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show_gate(visit, gate, GateForm(), problem=_said(refusal, visit))
    return visit.leads_to(f"/pairings/{pairing_id}/gate")


@router.get("/pairings/{pairing_id:int}/decision")
@requires(Permission.DECISION_PROPOSE)
def begin(visit: Entered, pairing_id: RecordId) -> Response:
    """Ask what is to be decided."""
    visit.demand_step_up()
    return _show_form(visit, _open(visit, pairing_id), DecisionForm())


@router.post("/pairings/{pairing_id:int}/decision")
@requires(Permission.DECISION_PROPOSE)
def propose(
    visit: Entered, pairing_id: RecordId, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Propose it to the keepers of both records."""
    visit.demand_step_up()
    gate = open_gate(visit.session, visit.viewer, pairing_id, at=visit.at)
    try:
        method = method_in(form)
        proposing = actions.Proposing(
            outcome=read_outcome(form),
            reason=form.reason,
            method=method,
            strength=strength_in(form),
            # What a method rests on by itself counts also where nobody ticked it.
            facts={*form.facts, *(FACTS_OF_METHOD[method] if method else ())},
        )
        decision = actions.propose(visit.session, visit.viewer, gate, proposing, at=visit.at)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show_form(visit, gate, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/decisions/{decision.id}")


def _open(visit: Visit, pairing_id: int) -> Gate:
    gate = open_gate(visit.session, visit.viewer, pairing_id, at=visit.at)
    actions.read_gate(visit.session, visit.viewer, gate, at=visit.at)
    return gate


def _said(refusal: CaseworkError, visit: Visit) -> str:
    """Say what is amiss; of fields that were left empty, which."""
    sentence = visit.gettext(str(refusal))
    if isinstance(refusal, LacksFields):
        names = (visit.gettext(words.TOLD_WORDS[each]).lower() for each in refusal.names)
        return sentence % {"fields": ", ".join(names)}
    return sentence


def _show_gate(
    visit: Visit, gate: Gate, form: GateForm, *, kind: GateKind | None = None, problem: str = ""
) -> Response:
    teller, proposal = teller_for(visit.language), gate.proposal
    items = shown_items(gate, teller)
    return visit.show(
        "identifications/gate.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=f"/pairings/{proposal.pairing.id}",
        closed=closed_part(gate.closed, teller) if gate.closed else None,
        speak_first=teller.gettext(SPEAK_FIRST) if gate.is_withheld else "",
        items=items,
        standing=sum(each.stands for each in items),
        lacking=[each.lack for each in items if not each.stands],
        form=form,
        open_form=kind.value if kind else "",
        other_side=_other_side(visit, gate),
        may_write=_keeps_one(visit, gate),
        decisions=_decisions(visit, gate, teller),
        is_under_way=gate.under_way is not None,
        trail=trail_of(gate, teller, teller.gettext("Lo que pide una identificación")),
    )


def _show_form(visit: Visit, gate: Gate, form: DecisionForm, *, problem: str = "") -> Response:
    teller, proposal = teller_for(visit.language), gate.proposal
    _ = teller.gettext
    return visit.show(
        "identifications/decision_form.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=f"/pairings/{proposal.pairing.id}",
        closed=closed_part(gate.closed, teller) if gate.closed else None,
        speak_first=teller.gettext(SPEAK_FIRST) if gate.is_withheld else "",
        form=form,
        outcomes=outcome_choices(gate, teller),
        lacking=[each.lack for each in shown_items(gate, teller) if not each.stands],
        methods=[Choice(each.value, _(said)) for each, said in words.EXCLUSION_WORDS.items()],
        strengths=[Choice(each.value, _(said)) for each, said in words.STRENGTH_WORDS.items()],
        facts=[Choice(each, _(words.FACT_WORDS[each])) for each in KINDS],
        under_way=gate.under_way.row.id if gate.under_way else 0,
        may_write=_keeps_one(visit, gate),
        trail=trail_of(gate, teller, _("Proponer una decisión")),
    )


def _keeps_one(visit: Visit, gate: Gate) -> bool:
    """Say whether the visitor may write here: their institution keeps one of the records."""
    proposal = gate.proposal
    keepers = {proposal.person.owner_institution_id, proposal.remains.owner_institution_id}
    may = visit.viewer.may(Permission.DECISION_PROPOSE)
    return may and visit.viewer.institution_id in keepers


def _other_side(visit: Visit, gate: Gate) -> str:
    """Give the record that another institution keeps, to ask it for what lacks."""
    sides = (gate.proposal.person, gate.proposal.remains)
    own = visit.viewer.institution_id
    return next((each.reference for each in sides if each.owner_institution_id != own), "")


def _decisions(visit: Visit, gate: Gate, teller: Teller) -> list[ShownDecision]:
    offices = institution_names(visit.session)
    return [shown_decision(each, offices, teller) for each in gate.decisions]
