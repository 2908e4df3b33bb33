"""An exclusion rests on facts: when one changes, the pair opens again and people are told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.candidates.joint import taken_together
from casework.candidates.model import Pairing, PairingState
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import get_proposal, measure, run_of
from casework.codes import Sex
from casework.errors import Conflict, InvalidInput
from casework.identifications.actions import Proposing, propose
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    EndCause,
    ExcludedFact,
    ExclusionMethod,
    ExclusionStrength,
)
from casework.identifications.queries import DecisionState, open_gate
from casework.identifications.reopening import reopen_all_changed, reopen_lately_changed
from casework.missing.model import MissingPerson
from casework.notifications.model import Notification, NotificationKind
from casework.record_codes import SearchStatus
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person
from tests.casework.identifications.conftest import REASON


def queue_of(database, viewer, noon, *, excluded=False):
    with database.transaction(viewer) as session:
        return measure(session, viewer, Wanted(excluded=excluded), at=noon).count


def change(database, at_gate, **said):
    with database.transaction(KEEPER) as session:
        person = session.scalars(
            sa.select(MissingPerson).where(MissingPerson.id == at_gate.of.person_id)
        ).one()
        for name, value in said.items():
            setattr(person, name, value)


def test_a_pair_leaves_the_proposers_queue_at_once_and_everybodys_once_signed(
    at_gate, database, noon
):
    bruno, gloria = at_gate.bruno, at_gate.gloria
    number = at_gate.excludes(at_gate.berta)
    proposed = [queue_of(database, each, noon) for each in (bruno, gloria)]
    out = [queue_of(database, each, noon, excluded=True) for each in (bruno, gloria)]
    for each in (bruno, gloria):
        state = at_gate.signs(each, number)

    assert (proposed, out) == ([0, 1], [1, 0])
    assert state is DecisionState.LOCKED
    assert [queue_of(database, each, noon) for each in (bruno, gloria)] == [0, 0]
    with database.transaction(bruno) as session:
        kept = session.scalars(sa.select(ExcludedFact)).all()
    assert {each.kind for each in kept} == {"sex", "stature"}
    assert len({each.fingerprint for each in kept}) == 2


def test_a_pair_opens_again_when_a_fact_changes_and_only_then(at_gate, database, noon):
    number = at_gate.excludes(at_gate.berta)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, number)
    reopen_all_changed(database, noon)
    change(database, at_gate, age_min=30.0, age_max=40.0, changed_at=noon)
    reopen_all_changed(database, noon)
    still = at_gate.decided(at_gate.bruno, number).state

    change(database, at_gate, sex=Sex.MALE, changed_at=noon - timedelta(days=1))
    reopen_lately_changed(database, noon)
    unseen = at_gate.decided(at_gate.bruno, number).state
    reopen_all_changed(database, noon)
    reopen_all_changed(database, noon)  # done twice, it is done once
    found = at_gate.decided(at_gate.bruno, number)

    assert (still, unseen) == (DecisionState.LOCKED, DecisionState.LOCKED)
    assert (found.end.cause, found.end.changed) == (EndCause.FACT_CHANGED, ["sex"])
    assert found.state is DecisionState.ENDED
    assert queue_of(database, at_gate.gloria, noon, excluded=True) == 0
    with database.transaction(KEEPER) as session:
        told = session.scalars(
            sa.select(Notification).where(
                Notification.kind == NotificationKind.DECISION_ENDED,
                Notification.account_id.is_not(None),
            )
        ).all()
    assert [each.account_id for each in told] == [at_gate.berta.account_id]


def test_an_exclusion_needs_facts_and_lets_the_pair_back_when_declined(at_gate, database, noon):
    with pytest.raises(InvalidInput):
        at_gate.excludes(at_gate.bruno, "something else")
    number = at_gate.excludes(at_gate.bruno)
    state = at_gate.signs(at_gate.gloria, number, accepts=False)

    assert state is DecisionState.DECLINED
    assert queue_of(database, at_gate.bruno, noon) == 1


def test_an_exclusion_whose_facts_cannot_be_read_any_more_leaves_nothing_behind(
    at_gate, database, noon
):
    """A page catches what is refused, and its transaction is committed."""
    asked = Proposing(
        outcome=DecisionOutcome.EXCLUSION,
        reason=REASON,
        method=ExclusionMethod.ANTHROPOLOGY,
        strength=ExclusionStrength.CONCLUSIVE,
        facts=("sex",),
    )
    with database.transaction(at_gate.bruno) as session:
        gate = open_gate(session, at_gate.bruno, at_gate.id, at=noon)
        change(database, at_gate, search_status=SearchStatus.LOCATED_ALIVE)
        with pytest.raises(Conflict):
            propose(session, at_gate.bruno, gate, asked, at=noon)

    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(Decision.id)).all() == []


def test_an_excluded_pair_is_nobodys_rival_until_it_opens_again(at_gate, database, noon):
    bruno, gloria = at_gate.bruno, at_gate.gloria
    with database.transaction(KEEPER) as session:
        other = a_missing_person(session, gloria, protected=False, invented=True).id
    with database.transaction(MATCHER) as session:
        first = session.get_one(Pairing, at_gate.id)
        said = {
            name: getattr(first, name)
            for name in (each.key for each in Pairing.__table__.columns)
            if name not in {"id", "missing_person_id"}
        }
        second = Pairing(**said, missing_person_id=other)
        session.add(second)
        session.flush()
        assert second.state is PairingState.PROPOSED
        number = second.id

    def believed():
        with database.transaction(bruno) as session:
            proposal = get_proposal(session, bruno, number, at=noon)
            run = run_of(session, bruno, proposal.pairing)
            together = taken_together(session, bruno, proposal, run, at=noon)
            return together.posterior, len(together.rivals_of_remains)

    before = believed()
    decision = at_gate.excludes(bruno)
    for each in (gloria, bruno):
        at_gate.signs(each, decision)
    excluded = believed()
    change(database, at_gate, sex=Sex.MALE)
    reopen_all_changed(database, noon + timedelta(minutes=5))

    assert before[1] == 1
    assert excluded[1] == 0
    assert excluded[0] > before[0]
    assert believed() == before
