"""The land of the maps: countries and their divisions, as paths cut to one frame."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from casework.web.maps.clipping import (
    Box,
    area_and_middle,
    box_around,
    clip_line,
    clip_ring,
    thin,
    unwrapped,
)
from casework.web.maps.projection import Frame, northing
from casework.web.maps.topojson import Line, Point, Shape, Topology, read_topology, walk_ring

MARGIN = 6  # pixels beyond the picture, so that the cut itself is never seen
COARSER = 0.8  # pixels; points nearer than this to each other cannot be told apart
SPECK = 1.5  # pixels; an island smaller than this is a dot of dirt on a map of the world
TOLERANCES = (0.0, 0.004, 0.016, 0.06, 0.25)  # degrees
DIVISIONS_BELOW = 24.0  # degrees of span from which inner borders are drawn
DIVISION_NAMES_BELOW = 9.0
LETTER = 7.0  # pixels that one letter of a label takes, roughly
# Coordinates are written in tenths of a pixel, as whole numbers: a third of the bytes.
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, and how large a thing it names."""

    text: str
    x: float
    y: float
    rank: str


@dataclass(frozen=True, slots=True)
class Land:
    """What lies under the points: two paths in tenths of a pixel, and names."""

    countries: str
    divisions: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class _Country:
    shape: Shape
    rings: tuple[tuple[Line, Box], ...]


@lru_cache(maxsize=64)
def land_in(frame: Frame, language: Locale) -> Land:
    """Draw the land of one frame; remembered, because the same frames come again."""
    rings = list(_visible_rings(frame))
    inner = "".join(_path(line, frame, closed=False) for line in _visible_borders(frame))
    return Land(
        countries="".join(_path(ring, frame, closed=True) for _, ring in rings),
        divisions=inner,
        labels=tuple(_without_collisions(_labels(rings, frame, language))),
    )


def warm_up() -> None:
    """Read and thin every outline now; else the first reader of each scale waits a second."""
    for tolerance in TOLERANCES:
        _countries(tolerance)
        _borders(tolerance)
    _division_names()


def country_rings() -> Iterator[tuple[str, Line, Box]]:
    """Give every outline at its finest, projected, with its country's ISO 3166 number."""
    for country in _countries(TOLERANCES[0]):
        for ring, around in country.rings:
            yield country.shape.code, ring, around


def _visible_rings(frame: Frame) -> Iterator[tuple[Shape, Line]]:
    for turn, box in _boxes(frame):
        for country in _countries(_level(frame)):
            for ring, around in country.rings:
                if not around.meets(box) or _is_speck(around, frame):
                    continue
                cut = ring if box.holds(around) else clip_ring(ring, box)
                if len(cut) > 2:  # noqa: PLR2004 - fewer points enclose nothing
                    yield country.shape, [(x + turn, y) for x, y in cut]


def _is_speck(around: Box, frame: Frame) -> bool:
    widest = max(around.right - around.left, around.high - around.low)
    return widest * frame.scale < SPECK


def _visible_borders(frame: Frame) -> Iterator[Line]:
    if frame.span > DIVISIONS_BELOW:
        return
    for turn, box in _boxes(frame):
        for line, around in _borders(_level(frame)):
            if around.meets(box):
                for run in clip_line(line, box):
                    yield [(x + turn, y) for x, y in run]


def _boxes(frame: Frame) -> Iterator[tuple[float, Box]]:
    """Give the frame as seen from the map's own longitudes and from one turn either way."""
    margin = MARGIN / frame.scale
    low = frame.top - frame.height / frame.scale
    for turn in (-360.0, 0.0, 360.0):
        left = frame.west - turn
        box = Box(left - margin, low - margin, left + frame.span + margin, frame.top + margin)
        if box.meets(Box(-200, -360, 200, 360)):
            yield turn, box


def _level(frame: Frame) -> float:
    finest = COARSER / frame.scale
    return max(tolerance for tolerance in TOLERANCES if tolerance <= finest)


def _path(line: Line, frame: Frame, *, closed: bool) -> str:
    west, top, scale = frame.west, frame.top, frame.scale * TENTHS
    points = [(round((x - west) * scale), round((top - y) * scale)) for x, y in line]
    (x, y), steps = points[0], []
    start = f"M{x} {y}"
    for nx, ny in points[1:]:
        if nx != x or ny != y:
            steps.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
    return f"{start}l{' '.join(steps)}{'z' if closed else ''}" if steps else ""


