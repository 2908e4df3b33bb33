"""The geometry of lines, dots and intervals, ready for SVG attributes.

Drawn for a narrow screen: the words are as large on a telephone as on a desk, and several
charts stand beside each other where there is room. Lines are told apart by their dashes and
by words at their end, never by colour alone.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 340.0, 210.0
START, END = 34.0, 10.0
TOP, BOTTOM = 12.0, 30.0

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `path` as SVG writes it, its words, and which dashes it has."""

    label: str
    path: str
    dash: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A measured share, and the interval it may lie in, from `low` to `high` up the chart."""

    x: float
    y: float
    low: float
    high: float
    label: str
    size: float = 3.5


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A chart of lines and dots; `table` says the same in rows, the first one its heading."""

    title: str
    across: str
    up: str
    across_ticks: tuple[Tick, ...]
    up_ticks: tuple[Tick, ...]
    table: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    even: float | None = None
    note: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Give the ends of the drawing within its frame: start, top, end, ground."""
        return START, TOP, WIDTH - END, HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value stands on an axis; logarithmic where ratios are what counts."""

    first: float
    last: float
    is_logarithmic: bool = False

    def share(self, value: float) -> float:
        """Give the part of the axis before a value, held within 0 and 1."""
        first, last, at = self.first, self.last, value
        if self.is_logarithmic:
            first, last, at = (math.log(each) for each in (first, last, max(at, first)))
        return min(max((at - first) / (last - first), 0.0), 1.0)

    def across(self, value: float) -> float:
        return round(START + self.share(value) * (WIDTH - START - END), 1)

    def up(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - self.share(value) * (HEIGHT - TOP - BOTTOM), 1)


def line(label: str, points: Points, axes: tuple[Scale, Scale], dash: str) -> Line:
    """Draw one line through its points; what lies beyond the chart runs along its edge."""
    across, up = axes
    path = "L".join(f"{across.across(x)} {up.up(y)}" for x, y in points if math.isfinite(x))
    return Line(label, f"M{path}", dash)


def ticks(
    values: Sequence[float], place: Callable[[float], float], words: Callable[[float], str]
) -> tuple[Tick, ...]:
    """Put marks on an axis, `words` beside each."""
    return tuple(Tick(place(value), words(value)) for value in values)


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A share on a line from none to all, its interval, and what could be expected of it."""

    at: float
    low: float
    high: float
    expected: float | None


def share_bar(value: float, low: float, high: float, expected: float | None = None) -> ShareBar:
    """Place a share, its interval and what was expected on a line 100 long."""
    return ShareBar(
        at=round(100 * value, 1),
        low=round(100 * low, 1),
        high=round(100 * high, 1),
        expected=None if expected is None else round(100 * expected, 1),
    )
