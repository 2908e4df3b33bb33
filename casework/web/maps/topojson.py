"""Reading TopoJSON: lines stored once, as steps on a grid, and shapes made of them.

The format is described at https://github.com/topojson/topojson-specification (version 1).
Keeping the lines shared is what makes neighbours fit after simplification, and what tells
an inner border (used by two shapes) from a coast (used by one).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Line = list[Point]
# A ring names its lines by number; `~n` is line n walked backwards.
Ring = list[int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One country or division: its code in the file, its name if it has one, its rings."""

    code: str
    name: str | None
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """Lines in degrees (longitude, latitude), and the shapes made of them."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]

    def shared_lines(self) -> list[int]:
        """List the lines that two shapes have in common: the inner borders."""
        uses = Counter(
            line
            for shape in self.shapes
            for line in {_forwards(n) for ring in shape.rings for n in ring}
        )
        return [line for line, times in uses.items() if times > 1]


def read_topology(document: Mapping[str, Any], name: str) -> Topology:
    """Read the collection `name` of a TopoJSON document."""
    geometries = document["objects"][name]["geometries"]
    return Topology(
        lines=tuple(_decode(arc, document.get("transform")) for arc in document["arcs"]),
        shapes=tuple(_shape(geometry) for geometry in geometries),
    )


def walk_ring(ring: Ring, lines: Sequence[Line]) -> Line:
    """Join the lines of a ring into one closed walk; each line starts where the last ended."""
    walk: Line = []
    for number in ring:
        line = lines[_forwards(number)]
        walk.extend((line if number >= 0 else line[::-1])[1 if walk else 0 :])
    return walk


def _forwards(number: int) -> int:
    return number if number >= 0 else ~number


def _decode(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> Line:
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (step_x, step_y), (west, south) = transform["scale"], transform["translate"]
    line, x, y = [], 0.0, 0.0
    for dx, dy, *_ in arc:
        x, y = x + dx, y + dy
        line.append((x * step_x + west, y * step_y + south))
    return line


def _shape(geometry: Mapping[str, Any]) -> Shape:
    name = (geometry.get("properties") or {}).get("name")
    return Shape(
        code=str(geometry.get("id", "")),
        name=name or None,
        rings=tuple(_rings(geometry)),
    )


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon
