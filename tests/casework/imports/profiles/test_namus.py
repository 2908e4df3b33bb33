"""NamUs descriptors become plain rows; every row here is made up.

Whole, though long: one list of facts about one layout, read from the first column to the last.
"""

import json

import pytest

from casework.codes import (
    ArticleItem,
    BodySite,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    MarkType,
    RemainsSex,
    Side,
)
from casework.imports.problems import rules_of
from casework.imports.profiles import namus, namus_marks
from casework.imports.profiles.namus import missing_plain_row, unidentified_plain_row
from casework.imports.profiles.namus_words import CARRIED, COLOURS, ITEMS, SIDES, SITES
from casework.imports.reading import RawRow
from matching.tables import read_missing, read_remains


def a_missing_row(**fields):
    return {
        "row_id": "M-1", "state": "Texas", "date_last_contact": "2015-06-01", "sex": "Female",
        "age_from": "24.0", "age_to": "24.0",
    } | fields  # fmt: skip


def an_unidentified_row(**fields):
    return {
        "row_id": "U-1", "state": "Puerto Rico", "date_found": "2016-06-01", "sex": "Unsure",
        "age_from": "", "age_to": "", "status": "Unidentified Deceased",
    } | fields  # fmt: skip


def missing(**fields):
    return missing_plain_row(a_missing_row(**fields))


def unidentified(**fields):
    return unidentified_plain_row(an_unidentified_row(**fields))


def features(**kinds):
    return json.dumps({kind.replace("_", " "): words for kind, words in kinds.items()})


def marks(kind, words):
    cell = missing(features_json=json.dumps({kind: [words]})).cells.get("marks", "")
    return [tuple(entry.split(":", 3)) for entry in cell.split("|") if entry]


def test_inches_become_centimetres_and_pounds_kilograms():
    cells = missing(
        height_from_in="60.0", height_to_in="65.0", weight_from_lb="100.0", weight_to_lb=""
    ).cells

    assert float(cells["stature_cm_min"]) == round(60 * 2.54, 1)
    assert float(cells["stature_cm_max"]) == round(65 * 2.54, 1)
    assert cells["weight_kg_min"] == cells["weight_kg_max"] == f"{100 * 0.45359237:.1f}"


def test_a_state_becomes_its_centre_and_a_radius():
    cells = missing().cells

    assert (cells["country"], cells["admin1"]) == ("US", "Texas")
    assert 25.8 < float(cells["lat"]) < 36.5
    assert 400 < float(cells["radius_km"]) < 500
    assert unidentified().cells["country"] == "PR"


def test_a_state_not_in_the_list_leaves_the_point_empty():
    row = missing(state="Chiapas")

    assert rules_of(row.warnings) == ["unknown_state"]
    assert "lat" not in row.cells


def test_unknown_means_not_recorded():
    row = missing(hair="Unknown", eye_left="Unknown", eye_right="Unknown", state="")

    assert not {"hair", "eyes", "lat"} & row.cells.keys()
    assert row.warnings == ()


@pytest.mark.parametrize(
    ("left", "right", "eyes"),
    [
        ("Brown", "Brown", "brown"),
        ("Brown", "Blue", "two_colours"),
        ("Missing Eye", "Gray", "grey"),
        ("Hazel", "Unknown", "hazel"),
    ],
)
def test_the_colour_of_the_eyes_is_read_from_both(left, right, eyes):
    assert missing(eye_left=left, eye_right=right).cells["eyes"] == eyes


@pytest.mark.parametrize(
    ("fields", "rule", "empty"),
    [
        ({"age_from": "-25.0"}, "age_negative", "age_min"),
        ({"age_from": "240"}, "age_impossible", "age_min"),
        ({"age_from": "40", "age_to": "25"}, "range_reversed", "age_min"),
        ({"age_from": "joven"}, "not_a_number", "age_min"),
        ({"height_from_in": "720.0"}, "stature_impossible", "stature_cm_min"),
        ({"weight_from_lb": "0.0"}, "weight_impossible", "weight_kg_min"),
        ({"date_last_contact": "en junio"}, "date_unreadable", "last_contact_from"),
        ({"sex": "Masculino"}, "unknown_code", "sex"),
        ({"hair": "Plaid"}, "unknown_code", "hair"),
        ({"features_json": "{broken"}, "broken_list", "marks"),
        ({"features_json": '["Tattoo"]'}, "broken_list", "marks"),
        ({"clothing_json": "{broken"}, "broken_list", "clothing"),
        ({"clothing_json": "[1]"}, "broken_list", "clothing"),
    ],
)
def test_an_impossible_cell_is_named_and_left_empty(fields, rule, empty):
    row = missing(**fields)

    assert rules_of(row.warnings) == [rule]
    assert empty not in row.cells


