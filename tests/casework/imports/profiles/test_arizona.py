"""Remains of the Arizona register become plain rows; every row here is made up."""

import pytest

from casework.imports.problems import rules_of
from casework.imports.profiles.arizona import PROFILE, remains_plain_row
from casework.imports.reading import RawRow
from matching.tables import read_remains

GPS = "GPS Coordinate (precise to within ca. 300ft./100m)"


def a_row(**fields):
    ordinary = {
        "row_id": "AZ1", "Sex": "male", "Age": "30", "Reporting Date": "2012-07",
        "Location Precision": GPS, "Condition Code": "4", "Latitude": "31.95123",
        "Longitude": "-112.10456", "identified": "False", "County": "PIMA",
        "Surface Management": "Private", "Post Mortem Interval": "< 5 weeks",
    }  # fmt: skip
    return ordinary | {name.replace("_", " "): text for name, text in fields.items()}


def read(**fields):
    return remains_plain_row(a_row() | fields)


def test_an_ordinary_row_is_read_without_a_word_and_the_engine_reads_it():
    row = read()

    assert row.warnings == ()
    assert read_remains(row.cells)[1] == ()
    assert (row.cells["found_from"], row.cells["found_to"]) == ("2012-07-01", "2012-07-31")
    assert row.cells["place"] == "Private, Pima"


def test_the_interval_is_not_taken_for_it_repeats_the_condition():
    cells = read().cells

    assert cells["condition"] == "4"
    assert not any(name.startswith("death_days") for name in cells)


@pytest.mark.parametrize(
    ("words", "radius"),
    [
        (GPS, "0.1"),
        ("Street Address (precise to within ca. 1000ft/300m)", "0.3"),
        ("physical description with directions", "2"),
        ("vague physical description", "15"),
        ("no location description", None),
    ],
)
def test_the_class_of_precision_becomes_a_radius(words, radius):
    cells = read(**{"Location Precision": words}).cells

    assert cells.get("radius_km") == radius
    assert ("lat" in cells) == (radius is not None)


def test_a_point_rounded_to_hundredths_is_no_better_than_its_square():
    cells = read(Latitude="31.95", Longitude="-112.1").cells

    # Half the diagonal of 0.01° of latitude (1.113 km) is 0.787 km.
    assert float(cells["radius_km"]) == round(1.113 * 2**0.5 / 2, 1)


def test_a_person_moved_is_flagged_and_the_point_widened():
    row = read(**{"Location Precision": "individual moved from location where ..."})

    assert rules_of(row.warnings) == ["moved_before_recovery"]
    assert row.cells["radius_km"] == "50"


def test_a_person_already_identified_is_taken_and_flagged():
    assert rules_of(read(identified="True").warnings) == ["already_identified"]


@pytest.mark.parametrize(
    ("fields", "rule", "empty"),
    [
        ({"Age": "-3"}, "age_negative", "age_min"),
        ({"Age": "300"}, "age_impossible", "age_min"),
        ({"Age": "joven"}, "not_a_number", "age_min"),
        ({"Sex": "hombre"}, "unknown_code", "sex"),
        ({"Condition Code": "9"}, "unknown_code", "condition"),
        ({"Reporting Date": "verano"}, "date_unreadable", "found_from"),
        ({"Longitude": "112.10456"}, "longitude_sign_lost", "lat"),
        ({"row_id": "\ufeffAZ1"}, "bom_inside_id", "death_days_min"),
    ],
)
def test_an_impossible_cell_is_named_and_left_empty(fields, rule, empty):
    row = read(**fields)

    assert rules_of(row.warnings) == [rule]
    assert empty not in row.cells


def test_empty_cells_are_not_recorded():
    blank = dict.fromkeys(
        ("Sex", "Age", "Reporting Date", "Condition Code", "Latitude", "Longitude"), ""
    )

    row = read(**blank)

    assert row.warnings == ()
    assert set(row.cells) == {"record_id", "country", "admin1", "place"}


def test_a_row_without_id_stands_aside():
    (row,) = PROFILE.read("remains", [RawRow(2, a_row() | {"row_id": " "})])

    assert (row.outcome, rules_of(row.problems)) == ("quarantined", ["no_record_id"])
