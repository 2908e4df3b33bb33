"""The code lists: what is stored must be writable in a cell and readable back."""

import re
from enum import StrEnum

import pytest

from matching import codes

LISTS = [
    each
    for each in vars(codes).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]


def test_the_lists_are_found_at_all():
    assert codes.Sex in LISTS


@pytest.mark.parametrize("each", LISTS)
def test_every_code_can_stand_in_a_list_of_parts(each):
    assert all(re.fullmatch(r"[a-z][a-z_]*|[1-8]", member.value) for member in each)


@pytest.mark.parametrize("each", [each for each in LISTS if each is not codes.Condition])
def test_a_code_is_its_name_in_lower_case(each):
    assert all(member.value == member.name.lower() for member in each)


@pytest.mark.parametrize("each", [codes.HairColour, codes.BodySite, codes.MarkType])
def test_no_code_looks_like_an_answer_without_a_value(each):
    assert not {"none", "unknown", "refused"} & set(each)


def test_conditions_are_numbered_one_to_eight():
    assert [int(each) for each in codes.Condition] == list(range(1, 9))


def test_countries_are_two_capital_letters():
    assert all(re.fullmatch("[A-Z]{2}", each) for each in codes.COUNTRIES)


def test_the_americas_are_all_there():
    route = {"MX", "GT", "HN", "SV", "NI", "CR", "PA", "CO", "VE", "EC", "PE", "HT", "CU", "US"}

    assert route <= codes.COUNTRIES