def test_a_mark_of_byte_order_inside_an_id_is_taken_out():
    row = missing(row_id="\ufeffM-1")

    assert (row.record_id, rules_of(row.warnings)) == ("M-1", ["bom_inside_id"])


def test_a_living_person_is_never_read_as_remains():
    row = unidentified(status="Unidentified Living")

    assert rules_of(row.warnings) == ["person_is_alive"]


def test_a_missing_person_is_never_read_as_remains_nor_the_other_way_round():
    assert rules_of(unidentified(kind="MP").warnings) == ["other_kind_of_record"]
    assert rules_of(missing(kind="UP").warnings) == ["other_kind_of_record"]
    assert missing(kind="MP").warnings == unidentified(kind="UP").warnings == ()


@pytest.mark.parametrize(
    ("fields", "ages"),
    [
        ({"age_from": "30.0", "age_to": "45.0"}, ("30", "45")),
        ({"age_group": "Adult - Pre 50"}, ("18", "50")),
        ({"age_group": "Infant"}, ("0", "1")),
        ({"age_group": "Adult - Pre 70", "age_from": "60"}, ("60", "70")),
        ({"age_group": "Cannot Determine", "age_from": "60"}, ("60", "99")),
        ({"age_to": "45"}, ("0", "45")),
        ({"age_group": "Cannot Determine"}, (None, None)),
        ({"age_group": "Adult", "age_from": "40", "age_to": "20"}, (None, None)),
    ],
)
def test_an_open_age_is_closed_by_its_group_and_never_by_a_guess(fields, ages):
    cells = unidentified(**fields).cells

    assert (cells.get("age_min"), cells.get("age_max")) == ages


def test_an_age_group_not_in_the_list_is_named():
    assert rules_of(unidentified(age_group="Grown").warnings) == ["unknown_code"]


@pytest.mark.parametrize(
    ("pmi", "unit", "days"),
    [
        ("5.0", "Days", (5, 6)),
        ("3.0", "Weeks", (21, 28)),
        ("72.0", "Hours", (3, 4)),
        ("0.0", "Minutes", (0, 1)),
        ("1.0", "Years", (365, 731)),  # 365.25 rounded down, 2 × 365.25 rounded up
    ],
)
def test_an_interval_covers_the_unit_it_was_counted_in(pmi, unit, days):
    cells = unidentified(pmi=pmi, pmi_unit=unit).cells

    assert (int(cells["death_days_min"]), int(cells["death_days_max"])) == days


def test_years_of_death_give_the_days_they_allow():
    cells = unidentified(year_of_death_from="2014", year_of_death_to="2015").cells

    # Found on 2016-06-01: 31 December 2015 is 31+29+31+30+31+1 days before.
    assert int(cells["death_days_min"]) == 31 + 29 + 31 + 30 + 31 + 1
    assert int(cells["death_days_max"]) == int(cells["death_days_min"]) + 2 * 365 - 1


def test_a_first_year_alone_says_not_before():
    cells = unidentified(year_of_death_from="2016").cells

    assert (cells["death_days_min"], cells["death_days_max"]) == (
        "0",
        str(31 + 29 + 31 + 30 + 31),
    )


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"year_of_death_from": "20.0"}, "year_of_death_two_digits"),
        ({"year_of_death_from": "0.0"}, "year_of_death_impossible"),
        ({"year_of_death_from": "19990"}, "year_of_death_impossible"),
        ({"year_of_death_from": "2017"}, "year_of_death_impossible"),
        ({"year_of_death_from": "2015", "year_of_death_to": "2014"}, "range_reversed"),
        ({"pmi": "830", "pmi_unit": "Years"}, "interval_impossible"),
        ({"pmi": "3", "pmi_unit": "Moons"}, "interval_impossible"),
        ({"pmi": "-3", "pmi_unit": "Days"}, "interval_impossible"),
    ],
)
def test_an_impossible_time_of_death_is_named_and_left_empty(fields, rule):
    row = unidentified(**fields)

    assert rules_of(row.warnings) == [rule]
    assert "death_days_min" not in row.cells


