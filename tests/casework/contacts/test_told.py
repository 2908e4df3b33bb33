"""A telephone told with a report stands among the ways to call by itself, and safely."""

import re

import pytest
import sqlalchemy as sa

from casework.contacts.model import ContactPoint
from casework.contacts.told import not_yet_kept, numbers_told
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, a_relative

TOLD = (
    "+504 9999-0000, de 08.00-12.00; o el de su hermana: (504) 2222 1111, desde el 2026-03-09"
)


@pytest.fixture
def family(database, lidia, signed_in):
    """A relative whose telephones were told with the report, and a browser on their page."""
    with database.transaction(lidia) as session:
        mother = a_relative(session, a_missing_person(session, lidia), contact=TOLD)
        reference = mother.case.reference
        here = f"/missing/{reference}/family"
    return signed_in("lidia"), f"{here}?relative={mother.id}", f"{here}/{mother.id}/point"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (TOLD, ["+504 9999-0000", "(504) 2222 1111"]),
        ("99990000 y 9999-0000", ["9999-0000"]),
        ("llame de 8:00 a 12:30, desde el 3/9/2026", []),
        ("no tiene; preguntar en la tienda 24", []),
        ("12345678901234567890", []),
        ("", []),
    ],
)
def test_telephones_are_read_out_of_what_was_written_down(text, numbers):
    assert numbers_told(text) == numbers


def test_a_number_that_is_kept_is_known_however_it_is_spaced():
    assert not_yet_kept(TOLD, ["+50499990000"]) == ["(504) 2222 1111"]


def test_it_stands_among_the_ways_to_call_and_is_not_offered_to_be_dialled(family):
    client, address, _ = family

    page = client.get(address).text

    assert "(504) 2222 1111" in page
    assert "nadie confirmó a qué horas es seguro llamar" in page
    assert "tel:" not in page


def test_confirming_when_it_is_safe_types_nothing_twice(family, database):
    client, address, point = family
    form = client.get(f"{point}?told=1").text
    token = re.search(r'name="form_token" value="([^"]+)"', form)[1]
    number = re.search(r'name="value"[^>]*value="([^"]+)"', form)[1]

    client.post(
        point, data={"form_token": token, "value": number, "safe_to_call": "yes"}
    )  # fmt: skip

    page = client.get(address).text
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ContactPoint)) == 1
    assert number == "+504 9999-0000"
    assert 'href="tel:+5049999-0000"' in page
    assert page.count("nadie confirmó a qué horas es seguro llamar") == 1


def test_a_number_nobody_told_leaves_the_form_empty(family):
    client, _, point = family

    for told in (0, 9):
        assert 'value="+504' not in client.get(f"{point}?told={told}").text
