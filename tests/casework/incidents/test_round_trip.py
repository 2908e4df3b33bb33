"""Every field of an incident: written to a table, read elsewhere, and the same; but one."""

from datetime import date

import pytest

from casework.incidents.model import Incident, IncidentKind, Population
from casework.incidents.rules import CONTENT, STAYS, content_of
from casework.incidents.table import COLUMNS, table_of
from casework.spreadsheets import as_meant, harmless
from tests.builders import an_incident
from tests.casework.imports.imported import bring, counts, stored
from tests.conftest import on_a_copy

# What reading finds out, and what never leaves.
NOT_WRITTEN = {"warnings", *STAYS}
TOLD = {
    "kind": IncidentKind.SPLIT,
    "date_from": date(2025, 5, 1),
    "date_to": date(2025, 5, 31),
    "dead": 7,
    "missing": 5,
    "survivors": 3,
    "females": 4,
    "males": 2,
    "children": 1,
    "causes": ["=drowned(1)", "Thirst"],
    "cause_codes": ["sickness", "accident"],
    "countries_of_origin": ["HN", "VE"],
    "regions_of_origin": ["Central America", "Caribbean"],
    "country": "PA",
    "admin1": "Darién",
    "region": "Central America",
    "subregion": "Latin America",
    "route": "Darien",
    "place": "- a la orilla, junto al «río»",
    "lat": 8.21,
    "lon": -77.63,
    "radius_km": 80.0,
    "location_precision": "whole_degree",
    "title": "'=una nota con comillas",
    "sources": ["Fuente inventada", "Otra, inventada"],
    "urls": ["https://fuente.invalid/nota?a=1,2", "https://otra.invalid/"],
    "source_quality": 4,
    "mmp_eligible": False,
    "population": Population.CLOSED,
    "survivors_list_ref": "Lista 14 de un puesto inventado",
}


def test_every_field_of_an_incident_is_written_to_a_table_and_read_again_elsewhere(
    database, server, template_database, ana, signed_in
):
    assert set(TOLD) == set(CONTENT) - {"warnings"}
    own = {"institution_id": ana.institution_id, "entered_by": ana.account_id}
    stated = {"main_key": "2025.1"}
    with database.transaction(ana) as session:
        told = an_incident(session, **own, **TOLD, **stated, invented=False)
        bare = an_incident(session, **dict.fromkeys(("lat", "lon", "radius_km")), causes=[])
        before = {each.source_key: content_of(each) for each in (told, bare)}

    file = signed_in("ana").get("/incidents/table.csv?area=world")
    assert file.headers["content-type"].startswith("text/csv")
    assert "Lista 14" not in file.text

    with on_a_copy(server, template_database, "incidents_elsewhere") as elsewhere:
        first = bring(elsewhere, ana, file.content, "incidents.csv")
        assert counts(first) == {"accepted": 2}
        assert counts(bring(elsewhere, ana, file.content)) == {"unchanged": 2}
        read = {each.source_key: each for each in stored(elsewhere, Incident)}
    after = {key: content_of(each) for key, each in read.items()}
    for content in (*before.values(), *after.values()):
        for name in NOT_WRITTEN:
            content.pop(name, None)
    assert after == before
    assert read[told.source_key].main_key == "2025.1"
    assert [read[each.source_key].invented for each in (told, bare)] == [False, True]


def test_a_column_that_the_table_forgot_would_be_noticed(database, ana):
    with database.transaction(ana) as session:
        own = {"institution_id": ana.institution_id, "entered_by": ana.account_id}
        incident = an_incident(session, **own, **TOLD)
        header = table_of([incident]).decode("utf-8-sig").splitlines()[0].split(",")

    renamed = {"cause_codes": "cause_code", "causes": "cause", "sources": "source"}
    wanted = {renamed.get(name, name) for name in CONTENT} - NOT_WRITTEN | {"url"} - {"urls"}
    assert wanted - {"urls"} <= set(header) == set(COLUMNS)


@pytest.mark.parametrize(
    "text", ["=1+1", "+504 5555-0000", "-77.6", "@casa", "'=x", "''", "'comillas", "", "-a"]
)
def test_a_cell_that_looks_like_a_formula_comes_back_as_it_was(text):
    assert as_meant(harmless(text)) == text
    assert not harmless(text).startswith(("=", "@"))