def test_without_a_date_found_years_of_death_say_nothing():
    row = unidentified(date_found="", year_of_death_from="2014")

    assert not {"found_from", "death_days_min"} & row.cells.keys()


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Recognizable face", "1"),
        ("Not recognizable - Mummified", "4"),
        ("Not recognizable - Charred/burned", "8"),
        ("Not recognizable - Traumatic injuries", None),
    ],
)
def test_the_condition_is_the_nearest_class_or_none(words, condition):
    row = unidentified(condition_of_remains=words)

    assert row.cells.get("condition") == condition
    assert row.warnings == ()


@pytest.mark.parametrize(
    ("fields", "completeness"),
    [
        ({"all_parts_recovered": "True"}, "complete"),
        ({"hands_not_recovered": "True"}, "near_complete"),
        ({"torso_not_recovered": "True", "hands_not_recovered": "True"}, "partial"),
        (
            {f"{p}_not_recovered": "True" for p in ("head", "torso", "limbs", "hands")},
            "element",
        ),
        (
            {"condition_of_remains": "Not recognizable - Near complete or complete skeleton"},
            "near_complete",
        ),
        ({"condition_of_remains": "Not recognizable - Partial skeletal parts only"}, "partial"),
        ({}, None),
    ],
)
def test_the_parts_not_recovered_say_how_complete(fields, completeness):
    assert unidentified(**fields).cells.get("completeness") == completeness


@pytest.mark.parametrize(
    ("certainty", "basis"), [("Measured", "measured"), ("Estimated", "estimated")]
)
def test_a_stature_says_how_it_was_found(certainty, basis):
    row = unidentified(height_from_in="66", height_certainty=certainty)

    assert row.cells["stature_basis"] == basis


def test_a_stature_nobody_could_estimate_is_not_recorded():
    row = unidentified(height_from_in="66", height_certainty="Cannot Estimate")

    assert "stature_cm_min" not in row.cells


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("Tattoo", "rose on left upper arm", ("tattoo", "upper_arm", "left")),
        ("Tattoo", "TAT R ARM", ("tattoo", "arm", "right")),
        ("Tattoo", "cross on back of right hand", ("tattoo", "hand", "right")),
        ("Tattoo", "left ear pierced, dragon over right shoulder", ("tattoo", "ear", "left")),
        ("Tattoo", "name on both forearms", ("tattoo", "forearm", "both")),
        ("Tattoo", "Maria", ("tattoo", "", "")),
        ("Scar/mark", "appendectomy scar", ("surgical_scar", "", "")),
        ("Scar/mark", "mole, middle of the chin", ("mole", "chin", "middle")),
        ("Scar/mark", "birthmark left thigh", ("birthmark", "thigh", "left")),
        ("Scar/mark", "L-shaped mark", ("scar", "", "left")),
        ("Piercing", "pierced ears", ("piercing", "ear", "")),
        ("Deformity", "old fracture of left clavicle", ("old_fracture", "collarbone", "left")),
        ("Amputation", "right index finger", ("amputation", "index_finger", "right")),
        ("Artificial body part/aid", "dentures", ("prosthesis", "tooth", "")),
        ("Finger and toe nails", "red polish on toenails", ("nails", "toenail", "")),
        ("Other distinctive physical characteristic", "Circumcised",
         ("circumcision", "genitals", "")),
        ("Other distinctive physical characteristic", "Uncircumcised",
         ("other", "genitals", "")),
        ("Other distinctive physical characteristic", "missing two front teeth",
         ("missing_tooth_visible", "tooth", "")),
        ("Other distinctive physical characteristic", "walks fast", ("other", "", "")),
    ],
)  # fmt: skip
def test_type_place_and_side_are_found_in_the_words(kind, words, expected):
    (found,) = marks(kind, words)

    assert found[:3] == expected
    assert found[3] == words


def test_two_sides_with_no_word_between_are_not_guessed():
    assert marks("Tattoo", "star, left or right, somewhere")[0][2] == ""


def test_a_description_of_several_places_becomes_several_marks():
    found = marks("Tattoo", "Rose on left arm; Cross on chest")

    assert [(site, words) for _, site, _, words in found] == [
        ("arm", "Rose on left arm"),
        ("chest", "Cross on chest"),
    ]


@pytest.mark.parametrize("words", ["None", "unknown", "N/A", "none noted.", ""])
def test_words_that_say_nothing_become_no_mark(words):
    assert marks("Tattoo", words) == []


