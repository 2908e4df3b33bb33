"""A record is weighed against everybody once it is saved, as the next whole run would."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from casework.candidates import due, lists, new_records, warm, weighing
from casework.candidates.model import (
    MatchingRun,
    MatchingState,
    Pairing,
    PairingState,
    WeighingState,
)
from casework.candidates.model import WeighingDue as Waiting
from casework.candidates.new_records import NewRecords, close_expired
from casework.candidates.proposing import Proposed, put_down
from casework.codes import RemainsSex, Sex
from casework.missing.model import MissingPerson, MissingPersonMark
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.remains.model import Remains
from matching.model_file import load_model
from matching.search import rank_companies, registry_of
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER, MATCHER, Role
from tests.builders import ENTERED, a_missing_person, remains_found, withdraw_all

FEW = 2
"""Places in each list, so that a small registry fills them."""


@pytest.fixture
def worker(database, noon):
    """Keep both sides packed, as one worker does."""
    return NewRecords(database, lambda: noon)


@pytest.fixture
def named_without_deciding(database, server):
    """Let records say that somebody was named, without all that a decision takes."""
    owner = sa.create_engine(server.url("postgres", database.engine.url.database))
    with owner.begin() as connection:
        connection.execute(sa.text("ALTER TABLE remains DISABLE TRIGGER named_by_decision"))
    owner.dispose()


@pytest.fixture
def short_lists(monkeypatch):
    for module in (lists, new_records, weighing):
        monkeypatch.setattr(module, "PROPOSED_OF_EACH", FEW)


@pytest.fixture
def counted_once(monkeypatch, database, noon):
    """Let every run and every worker judge by what is common now, whoever comes later."""

    def hold():
        with database.transaction(MATCHER) as session:
            (_, world), _ = weighing.open_worlds(session, noon)  # all of them are invented
        registry = registry_of(world.missing, world.remains, load_model(None))
        search = partial(rank_companies, registry=registry)
        monkeypatch.setattr(weighing, "rank_companies", search)
        monkeypatch.setattr(warm, "registry_of", lambda *_: registry)

    return hold


def proposed(database, *, believed=True):
    """Give all that is proposed: who, weight, places and belief.

    What is believed of a pair depends on how many records there are: a run counts them anew.
    """
    with database.transaction(MATCHER) as session:
        rows = session.scalars(
            sa.select(Pairing).where(Pairing.state == PairingState.PROPOSED)
        ).all()
    return {
        (row.missing_person_id, row.remains_id): (
            row.log10_lr,
            row.rank_for_missing,
            row.rank_for_remains,
            pytest.approx(row.posterior, rel=1e-9) if believed else None,
            row.weights,
        )
        for row in rows
    }


def probable(database):
    """Give how probable each proposal is."""
    with database.transaction(MATCHER) as session:
        rows = session.scalars(
            sa.select(Pairing).where(Pairing.state == PairingState.PROPOSED)
        ).all()
    return {(row.missing_person_id, row.remains_id): row.posterior for row in rows}


def waiting(database):
    with database.transaction(MATCHER) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Waiting))


def all_pairings(database):
    with database.transaction(MATCHER) as session:
        return session.scalars(sa.select(Pairing)).all()


def openings(database):
    with database.transaction(replace(KEEPER, role=Role.DATA_PROTECTION_OFFICER)) as session:
        return session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.MATCHING_OPENED_CASES)
            .order_by(Entry.position)
        ).all()


def opened(database):
    """Give how many people and remains were opened each time."""
    return [(deed.details["missing"], deed.details["remains"]) for deed in openings(database)]


def changed(database, table, number, **values):
    with database.transaction(KEEPER) as session:
        for name, value in values.items():
            setattr(session.get_one(table, number), name, value)


def a_small_registry(database, bruno, dice):
    """Enter people and remains enough that lists are full, and nobody alike."""
    with database.transaction(KEEPER) as session:
        people = [
            a_missing_person(session, bruno, **somebody(dice, Sex, dice.choice((0, 0, 20))))
            for _ in range(7)
        ]
        found = [
            remains_found(session, bruno, **somebody(dice, RemainsSex, dice.choice((3, 8))))
            for _ in range(7)
        ]
    return [person.id for person in people], [remains.id for remains in found]


def somebody(dice, sexes, width):
    age = dice.randint(15, 60)
    return {
        "sex": dice.choice(list(sexes)),
        "age_min": float(age),
        "age_max": float(age + width),
        "stature_cm_min": float(dice.randint(150, 160)),
        "stature_cm_max": float(dice.randint(161, 180)),
        "lat": dice.uniform(14, 17),
    }


def one_change(database, bruno, dice, people, remains):
    """Enter, change, close or open again one record of either side."""
    with database.transaction(KEEPER) as session:
        what = dice.randrange(6)
        if what == 0:
            people.append(a_missing_person(session, bruno, **somebody(dice, Sex, 2)).id)
        elif what == 1:
            remains.append(remains_found(session, bruno, **somebody(dice, RemainsSex, 9)).id)
        elif what in {2, 3}:
            person = session.get_one(MissingPerson, dice.choice(people))
            person.age_max = person.age_min + dice.randint(0, 30)
            person.search_status = dice.choice([SearchStatus.OPEN, SearchStatus.LOCATED_ALIVE])
        else:
            one = session.get_one(Remains, dice.choice(remains))
            one.stature_cm_max = float(dice.randint(165, 190))
            one.identification_status = dice.choice(
                [IdentificationStatus.UNEXAMINED, IdentificationStatus.IDENTIFIED]
            )


@pytest.mark.usefixtures("short_lists", "named_without_deciding")
@pytest.mark.parametrize("seed", range(3))
def test_the_proposals_are_those_that_a_whole_run_would_list(
    database, bruno, run_of_all, worker, counted_once, seed
):
    dice = random.Random(seed)  # noqa: S311 - a world, no secret
    people, remains = a_small_registry(database, bruno, dice)
    counted_once()
    run_of_all()
    worker.hear()

    for _ in range(8):
        one_change(database, bruno, dice, people, remains)
        if dice.random() < 0.6:
            worker.hear()
    worker.hear()

    step_by_step = proposed(database, believed=False)
    run_of_all()
    assert step_by_step == proposed(database, believed=False)
    assert len(step_by_step) >= FEW * FEW


@pytest.mark.usefixtures("short_lists", "named_without_deciding")
@pytest.mark.parametrize("seed", range(2))
def test_where_records_are_kept_apart_too_the_proposals_are_those_of_a_whole_run(
    database, bruno, gloria, run_of_all, worker, counted_once, seed
):
    dice = random.Random(seed)  # noqa: S311 - a world, no secret
    people, remains = a_small_registry(database, bruno, dice)
    counted_once()
    with database.transaction(KEEPER) as session:
        for number in remains[::2]:
            session.get_one(Remains, number).owner_institution_id = gloria.institution_id
            session.get_one(Remains, number).owner_country = gloria.country
    run_of_all()
    worker.hear()
    hers = set(remains[::2])

    for _ in range(8):
        one_change(database, bruno, dice, people, remains)
        with database.transaction(KEEPER) as session:
            person = session.get_one(MissingPerson, dice.choice(people))
            person.country_restrictions = dice.choice([[], ["GT"], ["HN"]])
        if dice.random() < 0.6:
            worker.hear()
    worker.hear()

    with database.transaction(KEEPER) as session:
        kept = [
            number
            for number in people
            if "GT" in session.get_one(MissingPerson, number).country_restrictions
        ]
    step_by_step = proposed(database, believed=False)
    run_of_all()
    assert kept
    assert not [pair for pair in step_by_step if pair[0] in kept and pair[1] in hers]
    assert step_by_step == proposed(database, believed=False)


@pytest.mark.usefixtures("short_lists")
def test_last_places_remembered_wrongly_would_be_noticed(
    database, bruno, run_of_all, worker, counted_once, monkeypatch
):
    dice = random.Random(0)  # noqa: S311 - a world, no secret
    a_small_registry(database, bruno, dice)
    counted_once()
    run_of_all()
    monkeypatch.setattr(lists, "last_places", lambda *_: dict.fromkeys(range(99), 99.0))
    with database.transaction(KEEPER) as session:
        for _ in range(4):
            a_missing_person(session, bruno, **somebody(dice, Sex, 2))

    worker.hear()

    step_by_step = proposed(database, believed=False)
    run_of_all()
    assert step_by_step != proposed(database, believed=False)


def test_whoever_comes_meanwhile_is_proposed_before_rivals_compete(
    database, bruno, fitting_pair, run_of_all, worker, monkeypatch
):
    assert fitting_pair
    run_of_all()
    worker.hear()
    steps = []

    def told(name, act, *given):
        done = act(*given)
        if done:
            steps.append(name)
        return done

    for name in ("_weigh", "_settle"):
        monkeypatch.setattr(worker, name, partial(told, name, getattr(worker, name)))
    weigh = new_records.Round.propose
    late = []

    def meanwhile(one):
        if not late:
            with database.transaction(KEEPER) as session:
                late.append(a_missing_person(session, bruno, surname_1="Tarde").id)
        return weigh(one)

    monkeypatch.setattr(new_records.Round, "propose", meanwhile)
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, surname_1="Recién")

    worker.hear()

    assert steps == ["_weigh", "_weigh", "_settle"]
    assert {who for who, _ in proposed(database)} >= set(late)
    assert waiting(database) == 0


@pytest.mark.usefixtures("short_lists")
def test_rivals_compete_again_with_the_next_worker_if_one_dies(
    database, bruno, run_of_all, worker, noon, monkeypatch
):
    alike = {"stature_cm_min": 160.0, "stature_cm_max": 164.0}
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, **alike).id
        found = remains_found(session, bruno, **alike).id
    run_of_all()
    worker.hear()
    alone = probable(database)[person, found]

    def die(*_):
        raise SystemExit

    with database.transaction(KEEPER) as session:
        rival = a_missing_person(session, bruno, **alike).id
    with monkeypatch.context() as broken:
        broken.setattr(worker, "_settle", die)
        with pytest.raises(SystemExit):
            worker.hear()
    between = probable(database)
    NewRecords(database, lambda: noon).hear()

    assert between[rival, found] > 0
    assert between[person, found] == alone
    assert probable(database)[person, found] < alone
    assert waiting(database) == 0


@pytest.mark.usefixtures("short_lists")
def test_records_saved_as_they_were_leave_all_that_the_run_said(
    database, bruno, run_of_all, worker
):
    dice = random.Random(4)  # noqa: S311 - a world, no secret
    people, remains = a_small_registry(database, bruno, dice)
    run_of_all()
    said = proposed(database)
    with database.transaction(MATCHER) as session:
        session.add_all(Waiting(missing_person_id=number) for number in people[:3])
        session.add_all(Waiting(remains_id=number) for number in remains[:3])

    worker.hear()

    assert proposed(database) == said
    assert waiting(database) == 0


@pytest.mark.usefixtures("short_lists")
def test_whoever_is_put_out_of_both_lists_competes_no_longer(
    database, bruno, run_of_all, worker
):
    tall, short = ({"stature_cm_min": at, "stature_cm_max": at + 4} for at in (174.0, 164.0))
    with database.transaction(KEEPER) as session:
        one, _ = (a_missing_person(session, bruno, **tall) for _ in range(2))
        others = {a_missing_person(session, bruno, **short).id for _ in range(2)}
        found = {remains_found(session, bruno, **tall).id for _ in range(2)}
        remains_found(session, bruno, **short)
    run_of_all()
    before = probable(database)
    with database.transaction(KEEPER) as session:
        remains_found(session, bruno, **short)

    worker.hear()

    after = probable(database)
    gone = before.keys() - after.keys()
    assert gone
    assert {person for person, _ in gone} <= others
    for left in {remains for _, remains in gone}:
        assert left in found
        assert after[one.id, left] > before[one.id, left]


@pytest.mark.usefixtures("fitting_pair")
def test_a_new_record_is_proposed_beside_whom_it_fits(
    database, bruno, run_of_all, worker, noon
):
    run = run_of_all()
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, surname_1="Recién")

    worker.hear()

    (new,) = [each for each in all_pairings(database) if each.missing_person_id == person.id]
    assert (new.state, new.matching_run_id) == (PairingState.PROPOSED, run)
    assert new.first_proposed_at == noon
    assert waiting(database) == 0


def test_a_mark_added_to_a_record_is_weighed_too(database, fitting_pair, run_of_all, noon):
    person, _ = fitting_pair
    run_of_all()
    with database.transaction(KEEPER) as session:
        kept = session.get_one(MissingPerson, person.id)
        kept.marks.append(MissingPersonMark(kind="tattoo", site="forearm"))
    later = noon + timedelta(hours=1)

    NewRecords(database, lambda: later).hear()

    (pairing,) = all_pairings(database)
    assert (pairing.first_proposed_at, pairing.last_proposed_at) == (noon, later)


def test_nothing_is_weighed_before_the_first_whole_run(database, fitting_pair, worker):
    assert fitting_pair

    worker.hear()

    assert all_pairings(database) == []
    assert waiting(database) > 0


def test_what_a_whole_run_has_seen_waits_no_longer(database, fitting_pair, run_of_all):
    assert fitting_pair
    assert waiting(database) > 0

    run_of_all()

    assert waiting(database) == 0


def test_what_was_saved_while_a_run_worked_is_weighed_once_it_ends(
    database, bruno, fitting_pair, run_of_all, worker, monkeypatch
):
    assert fitting_pair
    run_of_all()
    weigh = new_records.open_all_searchable.__globals__["weigh"]
    entered = []

    def meanwhile(opened, **rest):
        with database.transaction(KEEPER) as session:
            entered.append(a_missing_person(session, bruno, surname_1="Recién").id)
        worker.hear()
        assert {who for who, _ in proposed(database)} >= set(entered)
        return weigh(opened, **rest)

    monkeypatch.setattr("casework.candidates.running.weigh", meanwhile)
    run_of_all()
    assert not {who for who, _ in proposed(database)} & set(entered)

    worker.hear()

    assert {who for who, _ in proposed(database)} >= set(entered)
    assert waiting(database) == 0


def test_weighing_twice_changes_nothing(database, fitting_pair, run_of_all, noon):
    person, _ = fitting_pair
    run_of_all()
    changed(database, MissingPerson, person.id, age_max=25.0)
    NewRecords(database, lambda: noon).hear()
    once = proposed(database)

    with database.transaction(MATCHER) as session:
        session.add(Waiting(missing_person_id=person.id))
    NewRecords(database, lambda: noon + timedelta(days=1)).hear()

    assert proposed(database) == once
    assert [each.first_proposed_at for each in all_pairings(database)] == [noon]


def test_a_worker_leaves_to_another_what_that_one_weighs(
    database, fitting_pair, run_of_all, worker
):
    person, _ = fitting_pair
    run_of_all()
    changed(database, MissingPerson, person.id, age_max=25.0)

    with database.transaction(MATCHER) as session:
        assert lists.may_write(session)  # stands for the other worker
        worker.hear()
        assert waiting(database) == 1

    worker.hear()
    assert waiting(database) == 0


def test_a_worker_that_failed_begins_with_a_fresh_look(
    database, fitting_pair, run_of_all, worker, monkeypatch
):
    person, _ = fitting_pair
    run_of_all()
    changed(database, MissingPerson, person.id, age_max=25.0)

    def fail(*_):
        raise InterruptedError

    with monkeypatch.context() as broken:
        broken.setattr(due, "settle", fail)
        with pytest.raises(InterruptedError):
            worker.hear()
    worker.hear()

    assert waiting(database) == 0
    assert len(proposed(database)) == 1


def closes_person(**values):
    return lambda database, pair: changed(database, MissingPerson, pair[0].id, **values)


def closes_remains(**values):
    return lambda database, pair: changed(database, Remains, pair[1].id, **values)


def withdraws(database, pair):
    with database.transaction(KEEPER) as session:
        withdraw_all(session, session.get_one(MissingPerson, pair[0].id))


CLOSINGS = {
    "a withdrawn consent": withdraws,
    "a restriction": closes_person(restricted_at=ENTERED),
    "somebody found alive": closes_person(search_status=SearchStatus.LOCATED_ALIVE),
    "an erasure": closes_person(erased_at=ENTERED),
    "a refusal about remains": closes_remains(search_consent="refused"),
    "restricted remains": closes_remains(restricted_at=ENTERED),
    "identified remains": closes_remains(identification_status=IdentificationStatus.IDENTIFIED),
}


@pytest.mark.usefixtures("named_without_deciding")
@pytest.mark.parametrize("closes", CLOSINGS.values(), ids=CLOSINGS)
def test_a_closed_record_has_no_pairing_from_that_moment_on(
    database, fitting_pair, run_of_all, worker, closes
):
    run_of_all()
    worker.hear()
    assert len(all_pairings(database)) == 1

    closes(database, fitting_pair)

    assert all_pairings(database) == []
    worker.hear()
    assert all_pairings(database) == []


def test_whoever_closes_a_file_goes_on_as_who_they_are(
    database, bruno, fitting_pair, run_of_all
):
    person, _ = fitting_pair
    run_of_all()

    with database.transaction(bruno) as session:
        session.get_one(MissingPerson, person.id).search_status = SearchStatus.LOCATED_ALIVE
        session.flush()
        asked = session.execute(sa.text("SELECT viewer_role(), viewer_purpose()")).one()

    assert asked == (bruno.role.value, bruno.purpose.value)
    assert all_pairings(database) == []


def test_a_consent_that_ran_out_ends_its_pairings(database, bruno, fitting_pair, run_of_all):
    _, remains = fitting_pair
    run = run_of_all()
    ends = datetime.now(UTC) + timedelta(seconds=1)  # the ledger goes by the database's clock
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, grants_expire=ends)
    with database.transaction(MATCHER) as session:
        columns = ([person.id], [remains.id], [1.0], [0.5], [1], [1], ["{}"])
        put_down(session, run, Proposed(columns, 0.5), at=ENTERED)
    close_expired(database, ends - timedelta(seconds=1))
    assert len(all_pairings(database)) == 2

    time.sleep(max((ends - datetime.now(UTC)).total_seconds(), 0) + 0.05)
    close_expired(database, datetime.now(UTC))

    (left,) = all_pairings(database)
    assert left.missing_person_id != person.id


def test_what_was_put_down_as_a_file_was_closed_is_taken_away(
    database, fitting_pair, run_of_all, worker
):
    person, remains = fitting_pair
    run_of_all()
    changed(database, MissingPerson, person.id, restricted_at=ENTERED)
    changed(database, Remains, remains.id, restricted_at=ENTERED)
    with database.transaction(MATCHER) as session:
        run = session.scalars(sa.select(MatchingRun.id)).one()
        columns = ([person.id], [remains.id], [1.0], [0.5], [1], [1], ["{}"])
        put_down(session, run, Proposed(columns, 0.5), at=ENTERED)

    worker.hear()

    assert all_pairings(database) == []


@pytest.mark.parametrize("closes", [withdraws, CLOSINGS["a refusal about remains"]])
def test_a_closing_does_not_wait_for_a_run_that_is_just_writing(
    database, bruno, fitting_pair, run_of_all, worker, proposals_for, closes
):
    person, remains = fitting_pair
    run = run_of_all()
    with database.transaction(MATCHER) as session:
        columns = ([person.id], [remains.id], [1.0], [0.5], [1], [1], ["{}"])
        put_down(session, run, Proposed(columns, 0.5), at=ENTERED)
        closes(database, fitting_pair)

    assert proposals_for(bruno) == []
    worker.hear()
    assert all_pairings(database) == []


def test_opening_records_is_one_deed_with_how_many(database, fitting_pair, run_of_all, worker):
    person, _ = fitting_pair
    run = run_of_all()
    worker.hear()
    changed(database, MissingPerson, person.id, age_max=25.0)

    worker.hear()

    assert {deed.about for deed in openings(database)} == {f"matching_run:{run}"}
    # The run opened all, the worker all once, and then the one that was changed.
    assert opened(database) == [(1, 1), (1, 1), (1, 0)]


def test_names_are_opened_once_papers_are_found(
    database, bruno, fitting_pair, run_of_all, worker
):
    assert fitting_pair
    run_of_all()
    worker.hear()
    with database.transaction(KEEPER) as session:
        found = remains_found(
            session, bruno, carried={"given_names": "Marisol", "surname_1": "Inventada"}
        )

    worker.hear()

    (row,) = [each for each in all_pairings(database) if each.remains_id == found.id]
    assert row.weights["papers"] > 0


def test_after_a_large_file_a_whole_run_is_asked_for_once(
    database, bruno, fitting_pair, run_of_all, worker, monkeypatch
):
    assert fitting_pair
    run_of_all()
    monkeypatch.setattr(due, "FOR_A_WHOLE_RUN", 1)
    with database.transaction(KEEPER) as session:
        for _ in range(3):
            a_missing_person(session, bruno)

    worker.hear()
    worker.hear()

    with database.transaction(MATCHER) as session:
        queued = sa.select(MatchingRun).where(MatchingRun.state == MatchingState.QUEUED)
        assert session.scalars(queued).one().requested_by is None
    assert waiting(database) > 1


def test_nobody_but_the_matcher_reads_who_waits(database, viewers, fitting_pair):
    assert fitting_pair

    for viewer in (*viewers.values(), KEEPER):
        with database.transaction(viewer) as session:
            assert session.scalars(sa.select(Waiting)).all() == []


def queued(database):
    with database.transaction(MATCHER) as session:
        of_state = sa.select(MatchingRun).where(MatchingRun.state == MatchingState.QUEUED)
        return session.scalars(of_state).all()


def test_a_world_that_has_its_first_pair_is_left_to_a_run_that_the_worker_asks_for(
    database, bruno, fitting_pair, run_of_all, worker
):
    assert fitting_pair
    run_of_all()
    worker.hear()
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, invented=False)
    worker.hear()
    assert queued(database) == []
    with database.transaction(KEEPER) as session:
        remains_found(session, bruno, invented=False)

    worker.hear()
    worker.hear()

    (asked,) = queued(database)
    assert asked.requested_by is None
    assert len(proposed(database)) == 1


@pytest.mark.parametrize("state", [MatchingState.CANCELLED, MatchingState.FAILED])
def test_a_run_that_was_stopped_or_failed_is_not_asked_for_again_for_an_hour(
    database, bruno, fitting_pair, run_of_all, noon, monkeypatch, state
):
    assert fitting_pair
    run_of_all()
    with database.transaction(MATCHER) as session:
        ended = dict.fromkeys(("requested_at", "finished_at"), noon)
        session.add(MatchingRun(state=state, **ended))
    monkeypatch.setattr(due, "FOR_A_WHOLE_RUN", 1)

    with database.transaction(KEEPER) as session:
        people = {a_missing_person(session, bruno).id for _ in range(3)}
    NewRecords(database, lambda: noon + timedelta(minutes=59)).hear()
    assert queued(database) == []
    assert {who for who, _ in proposed(database)} >= people

    with database.transaction(KEEPER) as session:
        for _ in range(3):
            a_missing_person(session, bruno)
    NewRecords(database, lambda: noon + timedelta(hours=1)).hear()
    assert len(queued(database)) == 1


def test_who_comes_with_the_first_papers_keeps_their_name(
    database, bruno, fitting_pair, run_of_all, worker
):
    assert fitting_pair
    run_of_all()
    worker.hear()
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, given_names="Marisol", surname_1="Nueva")
        found = remains_found(
            session, bruno, carried={"given_names": "Marisol", "surname_1": "Nueva"}
        )

    worker.hear()

    (row,) = [
        each
        for each in all_pairings(database)
        if (each.missing_person_id, each.remains_id) == (person.id, found.id)
    ]
    assert row.weights["papers"] > 0


@pytest.mark.usefixtures("short_lists")
def test_a_gap_is_filled_by_the_next_worker_if_one_dies(
    database, bruno, run_of_all, worker, noon, monkeypatch
):
    tall, short = ({"stature_cm_min": at, "stature_cm_max": at + 4} for at in (174.0, 164.0))
    with database.transaction(KEEPER) as session:
        for _ in range(2):
            a_missing_person(session, bruno, **tall)
        people = {a_missing_person(session, bruno, **short).id for _ in range(2)}
        found = {remains_found(session, bruno, **tall).id for _ in range(2)}
        leaves, _ = (remains_found(session, bruno, **short) for _ in range(2))
    run_of_all()
    assert not {who for who, what in proposed(database) if what in found} & people
    changed(database, Remains, leaves.id, stature_cm_min=120.0, stature_cm_max=121.0)

    def die(*_):
        raise InterruptedError

    with monkeypatch.context() as broken:
        broken.setattr(new_records.Round, "fill", die)
        with pytest.raises(InterruptedError):
            worker.hear()
    NewRecords(database, lambda: noon).hear()

    assert {who for who, what in proposed(database) if what in found} >= people
    assert waiting(database) == 0


def test_whoever_is_saved_waits_for_few_gaps_only(
    database, bruno, fitting_pair, run_of_all, worker, monkeypatch
):
    person, found = fitting_pair
    run_of_all()
    worker.hear()
    monkeypatch.setattr(due, "GAPS_AT_ONCE", 1)
    fill, proposed_by_then = new_records.Round.fill, []
    late = []

    def meanwhile(one, gaps):
        proposed_by_then.append({who for who, _ in proposed(database)} >= set(late))
        if not late:
            with database.transaction(KEEPER) as session:
                late.append(a_missing_person(session, bruno, surname_1="Tarde").id)
        return fill(one, gaps)

    monkeypatch.setattr(new_records.Round, "fill", meanwhile)
    with database.transaction(MATCHER) as session:
        due.note_gaps(session, [person.id], [found.id])

    worker.hear()

    assert proposed_by_then == [True, True]
    assert waiting(database) == 0


def test_whoever_cannot_be_weighed_keeps_nobody_waiting(
    database, bruno, fitting_pair, run_of_all, worker, monkeypatch, caplog
):
    assert fitting_pair
    run_of_all()
    with database.transaction(KEEPER) as session:
        people = [a_missing_person(session, bruno).id for _ in range(3)]
    whole = warm.Standing.found_for_person

    def fall(self, number, top=None):
        if number == people[1]:
            raise ValueError("Marisol")
        return whole(self, number, top)

    monkeypatch.setattr(warm.Standing, "found_for_person", fall)
    worker.hear()

    assert {who for who, _ in proposed(database)} >= {people[0], people[2]}
    with database.transaction(MATCHER) as session:
        left = {
            (note.missing_person_id, note.state) for note in session.scalars(sa.select(Waiting))
        }
    assert left == {(people[1], WeighingState.SET_ASIDE)}
    assert caplog.text.count("set aside") == 1
    assert "ValueError" in caplog.text
    assert "Marisol" not in caplog.text
    # All are packed afresh after each fault, and even what fell was opened in a deed.
    assert opened(database) == [(1, 1), (4, 1), (3, 0), (4, 1), (1, 0), (1, 0), (4, 1), (1, 0)]

    run_of_all()
    assert waiting(database) == 0
