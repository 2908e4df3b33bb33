"""Two countries that read nothing of each other's pair come, step by step, to a name."""

from casework.candidates.queries import get_proposal
from casework.errors import NotFound
from casework.identifications.actions import Proposing, propose, put_on_record
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import DecisionState, get_decision, open_gate
from casework.identifications.signing import sign
from casework.review.actions import give_opinion
from casework.review.kinds import kinds_before
from casework.review.model import Conclusion, Verdict
from casework.review.said import OfKind
from casework.review.said import Said as Spoken
from casework.review.seats import take_seat
from tests.casework.identifications.conftest import ITEMS, REASON
from tests.casework.unblinding.conftest import TODAY

WHOLE = "Se miró todo lo que hay."


def test_once_it_is_open_both_look_decide_and_sign_as_on_any_pair(blind, database):
    with database.transaction(blind.berta) as session:
        try:
            get_proposal(session, blind.berta, blind.id, at=TODAY)
            before = "open"
        except NotFound:
            before = "hidden"
    blind.open()
    for viewer in (blind.berta, blind.elena):
        with database.transaction(viewer) as session:
            proposal = get_proposal(session, viewer, blind.id, at=TODAY)
            take_seat(session, viewer, proposal, at=TODAY)
    for viewer in (blind.berta, blind.elena):
        with database.transaction(viewer) as session:
            proposal = get_proposal(session, viewer, blind.id, at=TODAY)
            kinds = {kind: OfKind(Verdict.CONSISTENT) for kind in kinds_before(proposal)}
            said = Spoken(
                {**kinds, "dna": OfKind(Verdict.CONSISTENT)}, Conclusion.SUPPORTS, WHOLE
            )
            give_opinion(session, viewer, proposal, said, at=TODAY)
    for kind, (about, told) in ITEMS.items():
        with database.transaction(blind.bruno) as session:
            gate = open_gate(session, blind.bruno, blind.id, at=TODAY)
            put_on_record(
                session, blind.bruno, gate, kind=kind, about=about, told=told, at=TODAY
            )
    with database.transaction(blind.berta) as session:
        gate = open_gate(session, blind.berta, blind.id, at=TODAY)
        named = Proposing(outcome=DecisionOutcome.IDENTIFICATION, reason=REASON)
        number = propose(session, blind.berta, gate, named, at=TODAY).id
    states = []
    for viewer in (blind.bruno, blind.gloria):
        with database.transaction(viewer) as session:
            decided = get_decision(session, viewer, number, at=TODAY)
            states.append(
                sign(session, viewer, decided, accepts=True, reason=REASON, at=TODAY).state
            )

    assert before == "hidden"
    assert states == [DecisionState.WAITS, DecisionState.LOCKED]