def _labels(
    rings: Sequence[tuple[Shape, Line]], frame: Frame, language: Locale
) -> Iterator[Label]:
    largest: dict[str, tuple[float, Line, Shape]] = {}
    for shape, ring in rings:
        area = abs(area_and_middle(ring)[0])
        if area > largest.get(shape.code or str(shape.name), (0.0,))[0]:
            largest[shape.code or str(shape.name)] = (area, ring, shape)
    for _, ring, shape in sorted(largest.values(), key=lambda each: -each[0]):
        if name := _country_name(shape, language):
            _, middle = area_and_middle(ring)
            yield from _label(name, middle, box_around(ring), frame, rank="country")
    if frame.span <= DIVISION_NAMES_BELOW:
        for name, middle, around in _division_names():
            yield from _label(name, middle, around, frame, rank="division")


def _label(
    name: str, middle: Point, around: Box, frame: Frame, *, rank: str
) -> Iterator[Label]:
    px = (middle[0] - frame.west) * frame.scale
    py = (frame.top - middle[1]) * frame.scale
    half = len(name) * LETTER / 2
    fits = (around.right - around.left) * frame.scale > half * 1.6
    if fits and half < px < frame.width - half and LETTER < py < frame.height - LETTER:
        yield Label(name, px, py, rank)


def _without_collisions(labels: Iterator[Label]) -> Iterator[Label]:
    taken: list[Box] = []
    for label in labels:
        half = len(label.text) * LETTER / 2
        box = Box(label.x - half, label.y - LETTER * 1.4, label.x + half, label.y + LETTER)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            yield label


def _country_name(shape: Shape, language: Locale) -> str | None:
    """Name a country in the reader's language; the file has ISO 3166 numbers and English."""
    alias = get_global("territory_aliases").get(shape.code, [])
    known = [language.territories[code] for code in alias if code in language.territories]
    return known[0] if known else shape.name


@cache
def _countries(tolerance: float) -> tuple[_Country, ...]:
    topology = _countries_file()
    lines = _projected(topology, tolerance)
    countries = []
    for shape in topology.shapes:
        walks = [unwrapped(walk_ring(ring, lines)) for ring in shape.rings]
        kept = [(walk, box_around(walk)) for walk in walks if len(walk) > 3]  # noqa: PLR2004 - three corners and the closing point
        countries.append(_Country(shape, tuple(kept)))
    return tuple(countries)


@cache
def _borders(tolerance: float) -> tuple[tuple[Line, Box], ...]:
    borders = []
    for topology in _division_files():
        lines = _projected(topology, tolerance)
        borders += [(lines[n], box_around(lines[n])) for n in topology.shared_lines()]
    return tuple(borders)


@cache
def _division_names() -> tuple[tuple[str, Point, Box], ...]:
    """Give each division that has a name with the middle of its largest ring, and its box."""
    named = []
    for topology in _division_files():
        lines = _projected(topology, TOLERANCES[2])
        for shape in topology.shapes:
            if shape.name and shape.code not in {"-99", "lake"}:
                walks = [walk_ring(ring, lines) for ring in shape.rings]
                ring = max(walks, key=lambda w: abs(area_and_middle(w)[0]))
                named.append((shape.name, area_and_middle(ring)[1], box_around(ring)))
    return tuple(named)


def _projected(topology: Topology, tolerance: float) -> list[Line]:
    return [
        thin([(lon, northing(lat)) for lon, lat in line], tolerance) for line in topology.lines
    ]


@cache
def _countries_file() -> Topology:
    folder = files("casework.web.maps") / "data"
    return read_topology(json.loads((folder / "countries.json").read_bytes()), "countries")


@cache
def _division_files() -> tuple[Topology, ...]:
    folder = files("casework.web.maps") / "data"
    states = read_topology(json.loads((folder / "states-us.json").read_bytes()), "states")
    others = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        code = file.name.removeprefix("admin1-").removesuffix(".json")
        if file.name.startswith("admin1-"):
            others.append(read_topology(json.loads(file.read_bytes()), code))
    return (states, *others)
