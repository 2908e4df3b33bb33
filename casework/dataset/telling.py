"""Values of the minimum data set in the words of one language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from casework.codes import Answer
from casework.dataset.shape import Field, Kind
from casework.dataset.values import NONE, Value, dates_of, why_none
from casework.values import Range
from casework.web.described import WHY_NOTHING, Teller
from casework.web.languages import marked
from casework.web.pieces import Fact, Known


def tell_value(field: Field, value: Value, teller: Teller) -> str:
    """Say a value in words; why there is none is said by `fact_of_value`."""
    return "" if value is None or why_none(value) else _TELL[field.kind](field, value, teller)


def tell_entry(field: Field, entry: Mapping[str, Value], teller: Teller) -> str:
    """Say one entry of a repeated field in one line: what it is first, then the rest."""
    told = ((part, tell_value(part, entry.get(part.key), teller)) for part in field.parts)
    return ", ".join(_named(part, text, teller) for part, text in told if text)


def fact_of_value(field: Field, value: Value, teller: Teller, *, note: str = "") -> Fact:
    """Make a fact of one value, or of why there is none."""
    label = teller.gettext(field.label)
    if text := tell_value(field, value, teller):
        return Fact(label, text, note=note)
    if why_none(value):
        known = WHY_NOTHING.get(Answer(value[NONE]), Known.NOT_RECORDED)
        return Fact(label, known=known, note=note)
    return Fact(label, known=Known.NOT_RECORDED)


def _named(part: Field, text: str, teller: Teller) -> str:
    """Name what cannot be understood alone: a number, a yes, a place, a day."""
    speaks_for_itself = part.kind in {Kind.TEXT, Kind.WORDS, Kind.CODE, Kind.CODES}
    return text if speaks_for_itself else f"{teller.gettext(part.label).lower()}: {text}"


def _text(_field: Field, value: Any, _teller: Teller) -> str:
    return str(value)


def _code(field: Field, value: Any, teller: Teller) -> str:
    return _words_of(field, [value], teller)


def _words_of(field: Field, codes: Iterable[str], teller: Teller) -> str:
    words = field.codes.words if field.codes else {}
    return ", ".join(teller.gettext(words.get(code, code)) for code in codes)


def _yes_no(_field: Field, value: Any, teller: Teller) -> str:
    return teller.gettext(marked("sí") if value else marked("no"))


def _numbers(field: Field, value: Any, teller: Teller) -> str:
    return teller.numbers(
        Range(value["min"], value["max"]), field.unit and teller.gettext(field.unit)
    )


def _place(_field: Field, value: Any, teller: Teller) -> str:
    named = (value.get("place"), value.get("admin1"), teller.country(value.get("country")))
    point = f"({value['lat']}, {value['lon']})" if "lat" in value else ""
    return ", ".join(dict.fromkeys(part for part in named if part)) + (
        f" {point}" if point else ""
    )


_TELL: Mapping[Kind, Callable[[Field, Any, Teller], str]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.CODE: _code,
    Kind.CODES: _words_of,
    Kind.YES_NO: _yes_no,
    Kind.DAYS: lambda _field, value, teller: teller.dates(dates_of(value)),
    Kind.NUMBERS: _numbers,
    Kind.COUNTRY: lambda _field, value, teller: teller.country(value),
    Kind.COUNTRIES: lambda _field, value, teller: teller.countries(value),
    Kind.PLACE: _place,
    Kind.ENTRIES: lambda _field, _value, _teller: "",
}
