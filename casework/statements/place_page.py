"""One place of a step set on a map, on a page of its own: the piece of the first report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from casework.dataset.checking import check_path
from casework.dataset.shape import Field, Kind, RecordKind
from casework.dataset.values import Given, Value, why_none
from casework.errors import InvalidInput, NotFound
from casework.statements.fingerprint import fingerprint
from casework.statements.form import path_of, seen_in, written_numbers
from casework.statements.picture import preferred
from casework.statements.reading import read_picture, statements_of
from casework.statements.saying import Said, field_of, say
from casework.statements.sitting import asked_sitting, read_sitting
from casework.statements.steps import AtStep, trail_of
from casework.web.coordinates import written_coordinates
from casework.web.described import teller_for
from casework.web.description_form import country_choices
from casework.web.form_values import Unreadable
from casework.web.place_form import (
    PlaceForm,
    place_map,
    read_place,
    unread_warning,
    unsaved_notices,
    with_press,
)

_INPUTS = {info.alias or name for name, info in PlaceForm.model_fields.items()}
_AS_TYPED = ("country", "admin1", "place")


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """Which place of a step: of a question, or of one entry of several."""

    step: AtStep
    name: str  # of the input: `place`, `legs.3f2a.from_place`
    field: Field

    @property
    def path(self) -> str:
        """Give the path that is said: of an entry, the whole of it."""
        return path_of(self.name if self.part is None else self.name.rpartition(".")[0])

    @property
    def part(self) -> str | None:
        """Name the part of an entry; none where the place is the whole answer."""
        return self.name.rpartition(".")[2] if "." in self.name else None

    @property
    def href(self) -> str:
        return f"{self.step.href}/place/{self.name}"

    def value_in(self, standing: Value) -> Value:
        """Give the place of what stands on the path."""
        place = standing if self.part is None else (standing or {}).get(self.part)
        return None if why_none(place) else place

    def put_in(self, standing: Value, place: Value) -> Value:
        """Say the path anew with this place, and all else of an entry as it stands."""
        if self.part is None:
            return place
        entry = dict(standing or {}) | {self.part: place}
        return {key: value for key, value in entry.items() if value is not None} or None


def place_asked(step: AtStep, name: str) -> PlaceAsked:
    """Find which place of a step is meant.

    Raises
    ------
    NotFound
        If the step asks for none of that name.
    """
    key, *rest = name.split(".")
    of_name = [field for field in step.fields if field.key == key]
    if len(rest) == 2:  # noqa: PLR2004 - the entry and its part
        of_name = [part for field in of_name for part in field.parts if part.key == rest[1]]
    if len(rest) not in {0, 2} or not of_name or of_name[0].kind is not Kind.PLACE:
        raise NotFound("place")
    asked = PlaceAsked(step, name, of_name[0])
    place: dict[str, Value] = {"place": "x"}
    try:
        check_path(step.hand.described.kind, asked.path, asked.put_in(None, place))
    except Unreadable as error:
        raise NotFound("place") from error
    return asked


def show_place(
    asked: PlaceAsked,
    given: Given | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    is_unsaved: bool = False,
) -> Response:
    """Show one place with its map: as it stands, or as it was just typed and pressed."""
    step, problems = asked.step, problems or {}
    hand, teller = step.hand, teller_for(step.visit.language)
    picture = read_picture(hand, {_reveals(asked)})
    standing = picture.get(asked.path, ())
    form = _form_of(asked.value_in(preferred(picture, asked.path)))
    seen = written_numbers({each.statement for each in standing})
    was = fingerprint(preferred(picture, asked.path))
    if given is not None:
        form, seen, was = with_press(_typed(given)), given.one("seen"), given.one("was")
    statements, relatives = statements_of(hand), step.home.relatives()
    asks = asked_sitting(hand, statements, relatives, teller=teller, given=given)
    gettext = step.visit.gettext
    return step.visit.show(
        "statements/place.html",
        status=422 if problems else 200,
        notices=unsaved_notices(gettext, problems) if is_unsaved else (),
        shows_invented=step.home.invented,
        asked=asked,
        title=gettext(asked.field.label),
        form=form,
        seen=seen,
        was=was,
        problems={name: gettext(text) for name, text in problems.items()},
        choices={"countries": country_choices(teller)},
        place_map=place_map(form, teller, kind=_kind(hand.described.kind)),
        asks=asks,
        trail=trail_of(step, gettext(asked.field.label)),
    )


def take_place(asked: PlaceAsked, given: Given) -> Response:
    """Keep a place as it was typed and pressed, and go back to its question."""
    step, form = asked.step, with_press(_typed(given))
    if form.asks_for_map:
        return show_place(asked, given)
    sitting, problems = read_sitting(given, at=step.visit.at)
    place = _value_of(read_place(form, problems))
    if sitting is None or problems:
        return show_place(asked, given, problems, is_unsaved=True)
    if unread_warning(form, teller_for(step.visit.language)):
        return show_place(asked, given, is_unsaved=True)
    picture = read_picture(step.hand, {_reveals(asked)})
    value = asked.put_in(preferred(picture, asked.path), place)
    if fingerprint(value) != given.one("was"):
        say(step.hand, {asked.path: Said(value, seen_in(given.one("seen")))}, sitting)
    where = f"{step.href}#question-{field_of(asked.path)}"
    return RedirectResponse(where, status_code=303)


def _reveals(asked: PlaceAsked) -> Any:
    key = field_of(asked.path)
    return next(field.reveals for field in asked.step.fields if field.key == key)


def _typed(given: Given) -> PlaceForm:
    try:
        return PlaceForm.model_validate({name: given.one(name) for name in _INPUTS})
    except ValidationError as error:
        raise InvalidInput from error


def _form_of(place: Value) -> PlaceForm:
    held = place or {}
    point = (held["lat"], held["lon"]) if "lat" in held else None
    return PlaceForm(
        **{name: held.get(name, "") for name in _AS_TYPED},
        coordinates=written_coordinates(*point) if point else "",
        radius_km=f"{held['radius_km']:g}" if "radius_km" in held else "",
    )


def _value_of(columns: Mapping[str, Any]) -> Value:
    told = {name: each for name, each in columns.items() if each not in {None, ""}}
    if "lat" not in told:
        told.pop("radius_km", None)
    return told or None


def _kind(kind: RecordKind) -> str:
    return "remains" if kind is RecordKind.REMAINS else "missing"
