"""TopoJSON: steps on a grid become places, shared lines stay shared."""

import json
from importlib.resources import files

import pytest

from casework.web.maps.topojson import read_topology, walk_ring

# Two unit squares side by side. Line 0 is their common side, drawn upwards.
NEIGHBOURS = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.25], "translate": [10, 20]},
    "objects": {
        "two": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "1", "properties": {"name": "Uno"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "2", "arcs": [[[~0, 2]]]},
                {"type": None, "id": "3"},
            ],
        }
    },
    "arcs": [
        [[2, 0], [0, 4]],
        [[2, 4], [-2, 0], [0, -4], [2, 0]],
        [[2, 0], [2, 0], [0, 4], [-2, 0]],
    ],
}


def test_steps_are_added_up_scaled_and_moved():
    topology = read_topology(NEIGHBOURS, "two")

    assert topology.lines[0] == [(10 + 2 * 0.5, 20), (10 + 2 * 0.5, 20 + 4 * 0.25)]


def test_a_ring_is_a_closed_walk_whichever_way_its_lines_run():
    topology = read_topology(NEIGHBOURS, "two")

    for shape in topology.shapes[:2]:
        walk = walk_ring(shape.rings[0], topology.lines)
        assert walk[0] == walk[-1]
        assert len(set(walk)) == len(walk) - 1 == 4


def test_the_border_of_two_neighbours_is_shared_and_their_coasts_are_not():
    assert read_topology(NEIGHBOURS, "two").shared_lines() == [0]


def test_a_shape_without_name_or_outline_is_kept_and_harmless():
    named, unnamed, empty = read_topology(NEIGHBOURS, "two").shapes

    assert (named.name, unnamed.name, empty.name) == ("Uno", None, None)
    assert empty.rings == ()


def test_a_file_without_grid_holds_plain_coordinates():
    plain = {
        "objects": {"one": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
        "arcs": [[[1.5, 2.5], [3, 4], [1.5, 2.5]]],
    }

    assert read_topology(plain, "one").lines[0][0] == (1.5, 2.5)


@pytest.mark.parametrize(
    "name",
    sorted(
        each.name
        for each in (files("casework.web.maps") / "data").iterdir()
        if each.name.endswith(".json")
    ),
)
def test_every_outline_that_ships_lies_on_earth(name):
    document = json.loads((files("casework.web.maps") / "data" / name).read_bytes())
    collection = "countries" if name == "countries.json" else name[7:-5]
    collection = "states" if name == "states-us.json" else collection

    topology = read_topology(document, collection)

    assert topology.shapes
    assert all(
        abs(lon) <= 180.001 and abs(lat) <= 90 for line in topology.lines for lon, lat in line
    )
