"""Points and the countries they should lie in: lost signs, swapped axes, states.

The boxes are those of Natural Earth's outlines (public domain), one per cluster of a
country's land; the states' centres and radii (of a circle of the same area) are worked out
from the outlines of the US Census Bureau. Hawaii and the Northern Marianas, whose islands
lie far apart, have a radius of our choice that covers them.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casework.imports.problems import Problem, Rule

_PAIR = re.compile(r"\(?\s*([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)\s*\)?")
_WKT = re.compile(
    r"POINT\s*\(\s*([+-]?\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)\s*\)",
    re.IGNORECASE,
)
_NEAR, _FAR = 3.0, 8.0
"""Degrees around a country's boxes: within the first a point at sea is still its own; past
the second no shipwreck off its coast explains it. Our choice, tried on the incidents of
2014–2025."""


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east and north, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float, margin: float) -> bool:
        """Tell whether the point lies within `margin` degrees of the box."""
        inside = self.south - margin <= lat <= self.north + margin
        return inside and self.west - margin <= lon <= self.east + margin


@dataclass(frozen=True, slots=True)
class State:
    """A state's centre, and the radius within which nearly all of it lies."""

    country: str
    lat: str
    lon: str
    radius_km: str


REGIONS: dict[str, tuple[Box, ...]] = {
    # Generous boxes for regions as IOM names them, only to notice a point on the wrong
    # side of the world where the row names no country. Our choice.
    "central america": (Box(-118, 5, -76, 33),),
    "north america": (Box(-170, 14, -50, 72),),
    "us-mexico border": (Box(-120, 20, -94, 40),),
    "caribbean": (Box(-90, 7, -57, 32),),
    "south america": (Box(-93, -56, -30, 14),),
}


@cache
def country_codes() -> dict[str, str]:
    """Map every known name of a country, folded, to its alpha-2 code."""
    return {
        fold(name): row["alpha_2"]
        for row in _table("country_boxes.csv")
        for name in (row["alpha_2"], *row["names"].split("|"))
    }


@cache
def country_boxes() -> dict[str, tuple[Box, ...]]:
    """Give the boxes of each country by its alpha-2 code."""
    boxes: dict[str, list[Box]] = {}
    for row in _table("country_boxes.csv"):
        sides = (float(row[side]) for side in ("west", "south", "east", "north"))
        boxes.setdefault(row["alpha_2"], []).append(Box(*sides))
    return {code: tuple(found) for code, found in boxes.items()}


@cache
def us_states() -> dict[str, State]:
    """Give the centre and radius of each state and territory by its English name."""
    return {
        row["state"]: State(row["country"], row["lat"], row["lon"], row["radius_km"])
        for row in _table("us_states.csv")
    }


def _table(name: str) -> list[dict[str, str]]:
    text = (files("casework.imports") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def fold(name: str) -> str:
    """Write a country's name so that small differences of type do not part it."""
    return name.strip().casefold().replace("’", "'")


def country_code(name: str) -> str | None:
    """Find the alpha-2 code of a country named in English, Spanish or by the UN."""
    return country_codes().get(fold(name))


def read_point(text: str) -> tuple[float, float] | None:
    """Read ``lat, lon`` or ``POINT (lon lat)`` as (lat, lon)."""
    if match := _WKT.fullmatch(text.strip()):
        return float(match[2]), float(match[1])
    if match := _PAIR.fullmatch(text.strip()):
        return float(match[1]), float(match[2])
    return None


def is_whole_degrees(text: str) -> bool:
    """Tell whether both coordinates were cut to whole degrees."""
    point = read_point(text)
    return point is not None and all(each.is_integer() for each in point)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a row says it happened: the source's words, and boxes to hold a point against."""

    words: str
    boxes: tuple[Box, ...]

    @classmethod
    def of(cls, words: str, *, country: str | None, region: str = "") -> "Where":
        """Take the boxes of the country, else those of the region."""
        if country:
            return cls(words, country_boxes().get(country, ()))
        return cls(words, REGIONS.get(region.casefold(), ()))


def misplaced(point: tuple[float, float], where: Where) -> tuple[Rule, str] | None:
    """Name the fault of a point that does not lie where its row says, if there is one."""
    boxes = where.boxes
    lat, lon = point
    if not boxes or _within(boxes, lat, lon, _FAR):
        return None
    for rule, other in (
        (Rule.LONGITUDE_SIGN_LOST, (lat, -lon)),
        (Rule.LATITUDE_SIGN_LOST, (-lat, lon)),
        (Rule.AXIS_ORDER_REVERSED, (lon, lat)),
    ):
        if _within(boxes, *other, _NEAR):
            return rule, where.words
    return Rule.FAR_FROM_COUNTRY, where.words


def checked_point(
    column: str, text: str, where: Where, found: list[Problem]
) -> tuple[float, float] | None:
    """Read a point and leave it empty where it is proven wrong; append what was noticed."""
    if not text.strip():
        return None
    point = read_point(text)
    if point is None:
        found.append(Problem(Rule.COORDINATES_UNREADABLE, column, text))
        return None
    fault = misplaced(point, where)
    if point == (0.0, 0.0):
        fault = Rule.COORDINATES_ZERO, ""
    possible = abs(point[0]) <= 90 and abs(point[1]) <= 180  # noqa: PLR2004 - the globe
    if not possible and (fault is None or fault[0] is Rule.FAR_FROM_COUNTRY):
        fault = Rule.COORDINATES_IMPOSSIBLE, ""
    if fault is None:
        return point
    found.append(Problem(fault[0], column, text, fault[1]))
    return point if fault[0] is Rule.FAR_FROM_COUNTRY else None


def _within(boxes: Iterable[Box], lat: float, lon: float, margin: float) -> bool:
    return any(box.holds(lat, lon, margin) for box in boxes)
