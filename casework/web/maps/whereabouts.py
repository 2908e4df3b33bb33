"""Where countries and their divisions lie: what to show of them, and what a point falls in.

The outlines are drawn at 1:50 million. Near a coast or a border they are off by some
kilometres, so whoever warns by them must allow for that (`NEAR_ENOUGH_KM`).
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from babel.core import get_global

from casework.web.maps.clipping import Box, box_around
from casework.web.maps.outlines import country_rings
from casework.web.maps.projection import KM_PER_DEGREE, Bounds, latitude_of, northing
from casework.web.maps.topojson import Line, Point, Topology, read_topology, walk_ring

# Our choice: what Natural Earth's generalisation to 1:50 million moves a coast by, and a beach.
NEAR_ENOUGH_KM = 10.0
_STATES = "states-us.json"


@dataclass(frozen=True, slots=True)
class Division:
    """A department, state or province: its name, and the box of its largest piece of land."""

    name: str
    bounds: Bounds


@cache
def divisions_of(country: str) -> tuple[Division, ...]:
    """List the named divisions of a country by name; of most of the world there are none."""
    for file, name in _division_files():
        if _alpha2(name) == country:
            topology = read_topology(json.loads(file.read_bytes()), name)
            return tuple(sorted(_named(topology), key=lambda each: each.name))
    return ()


def bounds_of_country(country: str) -> Bounds | None:
    """Give the box of a country's largest piece of land; islands far away would shrink it."""
    rings = list(_rings_of(country))
    if not rings:
        return None
    return _as_bounds(max((box for _, box in rings), key=_extent))


def bounds_of_division(country: str, name: str) -> Bounds | None:
    """Give the box of a division by its name, however it is capitalised."""
    sought = name.strip().casefold()
    found = (each.bounds for each in divisions_of(country) if each.name.casefold() == sought)
    return next(found, None)


def country_at(lat: float, lon: float) -> str | None:
    """Say in which country (ISO 3166-1 alpha-2) a point falls; None at sea."""
    point = (lon, northing(lat))
    for code, ring, box in _all_rings():
        if _in_box(point, box) and _encloses(ring, point):
            return code
    return None


def km_from_country(country: str, lat: float, lon: float) -> float | None:
    """Measure how far outside a country a point lies: 0 inside, None of unknown countries."""
    return _km_outside((lon, northing(lat)), lat, list(_rings_of(country)))


def km_from_land(lat: float, lon: float) -> float:
    """Measure how far out at sea a point lies: 0 on land."""
    rings = [(ring, box) for _, ring, box in _all_rings()]
    return _km_outside((lon, northing(lat)), lat, rings) or 0.0


def _km_outside(point: Point, lat: float, rings: list[tuple[Line, Box]]) -> float | None:
    if not rings:
        return None
    if any(_in_box(point, box) and _encloses(ring, point) for ring, box in rings):
        return 0.0
    # Mercator stretches both directions alike, by the secant of the latitude.
    km = KM_PER_DEGREE * math.cos(math.radians(lat))
    nearest = math.inf
    for ring, box in sorted(rings, key=lambda each: _to_box(point, each[1])):
        if _to_box(point, box) >= nearest:
            break
        nearest = min(nearest, *(_to_stretch(point, a, b) for a, b in pairwise(ring)))
    return nearest * km


def _encloses(ring: Line, point: Point) -> bool:
    """Count how often a ray from the point crosses the ring: an odd number is inside."""
    x, y = point
    is_inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            is_inside = not is_inside
    return is_inside


def _to_stretch(point: Point, a: Point, b: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = ((x - ax) * dx + (y - ay) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(x - ax - along * dx, y - ay - along * dy)


def _to_box(point: Point, box: Box) -> float:
    x, y = point
    return math.hypot(
        max(box.left - x, 0.0, x - box.right), max(box.low - y, 0.0, y - box.high)
    )


def _in_box(point: Point, box: Box) -> bool:
    return _to_box(point, box) == 0.0


def _rings_of(country: str) -> Iterator[tuple[Line, Box]]:
    return ((ring, box) for code, ring, box in _all_rings() if code == country)


@cache
def _all_rings() -> tuple[tuple[str, Line, Box], ...]:
    return tuple((_alpha2(code) or code, ring, box) for code, ring, box in country_rings())


def _extent(box: Box) -> float:
    return (box.right - box.left) * (box.high - box.low)


def _as_bounds(box: Box) -> Bounds:
    return Bounds(box.left, latitude_of(box.low), box.right, latitude_of(box.high))


def _named(topology: Topology) -> Iterator[Division]:
    for shape in topology.shapes:
        if shape.name and shape.code not in {"-99", "lake"}:
            boxes = [box_around(walk_ring(ring, topology.lines)) for ring in shape.rings]
            box = max(boxes, key=_extent)
            yield Division(shape.name, Bounds(box.left, box.low, box.right, box.high))


def _division_files() -> Iterator[tuple[Traversable, str]]:
    folder = files("casework.web.maps") / "data"
    for file in folder.iterdir():
        if file.name == _STATES:
            yield file, "states"
        elif file.name.startswith("admin1-"):
            yield file, file.name.removeprefix("admin1-").removesuffix(".json")


def _alpha2(code: str) -> str:
    """Turn a number or three letters of ISO 3166 into the two letters of the registry."""
    if code == "states":
        return "US"
    alias = get_global("territory_aliases").get(code.upper(), [])
    return str(alias[0]) if alias else ""
