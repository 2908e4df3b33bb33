"""Registers of deaths at the border become plain rows; every row here is made up."""

import pytest

from casework.imports.problems import rules_of
from casework.imports.profiles.border import remains_plain_row
from matching.tables import read_remains


def read(**fields):
    ordinary = {
        "ID": "B_0001", "date": "2013-05-07", "sex": "m", "age": "31.0",
        "country_of_origin": "Mexico", "cause_of_death": "Exposure", "lat": "31.9012",
        "lon": "-112.3456", "has_name": "False",
    }  # fmt: skip
    return remains_plain_row(ordinary | fields)


def test_an_ordinary_row_is_read_without_a_word_and_the_engine_reads_it():
    row = read()

    assert row.warnings == ()
    record, problems = read_remains(row.cells)
    assert problems == ()
    assert (record.age.low, record.age.high, record.nationality.items) == (31, 31, ("MX",))
    assert row.cells["found_from"] == row.cells["found_to"] == "2013-05-07"


def test_what_is_not_there_is_not_recorded():
    row = read(date="", sex="", age="", country_of_origin="", lon="")

    assert row.warnings == ()
    assert row.cells == {"record_id": "B_0001"}


@pytest.mark.parametrize(
    ("written", "sex"),
    [("M", "male"), ("f", "female"), ("U", "unknown"), ("undetermined", "indeterminate")],
)
def test_both_ways_of_writing_a_sex_are_read(written, sex):
    assert read(sex=written).cells["sex"] == sex


def test_an_unknown_origin_is_not_an_origin():
    assert read(country_of_origin="Unknown").cells["nationality"] == "unknown"


@pytest.mark.parametrize(
    ("fields", "rule", "absent"),
    [
        ({"lon": "112.3456"}, "longitude_sign_lost", "lon"),
        ({"lon": "-11234567.8"}, "coordinates_impossible", "lon"),
        ({"lat": "0", "lon": "0"}, "coordinates_zero", "lat"),
        ({"age": "180"}, "age_impossible", "age_min"),
        ({"age": "adult"}, "not_a_number", "age_min"),
        ({"date": "7 May"}, "date_unreadable", "found_from"),
        ({"sex": "two"}, "unknown_code", "sex"),
        ({"country_of_origin": "Aztlan"}, "unknown_country", "nationality"),
    ],
)
def test_what_is_doubtful_stays_empty_and_is_said(fields, rule, absent):
    row = read(**fields)

    assert rules_of(row.warnings) == [rule]
    assert absent not in row.cells


def test_a_row_without_its_id_is_said():
    assert rules_of(read(ID=" ").warnings) == ["no_record_id"]
