"""A record as it leaves: the columns of its open groups, and a mark on every one.

Which group a column belongs to is asked of the column itself, so none can be put under a
weaker one here.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from casework.exports.queries import Handed
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.record_codes import NameKind, SearchStatus
from casework.spreadsheets import BYTE_ORDER_MARK, harmless
from casework.web.code_words import WORDS
from casework.web.column_words import COLUMN_WORDS
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.missing_words import NAME_WORDS, STATUS_WORDS
from privacy.model import Reveals

_RECORD = (
    *("last_contact_from", "last_contact_to", "country", "admin1", "place", "lat", "lon"),
    *("radius_km", "destination", "search_status", "sex", "age_min", "age_max"),
    *("nationalities", "birth_from", "birth_to", "birth_place", "mother_name", "father_name"),
    *("stature_cm_min", "stature_cm_max", "weight_kg_min", "weight_kg_max"),
    *("hair", "eyes", "build", "handedness", "blood_group"),
)
_PARTS: Mapping[str, tuple[type[Any], tuple[str, ...]]] = {
    "names": (PersonName, ("kind", "given_names", "surname_1", "surname_2")),
    "marks": (MissingPersonMark, ("kind", "site", "side", "words")),
    "articles": (MissingPersonArticle, ("worn", "item", "colour", "brand", "words")),
}
COLUMNS = ("copy", "reference", *_RECORD, *_PARTS)
_NOTHING = (None, "", False)
_LISTS: Mapping[type[Any], Mapping[Any, str]] = {
    **WORDS,
    NameKind: NAME_WORDS,
    SearchStatus: STATUS_WORDS,
}

WATERMARK = marked(
    "Ejemplar %(copy)s. Entregado a %(recipient)s el %(when)s para: %(purpose)s. Contiene datos"
    " personales; está registrado y puede pedirse de vuelta. No lo copie ni lo entregue."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a copy: what may leave of it, by column."""

    reference: str
    values: Mapping[str, Any] = field(repr=False)
    is_invented: bool


def row_of(handed: Handed) -> Row:
    """Take of a record what its open groups hold."""
    person, groups = handed.about, handed.groups
    values: dict[str, Any] = {
        name: getattr(person, name)
        for name in _RECORD
        if _group_of(MissingPerson, name) in groups
    }
    for part, (model, names) in _PARTS.items():
        told = [
            {name: getattr(each, name) for name in names if _group_of(model, name) in groups}
            for each in getattr(person, part)
        ]
        if any(_group_of(model, name) in groups for name in names):
            values[part] = [each for each in told if any(each.values())]
    return Row(person.reference, values, person.invented)


def as_csv(rows: Sequence[Row], copy: str, watermark: str) -> bytes:
    """Write a copy as a table; the mark stands above it, and its number in every row."""
    made = io.StringIO()
    made.write(BYTE_ORDER_MARK)
    writer = csv.writer(made)
    writer.writerow([harmless(f"# {watermark}")])
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {"copy": copy, "reference": row.reference, **row.values}
        writer.writerow([harmless(_cell(cells.get(name))) for name in COLUMNS])
    return made.getvalue().encode()


def as_json(rows: Sequence[Row], copy: str, watermark: str) -> bytes:
    """Write a copy as data; the mark stands above it, and its number in every record."""
    told = {
        "watermark": watermark,
        "copy": copy,
        "records": [
            {"copy": copy, "reference": row.reference, **plain_values(row)} for row in rows
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def plain_values(row: Row) -> dict[str, Any]:
    """Give a record's values as a machine reads them: codes, ISO days, lists."""
    return {name: _plain(value) for name, value in row.values.items()}


def lines_of(row: Row, teller: Teller) -> Iterator[tuple[str, str]]:
    """Give a record as lines of (what, text) for paper."""
    for name in COLUMNS:
        if text := _text_of(name, row.values.get(name), teller):
            yield teller.gettext(COLUMN_WORDS.get(name, name)), text


def _text_of(name: str, value: Any, teller: Teller) -> str:
    match name:
        case "country":
            return teller.country(value) if value else ""
        case "nationalities":
            return teller.countries(value or ())
        case _:
            return _told(value, teller)


def _group_of(model: type[Any], name: str) -> Reveals:
    reveals: Reveals = model.__table__.c[name].info["reveals"]
    return reveals


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case _:
            return value


def _cell(value: Any) -> str:
    match _plain(value):
        case None | "" | []:
            return ""
        case list() as several:
            return "; ".join(_cell(each) for each in several)
        case dict() as part:
            return ", ".join(str(each) for each in part.values() if each not in _NOTHING)
        case plain:
            return str(plain)


def _told(value: Any, teller: Teller) -> str:
    match value:
        case StrEnum():
            words = _LISTS.get(type(value), {}).get(value)
            return teller.gettext(words) if words else value.value
        case date():
            return teller.day(value)
        case list():
            return "; ".join(_told(each, teller) for each in value)
        case {"kind": NameKind() as kind, **parts}:
            full = " ".join(str(each) for each in parts.values() if each)
            return f"{_told(kind, teller)}: {full}"
        case dict():
            told = (_told(each, teller) for each in value.values() if each not in _NOTHING)
            return ", ".join(told)
        case _:
            return "" if isinstance(value, bool) else _cell(value)
