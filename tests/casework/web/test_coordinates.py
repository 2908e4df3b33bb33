"""Coordinates: every usual way of writing them, and none of two meanings."""

import pytest

from casework.web.coordinates import read_coordinates, written_coordinates
from casework.web.form_values import Unreadable

POINT = (14 + 54 / 60 + 44 / 3600, -(92 + 15 / 60 + 36 / 3600))


@pytest.mark.parametrize(
    "text",
    [
        "14°54'44\"N 92°15'36\"W",
        "14° 54′ 44″ N, 92° 15′ 36″ O",
        "N 14 54 44 W 92 15 36",
        "92º15'36''O 14º54'44''N",
        "14°54'44\"n; 92°15'36\"w",
    ],
)
def test_degrees_minutes_and_seconds_are_read(text):
    assert read_coordinates(text) == pytest.approx(POINT, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    ["14.9123, -92.2601", "14,9123; -92,2601", "14,9123, -92,2601", "14.9123N92.2601O"],
)
def test_decimals_are_read_with_point_or_comma(text):
    assert read_coordinates(text) == (14.9123, -92.2601)


def test_what_is_written_is_read_back():
    assert read_coordinates(written_coordinates(-0.12345, 180.0)) == (-0.12345, 180.0)


def test_nothing_typed_is_no_point():
    assert read_coordinates("  ") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("14.9", "Falta una de las dos"),
        ("14°54'44\"N", "Falta una de las dos"),
        ("-92.26, 14.9", "Están al revés"),
        ("14°54' 92°15'", "de qué lado"),
        ("14.9 N 13 S", "de qué lado"),
        ("14 75 0 N 92 0 0 W", "ningún lugar"),
        ("14.9, -192.26", "ningún lugar"),
        ("-14.9 S, 92 W", "No se entienden"),
        ("14.9, 92.26, 3", "No se entienden"),
        ("cerca del río", "No se entienden"),
    ],
)
def test_what_could_be_two_places_or_none_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_coordinates(text)
