"""What people type into forms, read without guessing: dates, numbers, choices."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import TypeVar

from casework.values import DateRange, Range
from casework.web.languages import marked
from casework.web.written_days import NotADay, read_written_day

Code = TypeVar("Code", bound=StrEnum)

NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)


class Unreadable(ValueError):
    """What was typed cannot be read; the message is a Spanish sentence to be translated."""


def read_days(first: str, last: str) -> DateRange | None:
    """Read two dates of which each may be a year, a month or a day; one alone is enough.

    Raises
    ------
    Unreadable
        If one is no date, the first is missing, or the two are reversed.
    """
    if not first.strip():
        if last.strip():
            raise Unreadable(marked("Falta la primera fecha; si es una sola, escríbala ahí."))
        return None
    start = _span(first)
    end = _span(last) if last.strip() else start
    if start.earliest > end.latest:
        raise Unreadable(marked("La segunda fecha es anterior a la primera."))
    return DateRange(start.earliest, end.latest)


def read_numbers(low: str, high: str, *, least: float, most: float) -> Range | None:
    """Read the two ends of a number between `least` and `most`; one alone is both.

    Raises
    ------
    Unreadable
        If one is no number, lies outside, or the two are reversed.
    """
    ends = [_number(text, signed=least < 0) for text in (low, high) if text.strip()]
    if not ends:
        return None
    if not all(least <= end <= most for end in ends):
        raise Unreadable(marked("El número no es posible aquí; revise la unidad."))
    if ends[0] > ends[-1]:
        raise Unreadable(marked("El segundo número es menor que el primero."))
    return Range(ends[0], ends[-1])


def read_code(codes: type[Code], text: str) -> Code | None:
    """Read a choice of a list; the empty one is none.

    Raises
    ------
    Unreadable
        If it is not in the list.
    """
    if not text:
        return None
    try:
        return codes(text)
    except ValueError as error:
        raise Unreadable(marked("Elija una opción de la lista.")) from error


def _span(text: str) -> DateRange:
    try:
        year, month, day = read_written_day(text.strip())
    except NotADay as error:
        raise Unreadable(str(error)) from error
    try:
        return _whole(year, month, day)
    except ValueError as error:
        raise Unreadable(marked("Esa fecha no existe en el calendario.")) from error


def _whole(year: int, month: int | None, day: int | None) -> DateRange:
    if day is not None and month is not None:
        return DateRange(date(year, month, day), date(year, month, day))
    if month is not None:
        first = date(year, month, 1)
        return DateRange(first, first.replace(day=monthrange(year, month)[1]))
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def _number(text: str, *, signed: bool = False) -> float:
    tidy = text.strip()
    if not NUMBER.fullmatch(tidy.removeprefix("-") if signed else tidy):
        raise Unreadable(marked("Escriba solo un número, por ejemplo 24 o 162.5."))
    return float(tidy.replace(",", "."))


def try_days(first: str, last: str) -> tuple[DateRange | None, str]:
    """Read two dates of a search, or give the sentence that says what is wrong with them."""
    try:
        return read_days(first, last), ""
    except Unreadable as error:
        return None, str(error)
