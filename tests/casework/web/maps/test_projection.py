"""Places on Earth to pixels, and boxes round places."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.maps.projection import (
    KM_PER_DEGREE,
    SMALLEST_SPAN,
    Bounds,
    bounds_around,
    frame_of,
    northing,
)

LATITUDES = st.floats(-79, 79)
LONGITUDES = st.floats(-180, 179.99)


def test_the_equator_is_where_north_begins():
    assert northing(0) == 0
    assert northing(-30) == pytest.approx(-northing(30))


def test_a_latitude_is_projected_as_the_textbook_says():
    # Snyder, Map Projections: A Working Manual (USGS 1395), equation 7-2, in degrees.
    textbook = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(30) / 2)))

    assert northing(30) == pytest.approx(textbook)


def test_the_poles_are_drawn_at_the_edge_and_not_at_infinity():
    assert math.isfinite(northing(90))


@given(st.floats(-60, 60), LONGITUDES)
def test_a_lonely_place_stands_in_the_middle_of_its_map(lat, lon):
    frame = frame_of(bounds_around([(lat, lon, 0)]), 800, 500)

    x, y = frame.place(lat, lon)
    assert x == pytest.approx(400, abs=1)
    assert y == pytest.approx(250, abs=25)
    assert frame.span >= SMALLEST_SPAN


@given(st.lists(st.tuples(LATITUDES, LONGITUDES, st.floats(0, 200)), min_size=1, max_size=6))
def test_every_place_falls_inside_the_map_fitted_to_it(places):
    frame = frame_of(bounds_around(places), 800, 500)

    for lat, lon, _ in places:
        x, y = frame.place(lat, lon)
        assert -0.01 <= x <= 800.01
        assert -0.01 <= y <= 500.01 or frame.span > 350


def test_neighbours_across_the_antimeridian_are_mapped_as_neighbours():
    fiji, samoa = (-17.7, 178.0, 0), (-13.8, -171.8, 0)

    bounds = bounds_around([fiji, samoa])

    assert bounds.east - bounds.west < 20


def test_no_places_have_no_box():
    assert bounds_around([]) is None


def test_a_distance_takes_more_pixels_further_north():
    frame = frame_of(Bounds(-110, 0, -90, 60), 800, 500)

    assert frame.pixels(KM_PER_DEGREE, 0) == pytest.approx(frame.scale)
    # Mercator stretches by the secant: at sixty degrees, twofold.
    assert frame.pixels(100, 60) == pytest.approx(2 * frame.pixels(100, 0))


def test_a_box_without_extent_is_still_a_map():
    frame = frame_of(Bounds(-100, 20, -100, 20), 800, 500)

    assert math.isfinite(frame.scale)


def test_a_map_never_shows_the_earth_twice():
    assert frame_of(Bounds(-500, -80, 500, 80), 800, 500).span <= 360
