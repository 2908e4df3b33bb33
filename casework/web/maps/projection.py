"""From places on Earth to places on paper: the spherical Mercator projection.

Mercator, because a circle of uncertainty stays a circle at every latitude, and because
north is up everywhere. Its false areas do no harm on maps of where something happened.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

KM_PER_DEGREE = 111.32  # of latitude; 40,075 km ÷ 360
FURTHEST_LATITUDE = 80.0  # the projection runs to infinity at the poles
CLOSEST_SPAN = 0.02  # degrees, some two kilometres; the outlines hold nothing finer
SMALLEST_SPAN = 3.0  # degrees; one point alone still shows the country it lies in


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in degrees. `east` may exceed 180 when the box crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of the projected plane, and how many pixels one of its degrees takes."""

    west: float
    top: float
    scale: float
    width: int
    height: int

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Give the pixel of a place, turned round the Earth to fall inside the frame."""
        while lon < self.west:
            lon += 360
        while lon >= self.west + 360:
            lon -= 360
        return (lon - self.west) * self.scale, (self.top - northing(lat)) * self.scale

    def point_at(self, x: float, y: float) -> tuple[float, float]:
        """Give the place (latitude, longitude) of a pixel."""
        lon = self.west + x / self.scale
        return latitude_of(self.top - y / self.scale), (lon + 180) % 360 - 180

    def pixels(self, km: float, lat: float) -> float:
        """Give the pixels that a distance takes at a latitude."""
        return km / (KM_PER_DEGREE * math.cos(math.radians(_within(lat)))) * self.scale

    @property
    def span(self) -> float:
        """Degrees of longitude from one side to the other."""
        return self.width / self.scale


def northing(lat: float) -> float:
    """Project a latitude; the unit is the degree of longitude, so shapes keep their form."""
    return math.degrees(math.asinh(math.tan(math.radians(_within(lat)))))


def latitude_of(projected: float) -> float:
    """Give back the latitude that `northing` projected."""
    return math.degrees(math.atan(math.sinh(math.radians(projected))))


def frame_of(bounds: Bounds, width: int, height: int) -> Frame:
    """Fit a box into a picture of the given size, centred, keeping its form."""
    low, high = northing(bounds.south), northing(bounds.north)
    across, upward = bounds.east - bounds.west, high - low
    # A box without extent would be drawn infinitely large; a wider one than the Earth, twice.
    scale = min(width / max(across, CLOSEST_SPAN), height / max(upward, CLOSEST_SPAN))
    scale = max(scale, width / 360)
    middle_x, middle_y = (bounds.west + bounds.east) / 2, (low + high) / 2
    return Frame(
        west=middle_x - width / scale / 2,
        top=middle_y + height / scale / 2,
        scale=scale,
        width=width,
        height=height,
    )


def bounds_of_span(lat: float, lon: float, span: float, shape: float) -> Bounds:
    """Give the box round a place that is `span` degrees wide, and `shape` times as high."""
    middle, half = northing(lat), span * shape / 2
    south, north = (_within(latitude_of(middle + sign * half)) for sign in (-1, 1))
    return Bounds(lon - span / 2, south, lon + span / 2, north)


def bounds_around(places: Iterable[tuple[float, float, float]]) -> Bounds | None:
    """Find the smallest box round places (latitude, longitude, radius in km), with some air.

    The box takes the short way round the Earth: Fiji and Samoa are neighbours.
    """
    known = list(places)
    if not known:
        return None
    reach = [radius / KM_PER_DEGREE for _, _, radius in known]
    south = min(lat - r for (lat, _, _), r in zip(known, reach, strict=True))
    north = max(lat + r for (lat, _, _), r in zip(known, reach, strict=True))
    west, east = _short_way_round([lon for _, lon, _ in known])
    return _with_air(Bounds(west - max(reach), south, east + max(reach), north))


def _with_air(bounds: Bounds) -> Bounds:
    across = max(bounds.east - bounds.west, SMALLEST_SPAN) * 0.58
    upward = max(bounds.north - bounds.south, SMALLEST_SPAN) * 0.58
    middle_lon = (bounds.west + bounds.east) / 2
    middle_lat = (bounds.south + bounds.north) / 2
    return Bounds(
        middle_lon - min(across, 180),
        _within(middle_lat - upward),
        middle_lon + min(across, 180),
        _within(middle_lat + upward),
    )


def _short_way_round(longitudes: list[float]) -> tuple[float, float]:
    """Leave the widest empty stretch outside; the box starts where that stretch ends."""
    ordered = sorted({(lon + 180) % 360 - 180 for lon in longitudes})
    gaps = [b - a for a, b in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    last = gaps.index(max(gaps))
    west = ordered[(last + 1) % len(ordered)]
    return west, west + 360 - gaps[last]


def _within(lat: float) -> float:
    return max(-FURTHEST_LATITUDE, min(FURTHEST_LATITUDE, lat))
