"""What is asked of one side of a pairing several times is asked once, and means the same."""

import sqlalchemy as sa

from casework.candidates.asked_once import asked_once, one_of
from casework.candidates.model import Pairing
from casework.missing.model import MissingPerson
from casework.remains.model import Remains

PERSON, REMAINS = Pairing.missing_person_id, Pairing.remains_id


def of_person(which):
    return one_of(PERSON, MissingPerson, which)


def written(query):
    return " ".join(str(query.compile(compile_kwargs={"literal_binds": True})).split())


def where(*conditions):
    return written(asked_once(sa.select(Pairing.id).where(*conditions))).partition(" WHERE ")[2]


def test_each_side_is_looked_up_once_with_all_that_is_asked_of_it():
    asked = where(
        sa.and_(of_person(MissingPerson.invented), of_person(MissingPerson.country == "GT")),
        Pairing.log10_lr > 2,
        one_of(REMAINS, Remains, Remains.invented),
        of_person(sa.or_(MissingPerson.protected, MissingPerson.sex == "male")),
    )

    assert asked == (
        "pairing.missing_person_id IN (SELECT missing_person.id FROM missing_person WHERE "
        "missing_person.invented AND missing_person.country = 'GT' AND "
        "(missing_person.protected OR missing_person.sex = 'male')) AND "
        "pairing.remains_id IN (SELECT remains.id FROM remains WHERE remains.invented) AND "
        "pairing.log10_lr > 2"
    )


def test_what_is_one_of_several_ways_stays_apart():
    either = sa.or_(of_person(MissingPerson.invented), of_person(MissingPerson.protected))

    assert where(either).count("SELECT") == 2


def test_what_says_more_than_which_records_stays_as_it_was():
    first = sa.select(MissingPerson.id).where(MissingPerson.invented).limit(3)
    kept = where(PERSON.in_(first), of_person(MissingPerson.protected))

    assert "LIMIT 3" in kept
    assert kept.count("SELECT") == 2


def test_for_whom_a_question_came_through_the_door_is_not_lost():
    asked = sa.select(Pairing).where(of_person(MissingPerson.invented))

    kept = asked_once(asked.execution_options(came_for="amal")).get_execution_options()

    assert kept["came_for"] == "amal"
