"""The drawn map: every point on it, nothing in it that a policy or a reader would refuse."""

import math
import re
from xml.etree import ElementTree as ET

import pytest

from casework.web.maps import Bounds, MapPoint, draw_map
from casework.web.maps.clusters import CELL, gather
from casework.web.maps.drawing import GATHER_ABOVE

SVG = "{http://www.w3.org/2000/svg}"


def a_point(**changes):
    given = {
        "lat": 14.9,
        "lon": -92.3,
        "radius_km": 30.0,
        "label": "Tapachula",
        "kind": "missing",
    }
    return MapPoint(**given | changes)


def many_points(count):
    return [
        a_point(lat=14 + n % 37 / 7, lon=-92 - n % 41 / 5, label=str(n)) for n in range(count)
    ]


def parsed(drawing):
    return ET.fromstring(drawing.svg)  # noqa: S314 - drawn by us a line earlier


def texts_of(drawing):
    return [each.text for each in parsed(drawing).iter(f"{SVG}text")]


def test_a_map_is_one_picture_with_a_title_and_a_description():
    drawing = draw_map([a_point()], title="Último contacto", description="Un lugar")

    root = parsed(drawing)

    assert root[0].text == "Último contacto"
    assert root[1].text == "Un lugar"
    assert drawing.shown == 1


def test_a_map_carries_neither_style_nor_script():
    svg = draw_map([a_point(href="/missing/1"), *many_points(500)]).svg

    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)


def test_words_of_a_record_stay_words():
    drawing = draw_map(
        [a_point(label='"><script>go()</script>', kind="x'><b", href='/"onload="')]
    )

    assert "<script>" not in drawing.svg
    assert parsed(drawing).findall(f".//{SVG}b") == []


def test_a_point_with_an_address_is_a_link_with_a_name():
    link = next(parsed(draw_map([a_point(href="/missing/1")])).iter(f"{SVG}a"))

    assert (link.get("href"), link.get("aria-label")) == ("/missing/1", "Tapachula")


def test_the_circle_of_imprecision_is_to_scale():
    one, two = (
        float(
            next(
                parsed(draw_map([a_point(radius_km=km)], bounds=box)).iter(f"{SVG}circle")
            ).get("r")
        )
        for km in (40, 80)
        for box in [Bounds(-95, 12, -89, 18)]
    )

    assert two == pytest.approx(2 * one, abs=0.2)


@pytest.mark.parametrize(
    ("lat", "lon"), [(math.nan, 0.0), (0.0, math.inf), (91.0, 0.0), (0.0, 400.0)]
)
def test_an_impossible_place_is_counted_and_not_drawn(lat, lon):
    drawing = draw_map([a_point(), a_point(lat=lat, lon=lon)])

    assert (drawing.shown, drawing.without_place) == (1, 1)


def test_a_map_without_points_shows_the_americas():
    drawing = draw_map([])

    assert drawing.shown == 0
    assert "Brasil" in texts_of(drawing)


def test_countries_are_named_in_the_language_of_the_reader():
    box = Bounds(-120, 10, -80, 40)

    assert "Estados Unidos" in texts_of(draw_map([], bounds=box))
    assert "United States" in texts_of(draw_map([], bounds=box, language="en"))


def test_divisions_without_a_name_are_drawn_and_not_labelled():
    belize = draw_map([], bounds=Bounds(-89.3, 15.8, -87.7, 18.5))

    assert None not in texts_of(belize)
    assert "None" not in texts_of(belize)


def test_up_to_the_limit_each_point_has_its_own_mark():
    drawing = draw_map(many_points(GATHER_ABOVE))

    assert not drawing.is_gathered
    assert drawing.svg.count('class="map-point') == GATHER_ABOVE


def test_above_the_limit_points_are_gathered_and_none_is_lost():
    drawing = draw_map(many_points(GATHER_ABOVE + 1))

    gathered = [
        int(each.find(f"{SVG}text").text)
        for each in parsed(drawing).iter(f"{SVG}g")
        if (each.get("class") or "").startswith("map-cluster")
    ]
    alone = drawing.svg.count('class="map-point')
    assert drawing.is_gathered
    assert sum(gathered) + alone == GATHER_ABOVE + 1


def test_clusters_tell_kinds_apart_only_where_they_do_not_mix():
    alone, mixed = gather([(1, 1, "missing"), (2, 2, "remains"), (CELL * 5, 1, "remains")])[
        ::-1
    ]

    assert (alone.kind, alone.count) == ("remains", 1)
    assert (mixed.kind, mixed.count) == (None, 2)


def test_a_cluster_never_outgrows_its_cell():
    (crowd,) = gather([(1, 1, "missing")] * 100_000)

    assert crowd.radius * 2 <= CELL * 1.3


def test_each_kind_has_its_own_shape():
    shapes = {
        re.search(r'translate\([^)]*\)">(<[^>]*>)', draw_map([a_point(kind=kind)]).svg)[1]
        for kind in ("missing", "remains", "incident")
    }

    assert len(shapes) == 3


def test_the_outlines_cross_the_antimeridian_without_a_line_across_the_map():
    drawing = draw_map([a_point(lat=-17.7, lon=178.0), a_point(lat=-13.8, lon=-171.8)])

    land = next(
        each for each in parsed(drawing).iter(f"{SVG}path") if each.get("class") == "map-land"
    )
    steps = [int(step) for step in re.findall(r"(?<=[l ])-?\d+(?= )", land.get("d"))]
    assert max(map(abs, steps)) < 880 * 10 / 2
