"""The map of incidents: circles whose area grows with the people who died or disappeared.

`casework.web.maps` draws records, each as one mark; here a mark stands for people, and the
marks of one neighbourhood are added up.
"""

import math
from collections.abc import Sequence

from babel.numbers import format_decimal
from markupsafe import Markup

from casework.incidents.queries import Spot
from casework.web.languages import locale_of, translations_for
from casework.web.maps import Bounds, MapDrawing
from casework.web.maps.clusters import Cluster, gather
from casework.web.maps.outlines import land_in
from casework.web.maps.projection import Frame, frame_of

SHOWN = Bounds(west=-120, south=-38, east=-42, north=40)
WIDTH, HEIGHT = 880, 820
# Pixels. The largest fills the cell that its people were gathered from, and hardly more.
SMALLEST, GROWTH, LARGEST = 5.0, 0.75, 20.0


def draw_people(spots: Sequence[Spot], *, language: str, title: str) -> MapDrawing:
    """Draw every spot, neighbouring ones as one circle with the people of all."""
    frame = frame_of(SHOWN, WIDTH, HEIGHT)
    placed = [(*frame.place(spot.lat, spot.lon), "people") for spot in spots]
    clusters = gather(placed)
    marks = Markup("").join(
        _circle(cluster, [spots[number] for number in cluster.members], language)
        for cluster in clusters
    )
    svg = Markup(
        '<svg class="map-drawing map-drawing--wide" role="group"'
        ' xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' direction="ltr"><title>{title}</title>'
        '<rect class="map-sea" width="{w}" height="{h}"/>{land}{marks}</svg>'
    ).format(w=WIDTH, h=HEIGHT, title=title, land=_land(frame, language), marks=marks)
    return MapDrawing(
        svg=svg,
        shown=len(spots),
        without_place=0,
        kinds=(("people", len(spots)),),
        is_gathered=True,
        bounds=SHOWN,
    )


def radius_of(people: int) -> float:
    """Pixels; the area grows with the people, so that twice as many look twice as large."""
    return min(SMALLEST + GROWTH * math.sqrt(people), LARGEST)


def _land(frame: Frame, language: str) -> Markup:
    land = land_in(frame, locale_of(language))
    names = Markup("").join(
        Markup(
            '<text class="map-name map-name--{rank}" x="{x:.1f}" y="{y:.1f}">{text}</text>'
        ).format(rank=label.rank, x=label.x, y=label.y, text=label.text)
        for label in land.labels
    )
    return Markup(
        '<g aria-hidden="true"><g transform="scale(0.1)"><path class="map-land" d="{land}"/>'
        "</g>{names}</g>"
    ).format(land=land.countries, names=names)


def _circle(cluster: Cluster, spots: Sequence[Spot], language: str) -> Markup:
    people = sum(spot.people for spot in spots)
    words = translations_for(language)
    label = words.gettext("%(dead)s personas muertas y %(missing)s desaparecidas") % {
        "dead": _number(sum(spot.dead for spot in spots), language),
        "missing": _number(sum(spot.missing for spot in spots), language),
    }
    mark = Markup(
        '<g class="map-cluster map-kind--people" transform="translate({x:.1f} {y:.1f})">'
        '<circle r="{r:.1f}"/><text>{people}</text><title>{label}</title></g>'
    ).format(x=cluster.x, y=cluster.y, r=radius_of(people), people=people or "", label=label)
    if len(spots) > 1:
        return mark
    link = Markup('<a href="/incidents/{reference}" aria-label="{label}">{mark}</a>')
    return link.format(reference=spots[0].reference, label=label, mark=mark)


def _number(count: int, language: str) -> str:
    return format_decimal(count, locale=locale_of(language))
