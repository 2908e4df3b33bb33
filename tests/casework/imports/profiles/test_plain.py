"""Our own flat tables: people pass as they stand, incidents become drafts."""

from datetime import date

import pytest

from casework.imports.problems import rules_of
from casework.imports.profiles import plain
from casework.imports.reading import RawRow
from casework.values import DateRange


def an_incident(**fields):
    return {
        "record_id": "INV-I-1", "date_from": "2024-05-02", "date_to": "2024-05-03",
        "country": "PA", "admin1": "Darién", "place": "Bajo Chiquito", "lat": "8.3",
        "lon": "-77.6", "radius_km": "2", "dead": "3", "missing": "", "survivors": "4",
        "females": "1", "males": "2", "children": "0", "cause": "drowning|violence",
        "route": "darien", "source": "invented", "url": "https://a.example/",
    } | fields  # fmt: skip


def read(*rows):
    numbered = [RawRow(i, cells) for i, cells in enumerate(rows, start=2)]
    return list(plain.INCIDENTS.read("incidents", numbered))


def test_an_incident_becomes_a_draft_with_every_field():
    (row,) = read(an_incident())

    draft = row.draft
    assert row.problems == ()
    assert (draft.source, draft.source_key) == ("invented", "INV-I-1")
    assert draft.when == DateRange(date(2024, 5, 2), date(2024, 5, 3))
    assert (draft.dead, draft.missing, draft.children) == (3, None, 0)
    assert (draft.country, draft.admin1, draft.place) == ("PA", "Darién", "Bajo Chiquito")
    assert (draft.lat, draft.lon, draft.radius_km) == (8.3, -77.6, 2.0)
    assert draft.cause_codes == ("drowning", "violence")
    assert draft.urls == ("https://a.example/",)


def test_a_cause_in_a_sources_words_finds_its_category_and_keeps_the_words():
    words = "Harsh environmental conditions / lack of adequate shelter, food, water"
    (row,) = read(an_incident(cause=words))

    assert (row.draft.causes, row.draft.cause_codes) == ((words,), ("harsh_conditions",))


def test_a_date_without_end_is_its_own_end():
    (row,) = read(an_incident(date_from="2024-05", date_to=""))

    assert row.draft.when == DateRange(date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"date_to": "nunca"}, "date_unreadable"),
        ({"date_to": "2023-01-01"}, "range_reversed"),
        ({"country": "Atlantis"}, "unknown_country"),
        ({"dead": "-1"}, "negative_count"),
        ({"missing": "-1"}, "negative_missing"),
        ({"lon": "77.6"}, "longitude_sign_lost"),
        ({"record_id": "\ufeffINV-I-1"}, "bom_inside_id"),
    ],
)
def test_a_doubtful_cell_is_named_and_the_row_is_kept(fields, rule):
    (row,) = read(an_incident(**fields))

    assert rules_of(row.problems) == [rule]
    assert row.draft.source_key == "INV-I-1"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [({"date_from": ""}, "no_date"), ({"record_id": ""}, "no_record_id")],
)
def test_a_row_without_id_or_date_stands_aside(fields, rule):
    (row,) = read(an_incident(**fields))

    assert (row.draft, rules_of(row.problems)) == (None, [rule])


def test_a_second_incident_with_the_same_id_stands_aside():
    _, second = read(an_incident(), an_incident(dead="9"))

    assert (second.outcome, second.draft) == ("quarantined", None)
    assert [(p.rule, p.detail) for p in second.problems] == [("repeated_record_id", "2")]


def test_a_person_passes_as_they_stand_but_for_invisible_signs():
    cells = {"record_id": "\ufeffINV-M-1", "sex": "female", "given_names": " Ana ", "hair": ""}

    (row,) = plain.MISSING.read("missing", [RawRow(2, cells)])

    assert row.plain.cells == {"record_id": "INV-M-1", "sex": "female", "given_names": "Ana"}
    assert rules_of(row.problems) == ["bom_inside_id"]
    assert "Ana" not in repr(row)


def test_a_person_without_id_stands_aside():
    (row,) = plain.REMAINS.read("remains", [RawRow(2, {"record_id": "", "sex": "male"})])

    assert (row.plain, rules_of(row.problems)) == (None, ["no_record_id"])
