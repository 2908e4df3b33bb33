"""Where a point falls: in a country, at sea, near enough to either."""

import pytest

from casework.web.maps.whereabouts import (
    NEAR_ENOUGH_KM,
    bounds_of_country,
    bounds_of_division,
    country_at,
    divisions_of,
    km_from_country,
    km_from_land,
)

CIUDAD_HIDALGO = (14.68, -92.15)
GUATEMALA_CITY, TAPACHULA, GULF_OF_TEHUANTEPEC = (14.63, -90.51), (14.9, -92.26), (14.0, -95.0)


def test_a_point_falls_in_its_country_or_in_none():
    assert country_at(*GUATEMALA_CITY) == "GT"
    assert country_at(*TAPACHULA) == "MX"
    assert country_at(*GULF_OF_TEHUANTEPEC) is None


def test_how_far_outside_a_country_a_point_lies_is_measured():
    assert km_from_country("GT", *GUATEMALA_CITY) == 0
    # Across the Suchiate from Guatemala: the river is not where the outline has it.
    assert country_at(*CIUDAD_HIDALGO) == "GT"
    assert 0 < km_from_country("MX", *CIUDAD_HIDALGO) < NEAR_ENOUGH_KM
    # Two degrees of latitude south of the coast near Salina Cruz (16.17 N, 95.2 W).
    assert km_from_land(*GULF_OF_TEHUANTEPEC) == pytest.approx(2.1 * 111.32, rel=0.1)
    assert km_from_country("XX", *TAPACHULA) is None


def test_divisions_are_named_and_lie_inside_their_country():
    names = [each.name for each in divisions_of("GT")]
    whole, part = bounds_of_country("GT"), bounds_of_division("GT", "petén")

    assert len(names) == 22  # the departments of Guatemala
    assert whole.west <= part.west < part.east <= whole.east + 0.1
    assert divisions_of("XX") == ()
    assert bounds_of_division("GT", "Chiapas") is None
