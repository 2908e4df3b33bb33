"""Where only the day of birth was told, the age is computed, and said to be."""

from datetime import date

import pytest

from casework.missing.ages import age_by_birth
from casework.missing.model import MissingPerson
from casework.values import Range
from privacy.permissions import KEEPER
from tests.builders import a_missing_person

NO_AGE = {"age_min": None, "age_max": None}
SEEN = {"last_contact_from": date(2025, 6, 3), "last_contact_to": date(2025, 6, 3)}


def born(first, last=None, **other):
    return MissingPerson(birth_from=first, birth_to=last or first, **(NO_AGE | SEEN | other))


@pytest.mark.parametrize(
    ("person", "age"),
    [
        (born(date(2001, 6, 3)), Range(24, 24)),
        (born(date(2001, 6, 4)), Range(23, 23)),
        (born(date(2001, 1, 1), date(2001, 12, 31)), Range(23, 24)),
        (born(date(2025, 1, 1), date(2025, 12, 31)), Range(0, 0)),
        (born(date(2026, 1, 1)), None),
        (born(date(2001, 6, 3), age_min=20.0, age_max=21.0), None),
        (born(date(2001, 6, 3), last_contact_from=None, last_contact_to=None), None),
        (born(None), None),
    ],
)
def test_it_is_the_whole_years_between_birth_and_last_contact(person, age):
    assert age_by_birth(person) == age


def test_the_list_and_the_file_say_that_it_was_computed(database, lidia, signed_in):
    days = {"birth_from": date(2001, 6, 3), "birth_to": date(2001, 6, 3)}
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, **(days | NO_AGE | SEEN)).reference
    client = signed_in("lidia")

    assert "24, por el nacimiento" in client.get("/missing").text
    assert "calculada por el nacimiento" in client.get(f"/missing/{person}").text


def test_whoever_may_not_read_the_birth_is_told_no_age_that_it_makes(
    database, lidia, signed_in
):
    days = {"birth_from": date(2001, 6, 3), "birth_to": date(2001, 6, 3)}
    grants = [("circumstances", "search", "forensic"), ("antemortem", "search", "forensic")]
    with database.transaction(KEEPER) as session:
        a_missing_person(session, lidia, grants=grants, **(days | NO_AGE | SEEN))

    page = signed_in("bruno").get("/missing").text

    assert "Nombre reservado" in page
    assert "por el nacimiento" not in page
