"""Each place of a step can be set on a map: of a question, and of one entry of several."""

import re

import pytest

from casework.missing.queries import get_missing_person
from tests.builders import a_missing_person, remains_found, somebody_alive

WHO = {"method": "interview", "said_by": "Rosa Inventada", "said_on": "2026-03-09"}


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia).reference


@pytest.fixture
def lidias(signed_in):
    return signed_in("lidia")


def hidden(page):
    form = page.text[page.text.index("place-map") - 6000 :]
    return dict(re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', form))


def test_a_place_is_pressed_on_the_map_and_kept_with_who_said_it(
    database, lidia, lidias, person, noon
):
    address = f"/missing/{person}/record/last_contact/place/place"
    typed = WHO | {"country": "MX", "place": "cerca de la vía", "radius_km": "2"}
    pressed = {"place_map.x": "300", "place_map.y": "210"}

    shown = lidias.post(address, data=hidden(lidias.get(address)) | typed | pressed)
    point = re.search(r'name="coordinates"[^>]* value="([^"]+)"', shown.text).group(1)
    saved = lidias.post(
        address, data=hidden(shown) | typed | {"coordinates": point}, follow_redirects=False
    )

    assert saved.headers["location"].endswith("/record/last_contact#question-place")
    with database.transaction(lidia) as session:
        about = get_missing_person(session, lidia, person, at=noon)
        assert (about.place, about.country) == ("cerca de la vía", "MX")
        assert f"{about.lat:.1f}" in point
        assert about.radius_km == 2.0
    step = lidias.get(f"/missing/{person}/record/last_contact").text
    assert 'value="map:place"' in step


def test_of_an_entry_only_its_place_is_changed(lidias, person):
    step = f"/missing/{person}/record/journey"
    name = re.search(r'name="seen\.(legs\.\w+)"', lidias.get(step).text).group(1)
    page = lidias.get(f"{step}/place/{name}.from_place")

    lidias.post(
        f"{step}/place/{name}.from_place",
        data=hidden(page) | WHO | {"country": "GT", "place": "Tecún Umán"},
    )

    path = name.replace(".", "/")
    told = lidias.get(f"/api/v1/missing/{person}/record").json()["values"][path]["told"]
    assert [each["value"] for each in told] == [
        {"from_place": {"country": "GT", "place": "Tecún Umán"}}
    ]


@pytest.mark.parametrize("name", ["hair", "place.x", "legs.!.from_place", "legs.a1b2.mode"])
def test_what_is_no_place_of_the_step_has_no_map(lidias, person, name):
    for step in ("last_contact", "journey"):
        assert lidias.get(f"/missing/{person}/record/{step}/place/{name}").status_code == 404


def test_the_place_of_somebody_alive_is_set_on_the_map_too(database, lidia, lidias):
    with database.transaction(lidia) as session:
        alive = somebody_alive(session, lidia).reference
    address = f"/living/{alive}/record/living/place/whereabouts"
    page = lidias.get(address)

    saved = lidias.post(
        address,
        data=hidden(page) | WHO | {"country": "MX", "place": "Albergue Inventado"},
        follow_redirects=False,
    )

    assert page.status_code == 200
    assert saved.headers["location"] == f"/living/{alive}/record/living#question-whereabouts"
    told = lidias.get(f"/api/v1/living/{alive}/record").json()["values"]["whereabouts"]["told"]
    assert [each["value"] for each in told] == [
        {"country": "MX", "place": "Albergue Inventado"}
    ]


@pytest.mark.parametrize(
    ("register", "enter", "who"),
    [
        ("missing", a_missing_person, "lidia"),
        ("remains", remains_found, "amal"),
        ("living", somebody_alive, "lidia"),
    ],
)
def test_every_button_to_the_map_leads_to_one(
    request, database, signed_in, register, enter, who
):
    viewer, client = request.getfixturevalue(who), signed_in(who)
    with database.transaction(viewer) as session:
        home = f"/{register}/{enter(session, viewer).reference}"
    steps = re.findall(rf'href="({home}/record/\w+)"', client.get(f"{home}/record").text)

    places = [
        f"{step}/place/{name}"
        for step in dict.fromkeys(steps)
        for name in re.findall(r'value="map:([^"]+)"', client.get(step).text)
    ]

    assert places
    assert {client.get(place).status_code for place in places} == {200}, places
