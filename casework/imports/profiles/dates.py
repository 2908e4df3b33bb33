"""Dates in the shapes that registers write them; a day is never made up."""

import calendar
import re
from datetime import date, timedelta

from casework.imports.profiles.cells import whole_number
from casework.values import DateRange

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_WORDS = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})")
_WEEKDAY = re.compile(r"([A-Z][a-z]{2}), (\d{2})/(\d{2})/(\d{4})(?: - \d{2}:\d{2})?")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_EXCEL_DAY = re.compile(r"[3-5]\d{4}")
_EXCEL_EPOCH = date(1899, 12, 30)
"""Excel counts 1900 as a leap year, so that its day 0 falls here for all later days."""

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_WEEKDAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_day(text: str) -> date | None:
    """Read one day in any known shape; `None` if it is in none of them."""
    found = text.strip()
    if match := _ISO.fullmatch(found):
        year, month, day = map(int, match.groups())
        return _day(year, month, day)
    if match := _WORDS.fullmatch(found):
        return _day(int(match[3]), month_number(match[1]) or 0, int(match[2]))
    if match := _WEEKDAY.fullmatch(found):
        return _day(int(match[4]), int(match[2]), int(match[3]))
    if _EXCEL_DAY.fullmatch(found):
        return _EXCEL_EPOCH + timedelta(days=int(found))
    return None


def is_excel_number(text: str) -> bool:
    """Tell whether a cell holds the number by which Excel keeps a day."""
    return _EXCEL_DAY.fullmatch(text.strip()) is not None


def weekday_disagrees(text: str, day: date) -> bool:
    """Tell whether the day of the week written in `text` is not that of `day`."""
    match = _WEEKDAY.fullmatch(text.strip())
    return match is not None and _WEEKDAYS.get(match[1]) != day.weekday()


def month_number(text: str) -> int | None:
    """Read an English month, whole or cut to three letters, or its number."""
    found = text.strip().lower()
    number = whole_number(found) if found else None
    if number is not None:
        return number if 1 <= number <= 12 else None  # noqa: PLR2004 - months in a year
    return _MONTHS.get(found[:3])


def whole_month(year: int, month: int) -> DateRange:
    """All days of a month."""
    return DateRange(
        date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    )


def whole_year(year: int) -> DateRange:
    """All days of a year."""
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def read_year(text: str) -> int | None:
    """Read a year of four figures that a register can mean."""
    number = whole_number(text)
    return number if number is not None and FIRST_YEAR <= number <= LAST_YEAR else None


def read_partial(text: str) -> DateRange | None:
    """Read a day, or ``2014-05`` and ``2014`` as the whole month or year."""
    if match := _PARTIAL.fullmatch(text.strip()):
        year, month = read_year(match[1]), match[2]
        if year is None or (month and month_number(month) is None):
            return None
        return whole_month(year, int(month)) if month else whole_year(year)
    day = None if is_excel_number(text) else read_day(text)
    return DateRange(day, day) if day else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
