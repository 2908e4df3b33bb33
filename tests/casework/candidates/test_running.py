"""A matching run: who is weighed, what it proposes, and what it leaves as it was."""

import time
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from casework.candidates import lists
from casework.candidates.actions import cancel_matching, request_matching
from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from casework.candidates.rules import FAULT, NOTHING_TO_COMPARE
from casework.candidates.running import run_matching
from casework.envelope import SearchConsent
from casework.errors import Conflict
from casework.missing.model import MissingPerson
from casework.record_codes import SearchStatus
from matching.model_file import load_model
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found


def run_as_kept(database, run_id):
    with database.transaction(MATCHER) as session:
        return session.get_one(MatchingRun, run_id)


def pairings(database):
    with database.transaction(MATCHER) as session:
        return session.scalars(sa.select(Pairing)).all()


def test_a_run_proposes_a_pair_that_fits(fitting_pair, run_of_all, database):
    person, remains = fitting_pair

    run_of_all()

    (pairing,) = pairings(database)
    assert (pairing.missing_person_id, pairing.remains_id) == (person.id, remains.id)
    assert pairing.log10_lr == pytest.approx(sum(pairing.weights.values()), abs=1e-3)


@pytest.mark.usefixtures("fitting_pair")
def test_a_run_says_what_it_weighed_and_with_which_numbers(run_of_all, database):
    run = run_as_kept(database, run_of_all())

    assert run.state is MatchingState.FINISHED
    assert (run.missing_count, run.remains_count) == (1, 1)
    assert run.pairs_scored + run.pairs_skipped == 1
    assert run.model_hash == load_model(None).hash
    assert len(run.inputs_hash) == 64
    assert run.prior == run.expected_true_matches / 1


@pytest.mark.usefixtures("fitting_pair")
def test_the_same_records_have_the_same_hash_and_a_changed_one_another(run_of_all, database):
    before, again = run_of_all(), run_of_all()
    with database.transaction(KEEPER) as session:
        session.scalars(sa.select(MissingPerson)).one().age_max = 25.0
    changed = run_of_all()

    hashes = [run_as_kept(database, each).inputs_hash for each in (before, again, changed)]
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.usefixtures("fitting_pair")
def test_a_second_run_doubles_nothing_and_keeps_when_it_was_first_proposed(
    run_of_all, database, noon
):
    later = noon + timedelta(days=1)
    run_of_all()

    run_of_all(lambda: later)

    (pairing,) = pairings(database)
    assert (pairing.first_proposed_at, pairing.last_proposed_at) == (noon, later)


@pytest.mark.usefixtures("fitting_pair")
def test_somebody_found_alive_is_proposed_no_more(run_of_all, database, bruno, proposals_for):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno)
    run_of_all()
    with database.transaction(KEEPER) as session:
        found = session.scalars(sa.select(MissingPerson)).first()
        found.search_status = SearchStatus.LOCATED_ALIVE

    run_of_all()

    states = {each.missing_person_id: each.state for each in pairings(database)}
    assert found.id not in states
    assert set(states.values()) == {PairingState.PROPOSED}
    assert found.id not in {each.person.id for each in proposals_for(bruno)}


def test_a_real_person_is_never_laid_beside_an_invented_one(run_of_all, database, bruno):
    with database.transaction(KEEPER) as session:
        real = a_missing_person(session, bruno, invented=False)
        a_missing_person(session, bruno, invented=True)
        remains = remains_found(session, bruno, invented=False)

    run_of_all()

    (pairing,) = pairings(database)
    assert (pairing.missing_person_id, pairing.remains_id) == (real.id, remains.id)


@pytest.mark.parametrize("consent", [SearchConsent.REFUSED, SearchConsent.NOT_ASKED])
def test_without_consent_nobody_is_weighed(run_of_all, database, bruno, consent):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, search_consent=consent)
        remains_found(session, bruno)

    run = run_as_kept(database, run_of_all())

    assert run.failure == NOTHING_TO_COMPARE
    assert pairings(database) == []


@pytest.mark.usefixtures("fitting_pair")
def test_opening_everybody_is_one_deed_with_the_counts(run_of_all, database, dora):
    run_id = run_of_all()

    with database.transaction(dora) as session:
        opened = session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.MATCHING_OPENED_CASES.value)
            .order_by(Entry.position)
        ).all()
    assert [each.details for each in opened] == [{"missing": 1, "remains": 1, "named": 0}]
    assert opened[0].about == f"matching_run:{run_id}"


