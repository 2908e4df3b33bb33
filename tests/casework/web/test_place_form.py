"""A place on a form: pressed or typed, exact as it is said, warned of and never refused."""

import re

import pytest
import sqlalchemy as sa

from casework.remains.model import Remains
from casework.web.coordinates import read_coordinates
from casework.web.described import teller_for
from casework.web.maps.projection import Bounds, frame_of
from casework.web.place_form import HEIGHT, WIDTH, PlaceForm, place_map, read_place, with_press

SEA = "14.0, -95.0"


def with_token(client, **fields):
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/").text)[1]
    return {"form_token": token, "post_mortem_number": "PM-9", **fields}


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def count_remains(database, viewer):
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count(Remains.id)))


@pytest.mark.parametrize(
    ("typed", "km"),
    [
        ({"precision": "vague"}, 15.0),
        ({"precision": "vague", "radius_km": "4,5"}, 4.5),
        ({}, None),
    ],
)
def test_exactness_is_said_in_words_or_in_kilometres(typed, km):
    problems = {}

    columns = read_place(PlaceForm(coordinates=SEA, **typed), problems)

    assert (columns["lat"], columns["lon"], columns["radius_km"]) == (14.0, -95.0, km)
    assert problems == {}


def test_a_pixel_that_is_pressed_is_the_place_that_was_drawn_there():
    shown = Bounds(west=-93, south=13, east=-87, north=18)
    x, y = frame_of(shown, WIDTH, HEIGHT).place(14.63, -90.51)
    sent = {
        "place_view": "-93 13 -87 18",
        "place_map.x": str(round(x)),
        "place_map.y": str(round(y)),
    }

    lat, lon = read_coordinates(with_press(PlaceForm(**sent)).coordinates)

    assert (lat, lon) == pytest.approx((14.63, -90.51), abs=6 / WIDTH)


def test_without_script_the_map_comes_back_with_the_point_and_all_that_was_typed(
    signed_in, database, amal
):
    client = signed_in("amal")
    first = client.post("/remains/new", data=with_token(client, country="GT", place_do="named"))

    pressed = client.post(
        "/remains/new",
        data=with_token(
            client,
            country="GT",
            place_view=hidden(first.text, "place_view"),
            place_of=hidden(first.text, "place_of").replace("&#124;", "|"),
            **{"place_map.x": "300", "place_map.y": "210"},
        ),
    )

    assert pressed.status_code == 200
    assert 'value="PM-9"' in pressed.text
    lat, lon = read_coordinates(
        re.search(r'name="coordinates"[^>]* value="([^"]*)"', pressed.text)[1]
    )
    assert (lat, lon) == pytest.approx((15.8, -90.2), abs=0.5)  # the middle of Guatemala
    assert "Petén" in pressed.text  # its departments are offered
    assert count_remains(database, amal) == 0


def test_a_point_at_sea_is_warned_of_once_and_then_kept(signed_in, database, amal):
    client = signed_in("amal")
    typed = {"country": "MX", "coordinates": SEA, "precision": "directions"}

    warned = client.post("/remains/new", data=with_token(client, **typed))

    assert "cae en el mar" in warned.text
    assert count_remains(database, amal) == 0
    read = hidden(warned.text, "place_read")
    client.post("/remains/new", data=with_token(client, **typed, place_read=read))
    with database.transaction(amal) as session:
        kept = session.scalars(sa.select(Remains)).one()
    assert (kept.lat, kept.radius_km, kept.location_precision) == (14.0, 2.0, 3)


def test_enter_in_a_field_is_an_ordinary_sending_and_no_press_of_the_map():
    assert not PlaceForm(**{"place_map.x": "0", "place_map.y": "0"}).asks_for_map
    assert PlaceForm(**{"place_map.x": "1", "place_map.y": "0"}).asks_for_map


@pytest.mark.parametrize("made_up", ["", "1 2 3", "nan nan nan nan", "5 5 1 1", "-9e9 0 9e9 1"])
def test_a_box_that_no_page_sent_gives_the_usual_map(made_up):
    drawn = place_map(
        PlaceForm(place_view=made_up, place_of="|"), teller_for("es"), kind="missing"
    )

    assert drawn.view.startswith("-120.00000 -25.00000")
