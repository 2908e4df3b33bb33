from pathlib import Path

import pytest

from casework.batch.groups import (
    NOT_RECORDED,
    SEVERAL,
    Records,
    group_names,
    values_of,
)
from casework.batch.writing import RejectedFrom
from matching.evaluation import ListSide


def records(*rows, **common):
    """Records r0, r1, … of the cells given."""
    cells = {f"r{i}": {"record_id": f"r{i}", **common, **row} for i, row in enumerate(rows)}
    header = tuple(dict.fromkeys(name for each in cells.values() for name in each))
    path = Path("missing.csv")
    return Records(path, header, cells, ListSide.LEFT, RejectedFrom(path, header, []))


@pytest.mark.parametrize(
    ("cells", "group"),
    [
        ({"age_min": "10", "age_max": "13"}, "0–11"),
        ({"age_min": "10", "age_max": "14"}, "12–17"),
        ({"age_min": "", "age_max": "29"}, "18–29"),
        ({"age_min": "60"}, "60 and older"),
        ({"birth_from": "1980-05-01", "last_contact_from": "2015"}, "30–44"),
        ({"birth_from": "1980-05-01", "last_contact_from": ""}, ""),
        ({"age_min": "unknown"}, ""),
    ],
)
def test_an_age_group_is_that_of_the_middle_of_what_is_said(cells, group):
    assert values_of(records(cells), "age_group") == {"r0": group}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        (("", "", ""), ""),
        (("Ana", "", ""), "1 word"),
        (("Ana", "Pérez", ""), "2 words"),
        (("Ana María", "de la Cruz", "López"), "5 words or more"),
    ],
)
def test_the_length_of_a_name_is_its_words(name, group):
    cells = dict(zip(("given_names", "surname_1", "surname_2"), name, strict=True))

    assert values_of(records(cells), "name_length") == {"r0": group}


def test_how_rare_a_surname_is_is_counted_in_the_file_whatever_its_spelling():
    people = [{"surname_1": "Pérez"}] * 1998 + [{"surname_1": "PEREZ"}]
    others = [{"surname_1": "Quispe"}, {"surname_1": "Coc"}, {"surname_1": "Coc"}, {}]

    rarity = values_of(records(*people, *others), "name_rarity")

    assert rarity["r0"] == rarity["r1998"] == "common: 1 in 100 or more"
    assert rarity["r1999"] == "nobody else's"
    assert rarity["r2000"] == "rare: fewer than 1 in 1,000"  # 2 of 2,002
    assert rarity["r2002"] == ""


def test_records_are_parted_in_quarters_by_what_is_recorded():
    words = ["sex", "hair", "eyes", "build"]
    people = [dict.fromkeys(words[: i + 1], "x") | {"marks": "unknown"} for i in range(4)]

    parts = values_of(records(*people, group_id="g"), "recorded")

    assert list(parts.values()) == [
        "1 fewest columns",
        "2 fewer columns",
        "3 more columns",
        "4 most columns",
    ]


def test_conditions_are_grouped_as_an_examiner_would():
    groups = values_of(records(*({"condition": each} for each in "1468")), "condition_group")

    assert list(groups.values()) == [
        "1 whole",
        "3–4 partly bone",
        "5–7 bone",
        "8 burnt or otherwise",
    ]


def test_what_cannot_be_computed_from_a_file_is_not_offered():
    offered = records({"sex": "male", "age_min": "30"}).columns

    assert offered == ("sex", "age_min", "age_group", "recorded")


def test_two_nationalities_are_a_group_of_their_own():
    groups = group_names({"r0": "HN", "r1": "HN|GT", "r2": ""}, "nationality")

    assert groups == {"r0": "HN", "r1": SEVERAL, "r2": NOT_RECORDED}