@pytest.mark.usefixtures("fitting_pair")
def test_a_run_that_ended_is_not_done_again(run_of_all, database, noon):
    run_id = run_of_all()

    run_matching(database, run_id, lambda: noon + timedelta(days=9))

    assert run_as_kept(database, run_id).finished_at == noon


@pytest.mark.usefixtures("fitting_pair")
def test_a_fault_is_told_as_a_sentence_and_leaves_the_proposals(run_of_all, database, noon):
    run_of_all()
    calls = iter(range(1000))

    def breaking_clock():
        # The third look is in the middle of the work.
        return noon / 0 if next(calls) == 2 else noon

    failed = run_as_kept(database, run_of_all(breaking_clock))

    assert (failed.state, failed.failure) == (MatchingState.FAILED, FAULT)
    assert [each.state for each in pairings(database)] == [PairingState.PROPOSED]


@pytest.mark.usefixtures("fitting_pair")
def test_a_run_hears_in_the_middle_that_it_should_stop(database, bruno, noon):
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    calls = iter(range(1000))

    def clock():
        if next(calls) == 1:  # it has begun, and nothing is weighed yet
            with database.transaction(bruno) as session:
                cancel_matching(session, bruno, run_id, at=noon)
        return noon

    run_matching(database, run_id, clock)

    assert run_as_kept(database, run_id).state is MatchingState.CANCELLED
    assert pairings(database) == []


def test_a_run_whose_worker_died_is_cancelled_at_once(database, bruno, noon):
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon)
        run.state = MatchingState.RUNNING

    with database.transaction(bruno) as session:
        cancel_matching(session, bruno, run.id, at=noon)

    assert run_as_kept(database, run.id).state is MatchingState.CANCELLED


def test_a_run_that_somebody_works_on_is_asked_to_stop_and_not_ended_over_them(
    database, bruno, noon
):
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon)
        run.state = MatchingState.RUNNING
    key = sa.func.hashtextextended(f"run_matching:{run.id}", 0)

    with database.engine.connect() as worker, database.transaction(bruno) as session:
        worker.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
        cancel_matching(session, bruno, run.id, at=noon)

    kept = run_as_kept(database, run.id)
    assert (kept.state, kept.cancel_requested) == (MatchingState.RUNNING, True)


def test_a_run_that_still_waits_is_cancelled_at_once(database, bruno, noon):
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon)
        cancel_matching(session, bruno, run.id, at=noon)

    assert run_as_kept(database, run.id).state is MatchingState.CANCELLED


def test_there_is_one_run_at_a_time(database, bruno, gloria, noon):
    with database.transaction(bruno) as session:
        request_matching(session, bruno, at=noon)

    with pytest.raises(Conflict), database.transaction(gloria) as session:
        request_matching(session, gloria, at=noon)


def test_a_run_that_has_ended_cannot_be_cancelled(run_of_all, database, bruno, noon):
    run_id = run_of_all()

    with pytest.raises(Conflict), database.transaction(bruno) as session:
        cancel_matching(session, bruno, run_id, at=noon)


def test_an_examiner_cannot_begin_a_run(database, amal, noon):
    with pytest.raises(NotPermitted), database.transaction(amal) as session:
        request_matching(session, amal, at=noon)


@pytest.mark.usefixtures("fitting_pair")
def test_a_run_waits_for_the_worker_that_writes_proposals(database, bruno, noon):
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run = Thread(target=run_matching, args=(database, run_id, lambda: noon))

    with database.transaction(MATCHER) as worker:
        assert lists.may_write(worker)
        run.start()
        is_waiting = sa.text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        until = time.monotonic() + 20
        while not worker.scalar(is_waiting):
            assert run.is_alive()
            assert time.monotonic() < until
            time.sleep(0.02)
        assert pairings(database) == []
    run.join()

    assert run_as_kept(database, run_id).state is MatchingState.FINISHED
    assert len(pairings(database)) == 1


def test_a_run_waits_for_the_worker_without_a_limit(database):
    with database.transaction(MATCHER) as session:
        lists.wait_to_write(session)
        assert session.scalar(sa.text("SHOW lock_timeout")) == "0"

    with database.transaction(MATCHER) as session:
        assert session.scalar(sa.text("SHOW lock_timeout")) == "10s"
