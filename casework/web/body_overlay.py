"""Marks of two records on one drawing of the person: circles of one, squares of the other.

Told apart by shape, by number or letter, and by the line round their place; colour says
nothing by itself. A line joins marks that may be one and the same.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from casework.codes import BodySite, Side
from casework.web.body_chart import (
    ALWAYS_SHOWN,
    LARGE,
    SMALL,
    ShownArea,
    ShownView,
    areas_of,
    between,
    every_area,
    framed,
    free_place,
    is_open,
    shown_area,
)
from casework.web.body_chart_areas import Area, Point, View
from casework.web.code_words import DescribedMark

Gettext = Callable[[str], str]
# A place, on one side or on all, that could not be looked at → the tone of its hatching.
Hidden = Mapping[tuple[BodySite, Side | None], str]
# Between two symbols there is room for the line that joins them.
ROOM = 3.0
FEW = 3


class Laid(NamedTuple):
    """A mark to be drawn: its number or letter, and whether it was `told` or `seen`."""

    label: str
    whose: str
    mark: DescribedMark


Placed = Collection[tuple[Laid, Sequence[Area]]]


class Bound(NamedTuple):
    """Two marks that a line joins; `how` is its tone."""

    told: str
    seen: str
    how: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A circle or a square where a mark lies; `is_first`: the list leads to this one."""

    label: str
    whose: str
    x: float
    y: float
    size: float
    is_first: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """A line from a mark of one record to one of the other."""

    how: str
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class OverlaidView:
    """One view of the person with the marks of both; `hidden` could not be looked at."""

    view: ShownView
    hidden: tuple[ShownArea, ...]
    symbols: tuple[Symbol, ...]
    joints: tuple[Joint, ...]


@dataclass(frozen=True, slots=True)
class BodyOverlay:
    """The drawing of both; the list in words is the page's, which knows why they differ."""

    key: str
    title: str
    views: tuple[OverlaidView, ...]

    @property
    def tones(self) -> frozenset[str]:
        """Name what the key has to explain: lines that join, and what could not be seen."""
        hidden = {area.tone for each in self.views for area in each.hidden}
        return frozenset(hidden | {joint.how for each in self.views for joint in each.joints})


def draw_overlay(
    marks: Sequence[Laid],
    bounds: Sequence[Bound],
    hidden: Hidden,
    gettext: Gettext,
    *,
    key: str,
) -> BodyOverlay:
    """Draw both records' marks; `hidden`: places of the body, on a side or on all, by tone."""
    placed = {laid.label: (laid, areas_of(laid.mark.site, laid.mark.side)) for laid in marks}
    used = {area.view for _, areas in placed.values() for area in areas}
    views = [view for view in View if view in used or view in ALWAYS_SHOWN]
    return BodyOverlay(
        key=key,
        title=gettext("Señas de los dos registros"),
        views=tuple(
            _overlaid(view, placed.values(), gettext, bounds=bounds, hidden=hidden)
            for view in views
        ),
    )


def _overlaid(
    view: View, placed: Placed, gettext: Gettext, *, bounds: Sequence[Bound], hidden: Hidden
) -> OverlaidView:
    here = [each for each in placed if each[1] and each[1][0].view is view]
    areas = tuple(
        shown_area(area, gettext, _tone(laid, areas)) for laid, areas in here for area in areas
    )
    symbols = tuple(_symbols(view, here))
    return OverlaidView(
        framed(view, areas, (), gettext),
        _hidden(view, hidden, gettext),
        symbols,
        tuple(_joints(symbols, bounds)),
    )


def _tone(laid: Laid, areas: Sequence[Area]) -> str:
    """Name whose place it is; where the side is not known, that it may be either."""
    return f"{laid.whose}-open" if is_open(areas, laid.mark.side) else laid.whose


def _hidden(view: View, hidden: Hidden, gettext: Gettext) -> tuple[ShownArea, ...]:
    found = (
        (area, hidden.get((area.site, area.side)) or hidden.get((area.site, None)))
        for area in every_area()
        if area.view is view and not area.is_whole
    )
    return tuple(shown_area(area, gettext, tone) for area, tone in found if tone)


def _symbols(view: View, here: Placed) -> Iterator[Symbol]:
    """Put the symbols where the marks are; several of one place stand under one another."""
    size = LARGE if view in ALWAYS_SHOWN else SMALL
    middles = [
        (laid, middle)
        for laid, areas in here
        for middle in (
            [between(areas)]
            if is_open(areas, laid.mark.side)
            else [area.middle for area in areas]
        )
    ]
    together = Counter(middle for _, middle in middles)
    stood: Counter[Point] = Counter()
    taken: list[Point] = []
    named: set[str] = set()
    for laid, middle in middles:
        # More than a few go round the middle: under one another they would leave the person.
        above = stood[middle] - (together[middle] - 1) / 2 if together[middle] <= FEW else 0
        stood[middle] += 1
        wanted = (middle[0], middle[1] + above * (2 * (size + ROOM) + 1))
        x, y = free_place(wanted, taken, size + ROOM)
        taken.append((x, y))
        yield Symbol(laid.label, laid.whose, x, y, size, laid.label not in named)
        named.add(laid.label)


def _joints(symbols: Sequence[Symbol], bounds: Sequence[Bound]) -> Iterator[Joint]:
    """Join each symbol of a mark with the nearest of its counterpart in the same view."""
    for bound in bounds:
        others = [each for each in symbols if each.label == bound.seen]
        for told in symbols:
            if told.label == bound.told and others:
                near = min(others, key=lambda it: hypot(it.x - told.x, it.y - told.y))
                yield Joint(bound.how, (told.x, told.y), (near.x, near.y))
