"""No record is proposed beside one of a country that it is to be kept from, for anybody.

Lidia's committee in Honduras keeps the person's file, Gloria in Guatemala the remains. The
family fled Guatemala. Bruno, in Mexico, may read both.
"""

import random

import pytest
import sqlalchemy as sa

from casework.candidates import apart
from casework.candidates.apart import Keeping, are_apart, companies
from casework.candidates.model import Pairing, PairingState
from casework.candidates.new_records import NewRecords
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found

FOR_ALL = [("circumstances", "search", "forensic"), ("antemortem", "search", "forensic")]


@pytest.fixture
def worker(database, noon):
    return NewRecords(database, lambda: noon)


@pytest.fixture
def enter(database, lidia, gloria, bruno):
    """Enter somebody of Lidia's, remains of Gloria's and remains of Bruno's, all alike."""

    def enter(kept_from=(), found_kept_from=()):
        with database.transaction(KEEPER) as session:
            person = a_missing_person(
                session, lidia, grants=FOR_ALL, country_restrictions=list(kept_from)
            )
            hers = remains_found(session, gloria, country_restrictions=list(found_kept_from))
            his = remains_found(session, bruno)
            return person.id, hers.id, his.id

    return enter


def pairs(database, viewer=MATCHER):
    with database.transaction(viewer) as session:
        rows = session.execute(sa.select(Pairing.missing_person_id, Pairing.remains_id))
        return {(row[0], row[1]) for row in rows}


def raw_pairs(database, viewer):
    """Ask the database without any of our conditions."""
    with database.transaction(viewer) as session:
        rows = session.connection().exec_driver_sql("SELECT missing_person_id FROM pairing")
        return rows.all()


def blinded(database, viewer):
    with database.transaction(viewer) as session:
        return session.connection().exec_driver_sql("SELECT * FROM blinded_pairings()").all()


def name_country(database, table, number, *countries):
    with database.transaction(KEEPER) as session:
        session.get_one(table, number).country_restrictions = list(countries)


def plant(database, person, remains, run):
    """Put a proposal down that no run would, as one that was just writing might."""
    with database.transaction(MATCHER) as session:
        session.add(
            Pairing(
                missing_person_id=person, remains_id=remains, matching_run_id=run,
                state=PairingState.PROPOSED, log10_lr=5.0, posterior=0.5, prior=1e-3,
                rank_for_missing=1, rank_for_remains=1, weights={},
                first_proposed_at=sa.func.now(), last_proposed_at=sa.func.now(),
            )
        )  # fmt: skip


@pytest.mark.parametrize("side", ["person", "remains"])
def test_a_run_proposes_no_pair_of_which_one_is_kept_from_the_others_country(
    database, enter, run_of_all, side
):
    countries = {"person": ({"GT"}, ()), "remains": ((), {"HN"})}[side]
    person, hers, his = enter(*countries)

    run_of_all()

    assert (person, hers) not in pairs(database)
    assert (person, his) in pairs(database)


def test_without_such_a_country_the_same_pair_is_proposed(database, enter, run_of_all):
    person, hers, his = enter()

    run_of_all()

    assert pairs(database) == {(person, hers), (person, his)}


def test_remains_of_the_very_institution_that_keeps_the_person_are_compared(
    database, gloria, run_of_all
):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, gloria, country_restrictions=["GT"]).id
        found = remains_found(session, gloria).id

    run_of_all()

    assert pairs(database) == {(person, found)}


@pytest.mark.parametrize("table", [MissingPerson, Remains])
def test_existing_proposals_end_the_moment_a_country_is_named(
    database, enter, run_of_all, worker, table
):
    person, hers, his = enter()
    run_of_all()

    if table is MissingPerson:
        name_country(database, table, person, "GT")
    else:
        name_country(database, table, hers, "HN")

    assert pairs(database) == {(person, his)}
    worker.hear()
    assert pairs(database) == {(person, his)}


def test_a_new_record_is_not_proposed_beside_one_of_such_a_country(
    database, enter, run_of_all, worker, gloria
):
    person, hers, _ = enter({"GT"})
    run_of_all()
    worker.hear()
    with database.transaction(KEEPER) as session:
        late = remains_found(session, gloria).id

    worker.hear()

    assert not {(person, hers), (person, late)} & pairs(database)


def test_what_a_run_wrote_meanwhile_is_shown_to_nobody_and_goes_when_the_note_is_heard(
    database, enter, run_of_all, worker, bruno, gloria, proposals_for
):
    person, hers, his = enter()
    run = run_of_all()
    worker.hear()
    name_country(database, MissingPerson, person, "GT")
    plant(database, person, hers, run)

    assert {each.remains.id for each in proposals_for(bruno)} == {his}
    assert len(raw_pairs(database, bruno)) == 1
    assert blinded(database, gloria) == []
    worker.hear()

    assert pairs(database) == {(person, his)}


def test_it_would_have_been_blinded_had_no_country_been_named(
    database, lidia, gloria, run_of_all
):
    """Shown to see: Gloria learns that her remains have a proposal, unless she must not."""
    grants = [("antemortem", "search", "forensic")]
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, grants=grants).id
        remains_found(session, gloria)
    run_of_all()

    before = blinded(database, gloria)
    name_country(database, MissingPerson, person, "GT")

    assert len(before) == 1
    assert blinded(database, gloria) == []


def test_an_engine_that_forgot_would_be_noticed(database, enter, run_of_all, monkeypatch):
    monkeypatch.setattr(apart, "are_apart", lambda *_: False)
    person, hers, _ = enter({"GT"})

    run_of_all()

    assert (person, hers) in pairs(database)


def test_everybody_who_may_meet_is_in_one_company_and_nobody_else():
    dice = random.Random(1)  # noqa: S311 - a world, no secret

    def somebody():
        kept_from = frozenset(dice.sample(["HN", "GT", "MX"], dice.choice([0, 0, 1, 2])))
        return Keeping(dice.randint(1, 4), dice.choice(["HN", "GT", "MX"]), kept_from)

    left, right = ([somebody() for _ in range(40)] for _ in range(2))
    met = [
        (one, other) for people, found in companies(left, right)
        for one in people for other in found
    ]  # fmt: skip

    wanted = {
        (one, other)
        for one in range(40)
        for other in range(40)
        if not are_apart(left[one], right[other])
    }
    assert len(met) == len(set(met))
    assert set(met) == wanted
    assert 0 < len(wanted) < 40 * 40
