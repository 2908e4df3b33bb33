"""Marks on a drawing of the person: what the picture and the form piece are given.

Left and right are the person's own. A side nobody wrote down is never guessed: its number
stands between both, and both are dashed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, sin, tau

from casework.codes import BodySite, Side
from casework.web.body_chart_areas import (
    FRAMES,
    FROM,
    Area,
    Point,
    View,
    all_areas,
    outline_of,
)
from casework.web.code_words import DescribedMark, mark_words, words_for
from casework.web.languages import marked

Gettext = Callable[[str], str]
# Number of a mark → the places it may lie on, and the side that was said.
Placed = Mapping[int, tuple[Sequence[Area], Side | None]]

VIEW_WORDS = {
    View.FRONT: marked("De frente"),
    View.BACK: marked("De espaldas"),
    View.FACE: marked("La cara de cerca"),
    View.PALMS: marked("Las manos, por la palma"),
    View.HANDS: marked("Las manos, por el dorso"),
    View.FEET: marked("Los pies, por arriba"),
    View.SOLES: marked("Los pies, por la planta"),
}
SIDE_WORDS = {Side.LEFT: marked("su izquierda"), Side.RIGHT: marked("su derecha")}
ALWAYS_SHOWN = (View.FRONT, View.BACK)
# Radius of a number, in the units of the whole person and of what is drawn near.
LARGE, SMALL = 8.0, 5.5
MARGIN = 4.0
STEPS_ROUND, ROUNDS = 12, 6


@dataclass(frozen=True, slots=True)
class ShownArea:
    """A place of the drawing; `tone` is `marked`, `open` (side not known) or empty."""

    path: str
    value: str
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """The number of a mark where it lies."""

    number: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class ShownView:
    """One view of the person, ready for SVG; the sides are written over it."""

    name: str
    title: str
    at_start: str
    at_end: str
    box: str
    width: float
    height: float
    outline: str
    areas: tuple[ShownArea, ...]
    numbers: tuple[ShownNumber, ...]


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A line of the legend: the mark in words, and whether its place was said."""

    number: int
    words: str
    has_place: bool = True


@dataclass(frozen=True, slots=True)
class BodyDrawing:
    """A person with marks; `key` tells several drawings of one page apart."""

    key: str
    title: str
    views: tuple[ShownView, ...]
    legend: tuple[ShownMark, ...]
    wholes: tuple[ShownArea, ...] = ()

    @property
    def description(self) -> str:
        """Say the marks to who cannot see the drawing."""
        return "; ".join(f"{each.number}: {each.words}" for each in self.legend)


def draw_body(marks: Sequence[DescribedMark], gettext: Gettext, *, key: str) -> BodyDrawing:
    """Draw the marks of one record."""
    placed: Placed = {
        number: (areas_of(mark.site, mark.side), mark.side)
        for number, mark in enumerate(marks, 1)
    }
    used = {area.view for areas, _ in placed.values() for area in areas}
    views = [view for view in View if view in used or view in ALWAYS_SHOWN]
    return BodyDrawing(
        key=key,
        title=gettext("Dónde están las señas"),
        views=tuple(_shown_view(view, placed, gettext) for view in views),
        legend=tuple(
            ShownMark(n, mark_words(mark, gettext), bool(placed[n][0]))
            for n, mark in enumerate(marks, 1)
        ),
    )


def draw_choices(gettext: Gettext, *, key: str = "body") -> BodyDrawing:
    """Draw every place to choose from; large ones that hold others are chosen by name."""
    return BodyDrawing(
        key=key,
        title=gettext("Elegir en el dibujo dónde está la seña"),
        views=tuple(_view_to_choose(view, gettext) for view in View),
        legend=(),
        wholes=tuple(
            shown_area(area, gettext)
            for area in every_area()
            if area.is_whole and _is_first(area)
        ),
    )


@cache
def every_area() -> tuple[Area, ...]:
    """Give all areas of the drawing, drawn once."""
    return tuple(all_areas())


@cache
def areas_of(site: BodySite | None, side: Side | None) -> tuple[Area, ...]:
    """Find where a mark lies: in the first view that has the place, on the side that was said.

    Of a place that lies on both sides and of which no side was said, both are given.
    """
    sides = (Side.LEFT, Side.RIGHT) if side is Side.BOTH else (side,)
    everywhere = [area for area in every_area() if area.site is site]
    found = [area for area in everywhere if area.side in sides] or everywhere
    return tuple(area for area in found if area.view is found[0].view)


