"""A pair that two examiners have looked at, and all that the gate asks for besides."""

from dataclasses import replace

import pytest

from casework.candidates.queries import get_proposal
from casework.identifications.actions import Proposing, propose, put_on_record
from casework.identifications.model import (
    DecisionOutcome,
    ExclusionMethod,
    ExclusionStrength,
    GateKind,
)
from casework.identifications.queries import get_decision, open_gate
from casework.identifications.signing import sign
from casework.review.actions import give_opinion
from casework.review.model import Conclusion
from casework.review.seats import take_seat
from privacy.permissions import Purpose
from tests.casework.review.conftest import pair, staff  # noqa: F401 - used as fixtures

REASON = "Se miró todo lo que hay."
ITEMS = {
    GateKind.PRIMARY_REPORT: ("odontology", {"signatory": "Dra. Inventada", "number": "OD-1"}),
    GateKind.LEGAL_ACT: ("", {"authority": "Juzgado inventado", "number": "J-1"}),
    GateKind.COMPLETENESS: ("", {"parts": "cráneo y torso", "commingling": "none_found"}),
    GateKind.NOTIFICATION_PLAN: ("", {"who": "Oficina inventada", "how": "en persona"}),
}


@pytest.fixture
def identifier(viewers):
    """Give a member of the standing cast who opened the pair in order to identify."""
    return lambda name: replace(viewers[name], purpose=Purpose.IDENTIFY)


@pytest.fixture
def at_gate(database, pair, staff, noon, identifier):  # noqa: F811, C901 - one of many deeds
    """Give the deeds of the gate on one pair: bruno keeps the remains, gloria the person."""

    class AtGate:
        id, of = pair.id, pair
        berta, elena, celso = staff["berta"], staff["elena"], staff["celso"]
        bruno, gloria = identifier("bruno"), identifier("gloria")

        def gate(self, viewer):
            with database.transaction(viewer) as session:
                return open_gate(session, viewer, self.id, at=noon)

        def lacking(self, viewer):
            return [each.need.value for each in self.gate(viewer).items if not each.stands]

        def is_examined(self, conclusion=Conclusion.SUPPORTS, **kinds):
            for each in (self.berta, self.elena):
                self.of.does(each, take_seat)
            for each in (self.berta, self.elena):
                self.of.does(each, give_opinion, self.of.says(each, conclusion, **kinds))

        def enter(self, viewer, kind, about="", **told):
            with database.transaction(viewer) as session:
                gate = open_gate(session, viewer, self.id, at=noon)
                put_on_record(session, viewer, gate, kind=kind, about=about, told=told, at=noon)

        def is_whole(self, but=()):
            """Put on record all that the gate asks for, but some of it."""
            self.is_examined()
            for kind, (about, told) in ITEMS.items():
                if kind not in but:
                    self.enter(self.bruno, kind, about, **told)

        def proposes(self, viewer, outcome, **said):
            with database.transaction(viewer) as session:
                gate = open_gate(session, viewer, self.id, at=noon)
                asked = Proposing(outcome=outcome, reason=REASON, **said)
                return propose(session, viewer, gate, asked, at=noon).id

        def excludes(self, viewer, *facts):
            return self.proposes(
                viewer,
                DecisionOutcome.EXCLUSION,
                method=ExclusionMethod.ANTHROPOLOGY,
                strength=ExclusionStrength.CONCLUSIVE,
                facts=facts or ("sex", "stature"),
            )

        def signs(self, viewer, number, *, accepts=True):
            with database.transaction(viewer) as session:
                decided = get_decision(session, viewer, number, at=noon)
                signed = sign(session, viewer, decided, accepts=accepts, reason=REASON, at=noon)
                return signed.state

        def decided(self, viewer, number):
            with database.transaction(viewer) as session:
                return get_decision(session, viewer, number, at=noon)

        def queue(self, viewer):
            with database.transaction(viewer) as session:
                return get_proposal(session, viewer, self.id, at=noon)

    return AtGate()
