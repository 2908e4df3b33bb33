"""A record as it leaves: the columns of its open groups, and a mark on every one.

Which group a column belongs to is asked of the column itself, so none can be put under a
weaker one here.
"""

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from casework.exports.queries import Handed
from casework.listed_columns import COLUMNS_OF, MARKS_OF_A_LIST
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
COLUMNS = (*_RECORD, *_PARTS)
BETWEEN = "|"
_NAME_PARTS = ("given_names", "surname_1", "surname_2")
KEPT_FROM = marked("Se guarda de")
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
    record_id: str = ""
    groups: Collection[str] = ()
    # It leaves with whatever leaves: a copy that lost it would be shown where it must not.
    kept_from: Sequence[str] = ()


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
    return Row(
        person.reference,
        values,
        person.invented,
        record_id=person.origin_record_id or person.record_id,
        groups=sorted(groups),
        kept_from=list(person.country_restrictions),
    )


def as_csv(rows: Sequence[Row], copy: str, watermark: str, *, made_at: datetime) -> bytes:
    """Write a copy as a flat table; the mark stands above it, and its number in every row."""
    made = io.StringIO()
    made.write(BYTE_ORDER_MARK)
    writer = csv.writer(made)
    writer.writerow([harmless(f"# {watermark}")])
    columns = (*MARKS_OF_A_LIST, *(name for names in COLUMNS_OF.values() for name in names))
    writer.writerow(columns)
    for row in rows:
        cells = {"copy": copy, "made_at": made_at.isoformat()} | dict(flat_cells(row))
        writer.writerow([harmless(cells.get(name, "")) for name in columns])
    return made.getvalue().encode()


def flat_cells(row: Row) -> Iterator[tuple[str, str]]:
    """Give a record in the cells of the flat tables, as far as it leaves."""
    yield "reference", row.reference
    yield "record_id", row.record_id
    yield "groups", " ".join(row.groups)
    yield "kept_from", BETWEEN.join(row.kept_from)
    for name in _RECORD:
        if name != "nationalities":
            yield name, _plain_cell(row.values.get(name))
    yield "nationality", BETWEEN.join(row.values.get("nationalities") or ())
    yield from _names(row.values.get("names", ()))
    articles = row.values.get("articles", ())
    worn = {
        "clothing": [each for each in articles if each.get("worn")],
        "belongings": [each for each in articles if not each.get("worn")],
    }
    yield "marks", _listed(row.values.get("marks", ()), ("kind", "site", "side", "words"))
    for name, found in worn.items():
        yield name, _listed(found, ("item", "colour", "brand", "words"))


def _names(names: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give the first legal name by its parts, and every other as it is said."""
    legal = next((each for each in names if each.get("kind") is NameKind.LEGAL), None)
    for part in _NAME_PARTS:
        yield part, (legal or {}).get(part, "")
    others = (
        " ".join(each[part] for part in _NAME_PARTS if each.get(part))
        for each in names
        if each is not legal
    )
    yield "other_names", BETWEEN.join(_of_a_list(each) for each in others)


def _listed(items: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> str:
    """Write marks or articles as `type:site:side:words`; the words last may hold colons."""
    return BETWEEN.join(_item(each, parts) for each in items)


def _item(item: Mapping[str, Any], parts: Sequence[str]) -> str:
    *coded, words = (_of_a_list(_plain_cell(item.get(part))) for part in parts)
    told = ":".join((*(each.replace(":", " ") for each in coded), words)).rstrip(":")
    return told if coded[0] else f"other{told}"


def _of_a_list(text: str) -> str:
    return text.replace(BETWEEN, "/")


def _plain_cell(value: Any) -> str:
    plain = _plain(value)
    return "" if plain is None else str(plain)


def as_json(rows: Sequence[Row], copy: str, watermark: str, *, made_at: datetime) -> bytes:
    """Write a copy as data; the mark stands above it, and its number in every record."""
    told = {
        "watermark": watermark,
        "copy": copy,
        "records": [
            {
                "copy": copy,
                "reference": row.reference,
                "record_id": row.record_id,
                "made_at": made_at.isoformat(),
                "kept_from": list(row.kept_from),
                **plain_values(row),
            }
            for row in rows
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def plain_values(row: Row) -> dict[str, Any]:
    """Give a record's values as a machine reads them: codes, ISO days, lists."""
    return {name: _plain(value) for name, value in row.values.items()}


def lines_of(row: Row, teller: Teller) -> Iterator[tuple[str, str]]:
    """Give a record as lines of (what, text) for paper."""
    if row.kept_from:
        yield teller.gettext(KEPT_FROM), teller.countries(row.kept_from)
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
            return "" if isinstance(value, bool) else _plain_cell(value)
