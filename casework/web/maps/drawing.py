"""A map as one SVG picture, drawn here: no tile server ever learns where anyone looked.

No inline style and no script: attributes and class names only, as the content policy
demands. The drawing repeats in its marks what a table on the page says in words.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from casework.web.languages import SOURCE, locale_of
from casework.web.maps.clusters import Cluster, gather
from casework.web.maps.outlines import Label, land_in
from casework.web.maps.projection import Bounds, Frame, bounds_around, frame_of, latitude_of

GATHER_ABOVE = 400
AMERICAS = Bounds(west=-120, south=-25, east=-45, north=40)
FITS_A_COLUMN = 600  # pixels; a wider map is not shrunk to a phone but moved under its frame
ONE_MARK = 16  # pixels that a mark with its number takes
GIVE_WAY = frozenset({"station", "bound", "incident"})
SMALLEST_CIRCLE = 9  # pixels; a smaller circle of uncertainty would hide under its point


Spot = tuple[float, float]
"""Pixels from the left and from above."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Something that happened somewhere, known to within `radius_km`."""

    lat: float
    lon: float
    radius_km: float | None
    label: str
    kind: str
    href: str | None = None
    number: str = ""  # written into its mark: by it a list beside the map tells the same


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A drawn map, and what the page must say beside it."""

    svg: Markup
    shown: int
    without_place: int
    kinds: tuple[tuple[str, int], ...]
    is_gathered: bool
    bounds: Bounds


def draw_map(
    points: Sequence[MapPoint],
    *,
    bounds: Bounds | None = None,
    width: int = 880,
    height: int = 520,
    title: str = "",
    description: str = "",
    language: str = SOURCE,
    way: Sequence[MapPoint] = (),
) -> MapDrawing:
    """Draw points over the outlines of countries; without `bounds`, fitted to the points.

    `way`: points that are joined in this order; to what somebody was only bound for, dashed.
    """
    placed = [point for point in points if _has_place(point)]
    around = bounds_around((p.lat, p.lon, p.radius_km or 0.0) for p in placed)
    bounds = bounds or around or AMERICAS
    frame = frame_of(bounds, width, height)
    is_gathered = len(placed) > GATHER_ABOVE
    marks = _gathered(placed, frame) if is_gathered else _single(placed, frame, way)
    joined = _way([each for each in way if _has_place(each)], frame)
    inner = _land(frame, language) + joined + marks + _scale_bar(frame, language)
    kinds = Counter(point.kind for point in placed)
    return MapDrawing(
        svg=_picture(inner, frame, title, description),
        shown=len(placed),
        without_place=len(points) - len(placed),
        kinds=tuple(sorted(kinds.items())),
        is_gathered=is_gathered,
        bounds=bounds,
    )


def _has_place(point: MapPoint) -> bool:
    return (
        math.isfinite(point.lat)
        and math.isfinite(point.lon)
        and abs(point.lat) <= 90  # noqa: PLR2004 - degrees from equator to pole
        and abs(point.lon) <= 360  # noqa: PLR2004 - some sources count eastwards from Greenwich
    )


def _picture(inner: Markup, frame: Frame, title: str, description: str) -> Markup:
    return Markup(
        '<svg class="map-drawing{wide}" xmlns="http://www.w3.org/2000/svg" role="group"'
        ' viewBox="0 0 {w} {h}" width="{w}" height="{h}" direction="ltr">'
        "<title>{title}</title><desc>{description}</desc>"
        '<rect class="map-sea" width="{w}" height="{h}"/>{inner}</svg>'
    ).format(
        w=frame.width,
        h=frame.height,
        wide=" map-drawing--wide" if frame.width > FITS_A_COLUMN else "",
        title=title,
        description=description,
        inner=inner,
    )


def _land(frame: Frame, language: str) -> Markup:
    land = land_in(frame, locale_of(language))
    return Markup(
        '<g aria-hidden="true"><g transform="scale(0.1)"><path class="map-land" d="{c}"/>'
        '<path class="map-division" d="{d}"/></g>{labels}</g>'
    ).format(
        c=land.countries,
        d=land.divisions,
        labels=Markup("").join(_label(label) for label in land.labels),
    )


def _label(label: Label) -> Markup:
    return Markup(
        '<text class="map-name map-name--{rank}" x="{x}" y="{y}">{text}</text>'
    ).format(rank=label.rank, x=_round(label.x), y=_round(label.y), text=label.text)


def _single(points: Sequence[MapPoint], frame: Frame, way: Sequence[MapPoint] = ()) -> Markup:
    circles = Markup("").join(_precision(point, frame) for point in points)
    spots = _side_by_side(points, frame) if way else [_spot(point, frame) for point in points]
    return circles + Markup("").join(map(_mark, points, spots))


def _spot(point: MapPoint, frame: Frame) -> Spot:
    return frame.place(point.lat, point.lon)


def _side_by_side(points: Sequence[MapPoint], frame: Frame) -> list[Spot]:
    """Move marks that would hide each other beside one another; first what has no number.

    Their circles of precision stay where they are.
    """
    spots: dict[int, Spot] = {}
    for at, point in sorted(enumerate(points), key=lambda each: each[1].kind in GIVE_WAY):
        x, y = _spot(point, frame)
        while point.kind in GIVE_WAY and any(
            math.dist((x, y), taken) < ONE_MARK for taken in spots.values()
        ):
            x += ONE_MARK
        spots[at] = (x, y)
    return [spots[at] for at in range(len(points))]


def _way(points: Sequence[MapPoint], frame: Frame) -> Markup:
    """Join the points of a way; nobody is said to have taken just this line."""
    return Markup("").join(
        Markup('<path class="map-way {kind}" d="M{x0} {y0}L{x1} {y1}"/>').format(
            kind=_class_of(end.kind), **_ends(start, end, frame)
        )
        for start, end in pairwise(points)
    )


def _ends(start: MapPoint, end: MapPoint, frame: Frame) -> dict[str, str]:
    (x0, y0), (x1, y1) = (frame.place(each.lat, each.lon) for each in (start, end))
    return {"x0": _round(x0), "y0": _round(y0), "x1": _round(x1), "y1": _round(y1)}


def _precision(point: MapPoint, frame: Frame) -> Markup:
    radius = frame.pixels(point.radius_km or 0.0, point.lat)
    if radius < SMALLEST_CIRCLE:
        return Markup("")
    x, y = frame.place(point.lat, point.lon)
    return Markup('<circle class="map-precision {kind}" cx="{x}" cy="{y}" r="{r}"/>').format(
        kind=_class_of(point.kind), x=_round(x), y=_round(y), r=_round(radius)
    )


def _mark(point: MapPoint, spot: Spot) -> Markup:
    x, y = spot
    mark = Markup(
        '<g class="map-point {kind}" transform="translate({x} {y})">{shape}{number}'
        "<title>{label}</title></g>"
    ).format(
        number=_number(point.number),
        kind=_class_of(point.kind),
        x=_round(x),
        y=_round(y),
        shape=shape_of(point.kind),
        label=point.label,
    )
    if point.href is None:
        return mark
    link = Markup('<a href="{href}" aria-label="{label}">{mark}</a>')
    return link.format(href=point.href, label=point.label, mark=mark)


def _number(number: str) -> Markup:
    return (
        Markup('<text class="map-number" y="3.6">{n}</text>').format(n=number)
        if number
        else Markup("")
    )


def shape_of(kind: str) -> Markup:
    """Give each kind its own shape, because colour is never the only cue."""
    if kind == "remains":
        return Markup('<path d="M0-7 7 0 0 7-7 0z"/>')
    if kind == "incident":
        return Markup('<path d="M0-6.5 6.5 5h-13z"/>')
    if kind in {"station", "bound"}:
        return Markup('<rect x="-7.5" y="-7.5" width="15" height="15" rx="3"/>')
    return Markup('<circle r="5.5"/>')


def _gathered(points: Sequence[MapPoint], frame: Frame) -> Markup:
    inside = [
        (x, y, point)
        for point in points
        for x, y in [frame.place(point.lat, point.lon)]
        if 0 <= x <= frame.width and 0 <= y <= frame.height
    ]
    clusters = gather((x, y, point.kind) for x, y, point in inside)
    return Markup("").join(
        _mark(inside[each.members[0]][2], inside[each.members[0]][:2])
        if each.count == 1
        else _cluster(each)
        for each in clusters
    )


def _cluster(cluster: Cluster) -> Markup:
    return Markup(
        '<g class="map-cluster {kind}" transform="translate({x} {y})"><circle r="{r}"/>'
        "<text>{count}</text></g>"
    ).format(
        kind=_class_of(cluster.kind or "several"),
        x=_round(cluster.x),
        y=_round(cluster.y),
        r=_round(cluster.radius),
        count=cluster.count,
    )


def _scale_bar(frame: Frame, language: str) -> Markup:
    """Draw a round distance, true at the middle of the map (Mercator stretches northwards)."""
    middle = frame.top - frame.height / frame.scale / 2
    lat = latitude_of(middle)
    longest = frame.width / 5 / frame.pixels(1.0, lat)
    power = 10 ** math.floor(math.log10(longest))
    km = max(step * power for step in (1, 2, 5) if step * power <= longest)
    length = frame.pixels(km, lat)
    said = format_decimal(km, locale=locale_of(language))
    return Markup(
        '<g class="map-scale" aria-hidden="true" transform="translate(14 {y})">'
        '<path d="M0-5V0H{length}V-5"/><text x="{middle}" y="-6">{said} km</text></g>'
    ).format(y=frame.height - 14, length=_round(length), middle=_round(length / 2), said=said)


def _class_of(kind: str) -> str:
    return "map-kind--" + re.sub(r"[^a-z0-9-]+", "-", str(escape(kind)).lower())


def _round(value: float) -> str:
    return f"{value:.1f}"
