"""Two people who work on one pair at the same moment lose nothing that either of them did."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from casework.errors import Conflict
from casework.identifications.actions import Proposing, propose, withdraw_item
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    DecisionRelease,
    DecisionSignature,
    HandedOver,
)
from casework.identifications.queries import DecisionState, get_decision, open_gate
from casework.identifications.releasing import release
from casework.identifications.signing import end, sign
from casework.missing.model import MissingPerson
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.remains.model import Remains
from casework.telling.actions import enter_step
from casework.telling.forms import StepForm, read_step
from casework.telling.model import StepKind, TellingStep
from casework.telling.queries import open_telling
from privacy.permissions import KEEPER
from tests.casework.identifications.conftest import REASON

SAID = {"who": "Luz Inventada", "whom": "la madre", "how": "in_person"}


@pytest.fixture
def at_once(database):
    """Let each read first, wait until all have read, and write then; give what came of it."""

    def go(*deeds):
        all_have_read = Barrier(len(deeds), timeout=30)

        def one(deed):
            viewer, read, write = deed
            try:
                with database.transaction(viewer) as session:
                    seen = read(session)
                    all_have_read.wait()
                    write(session, seen)
                    session.flush()
            except Conflict as refused:
                return refused
            return None

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(one, deeds))

    return go


@pytest.fixture
def rows(database):
    def count(model):
        with database.transaction(KEEPER) as session:
            return session.scalar(sa.select(sa.func.count()).select_from(model))

    return count


def test_of_two_decisions_proposed_at_once_one_stands_and_the_other_is_told_so(
    at_gate, at_once, rows, noon
):
    at_gate.is_whole()

    def proposes(viewer, outcome):
        asked = Proposing(outcome=outcome, reason=REASON)
        return (
            viewer,
            lambda session: open_gate(session, viewer, at_gate.id, at=noon),
            lambda session, gate: propose(session, viewer, gate, asked, at=noon),
        )

    refused = at_once(
        proposes(at_gate.berta, DecisionOutcome.IDENTIFICATION),
        proposes(at_gate.elena, DecisionOutcome.PREMATURE),
    )

    assert sorted(type(each).__name__ for each in refused) == ["Conflict", "NoneType"]
    assert rows(Decision) == 1


def test_both_signatures_of_one_moment_are_kept_and_neither_is_asked_again(
    at_gate, at_once, rows, database, noon
):
    at_gate.is_whole()
    number = at_gate.proposes(at_gate.berta, DecisionOutcome.IDENTIFICATION)

    def signs(viewer):
        return (
            viewer,
            lambda session: get_decision(session, viewer, number, at=noon),
            lambda session, decided: sign(
                session, viewer, decided, accepts=True, reason=REASON, at=noon
            ),
        )

    assert at_once(signs(at_gate.bruno), signs(at_gate.gloria)) == [None, None]

    assert rows(DecisionSignature) == 2
    assert at_gate.decided(at_gate.bruno, number).state is DecisionState.LOCKED
    with database.transaction(KEEPER) as session:
        remains = session.get_one(Remains, at_gate.of.remains_id)
        assert remains.identification_status is IdentificationStatus.IDENTIFIED


def test_what_is_released_and_taken_back_at_once_is_taken_back(
    family, at_gate, at_once, rows, database, noon
):
    def does(viewer, write):
        return (
            viewer,
            lambda session: get_decision(session, viewer, family.number, at=noon),
            lambda session, decided: write(session, viewer, decided),
        )

    def releases(session, viewer, decided):
        release(session, viewer, decided, words="Puede decirse.", at=noon)

    def takes_back(session, viewer, decided):
        handed = HandedOver.NO
        end(session, viewer, decided, reason=REASON, handed_over=handed, at=noon)

    released, taken_back = at_once(
        does(at_gate.gloria, releases), does(at_gate.bruno, takes_back)
    )

    assert taken_back is None  # whoever takes back is never refused for somebody else's haste
    assert rows(DecisionRelease) == (released is None)
    assert at_gate.decided(at_gate.bruno, family.number).state is DecisionState.ENDED
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, at_gate.of.person_id)
        assert person.search_status is SearchStatus.OPEN


def test_of_two_who_answer_one_promise_at_once_one_is_told_that_it_is_answered(
    family, at_once, rows, luz, noon
):
    family.is_released()
    planned = family.enters(luz, StepKind.CALL_AGREED, **SAID | {"due_on": "2026-03-20"})
    before = rows(TellingStep)
    said = SAID | {"happened_on": "2026-03-09", "said": "Que está acompañada."}
    held = StepForm(**said, closes=str(planned))

    def writes(session, _):
        telling = open_telling(session, luz, family.number, at=noon)
        typed = read_step(StepKind.CALL_HELD, held, today=noon.date())
        enter_step(session, luz, telling, typed, at=noon)

    # Who reads a family's words first opens their keys, one after the other.
    refused = at_once(*[(luz, lambda _: None, writes)] * 2)

    assert sorted(type(each).__name__ for each in refused) == ["Conflict", "NoneType"]
    assert rows(TellingStep) == before + 1


def test_no_item_of_the_gate_goes_away_while_somebody_signs_that_it_is_there(
    at_gate, database, noon
):
    at_gate.is_whole()
    number = at_gate.proposes(at_gate.berta, DecisionOutcome.IDENTIFICATION)
    at_gate.signs(at_gate.bruno, number)
    gate = at_gate.gate(at_gate.bruno)
    entry = next(each for item in gate.items for each in item.entries)

    with database.transaction(at_gate.gloria) as last:
        decided = get_decision(last, at_gate.gloria, number, at=noon)
        sign(last, at_gate.gloria, decided, accepts=True, reason=REASON, at=noon)
        with database.transaction(at_gate.bruno) as other:
            other.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                withdraw_item(other, at_gate.bruno, gate, entry.number, reason=REASON, at=noon)
            other.rollback()

    assert at_gate.decided(at_gate.bruno, number).state is DecisionState.LOCKED
