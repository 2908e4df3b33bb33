"""Values of the minimum data set: read from what was typed, and typed again from what is kept.

A value is plain JSON, so that statements, exports and the API keep the same thing. What reads
back to itself is a value; whatever comes from a file or from the API is held against that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.codes import Answer
from casework.dataset.shape import CodeList, Field, Kind
from casework.values import DateRange, Precision, precision_of
from casework.web.coordinates import read_coordinates
from casework.web.country_names import country_named, nationality_named
from casework.web.form_values import Unreadable, read_days, read_numbers
from casework.web.languages import marked
from casework.web.local_words import code_heard

Value = Any  # what json.loads gives: never a float that is no number
# Why there is no value, where somebody asked.
NONE = "none"
SAYABLE = (Answer.UNKNOWN, Answer.REFUSED, Answer.ABSENT)
YES, NO = "yes", "no"

LONGEST_LINE = 400
LONGEST_WORDS = 4000
WIDEST_KM = 5000.0
_NOT_LISTED = marked("Elija una opción de la lista.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a browser sent, by the names of its inputs."""

    texts: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """Give the only text of an input, without the spaces round it."""
        return next(iter(self.texts.get(name, ())), "").strip()

    def several(self, name: str) -> list[str]:
        """Give every text of an input that says something, each once."""
        return list(dict.fromkeys(text for text in self.texts.get(name, ()) if text))


def read_value(field: Field, given: Given, at: str) -> Value:
    """Read the value of a field whose inputs begin with `at`; `None` if nothing was said.

    Raises
    ------
    Unreadable
        If what was typed cannot be a value of the field.
    """
    why = given.one(f"{at}_none")
    if (
        field.kind is Kind.CODE
        and given.one(at) in SAYABLE
        and given.one(at) not in _listed(field)
    ):
        # A list of codes offers why there is none among its own.
        return {NONE: given.one(at)}
    value = _READ[field.kind](field, given, at)
    if value is None and why in SAYABLE:
        return {NONE: why}
    return value


def typed_value(field: Field, value: Value, at: str) -> dict[str, list[str]]:
    """Write a value as the texts of its inputs: what `read_value` reads it from."""
    if value is None:
        return {}
    if why_none(value):
        return {f"{at}_none": [value[NONE]]}
    return _TYPED[field.kind](field, value, at)


def check_value(field: Field, value: Value) -> None:
    """Accept a value that comes from elsewhere only if it reads back to itself.

    Raises
    ------
    Unreadable
        If it is no value of the field.
    """
    try:
        again = read_value(field, Given(typed_value(field, value, "v")), "v")
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Unreadable(marked("Este valor no es de los que lleva el campo.")) from error
    if again != value:
        raise Unreadable(marked("Este valor no es de los que lleva el campo."))


def why_none(value: Value) -> str:
    """Say why there is no value, if that is what was said: `unknown`, `refused`, `absent`."""
    return str(value[NONE]) if isinstance(value, dict) and set(value) == {NONE} else ""


def dates_of(value: Value) -> DateRange:
    """Build the range of days that a value of DAYS is."""
    return DateRange(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))


def days_of(dates: DateRange) -> dict[str, str]:
    """Write a range of days as a value."""
    return {"from": dates.earliest.isoformat(), "to": dates.latest.isoformat()}


def _line(_field: Field, given: Given, at: str) -> str | None:
    return _short(given.one(at), LONGEST_LINE)


def _words(_field: Field, given: Given, at: str) -> str | None:
    return _short(given.one(at).replace("\r\n", "\n"), LONGEST_WORDS)


def _short(text: str, most: int) -> str | None:
    if len(text) > most:
        raise Unreadable(marked("El texto es demasiado largo; resuma o use el relato."))
    return text or None


def _code(field: Field, given: Given, at: str) -> str | None:
    return _listed_code(field, given.one(at)) or None


def _codes(field: Field, given: Given, at: str) -> list[str] | None:
    chosen = {_listed_code(field, text) for text in given.several(at)}
    return sorted(chosen) or None


def _listed_code(field: Field, text: str) -> str:
    """Give the code that was chosen, or that a local word means; nothing for nothing."""
    if not text or text in _listed(field):
        return text
    if heard := code_heard(field.codes.key if field.codes else "", text):
        return heard
    raise Unreadable(_NOT_LISTED)


