"""What is said of a record, over the API: read by path, said by path, refused by path."""

import pytest

from casework.dataset.catalogue import GROUPS, fields_of
from casework.dataset.shape import RecordKind
from tests.builders import a_missing_person, remains_found

ROSA = {"method": "interview", "said_by": "Rosa Inventada", "said_on": "2026-03-09"}

NO_VALUES = [
    ("hair", "purple"),
    ("hair", 5),
    ("asylum_status", "none"),
    ("marks", [{"kind": "scar"}]),
    ("marks/aaaa11", {"kind": "scar", "owner": "x"}),
    ("marks/aaaa11", {}),
    ("teeth/99", {"status": "crown"}),
    ("stature_cm", {"min": True, "max": True}),
    ("stature_cm", {"min": 10.0**300, "max": 10.0**300}),
    ("hair_style", "\x00"),
    ("nationalities", "HN"),
    ("names/aaaa11", {"given_names": ["Ana"]}),
]


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, hair="black").reference


@pytest.fixture
def lidias(signed_in):
    return signed_in("lidia")


def said(browser, address, assertions, **sitting):
    page = browser.get("/missing").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    return browser.post(
        f"/api/v1{address}/statements",
        json=ROSA | sitting | {"assertions": assertions},
        headers={"x-form-token": token},
    )


def test_what_is_said_by_path_stands_with_who_said_it_beside_what_nobody_saw(lidias, person):
    address = f"/missing/{person}"

    answer = said(lidias, address, {"hair": {"value": "brown"}, "hair_style": {"value": "x"}})

    assert (answer.status_code, answer.json()["clashes"]) == (200, ["hair"])
    record = lidias.get(f"/api/v1{address}/record").json()
    hair = record["values"]["hair"]
    assert hair["is_contradicted"]
    assert {(each["value"], each["said_by"]) for each in hair["told"]} == {
        ("black", ""),
        ("brown", "Rosa Inventada"),
    }
    assert record["values"]["hair_style"]["told"][0]["value"] == "x"


def test_what_was_seen_is_replaced_and_still_told_among_all_that_was_said(lidias, person):
    address = f"/missing/{person}"

    said(lidias, address, {"hair": {"value": "grey", "seen": [0]}}, method="correction")

    record = lidias.get(f"/api/v1{address}/record").json()
    assert [each["value"] for each in record["values"]["hair"]["told"]] == ["grey"]
    told = lidias.get(f"/api/v1{address}/statements").json()["statements"]
    hair = [each["assertions"]["hair"] for each in told]
    assert [(each["value"], each["stands"]) for each in hair] == [
        ("black", False),
        ("grey", True),
    ]


def test_what_is_no_value_of_its_path_is_refused_by_path_and_nothing_is_kept(lidias, person):
    address = f"/missing/{person}"

    for path, value in NO_VALUES:
        answer = said(lidias, address, {path: {"value": value}, "eyes": {"value": "brown"}})

        assert answer.status_code == 422, (path, value)
        assert list(answer.json()["problems"]) == [path]
        assert answer.json()["problems"][path].endswith(".")
    assert "eyes" not in lidias.get(f"/api/v1{address}/record").json()["values"]


def test_nobody_says_over_the_api_that_a_file_brought_it_or_that_it_was_tomorrow(
    lidias, person
):
    answer = said(
        lidias,
        f"/missing/{person}",
        {"hair": {"value": "grey"}},
        method="import",
        said_on="2126-01-01",
    )

    assert set(answer.json()["problems"]) == {"method", "said_on"}


def test_others_read_what_is_open_to_them_and_neither_who_said_it_nor_what_stays(
    database, signed_in, lidia
):
    with database.transaction(lidia) as session:
        both = [(each, "search", "forensic") for each in ("circumstances", "antemortem")]
        reference = a_missing_person(session, lidia, grants=both).reference
    said(
        signed_in("lidia"),
        f"/missing/{reference}",
        {"hair": {"value": "grey"}, "reserved_marks": {"value": "lo que nadie debe saber"}},
    )
    examiner = signed_in("amal")

    record = examiner.get(f"/api/v1/missing/{reference}/record").json()

    (hair,) = record["values"]["hair"]["told"]
    assert (hair["value"], hair["said_by"]) == ("grey", None)
    assert not [path for path in record["values"] if path.startswith(("names", "reserved"))]
    assert set(record["closed"]) >= {"identity", "contact"}
    assert examiner.get(f"/api/v1/missing/{reference}/statements").status_code in {403, 404}


def test_examiners_say_what_they_find_over_the_api(database, amal, signed_in):
    with database.transaction(amal) as session:
        reference = remains_found(session, amal).reference
    address = f"/remains/{reference}"
    examiner = signed_in("amal")

    answer = said(
        examiner, address, {"teeth/46": {"value": {"status": "crown"}}}, method="examination"
    )

    assert answer.status_code == 200
    told = examiner.get(f"/api/v1{address}/record").json()["values"]["teeth/46"]["told"]
    assert (told[0]["value"], told[0]["method"]) == ({"status": "crown"}, "examination")


def test_the_whole_catalogue_can_be_read_in_the_words_of_a_language(lidias):
    told = {
        language: lidias.get(f"/api/v1/dataset?language={language}").json()
        for language in ("es", "en")
    }

    keys = {field["key"] for group in told["en"]["groups"] for field in group["fields"]}
    assert keys == {key for record in RecordKind for key in fields_of(record)}
    assert [each["number"] for each in told["es"]["groups"]] == [each.number for each in GROUPS]
    colours = [told[language]["code_lists"]["hair_colour"]["words"] for language in told]
    assert colours[0].keys() == colours[1].keys()
    assert colours[0]["black"] != colours[1]["black"]


@pytest.mark.parametrize(
    ("days", "refused"),
    [
        ({"birth": "2025-12-01"}, ["birth"]),  # after the last contact that stands
        ({"birth": "1984-05-01", "last_contact": "1980-01-01"}, ["birth", "last_contact"]),
        ({"birth": "2126-01-01", "last_contact": "2126-02-01"}, ["birth", "last_contact"]),
        ({"birth": "1984-05-01"}, []),
    ],
)
def test_nobody_is_born_after_they_were_last_heard_of_or_tomorrow(
    lidias, person, days, refused
):
    values = {
        path: {"value": {"from": day, "to": day}, "seen": [0]} for path, day in days.items()
    }

    answer = said(lidias, f"/missing/{person}", values, method="correction")

    assert sorted(answer.json().get("problems", ())) == refused