def is_open(areas: Sequence[Area], side: Side | None) -> bool:
    """Say whether it is not known on which of these places a mark lies."""
    return len(areas) > 1 and side is not Side.BOTH


def value_of(area: Area) -> str:
    """Write a place as the script and the form say it to each other."""
    return f"{area.site}:{area.side}"


def place_words(site: BodySite, side: Side, gettext: Gettext) -> str:
    """Name a place with its side; what lies in the middle needs none."""
    if side is Side.MIDDLE:
        return words_for(site, gettext)
    return f"{words_for(site, gettext)}, {words_for(side, gettext)}"


def _shown_view(view: View, placed: Placed, gettext: Gettext) -> ShownView:
    here = {n: found for n, found in placed.items() if found[0] and found[0][0].view is view}
    tones = {
        area: "open" if is_open(areas, side) else "marked"
        for areas, side in here.values()
        for area in areas
    }
    areas = tuple(shown_area(area, gettext, tone) for area, tone in tones.items())
    return framed(view, areas, _numbers(view, here), gettext)


def _view_to_choose(view: View, gettext: Gettext) -> ShownView:
    areas = tuple(
        shown_area(area, gettext)
        for area in every_area()
        if area.view is view and not area.is_whole
    )
    return framed(view, areas, (), gettext)


def framed(
    view: View,
    areas: tuple[ShownArea, ...],
    numbers: tuple[ShownNumber, ...],
    gettext: Gettext,
) -> ShownView:
    """Put what lies in a view into its frame, with the sides that are written over it."""
    half, height = FRAMES[view]
    at_end = FROM[view]
    at_start = Side.LEFT if at_end is Side.RIGHT else Side.RIGHT
    return ShownView(
        name=view,
        title=gettext(VIEW_WORDS[view]),
        at_start=gettext(SIDE_WORDS[at_start]),
        at_end=gettext(SIDE_WORDS[at_end]),
        box=f"{-half:g} {-MARGIN:g} {2 * half:g} {height + 2 * MARGIN:g}",
        width=2 * half,
        height=height + 2 * MARGIN,
        outline=outline_of(view),
        areas=areas,
        numbers=numbers,
    )


def shown_area(area: Area, gettext: Gettext, tone: str = "") -> ShownArea:
    """Name a place for SVG."""
    return ShownArea(
        area.path, value_of(area), place_words(area.site, area.side, gettext), tone
    )


def _is_first(area: Area) -> bool:
    """Say whether this is the first area of its place: a finger is drawn from both sides."""
    return next(a for a in every_area() if value_of(a) == value_of(area)) is area


def _numbers(view: View, here: Placed) -> tuple[ShownNumber, ...]:
    """Put the numbers where the marks are, each a little aside where another stands already."""
    size = LARGE if view in ALWAYS_SHOWN else SMALL
    taken: list[Point] = []
    numbers = []
    for number, (areas, side) in here.items():
        middles = [between(areas)] if is_open(areas, side) else [a.middle for a in areas]
        for middle in middles:
            x, y = free_place(middle, taken, size)
            taken.append((x, y))
            numbers.append(ShownNumber(number, x, y, size))
    return tuple(numbers)


def between(areas: Sequence[Area]) -> Point:
    """Give the middle of places of which nobody knows which it is."""
    across, down = zip(*(area.middle for area in areas), strict=True)
    return sum(across) / len(areas), sum(down) / len(areas)


def free_place(middle: Point, taken: Sequence[Point], size: float) -> Point:
    """Go round the middle in growing circles until no other number is touched."""
    for place in _round(middle, size):
        if all(hypot(place[0] - x, place[1] - y) >= 2 * size + 1 for x, y in taken):
            return place
    return middle


def _round(middle: Point, size: float) -> Iterator[Point]:
    yield middle
    for step in range(STEPS_ROUND * ROUNDS):
        away = (2 * size + 1) * (1 + step // STEPS_ROUND)
        turn = tau * (step % STEPS_ROUND) / STEPS_ROUND
        x, y = middle[0] + away * cos(turn), middle[1] + away * sin(turn)
        yield round(x, 1), round(y, 1)
