"""A row becomes a record, or every reason why not."""

from datetime import date

import pytest

from matching.codes import Answer, Condition, RemainsSex, Sex, ToothState
from matching.records import DateRange, Listed, Names, Place, Range, Tooth
from matching.tables import (
    MISSING_COLUMNS,
    REMAINS_COLUMNS,
    Rule,
    read_living,
    read_missing,
    read_remains,
)
from matching.tables.problems import SENTENCES
from matching.tables.rows import MOST_REMEMBERED


def missing(**cells):
    record, problems = read_missing({"record_id": "m"} | cells)
    assert problems == ()
    return record


def remains(**cells):
    record, problems = read_remains({"record_id": "r"} | cells)
    assert problems == ()
    return record


def rules(**cells):
    record, problems = read_missing({"record_id": "m"} | cells)
    assert record is None
    return [problem.rule for problem in problems]


def test_a_row_with_its_id_alone_is_a_record_that_says_nothing():
    assert missing(sex="", age_min="  ").age is None


def test_a_row_of_remains_fills_its_fields():
    record = remains(
        sex="probable_male", condition="4", death_days_min="20", death_days_max="35"
    )

    assert record.sex is RemainsSex.PROBABLE_MALE
    assert record.condition is Condition.SKELETONISED_AND_MUMMIFIED
    assert record.death_days == Range(20, 35)


def test_the_place_in_words_and_the_point_are_two_fields():
    record = missing(place="Altar", lat="30.71", lon="-111.83", radius_km="5")

    assert (record.place_name, record.place) == ("Altar", Place(30.71, -111.83, 5))


def test_a_point_may_be_without_radius():
    assert missing(lat="30.71", lon="-111.83").place == Place(30.71, -111.83, None)


@pytest.mark.parametrize(
    ("cells", "age"),
    [
        ({"age_min": "30", "age_max": "40"}, Range(30, 40)),
        ({"age_min": "30"}, Range(30, 125)),
        ({"age_max": "40"}, Range(0, 40)),
    ],
)
def test_an_end_that_was_not_said_is_as_far_as_it_can_be(cells, age):
    assert missing(**cells).age == age


def test_a_first_day_alone_is_the_day():
    day = date(2014, 5, 3)

    assert missing(last_contact_from="2014-05-03").last_contact == DateRange(day, day)


def test_a_last_day_alone_leaves_the_beginning_open():
    read = missing(last_contact_to="2014-05").last_contact

    assert read == DateRange(date(1850, 1, 1), date(2014, 5, 31))


def test_two_dates_span_everything_they_cover():
    read = missing(birth_from="1980", birth_to="1981-02").birth

    assert read == DateRange(date(1980, 1, 1), date(1981, 2, 28))


def test_answers_without_value_stand_beside_the_record_by_field():
    record = missing(sex="unknown", hair="none", age_min="refused", place="unknown")

    assert (record.sex, record.hair, record.age, record.place_name) == (
        Sex.UNKNOWN,
        None,
        None,
        "",
    )
    assert record.answers == {
        "sex": Answer.UNKNOWN,
        "hair": Answer.ABSENT,
        "age": Answer.REFUSED,
        "place_name": Answer.UNKNOWN,
    }


def test_one_end_unknown_leaves_the_other_standing():
    record = missing(age_min="30", age_max="unknown")

    assert (record.age, record.answers) == (Range(30, 125), {})


def test_names_teeth_and_numbers_are_carried_as_they_stand_beside_what_is_read_of_them():
    record = missing(given_names="Ana ", teeth="16:filled", phones=" ")

    assert record.other == {"given_names": "Ana", "teeth": "16:filled"}
    assert record.names == Names(given_names="Ana")
    assert record.teeth == Listed.of(Tooth(16, ToothState.RESTORED))
    assert record.phones == Listed()


def test_a_row_without_id_is_refused():
    record, problems = read_remains({"record_id": " ", "sex": "male"})

    assert record is None
    assert [problem.rule for problem in problems] == [Rule.RECORD_ID_MISSING]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ({"age_min": "40"}, {"age_max": "30"}),
        ({"stature_cm_min": "180"}, {"stature_cm_max": "170"}),
        ({"weight_kg_min": "80"}, {"weight_kg_max": "70"}),
        ({"birth_from": "1990"}, {"birth_to": "1989"}),
        ({"last_contact_from": "2014-06"}, {"last_contact_to": "2014-05-31"}),
    ],
)
def test_reversed_ends_are_refused_and_never_swapped(low, high):
    assert rules(**low, **high) == [Rule.ENDS_REVERSED]


def test_nobody_is_missed_or_seen_before_their_birth():
    assert rules(birth_from="2014-07", last_contact_from="2014-06-30") == [Rule.BORN_LATER]
    seen = {"record_id": "L", "birth_from": "2014-07", "found_from": "2014-06"}
    assert [problem.rule for problem in read_living(seen)[1]] == [Rule.BORN_LATER]


def test_a_birth_on_the_day_of_the_last_contact_can_be():
    assert missing(birth_from="2014", last_contact_from="2014-06-30").birth is not None


@pytest.mark.parametrize("cells", [{"lat": "30"}, {"lon": "-110"}, {"radius_km": "5"}])
def test_half_a_place_is_refused(cells):
    assert rules(**cells) == [Rule.PLACE_INCOMPLETE]


def test_a_point_at_zero_is_a_blank_that_became_zero():
    assert rules(lat="0", lon="0.0") == [Rule.PLACE_ZERO]


def test_a_place_on_the_equator_is_read():
    assert missing(lat="0", lon="-78.45").place == Place(0, -78.45)


def test_a_latitude_off_the_globe_is_named_once():
    assert rules(lat="91", lon="-110") == [Rule.OUT_OF_BOUNDS]


def test_every_problem_of_a_row_is_named():
    found = rules(sex="m", age_min="x", country="Honduras", marks="tatoo", hair="azul")

    assert found == [
        Rule.NOT_A_CODE,
        Rule.NOT_A_NUMBER,
        Rule.NOT_A_COUNTRY,
        Rule.NOT_A_CODE,
        Rule.NOT_A_CODE,
    ]


def test_cells_read_before_are_read_the_same_again():
    remembered = {}
    row = {"record_id": "m", "hair": "black", "marks": "scar:knee"}

    first, second = read_missing(row, remembered), read_missing(row, remembered)

    assert first == second
    assert remembered["hair"]


def test_memory_of_cells_is_bounded():
    remembered = {"place": {str(i): None for i in range(MOST_REMEMBERED)}}

    read_missing({"record_id": "m", "place": "Altar"}, remembered)

    assert len(remembered["place"]) == MOST_REMEMBERED


def test_every_rule_has_its_sentence():
    assert set(SENTENCES) == set(Rule)


def test_a_sentence_says_what_stood_there_and_what_would_help():
    _, (problem,) = read_missing({"record_id": "m", "sex": "femal"})

    assert problem.sentence == "“femal” is not a code of sex; the nearest is “female”"


def test_a_value_with_braces_does_not_break_its_sentence():
    _, (problem,) = read_missing({"record_id": "m", "sex": "{hint}"})

    assert "{hint}" in problem.sentence


@pytest.mark.parametrize("columns", [MISSING_COLUMNS, REMAINS_COLUMNS])
def test_columns_are_known_by_their_own_names(columns):
    assert all(name == column.name for name, column in columns.items())
