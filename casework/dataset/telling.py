"""Values of the minimum data set in the words of one language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from casework.codes import Answer
from casework.dataset.shape import CodeList, Field, Kind
from casework.dataset.values import NONE, Value, dates_of, why_none
from casework.values import Range
from casework.web.described import WHY_NOTHING, Teller
from casework.web.languages import marked
from casework.web.local_words import in_local_words
from casework.web.pieces import Fact, Known

WHY_WORDS = {
    Answer.UNKNOWN: marked("se preguntó: no se sabe"),
    Answer.REFUSED: marked("prefirió no decir"),
    Answer.ABSENT: marked("se preguntó: no tiene"),
}


def tell_value(field: Field, value: Value, teller: Teller) -> str:
    """Say a value in words; why there is none is said by `fact_of_value`."""
    return "" if value is None or why_none(value) else _TELL[field.kind](field, value, teller)


def tell_code(listed: CodeList, code: str, teller: Teller) -> str:
    """Say a code of a list, in the reader's own word first; one unknown to it as it is."""
    regional = teller.gettext(listed.words.get(code, code))
    return in_local_words(listed.key, code, regional, teller.gettext)


def tell_entry(field: Field, entry: Mapping[str, Value], teller: Teller) -> str:
    """Say one entry of a repeated field in one line: what it is first, then the rest."""
    told = ((part, tell_value(part, entry.get(part.key), teller)) for part in field.parts)
    return ", ".join(_named(part, text, teller) for part, text in told if text)


def tell_answer(field: Field, value: Value, teller: Teller) -> str:
    """Say whatever may stand on a path: a value, an entry, or why there is none."""
    if why := why_none(value):
        return teller.gettext(WHY_WORDS[Answer(why)])
    tell = tell_entry if field.kind is Kind.ENTRIES else tell_value
    return tell(field, value, teller)


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
    listed = field.codes
    return ", ".join(tell_code(listed, code, teller) if listed else code for code in codes)


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
