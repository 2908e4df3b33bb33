"""What people type is read as they meant it, or pointed out; never guessed."""

from datetime import date

import pytest

from casework.codes import HairColour
from casework.values import DateRange, Range
from casework.web.form_values import (
    Unreadable,
    read_code,
    read_days,
    read_numbers,
)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2021-03-09", "", (date(2021, 3, 9), date(2021, 3, 9))),
        ("2024-02", "", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2021", "", (date(2021, 1, 1), date(2021, 12, 31))),
        ("2021-03", "2021", (date(2021, 3, 1), date(2021, 12, 31))),
        (" 2021-3-9 ", "2021-04", (date(2021, 3, 9), date(2021, 4, 30))),
        ("14/5/2001", "", (date(2001, 5, 14), date(2001, 5, 14))),
        ("5-14-2001", "", (date(2001, 5, 14), date(2001, 5, 14))),
        ("3.3.2021", "", (date(2021, 3, 3), date(2021, 3, 3))),
        ("02/2024", "", (date(2024, 2, 1), date(2024, 2, 29))),
        ("el 14 de Mayo de 2001", "", (date(2001, 5, 14), date(2001, 5, 14))),
        ("May 14th, 2001", "", (date(2001, 5, 14), date(2001, 5, 14))),
        ("9 mar 2021", "", (date(2021, 3, 9), date(2021, 3, 9))),
        ("févr. 2024", "", (date(2024, 2, 1), date(2024, 2, 29))),
        ("14 me 2001", "", (date(2001, 5, 14), date(2001, 5, 14))),
    ],
)
def test_a_date_covers_what_was_said_of_it(first, last, days):
    assert read_days(first, last) == DateRange(*days)


def test_nothing_typed_is_nothing_known():
    assert read_days("", " ") is None
    assert read_numbers("", "", least=0, most=9) is None
    assert read_code(HairColour, "") is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("ayer", ""),
        ("09/03/2021", ""),
        ("2021-02-30", ""),
        ("0000", ""),
        ("", "2021"),
        ("2022", "2021"),
    ],
)
def test_a_date_that_cannot_be_is_refused(first, last):
    with pytest.raises(Unreadable):
        read_days(first, last)


@pytest.mark.parametrize("written", ["9/3/2021", "3-9-2021", "5 jui 2021", "1 out 2021"])
def test_a_date_that_reads_two_ways_is_asked_back(written):
    with pytest.raises(Unreadable, match="dos maneras"):
        read_days(written, "")


@pytest.mark.parametrize(
    "written", ["14 de nadie de 2001", "mayo", "14 mayo 01", "1 2 mayo 2001", "14/14/2001"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(Unreadable):
        read_days(written, "")


def test_one_number_is_both_ends_and_a_comma_is_a_point():
    assert read_numbers("", "162,5", least=20, most=250) == Range(162.5, 162.5)
    assert read_numbers("160", "165", least=20, most=250) == Range(160, 165)


@pytest.mark.parametrize(
    ("low", "high"),
    [("1.6", ""), ("170", "160"), ("ciento", ""), ("-3", ""), ("nan", ""), ("٣", "")],
)
def test_a_number_that_cannot_be_is_refused(low, high):
    with pytest.raises(Unreadable):
        read_numbers(low, high, least=20, most=250)
