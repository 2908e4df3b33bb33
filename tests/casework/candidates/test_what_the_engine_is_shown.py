"""Every kind of evidence in the registry reaches the engine, and names only for papers."""

from datetime import date

import pytest
import sqlalchemy as sa

from casework.candidates.model import Pairing
from casework.candidates.reading import as_open, read_people, read_remains
from casework.candidates.weighing import missing_record, open_worlds, remains_record
from casework.codes import BloodGroup, Build, Condition, Handedness
from casework.envelope import SearchConsent
from casework.missing.model import PersonName
from casework.openings import Openings
from casework.record_codes import NameKind
from matching.codes import ToothState
from matching.records import Listed, Names, Numbered, Tooth
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found

LOOKED = {
    "nationalities": ["HN"],
    "build": Build.SLIM,
    "handedness": Handedness.LEFT,
    "blood_group": BloodGroup.B_NEGATIVE,
    "weight_kg_min": 50.0,
    "weight_kg_max": 50.0,
    "incident_key": "INV-I-1",
}
TEETH = "16:restored | 26:crown | 36:missing"
PAPERS = {"given_names": "Marisol", "surname_1": "Inventada", "phones": "+504 9999 1234"}


def enter(database, owner, *, of_person=None, of_remains=None):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, owner, **(of_person or {}))
        return person, remains_found(session, owner, **(of_remains or {}))


def weights(database):
    with database.transaction(MATCHER) as session:
        return session.scalars(sa.select(Pairing)).one().weights


def test_what_has_a_column_is_weighed(database, bruno, run_of_all):
    enter(
        database,
        bruno,
        of_person={**LOOKED, "destination": "US", "carried": {"teeth": TEETH}},
        of_remains={
            **LOOKED,
            "condition": Condition.FULLY_FLESHED,
            "carried": {"teeth": TEETH, "id_numbers": "implant:AB12345"},
            "found_from": date(2025, 6, 10),
            "found_to": date(2025, 6, 10),
        },
    )

    run_of_all()

    later = {"teeth", "nationality", "body_weight", "handedness", "blood_group", "group"}
    assert {*later, "destination"} <= weights(database).keys()
    assert all(weights(database)[kind] > 0 for kind in later)


def test_a_name_found_on_a_paper_is_held_against_names_told(database, bruno, run_of_all, dora):
    enter(database, bruno, of_remains={"carried": PAPERS})

    run_id = run_of_all()

    assert weights(database)["papers"] > 0
    with database.transaction(dora) as session:
        opened = Entry.deed == Deed.MATCHING_OPENED_CASES.value
        deed = session.scalars(sa.select(Entry).where(opened)).one()
        assert deed.about == f"matching_run:{run_id}"
        assert deed.details == {"missing": 1, "remains": 1, "named": 1}


def test_where_nothing_was_found_with_a_name_no_name_is_opened(database, bruno, noon):
    enter(database, bruno, of_person={"carried": {"teeth": TEETH, "phones": "+504 9999 1234"}})

    with database.transaction(MATCHER) as session:
        (real, invented), named = open_worlds(session, noon)

    (person,) = real.missing + invented.missing
    assert (person.names, person.phones, named) == (Names(), Listed(), 0)
    assert person.teeth.items[0] == Tooth(16, ToothState.RESTORED)


def test_names_are_read_as_they_are_built(database, bruno, noon):
    used = PersonName(kind=NameKind.USED, given_names="Mari", surname_1="", surname_2="")
    legal = PersonName(
        kind=NameKind.LEGAL, given_names="Marisol", surname_1="Inventada", surname_2="Paz"
    )
    carried = {"id_numbers": "dni:0801-1990", "phones": "+504 9999 1234"}
    person, _ = enter(database, bruno, of_person={"names": [used, legal], "carried": carried})

    with database.transaction(MATCHER) as session:
        (told,) = read_people(session, noon, [person.id], with_names=True)

    record = missing_record(told)
    assert record.names == Names(
        given_names="Marisol",
        surname_1="Inventada",
        surname_2="Paz",
        other_names=Listed.of("Mari"),
    )
    assert record.id_numbers == Listed.of(Numbered("dni", "0801-1990"))
    assert record.phones == Listed.of("+504 9999 1234")


def test_what_cannot_be_read_any_more_says_nothing(database, bruno):
    enter(database, bruno, of_remains={"carried": {**PAPERS, "teeth": "99:gone"}})

    with database.transaction(MATCHER) as session:
        (told,) = read_remains(session)

    assert told.has_papers
    assert (remains_record(told).names, remains_record(told).teeth) == (Names(), Listed())


def test_one_case_is_read_without_the_others(database, bruno, noon):
    person, remains = enter(database, bruno)
    enter(database, bruno)

    with database.transaction(MATCHER) as session:
        worlds, _ = open_worlds(session, noon, people=[person.id], remains=[remains.id])

    assert sum((each.missing_ids for each in worlds), ()) == (person.id,)
    assert sum((each.remains_ids for each in worlds), ()) == (remains.id,)


def test_the_matcher_reads_no_name_of_whoever_may_not_be_searched_for(database, bruno):
    enter(database, bruno, of_person={"search_consent": SearchConsent.REFUSED})
    shown, _ = enter(database, bruno)

    with database.transaction(MATCHER) as session:
        named = session.scalars(sa.text("SELECT case_id FROM missing_person_name")).all()

    assert named == [shown.id]


@pytest.mark.parametrize(
    ("closed", "carried", "named"),
    [
        (set(), {"teeth", "phones"}, True),
        ({Reveals.BODY}, {"phones"}, True),
        ({Reveals.IDENTITY}, set(), False),
    ],
)
def test_a_reader_is_explained_what_is_open_to_them(database, bruno, closed, carried, named):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(
            session, bruno, carried={"teeth": TEETH, "phones": "+504 9999 1234"}
        )
        openings = Openings(frozenset(Reveals) - closed, {})

        told = as_open(person, openings)

        assert (set(told.carried), bool(told.names)) == (carried, named)


@pytest.mark.parametrize(("closed", "told"), [(set(), True), ({Reveals.IDENTITY}, False)])
def test_the_age_that_follows_from_a_date_of_birth_is_told_with_the_names(
    database, bruno, closed, told
):
    born = {"birth_from": date(2000, 3, 1), "birth_to": date(2000, 3, 1)}
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, bruno, **born)

        record = missing_record(as_open(person, Openings(frozenset(Reveals) - closed, {})))

        assert (record.birth is not None) is told
        assert record.age is not None
