"""A person kept in Guatemala, identified and released, and who speaks with the family there."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.identifications.model import DecisionOutcome, HandedOver
from casework.identifications.queries import get_decision
from casework.identifications.releasing import release
from casework.identifications.signing import end
from casework.signin.actions import add_account
from casework.signin.model import Institution, InstitutionKind
from casework.signin.queries import viewer_of
from casework.telling.actions import enter_step
from casework.telling.forms import StepForm, read_step
from casework.telling.model import TellingStep
from casework.telling.queries import count_due, open_telling
from privacy.permissions import KEEPER, Role
from tests.casework.identifications.conftest import REASON, at_gate, identifier  # noqa: F401
from tests.casework.review.conftest import pair, staff  # noqa: F401
from tests.conftest import ADMINISTRATOR

TOLD = {
    "happened_on": "2026-03-01",
    "who": "Luz Inventada",
    "whom": "la madre",
    "language": "mam",
    "how": "in_person",
    "said": "Que su hija fue identificada.",
}


@pytest.fixture
def luz(database, gloria, noon):
    """Speaks with families in the institution that keeps the person's record."""
    with database.transaction(ADMINISTRATOR) as session:
        prosecutor = session.get_one(Institution, gloria.institution_id)
        prosecutor.kind = InstitutionKind.PROSECUTOR  # who may employ both duties
        account = add_account(
            session,
            ADMINISTRATOR,
            prosecutor,
            sign_in_name="luz",
            display_name="Luz",
            role=Role.LIAISON_OFFICER,
            at=noon,
        )
        return replace(viewer_of(account), second_factor=True, stepped_up=True)


@pytest.fixture
def family(database, at_gate, luz, noon):  # noqa: F811 - a fixture
    """Give the deeds that follow one identification, which is locked and not released yet."""
    at_gate.is_whole()
    decision = at_gate.proposes(at_gate.berta, DecisionOutcome.IDENTIFICATION)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, decision)

    class Family:
        number, of, luz_ = decision, at_gate, luz

        def is_released(self):
            with database.transaction(at_gate.gloria) as session:
                decided = get_decision(session, at_gate.gloria, decision, at=noon)
                release(session, at_gate.gloria, decided, words="Puede decirse.", at=noon)

        def is_recalled(self):
            with database.transaction(at_gate.bruno) as session:
                decided = get_decision(session, at_gate.bruno, decision, at=noon)
                handed = HandedOver.YES
                end(session, at_gate.bruno, decided, reason=REASON, handed_over=handed, at=noon)

        def opens(self, viewer):
            with database.transaction(viewer) as session:
                return open_telling(session, viewer, decision, at=noon)

        def enters(self, viewer, kind, **said):
            with database.transaction(viewer) as session:
                telling = open_telling(session, viewer, decision, at=noon)
                typed = read_step(kind, StepForm(**said), today=noon.date())
                return enter_step(session, viewer, telling, typed, at=noon).id

        def due(self, viewer, at=noon):
            with database.transaction(viewer) as session:
                return count_due(session, viewer, at=at)

        def row(self, kind, by=luz, **more):
            return TellingStep(
                kind=kind,
                decision_id=decision,
                case_id=at_gate.of.person_id,
                remains_id=at_gate.of.remains_id,
                institution_id=by.institution_id,
                entered_by=by.account_id,
                entered_at=noon,
                **more,
            )

        def refused(self, row, by=luz):
            with database.transaction(by) as session:
                session.add(row)
                with pytest.raises((sa.exc.IntegrityError, sa.exc.ProgrammingError)) as told:
                    session.flush()
                session.rollback()
            return told.value.orig.diag.message_primary

        def rows(self):
            with database.transaction(KEEPER) as session:
                return session.scalar(sa.select(sa.func.count()).select_from(TellingStep))

    return Family()
