"""Holding a path and its value against the catalogue, wherever they come from."""

import json

from casework.dataset.catalogue import field_at
from casework.dataset.errors import UnknownField
from casework.dataset.shape import Field, Kind, RecordKind
from casework.dataset.values import LONGEST_LINE, Value, check_value, why_none
from casework.web.form_values import Unreadable
from casework.web.languages import marked

NO_SUCH_FIELD = marked("El conjunto mínimo de datos no tiene este campo.")
_NOT_OF_THE_FIELD = marked("Este valor no es de los que lleva el campo.")


def check_path(record: RecordKind, path: str, value: Value) -> None:
    """Accept a value only if the field or the entry of this path could have been given it.

    `None`, which takes an answer back, is one of every path.

    Raises
    ------
    Unreadable
        If there is no such field, or it is no value of it.
    """
    try:
        field = field_at(record, path)
    except UnknownField as error:
        raise Unreadable(NO_SUCH_FIELD) from error
    check_plain(value)
    if value is None:
        return
    if "/" in path:
        _check_entry(field, value)
    elif field.kind is Kind.ENTRIES and not why_none(value):
        raise Unreadable(marked("Dé cada uno con su número, como en «marks/3f2a»."))
    else:
        check_value(field, value)
        _check_exact(field, value)


def _check_entry(field: Field, entry: Value) -> None:
    parts = {part.key: part for part in field.parts}
    if not isinstance(entry, dict) or not entry or not entry.keys() <= parts.keys():
        raise Unreadable(_NOT_OF_THE_FIELD)
    for key, value in entry.items():
        check_value(parts[key], value)
        _check_exact(parts[key], value)


def _check_exact(field: Field, value: Value) -> None:
    """Tell yes from one: Python takes either for the other."""
    told = list(value.values()) if isinstance(value, dict) else [value]
    is_yes_no = field.kind is Kind.YES_NO and not why_none(value)
    if any(isinstance(each, bool) is not is_yes_no for each in told):
        raise Unreadable(_NOT_OF_THE_FIELD)


def check_plain(value: Value) -> None:
    """Refuse what no column keeps: halves of a letter, nulls, numbers that are none.

    Raises
    ------
    Unreadable
        If there is something of the kind in it.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(_NOT_OF_THE_FIELD) from error
    if "\\u0000" in text:
        raise Unreadable(_NOT_OF_THE_FIELD)


def check_kept(record: RecordKind, path: str, value: Value) -> None:
    """Accept also what columns hold and nobody could type: long texts, finer numbers.

    Files brought such values in before statements were kept, and a copy loses none of them.

    Raises
    ------
    Unreadable
        If there is no such field, or it is no value of it however one looks at it.
    """
    try:
        check_path(record, path, value)
    except Unreadable:
        check_plain(value)
        told = _rounded(record, path, value)
        if told is None:
            raise
        check_path(record, path, told)


def _rounded(record: RecordKind, path: str, value: Value) -> Value:
    """Give what a value would be as people type it, or `None` if there is none."""
    try:
        field = field_at(record, path)
    except UnknownField:
        return None
    if field.kind is Kind.ENTRIES:
        parts = {part.key: part for part in field.parts}
        is_entry = isinstance(value, dict) and value.keys() <= parts.keys()
        return (
            {key: _typed(parts[key], each) for key, each in value.items()} if is_entry else None
        )
    return _typed(field, value)


def _typed(field: Field, value: Value) -> Value:
    if isinstance(value, str) and field.kind in {Kind.TEXT, Kind.WORDS}:
        return value.strip()[:LONGEST_LINE].strip()
    if isinstance(value, dict) and field.kind in {Kind.NUMBERS, Kind.PLACE}:
        told = {key: _coarser(each) for key, each in value.items()}
        if "lat" not in told:
            told.pop("radius_km", None)
        return told
    return value


def _coarser(value: Value) -> Value:
    if isinstance(value, str):
        return value.strip()[:LONGEST_LINE].strip()
    return round(value, 3) if isinstance(value, float) else value
