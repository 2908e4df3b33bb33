"""Whoever waits for remains learns that an act is planned for them, and no word of anybody."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from casework.dataset.values import days_of
from casework.desk.actions import Asking, send_request
from casework.desk.model import RequestKind
from casework.envelope import SearchConsent
from casework.jobs import deferring
from casework.notifications.model import Notification, NotificationKind
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.signin.model import Institution
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange
from privacy.permissions import KEEPER, MATCHER, Role
from tests.builders import a_missing_person, remains_found

SITTING = Sitting(Method.EXAMINATION, "Perita Inventada")
FORENSIC = {Role.FORENSIC_EXAMINER.value, Role.FORENSIC_COORDINATOR.value}


@pytest.fixture
def remains(database, amal):
    with database.transaction(amal) as session:
        return remains_found(session, amal)


@pytest.fixture
def plan(database, remains, amal, noon):
    """Plan an act for the remains, in so many days, and do the jobs that it asks for."""

    def do(days, **more):
        day = (noon + timedelta(days=days)).date()
        act = {"act": "burial", "date": days_of(DateRange(day, day))} | more
        with database.transaction(amal) as session:
            about = session.get_one(Remains, remains.id)
            hand = AtHand(session, amal, about, REMAINS, noon)
            say(hand, {"irreversible_act_planned/aaaa11": Said(act)}, SITTING)
        deferring.run_worker(database, clock=lambda: noon, wait=False, handles_signals=False)
        return told(database)

    return do


def told(database):
    """Whom the notices are for, and where they lead, in the order of telling."""
    with database.transaction(KEEPER) as session:
        rows = session.scalars(
            sa.select(Notification)
            .where(Notification.kind == NotificationKind.ACT_PLANNED)
            .order_by(Notification.id)
        ).all()
        return [(each.institution_id, set(each.roles), each.path) for each in rows]


def a_proposal(database, person, remains, noon, state=PairingState.PROPOSED):
    with database.transaction(MATCHER) as session:
        run = MatchingRun(
            state=MatchingState.FINISHED,
            requested_at=noon,
            finished_at=noon,
            model_name="missing-remains",
            model_version="2026.2",
        )
        session.add(run)
        session.flush()
        pairing = Pairing(
            missing_person_id=person.id,
            remains_id=remains.id,
            matching_run_id=run.id,
            state=state,
            log10_lr=3.0,
            posterior=0.4,
            prior=0.001,
            rank_for_missing=1,
            rank_for_remains=1,
            weights={"sex": 0.3},
            first_proposed_at=noon,
            last_proposed_at=noon,
        )
        session.add(pairing)
        session.flush()
        return pairing.id


def test_the_keepers_coordinators_are_told_once_and_again_when_the_day_changes(plan, amal):
    keeper = (amal.institution_id, {Role.FORENSIC_COORDINATOR.value}, "/acts")

    assert plan(5) == [keeper]
    assert plan(5, authority="Juzgado Inventado") == [keeper]
    assert plan(3) == [keeper, keeper]
    assert plan(3, outcome="called_off") == [keeper, keeper]


def test_whoever_asked_about_the_remains_is_told_at_the_request(
    plan, database, remains, gloria, amal, noon
):
    with database.transaction(gloria) as session:
        asking = Asking(
            kind=RequestKind.SAMPLE,
            to=session.get_one(Institution, amal.institution_id),
            about=get_remains(session, gloria, remains.reference, at=noon),
            due_on=noon.date() + timedelta(days=3),
            words="Pedimos que se conserve una muestra.",
        )
        number = send_request(session, gloria, asking, at=noon).id

    others = [each for each in plan(5) if each[0] != amal.institution_id]

    assert [(office, path) for office, _, path in others] == [
        (gloria.institution_id, f"/desk/{number}")
    ]


def test_forensic_duties_with_a_proposal_are_told_and_nobody_else_is(
    plan, database, remains, gloria, lidia, amal, noon
):
    """The family's side (Lidia's committee) is never told of a proposal."""
    with database.transaction(gloria) as session:
        theirs = a_missing_person(session, gloria)
        given_up = a_missing_person(session, gloria)
    with database.transaction(lidia) as session:
        of_the_family_side = a_missing_person(session, lidia)
    number = a_proposal(database, theirs, remains, noon)
    a_proposal(database, given_up, remains, noon, state=PairingState.NO_LONGER_PROPOSED)
    a_proposal(database, of_the_family_side, remains, noon)

    others = [each for each in plan(5) if each[0] != amal.institution_id]

    paths = {path for office, _, path in others if office == gloria.institution_id}
    assert paths == {f"/pairings/{number}"}
    assert set().union(*(roles for _, roles, _ in others)) <= FORENSIC


def test_a_proposal_that_its_family_closed_is_not_told(
    plan, database, remains, gloria, amal, noon
):
    with database.transaction(gloria) as session:
        closed = a_missing_person(session, gloria, search_consent=SearchConsent.REFUSED)
    a_proposal(database, closed, remains, noon)

    assert {office for office, _, _ in plan(5)} == {amal.institution_id}


def test_a_notice_names_nobody(plan, remains, signed_in):
    plan(5)

    page = signed_in("bruno").get("/notifications").text

    assert "Se prevé un acto que no se puede deshacer" in page
    assert remains.reference not in page