def _yes_no(_field: Field, given: Given, at: str) -> bool | None:
    text = given.one(at)
    if text not in {"", YES, NO}:
        raise Unreadable(_NOT_LISTED)
    return (text == YES) if text else None


def _days(_field: Field, given: Given, at: str) -> dict[str, str] | None:
    dates = read_days(given.one(f"{at}_from"), given.one(f"{at}_to"))
    return days_of(dates) if dates else None


def _numbers(field: Field, given: Given, at: str) -> dict[str, float] | None:
    least, most = field.bounds or (0.0, 999999.0)
    ends = given.one(f"{at}_min"), given.one(f"{at}_max")
    numbers = read_numbers(*ends, least=least, most=most)
    return {"min": numbers.low, "max": numbers.high} if numbers else None


def _country(_field: Field, given: Given, at: str) -> str | None:
    text = given.one(at)
    code = country_named(text)
    if text and code is None:
        raise Unreadable(marked("No se reconoce el país; escriba su nombre."))
    return code


def _countries(_field: Field, given: Given, at: str) -> list[str] | None:
    chosen = [_nationality(text) for text in given.several(at)]
    return list(dict.fromkeys(chosen)) or None


def _nationality(text: str) -> str:
    code = nationality_named(text)
    if code is None:
        raise Unreadable(marked("No se reconoce el país; escriba su nombre."))
    return code


def _place(field: Field, given: Given, at: str) -> dict[str, Any] | None:
    point = read_coordinates(given.one(f"{at}_coordinates"))
    radius = read_numbers(given.one(f"{at}_radius_km"), "", least=0, most=WIDEST_KM)
    place = {
        "country": _country(field, given, f"{at}_country"),
        "admin1": _short(given.one(f"{at}_admin1"), LONGEST_LINE),
        "place": _short(given.one(f"{at}_place"), LONGEST_LINE),
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "radius_km": radius.low if radius and point else None,
    }
    return {key: value for key, value in place.items() if value is not None} or None


def _listed(field: Field) -> Mapping[str, str]:
    codes: CodeList | None = field.codes
    return codes.words if codes else {}


def _type_text(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    return {at: [value]}


def _type_several(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    return {at: list(value)}


def _type_yes_no(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    return {at: [YES if value else NO]}


def _type_days(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    dates = dates_of(value)
    as_said = {
        Precision.DAY: dates.earliest.isoformat(),
        Precision.MONTH: f"{dates.earliest:%Y-%m}",
        Precision.YEAR: f"{dates.earliest:%Y}",
    }.get(precision_of(dates))
    if as_said:
        return {f"{at}_from": [as_said]}
    return {f"{at}_from": [value["from"]], f"{at}_to": [value["to"]]}


def _type_numbers(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    low, high = value["min"], value["max"]
    most = {f"{at}_max": [_decimal(high)]} if high != low else {}
    return {f"{at}_min": [_decimal(low)]} | most


def _type_place(_field: Field, value: Value, at: str) -> dict[str, list[str]]:
    texts = {part: [value[part]] for part in ("country", "admin1", "place") if part in value}
    if "lat" in value:
        texts["coordinates"] = [f"{_decimal(value['lat'])}, {_decimal(value['lon'])}"]
    if "radius_km" in value:
        texts["radius_km"] = [_decimal(value["radius_km"])]
    return {f"{at}_{part}": text for part, text in texts.items()}


def _decimal(number: float) -> str:
    return f"{number:.8f}".rstrip("0").rstrip(".")


_READ: Mapping[Kind, Callable[[Field, Given, str], Value]] = {
    Kind.TEXT: _line,
    Kind.WORDS: _words,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.YES_NO: _yes_no,
    Kind.DAYS: _days,
    Kind.NUMBERS: _numbers,
    Kind.COUNTRY: _country,
    Kind.COUNTRIES: _countries,
    Kind.PLACE: _place,
    Kind.ENTRIES: lambda _field, _given, _at: None,  # only why there are none
}
_TYPED: Mapping[Kind, Callable[[Field, Value, str], dict[str, list[str]]]] = {
    Kind.TEXT: _type_text,
    Kind.WORDS: _type_text,
    Kind.CODE: _type_text,
    Kind.CODES: _type_several,
    Kind.YES_NO: _type_yes_no,
    Kind.DAYS: _type_days,
    Kind.NUMBERS: _type_numbers,
    Kind.COUNTRY: _type_text,
    Kind.COUNTRIES: _type_several,
    Kind.PLACE: _type_place,
}