def test_a_bar_inside_words_does_not_split_the_list():
    assert marks("Tattoo", "M|A on chest")[0][3] == "M/A on chest"


def test_only_who_is_said_to_have_no_features_has_none():
    assert missing(no_known_features="True").cells["marks"] == "none"
    assert "marks" not in missing(no_known_features="False").cells
    told = missing(no_known_features="True", features_json=features(Tattoo=["rose"]))
    assert told.cells["marks"] == "tattoo:::rose"


def clothing(*pairs):
    return missing(clothing_json=json.dumps(pairs)).cells


def test_a_sentence_becomes_one_entry_per_article():
    cells = clothing(["Clothing", "Blue jeans, white and red t-shirt and black Nike sneakers"])

    assert cells["clothing"].split("|") == [
        "jeans:blue::Blue jeans",
        "t_shirt:several::white red t-shirt",
        "sneakers:black:nike:black Nike sneakers",
    ]


def test_what_is_carried_stands_apart_from_what_is_worn():
    cells = clothing(["Accessories", "black backpack"], ["Jewelry", "gold ring"])

    assert cells["belongings"] == "backpack:black::black backpack"
    assert cells["clothing"] == "ring:gold::gold ring"


def test_words_around_an_article_stay_with_it():
    cells = clothing(["Clothing", "shirt with a torn pocket, grey"])

    assert cells["clothing"] == "shirt:grey::shirt a torn pocket grey"


@pytest.mark.parametrize(
    ("category", "words", "expected"),
    [
        ("Footwear", "Size 9", "shoes:::Size 9"),
        ("Eyewear", "prescription", "glasses:::prescription"),
        ("Clothing", "casual", "other:::casual"),
        ("Clothing", "boot socks", "socks:::boot socks"),
    ],
)
def test_words_without_a_known_article_are_kept(category, words, expected):
    assert clothing([category, words])["clothing"] == expected


def test_clothing_nobody_knows_is_not_recorded():
    assert "clothing" not in clothing(["Clothing", "Unknown"], ["Footwear", "N/A"])


def test_every_code_produced_is_on_the_lists_of_the_engine():
    produced = {
        BodySite: set(SITES.codes.values()) - {""},
        Side: set(SIDES.codes.values()),
        ArticleItem: set(ITEMS.codes.values()) | CARRIED | set(namus_marks_categories()),
        Colour: set(COLOURS.codes.values()),
        MarkType: {*namus_marks._TYPES.values(), *(code for code, _ in namus_marks._FINER)},  # noqa: SLF001 - the table itself is checked
        HairColour: set(namus._HAIR.values()),  # noqa: SLF001 - as above
        EyeColour: set(namus._EYES.values()),  # noqa: SLF001 - as above
        RemainsSex: set(namus._SEXES.values()),  # noqa: SLF001 - as above
        Condition: set(namus._CONDITIONS.values()) - {""},  # noqa: SLF001 - as above
        Completeness: {"complete", "near_complete", "partial", "element"},
    }

    strays = {kind.__name__: codes - set(kind) for kind, codes in produced.items()}
    assert {name: codes for name, codes in strays.items() if codes} == {}


def namus_marks_categories():
    return ("shoes", "glasses", "other")


def test_the_engine_reads_a_full_row_of_each_kind_without_a_word():
    told = {
        "features_json": features(Tattoo=["rose: left arm"], Piercing=["both ears"]),
        "clothing_json": json.dumps([["Clothing", "blue jeans"], ["Other", "keys"]]),
        "height_from_in": "60", "weight_from_lb": "100", "hair": "Sandy", "eye_left": "Green",
    }  # fmt: skip
    remains = {"pmi": "3", "pmi_unit": "Weeks", "condition_of_remains": "Recognizable face"}

    assert read_missing(missing(**told).cells)[1] == ()
    assert read_remains(unidentified(**told, **remains).cells)[1] == ()


def test_a_second_row_with_the_same_id_stands_aside():
    rows = [RawRow(2, a_missing_row()), RawRow(3, a_missing_row(sex="Male"))]

    first, second = namus.MISSING.read("descriptors", rows)

    assert first.outcome == "accepted"
    assert (second.outcome, second.plain) == ("quarantined", None)
    assert second.original["sex"] == "Male"


def test_a_row_without_id_stands_aside():
    (row,) = namus.UNIDENTIFIED.read("descriptors", [RawRow(2, an_unidentified_row(row_id=""))])

    assert rules_of(row.problems) == ["no_record_id"]
    assert row.plain is None
