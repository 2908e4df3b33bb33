"""Cutting outlines to the picture, so that a page carries only the lines it shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from casework.web.maps.topojson import Line, Point


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the plane."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.low <= other.high
            and other.low <= self.high
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether the other box lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.low <= other.low
            and other.high <= self.high
        )


def box_around(line: Line) -> Box:
    """Give the smallest box round a line."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return Box(min(xs), min(ys), max(xs), max(ys))


def clip_ring(ring: Line, box: Box) -> Line:
    """Cut a closed ring to a box, edge by edge (Sutherland and Hodgman, CACM 17:32, 1974)."""
    for inside, crossing in _edges(box):
        ring = _clip_edge(ring, inside, crossing)
        if not ring:
            break
    return ring


def clip_line(line: Line, box: Box) -> Iterator[Line]:
    """Give the stretches of an open line near a box, each with its outer neighbours."""
    run: Line = []
    for start, end in pairwise(line):
        if box_around([start, end]).meets(box):
            run = [*run, end] if run else [start, end]
        elif run:
            yield run
            run = []
    if run:
        yield run


def thin(line: Line, tolerance: float) -> Line:
    """Leave out points closer than `tolerance` to the last one kept; both ends stay."""
    if tolerance <= 0 or len(line) < 3:  # noqa: PLR2004 - two points are already a line
        return line
    kept, (x, y), nearest = [line[0]], line[0], tolerance * tolerance
    for point in line[1:-1]:
        if (point[0] - x) ** 2 + (point[1] - y) ** 2 >= nearest:
            kept.append(point)
            x, y = point
    kept.append(line[-1])
    return kept


def unwrapped(ring: Line) -> Line:
    """Join the halves of a ring that jumps from one side of the world to the other.

    One islet of Fiji does, and would be drawn as a bar across the map. Antarctica goes
    round the pole and cannot be joined; it stays as it is.
    """
    joined, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > 180:  # noqa: PLR2004 - degrees, half way round
            turn += 360 if x < before else -360
        joined.append((x + turn, y))
    return joined if turn == 0 else ring


def area_and_middle(ring: Line) -> tuple[float, Point]:
    """Give a ring's area (its sign is the way round) and its centre of gravity."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if area == 0:
        return 0.0, ring[0]
    return area / 2, (x / (3 * area), y / (3 * area))


_Side = tuple[Callable[[Point], bool], Callable[[Point, Point], Point]]


def _edges(box: Box) -> tuple[_Side, ...]:
    return (
        (lambda p: p[0] >= box.left, lambda a, b: _at_x(a, b, box.left)),
        (lambda p: p[0] <= box.right, lambda a, b: _at_x(a, b, box.right)),
        (lambda p: p[1] >= box.low, lambda a, b: _at_y(a, b, box.low)),
        (lambda p: p[1] <= box.high, lambda a, b: _at_y(a, b, box.high)),
    )


def _clip_edge(
    ring: Line, inside: Callable[[Point], bool], crossing: Callable[[Point, Point], Point]
) -> Line:
    kept: Line = []
    last = ring[-1]
    last_is_in = inside(last)
    for point in ring:
        is_in = inside(point)
        if is_in != last_is_in:
            kept.append(crossing(last, point))
        if is_in:
            kept.append(point)
        last, last_is_in = point, is_in
    return kept


def _at_x(a: Point, b: Point, x: float) -> Point:
    return x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


def _at_y(a: Point, b: Point, y: float) -> Point:
    return a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y
