"""The register of incidents, as a browser sees it."""

import re
from datetime import date
from pathlib import Path

import pytest

import casework.imports.profiles
from casework.incidents.drawing import SMALLEST, radius_of
from casework.incidents.model import IncidentVersion
from casework.incidents.rules import changes_between, content_of
from casework.incidents.warning_words import WARNING_WORDS
from privacy.permissions import KEEPER
from tests.builders import ENTERED, an_incident

# Read from files of people only; an incident never carries them.
OF_PEOPLE = {"age", "stature", "weight", "condition", "year_of_death", "interval"}


@pytest.fixture
def drowned(database):
    """Two dead and one missing in the Darién, counted differently once before."""
    with database.transaction(KEEPER) as session:
        incident = an_incident(
            session,
            cause_codes=["drowning"],
            urls=["https://fuente.invalid/nota", "javascript:alert(1)"],
            warnings=["centroid_pile"],
            version=2,
        )
        session.add(
            IncidentVersion(
                case_id=incident.id,
                version=1,
                content={**content_of(incident), "dead": 1},
                content_hash="1" * 64,
                recorded_at=ENTERED,
            )
        )
        return incident.reference


@pytest.mark.usefixtures("drowned")
def test_the_list_adds_up_people_and_draws_them(signed_in, database):
    with database.transaction(KEEPER) as session:
        an_incident(session, dead=40, missing=None, lat=31.9, lon=-111.7, country="US")

    page = signed_in("ana").get("/incidents").text

    assert figures(page) == ["2", str(2 + 40), "1"]
    assert page.count("map-cluster ") == 2


@pytest.mark.usefixtures("drowned")
def test_a_search_narrows_list_sums_and_map(signed_in):
    dead = {
        "country=PA": "2",
        "country=US": "0",
        "year=2025": "2",
        "year=2024": "0",
        "cause=drowning": "2",
        "cause=violence": "0",
        "route=Darien": "2",
        "q=RIO turquesa": "2",
        "q=100%25": "0",
        "invented=no": "0",
        "area=world": "2",
    }
    client = signed_in("lidia")

    found = {query: figures(client.get(f"/incidents?{query}").text)[1] for query in dead}

    assert found == dead


def test_incidents_elsewhere_are_shown_when_the_whole_world_is_asked_for(signed_in, database):
    with database.transaction(KEEPER) as session:
        an_incident(session, lat=36.1, lon=-5.3, country="ES")
    client = signed_in("ana")

    answers = [
        client.get(path).json()
        for path in ("/api/v1/incidents", "/api/v1/incidents?area=world")
    ]

    assert [(each["total"], each["readable"]) for each in answers] == [(0, 1), (1, 1)]


def test_a_file_says_what_the_source_changed(signed_in, drowned):
    page = signed_in("amal").get(f"/incidents/{drowned}").text

    row = re.search(r"Personas muertas(?:</div>)?</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert re.findall(r"<td[^>]*>(?:<div>)?(.*?)(?:</div>)?</td>", row) == ["1", "2"]


def test_a_file_says_its_warnings_in_words(signed_in, drowned):
    page = signed_in("amal").get(f"/incidents/{drowned}").text

    assert WARNING_WORDS["centroid_pile"] in page


def test_only_addresses_of_the_web_become_links(signed_in, drowned):
    page = signed_in("amal").get(f"/incidents/{drowned}").text

    assert 'href="https://fuente.invalid/nota" rel="noreferrer noopener external"' in page
    assert "javascript:" not in page


def test_an_invented_incident_says_so(signed_in, drowned):
    client = signed_in("amal")

    assert "Personas inventadas" in client.get("/incidents").text
    assert "Nadie de esta página existe." in client.get(f"/incidents/{drowned}").text


def test_whoever_reads_no_incidents_gets_none(signed_in, drowned):
    client = signed_in("admin")

    assert client.get("/incidents").status_code == 403
    assert client.get(f"/api/v1/incidents/{drowned}").status_code == 403


def test_the_api_gives_earlier_versions(signed_in, drowned):
    answer = signed_in("ana").get(f"/api/v1/incidents/{drowned}").json()

    assert answer["dead"] == 2
    assert [version["content"]["dead"] for version in answer["versions"]] == [1]


def test_fields_that_a_version_did_not_state_are_not_called_changes():
    before = {"dead": 1, "place": "Yaviza"}
    after = {"dead": 1, "place": "Metetí", "missing": 3}

    changes = list(changes_between(before, after))

    assert [(each.field, each.before, each.after) for each in changes] == [
        ("place", "Yaviza", "Metetí")
    ]


def test_four_times_the_people_make_a_circle_of_twice_the_growth():
    grown = radius_of(25) - SMALLEST

    assert radius_of(4 * 25) - SMALLEST == 2 * grown


def test_what_a_version_keeps_is_plain(database):
    with database.transaction(KEEPER) as session:
        content = content_of(an_incident(session, date_from=date(2025, 5, 1)))

    assert content["date_from"] == "2025-05-01"
    assert content["causes"] == ["Drowning"]


def test_every_warning_that_reading_incidents_can_give_has_words():
    folder = Path(casework.imports.profiles.__file__).parent
    sources = [
        folder / f"{name}.py" for name in ("iom", "iom_cells", "dates", "cells", "places")
    ]
    read = " ".join(path.read_text(encoding="utf-8") for path in sources)
    rules = casework.imports.problems
    named = {rules.Rule[name] for name in re.findall(r"Rule\.([A-Z_]+)", read)}

    warnings = {rule.value for rule in named - rules.QUARANTINED}
    unworded = {
        name for name in warnings - set(WARNING_WORDS) if not name.startswith(tuple(OF_PEOPLE))
    }

    assert len(warnings) > 20
    assert unworded == set()


def figures(page: str) -> list[str]:
    return re.findall(r'figure-number__value">(\d+)', page)


def test_sums_that_hold_invented_incidents_say_so_wherever_these_are_listed(
    signed_in, database
):
    with database.transaction(KEEPER) as session:
        for day in range(1, 27):
            an_incident(session, invented=False, date_from=date(2025, 6, day),
                        date_to=date(2025, 6, day))  # fmt: skip
        an_incident(
            session, invented=True, date_from=date(2020, 1, 1), date_to=date(2020, 1, 1)
        )

    page = signed_in("ana").get("/incidents").text

    assert "1 de ellos es inventado." in page
    assert "inventados" in page
