"""Names and numbers are laid bare before they are compared."""

import pytest

from matching.evidence.written import (
    all_parts,
    legal_parts,
    near_number,
    near_part,
    number_of,
    parts_of,
    phone_of,
)
from matching.records import Listed, Names, Numbered


@pytest.mark.parametrize(
    ("text", "bare"),
    [("1234 56789-0101", "1234567890101"), ("ab_12.34", "AB1234"), ("12-34", ""), ("", "")],
)
def test_a_number_is_bare_of_signs_and_too_short_a_one_is_none(text, bare):
    assert number_of(Numbered("dpi", text)) == bare


@pytest.mark.parametrize(
    "text", ["+502 5555-0101", "00502 55550101", "55550101", "502 5555 0101"]
)
def test_a_telephone_is_its_last_digits(text):
    assert phone_of(text) == "55550101"


@pytest.mark.parametrize("text", ["", "911", "sin número"])
def test_too_few_digits_are_no_telephone(text):
    assert phone_of(text) == ""


@pytest.mark.parametrize(
    ("told", "seen", "near"),
    [
        ("1234567", "1234567", False),
        ("1234567", "1234576", True),
        ("1234567", "1234568", True),
        ("1234567", "123456", True),
        ("1234567", "1235568", False),
        ("1234567", "7654321", False),
    ],
)
def test_one_slip_makes_numbers_near(told, seen, near):
    assert near_number(told, seen) is near
    assert near_number(seen, told) is near


@pytest.mark.parametrize(
    ("told", "seen", "near"),
    [
        ("ana", "ama", False),
        ("jose", "josé"[:3] + "e", False),
        ("gonzalez", "gonsales", True),
        ("lopez", "lopes", True),
        ("lopez", "lupes", False),
        ("maria", "mairá"[:4] + "a", True),
        ("chen", "chan", True),
        ("perez", "gomez", False),
    ],
)
def test_spellings_of_one_name_are_near_if_it_is_long_enough(told, seen, near):
    assert near_part(told, seen) is near


def test_parts_of_a_name_are_bare_of_accents_particles_and_digits():
    assert parts_of("María José de la Ó 2 PÉREZ-García") == ("maria", "jose", "perez", "garcia")


def test_a_part_said_twice_stands_once():
    assert parts_of("López López") == ("lopez",)


def test_names_of_use_are_apart_from_legal_ones():
    names = Names(
        given_names="José", surname_1="Paz", other_names=Listed.of("Chepe", "el Zurdo")
    )

    assert legal_parts(names) == (("jose",), ("paz",))
    assert all_parts(names) == {"jose", "paz", "chepe", "zurdo"}
