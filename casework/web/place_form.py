"""A place as a piece of a form: said in words, set on a map, as exact as it is known.

The map is drawn here and pressed as an `<input type="image">`, so it works without script:
what comes back is the pixel, and the box in degrees that was drawn. Nothing of a place ever
stands in an address. Words and point are both kept; the one is not made from the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, Field

from casework.codes import COUNTRIES
from casework.web.coordinates import read_coordinates, written_coordinates
from casework.web.described import Teller
from casework.web.form_values import Unreadable, read_numbers
from casework.web.languages import marked
from casework.web.maps import Bounds, MapPoint, draw_map
from casework.web.maps.drawing import AMERICAS
from casework.web.maps.projection import Frame, bounds_of_span, frame_of
from casework.web.maps.whereabouts import (
    NEAR_ENOUGH_KM,
    bounds_of_country,
    bounds_of_division,
    country_at,
    divisions_of,
    km_from_country,
    km_from_land,
)
from casework.web.pieces import Choice, Notice

Short = Annotated[str, Field(max_length=400)]
WIDTH, HEIGHT = 600, 420
FURTHEST_KM = 5000.0
CLOSER = 3.0  # our choice: three presses lead from a country to a town
CLOSEST_SPAN, WIDEST_SPAN = 0.15, 300.0  # degrees across
# How exact a place is, as people say it, and how far off it may then be (minimum data set,
# group 15; the circle for a region is our choice: half of what a department measures).
PRECISIONS: dict[str, tuple[float | None, str]] = {
    "gps": (0.1, marked("a pocos metros: medido con GPS")),
    "street": (0.3, marked("una calle o un rancho: unos 300 m")),
    "directions": (2.0, marked("indicaciones de camino: unos 2 km")),
    "vague": (15.0, marked("indicaciones vagas: unos 15 km")),
    "region": (50.0, marked("solo el municipio o la región: unos 50 km")),
}
# The classes of the Pima County medical examiner that remains keep.
CLASSES = {"gps": 1, "street": 2, "directions": 3, "vague": 4, "moved": 5, "none": 6}
# Of remains alone: what is known of the place when nobody knows the point.
WITHOUT_POINT: dict[str, tuple[float | None, str]] = {
    "moved": (None, marked("los restos habían sido movidos")),
    "none": (None, marked("no se sabe dónde")),
}
CHOSEN = {**PRECISIONS, **WITHOUT_POINT}


class PlaceForm(BaseModel):
    """What a browser sends of a place, as it was typed and pressed."""

    country: Short = ""
    admin1: Annotated[str, Field(max_length=120)] = ""
    place: Short = ""
    coordinates: Short = ""
    precision: Short = ""
    radius_km: Short = ""
    # The box that the map showed, and for which country and division it was chosen.
    place_view: Short = ""
    place_of: Short = ""
    place_do: Short = ""
    # The warning that was on the page when this was sent.
    place_read: Short = ""
    place_x: Annotated[str, Field(max_length=12, alias="place_map.x")] = ""
    place_y: Annotated[str, Field(max_length=12, alias="place_map.y")] = ""

    @property
    def asks_for_map(self) -> bool:
        """Say whether the map is to be shown anew: then nothing is saved yet."""
        return bool(self.place_do) or self.pressed is not None

    @property
    def pressed(self) -> tuple[float, float] | None:
        """Give the pixel that was pressed.

        Enter in any field of the form sends 0, 0: browsers take the map for its button.
        """
        if not (self.place_x.isdecimal() and self.place_y.isdecimal()):
            return None
        x, y = float(self.place_x), float(self.place_y)
        return (x, y) if (x, y) != (0.0, 0.0) and x <= WIDTH and y <= HEIGHT else None


Form = TypeVar("Form", bound=PlaceForm)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap:
    """The map of a form, and what stands beside it."""

    svg: Markup
    view: str
    of: str
    frame: Frame
    divisions: tuple[str, ...]
    precisions: tuple[Choice, ...]
    radii: dict[str, float | None]
    radius_km: float | None
    warning: str
    warned_of: str
    kind: str


def read_place(form: PlaceForm, problems: dict[str, str]) -> dict[str, Any]:
    """Read the columns of a place; what could not be read is added to the problems."""
    point = _attempt(problems, "coordinates", lambda: read_coordinates(form.coordinates))
    radius = _attempt(problems, "radius_km", lambda: _radius(form))
    if form.country and form.country not in COUNTRIES:
        problems["country"] = marked("Elija una opción de la lista.")
    if form.precision and form.precision not in CHOSEN:
        problems["precision"] = marked("Elija una opción de la lista.")
    return {
        "country": form.country or None,
        "admin1": form.admin1.strip(),
        "place": form.place.strip(),
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "radius_km": radius,
    }


def with_press(form: Form) -> Form:
    """Set the point that was pressed on the map that was shown."""
    pressed, shown = form.pressed, _as_bounds(form.place_view)
    if pressed is None or shown is None:
        return form
    lat, lon = frame_of(shown, WIDTH, HEIGHT).point_at(*pressed)
    return form.model_copy(update={"coordinates": written_coordinates(lat, lon)})


def unread_warning(form: PlaceForm, teller: Teller) -> str:
    """Give the warning about a point that its sender has not had before their eyes yet."""
    warning = _warning(form, teller)
    return warning if warning and form.place_read != _warned_of(form) else ""


def place_map(form: PlaceForm, teller: Teller, *, kind: str) -> PlaceMap:
    """Draw the map of a form; `kind` is `missing` or `remains`, and chooses the mark."""
    bounds = _shown_bounds(form)
    point, radius = _point(form), _radius_or_none(form)
    label = teller.gettext("El punto señalado")
    points = [MapPoint(*point, radius, label, kind)] if point else []
    drawing = draw_map(
        points, bounds=bounds, width=WIDTH, height=HEIGHT, title="", language=teller.language
    )
    warning = _warning(form, teller)
    offered = CHOSEN if kind == "remains" else PRECISIONS
    return PlaceMap(
        svg=drawing.svg,
        view=_written(bounds),
        of=_named(form),
        frame=frame_of(bounds, WIDTH, HEIGHT),
        divisions=tuple(each.name for each in divisions_of(form.country)),
        precisions=tuple(
            Choice(code, teller.gettext(words)) for code, (_, words) in offered.items()
        ),
        radii={code: km for code, (km, _) in offered.items()},
        radius_km=radius,
        warning=warning,
        warned_of=_warned_of(form) if warning else "",
        kind=kind,
    )


def unsaved_notices(
    gettext: Callable[[str], str], problems: Mapping[str, str]
) -> tuple[Notice, ...]:
    """Say that a form was not saved: because of its problems, or of a warning to be read."""
    if problems:
        words = gettext("No se guardó todavía: revise los campos señalados.")
        return (Notice(words, "problem"),)
    words = gettext("No se guardó todavía: lea la advertencia del mapa y guarde otra vez.")
    return (Notice(words, "warning"),)


def _attempt(problems: dict[str, str], name: str, read: Any) -> Any:
    try:
        return read()
    except Unreadable as error:
        problems[name] = str(error)
        return None


def _radius(form: PlaceForm) -> float | None:
    """Read how far off the point may be: the kilometres that were typed, or those chosen."""
    typed = read_numbers(form.radius_km, "", least=0.0, most=FURTHEST_KM)
    if typed:
        return typed.low
    return CHOSEN.get(form.precision, (None, ""))[0]


def _radius_or_none(form: PlaceForm) -> float | None:
    return _attempt({}, "", lambda: _radius(form))  # type: ignore[no-any-return]


def _point(form: PlaceForm) -> tuple[float, float] | None:
    return _attempt({}, "", lambda: read_coordinates(form.coordinates))  # type: ignore[no-any-return]


def _shown_bounds(form: PlaceForm) -> Bounds:
    """Choose what the map shows: what was shown, closer or wider, or the place just named."""
    shown = _as_bounds(form.place_view)
    if shown is None or form.place_of != _named(form):
        shown = _named_bounds(form)
    point = _point(form)
    if form.place_do in {"closer", "wider"}:
        return _resized(shown, point, 1 / CLOSER if form.place_do == "closer" else CLOSER)
    if point and not _is_inside(point, shown):
        return _resized(shown, point, 1.0)
    return shown


def _named_bounds(form: PlaceForm) -> Bounds:
    found = bounds_of_division(form.country, form.admin1) if form.admin1 else None
    found = found or (bounds_of_country(form.country) if form.country else None)
    if found is None:
        return AMERICAS
    frame = frame_of(found, WIDTH, HEIGHT)
    lat, lon = frame.point_at(WIDTH / 2, HEIGHT / 2)
    return bounds_of_span(lat, lon, min(frame.span * 1.15, WIDEST_SPAN), HEIGHT / WIDTH)


def _resized(shown: Bounds, point: tuple[float, float] | None, times: float) -> Bounds:
    """Look closer at the point, or at the middle of what is shown."""
    frame = frame_of(shown, WIDTH, HEIGHT)
    lat, lon = point or frame.point_at(WIDTH / 2, HEIGHT / 2)
    span = min(max(frame.span * times, CLOSEST_SPAN), WIDEST_SPAN)
    return bounds_of_span(lat, lon, span, HEIGHT / WIDTH)


def _is_inside(point: tuple[float, float], shown: Bounds) -> bool:
    x, y = frame_of(shown, WIDTH, HEIGHT).place(*point)
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _warning(form: PlaceForm, teller: Teller) -> str:
    """Say where a point falls, if that is neither near land nor near the country said."""
    point = _point(form)
    if point is None:
        return ""
    near = NEAR_ENOUGH_KM + (_radius_or_none(form) or 0.0)
    said = form.country if form.country in COUNTRIES else ""
    off = km_from_country(said, *point) if said else None
    if off is not None and off <= near:
        return ""
    _ = teller.gettext
    falls_in = country_at(*point)
    if falls_in and off is not None:
        return _("El punto cae en %(there)s, y usted dijo %(said)s.") % {
            "there": teller.country(falls_in),
            "said": teller.country(said),
        }
    if falls_in or km_from_land(*point) <= near:
        return ""
    km = teller.wording.number(round(km_from_land(*point)), 0)
    return _("El punto cae en el mar, a unos %(km)s km de tierra.") % {"km": km}


def _warned_of(form: PlaceForm) -> str:
    return f"{form.country} {form.coordinates}".strip()


def _named(form: PlaceForm) -> str:
    return f"{form.country}|{form.admin1.strip()}"


def _written(bounds: Bounds) -> str:
    sides = (bounds.west, bounds.south, bounds.east, bounds.north)
    return " ".join(f"{side:.5f}" for side in sides)


def _as_bounds(text: str) -> Bounds | None:
    """Read the box that a page sent back; whoever made one up gets the usual map."""
    try:
        west, south, east, north = (float(each) for each in text.split())
    except ValueError:
        return None
    is_box = -400 <= west < east <= 400 and -85 <= south < north <= 85  # noqa: PLR2004 - degrees
    return Bounds(west, south, east, north) if is_box else None
