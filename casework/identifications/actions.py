"""What people do at the gate. Each function is one deed: allowed, done and recorded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.deeds import record_about
from casework.candidates.model import ExcludedPair
from casework.candidates.queries import Proposal
from casework.database import apart, write_checked
from casework.desk.signing import services_that_sign
from casework.errors import Conflict, InvalidInput, NotFound, SpeakFirst, raise_any
from casework.identifications.facts import KINDS, fingerprints
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    ExcludedFact,
    ExclusionMethod,
    ExclusionStrength,
    GateEntry,
    GateKind,
)
from casework.identifications.queries import Gate
from casework.identifications.rules import refusal_of_outcome, refusal_of_reason
from casework.identifications.waiting import ask_to_sign
from casework.identifications.writing import (
    KEEPS_NEITHER,
    NOT_ALLOWED_NOW,
    REFUSED,
    UNDER_WAY,
    place,
)
from casework.retention.sight import as_keeper
from casework.review.blind import SPEAK_FIRST
from casework.review.queries import State
from casework.web.languages import marked
from privacy.audit.log import Deed
from privacy.permissions import Permission, Viewer, demand

CLOSED = marked("La identidad de la persona está reservada para usted.")
NO_FACTS = marked("Diga en qué hechos se apoya: si uno cambia, el par vuelve a abrirse.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """What somebody proposes to decide of a pair."""

    outcome: DecisionOutcome
    reason: str
    method: ExclusionMethod | None = None
    strength: ExclusionStrength | None = None
    facts: Collection[str] = ()


def read_gate(session: Session, viewer: Viewer, gate: Gate, *, at: datetime) -> None:
    """Write down that somebody looked at the gate of a pair."""
    record_about(
        session, Deed.GATE_READ, viewer, gate.proposal, at=at, shown=len(gate.decisions)
    )


def put_on_record(
    session: Session,
    viewer: Viewer,
    gate: Gate,
    *,
    kind: GateKind,
    about: str,
    told: Mapping[str, Any],
    at: datetime,
) -> GateEntry:
    """Put one item of the gate on record; the newest of its kind counts.

    Raises
    ------
    NotPermitted
        If the duty does not decide of pairs.
    Conflict
        If the viewer's institution keeps neither record, or the names are closed.
    """
    _demand(viewer, gate)
    return _enter(
        session, viewer, gate, GateEntry(kind=kind, about=about, told=dict(told)), at=at
    )


def withdraw_item(
    session: Session, viewer: Viewer, gate: Gate, number: int, *, reason: str, at: datetime
) -> GateEntry:
    """Say that an item does not hold any more; what was entered stays.

    Raises
    ------
    NotFound
        If no such item stands.
    InvalidInput
        If there is no reason.
    """
    _demand(viewer, gate)
    raise_any(refusal_of_reason(reason))
    for each in (entry for item in gate.items for entry in item.entries):
        if each.number == number:
            row = GateEntry(
                kind=each.kind, about=each.about, is_withdrawn=True, told={"reason": reason}
            )
            return _enter(session, viewer, gate, row, at=at)
    raise NotFound("gate item")


def _enter(
    session: Session, viewer: Viewer, gate: Gate, row: GateEntry, *, at: datetime
) -> GateEntry:
    place(row, gate.proposal, viewer, at)
    session.add(row)
    session.flush()
    deed = Deed.GATE_WITHDRAWN if row.is_withdrawn else Deed.GATE_ENTERED
    record_about(session, deed, viewer, gate.proposal, at=at, field=row.kind.value)
    return row


def propose(
    session: Session, viewer: Viewer, gate: Gate, proposing: Proposing, *, at: datetime
) -> Decision:
    """Propose what to decide of a pair; the keepers of both records are asked to sign.

    Raises
    ------
    NotPermitted
        If the duty does not decide of pairs.
    Conflict
        If the gate lacks anything of an identification, or a decision is under way.
    InvalidInput
        If the reason lacks, or of an exclusion what it rests on.
    """
    _demand(viewer, gate)
    if gate.under_way is not None:
        raise Conflict(UNDER_WAY)
    raise_any(refusal_of_outcome(proposing.outcome, gate.items, proposing.reason))
    raise_any(_refusal_of_exclusion(proposing))
    is_exclusion = proposing.outcome is DecisionOutcome.EXCLUSION
    decision = Decision(
        outcome=proposing.outcome,
        method=proposing.method if is_exclusion else None,
        strength=proposing.strength if is_exclusion else None,
        review_id=gate.standing.review_id if gate.standing.state is State.AGREED else None,
        told={
            "reason": proposing.reason.strip(),
            "numbers": dict(gate.numbers.snapshot),
            "lacks": [each.need.value for each in gate.items if not each.stands],
            "facts": sorted(proposing.facts) if is_exclusion else [],
        },
    )
    place(decision, gate.proposal, viewer, at)
    # A page shows what is refused and goes on: no exclusion stands without what it rests on.
    with apart(session):
        write_checked(session, decision, REFUSED)
        if is_exclusion:
            _rest_on(session, viewer, gate.proposal, decision, facts=proposing.facts, at=at)
    record_about(
        session,
        Deed.DECISION_PROPOSED,
        viewer,
        gate.proposal,
        at=at,
        decision=proposing.outcome.value,
    )
    _tell_who_signs(session, gate.proposal, decision, at=at)
    return decision


def _refusal_of_exclusion(proposing: Proposing) -> InvalidInput | None:
    if proposing.outcome is not DecisionOutcome.EXCLUSION:
        return None
    if proposing.method is None or proposing.strength is None:
        return InvalidInput(marked("Diga por qué método se excluye y con qué firmeza."))
    if not set(proposing.facts) & set(KINDS):
        return InvalidInput(NO_FACTS)
    return None


def _rest_on(
    session: Session,
    viewer: Viewer,
    proposal: Proposal,
    decision: Decision,
    *,
    facts: Collection[str],
    at: datetime,
) -> None:
    """Keep a fingerprint of each fact, and take the pair out of the proposer's own queue."""
    pair = (proposal.person.id, proposal.remains.id)
    made = fingerprints(session, viewer, [pair], at=at).get(pair)
    if made is None:
        raise Conflict(NOT_ALLOWED_NOW)
    for kind in sorted(set(facts) & set(made)):
        session.add(ExcludedFact(decision_id=decision.id, kind=kind, fingerprint=made[kind]))
    session.flush()
    with as_keeper(session, viewer):
        session.add(
            ExcludedPair(
                decision_id=decision.id,
                missing_person_id=pair[0],
                remains_id=pair[1],
                institution_id=viewer.institution_id,
            )
        )


def _tell_who_signs(
    session: Session, proposal: Proposal, decision: Decision, *, at: datetime
) -> None:
    person = proposal.person
    service = services_that_sign(session, [person.id]).get(person.id)
    asked = {service or person.owner_institution_id, proposal.remains.owner_institution_id}
    ask_to_sign(session, decision.id, asked, at=at)


def _demand(viewer: Viewer, gate: Gate) -> None:
    demand(viewer, Permission.DECISION_PROPOSE)
    if gate.closed is not None:
        raise Conflict(CLOSED)
    if gate.is_withheld:
        raise SpeakFirst(SPEAK_FIRST)
    proposal = gate.proposal
    keepers = {proposal.person.owner_institution_id, proposal.remains.owner_institution_id}
    if viewer.institution_id not in keepers:
        raise Conflict(KEEPS_NEITHER)
