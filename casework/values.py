"""Small values that records share: ranges, because nobody knows exactly.

The ranges are the engine's own. Unknown is not empty is not refused: what was never asked
is `None`, and why a question has no answer stands in the record's `answers`.
"""

from datetime import date, timedelta
from enum import StrEnum

from matching.records import DateRange, Place, Range

__all__ = ["DateRange", "Place", "Precision", "Range", "dates_of", "precision_of"]

DAYS_IN_LONGEST_MONTH = 31
YEARS_IN_DECADE = 10


class Precision(StrEnum):
    """How exactly a date was stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


def dates_of(earliest: date | None, latest: date | None) -> DateRange | None:
    """Build a range of days from its two columns; one alone says nothing."""
    return None if earliest is None or latest is None else DateRange(earliest, latest)


def precision_of(dates: DateRange) -> Precision:
    """Read the precision off the range: what covers a whole month was stated as a month."""
    first, last = dates.earliest, dates.latest
    if first == last:
        return Precision.DAY
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return Precision.RANGE
    if (last - first).days < DAYS_IN_LONGEST_MONTH:
        return Precision.MONTH
    return _whole_years(first, last)


def _whole_years(first: date, last: date) -> Precision:
    if (first.month, last.month) != (1, 12):
        return Precision.RANGE
    years = last.year - first.year + 1
    if years == 1:
        return Precision.YEAR
    is_decade = years == YEARS_IN_DECADE and first.year % YEARS_IN_DECADE == 0
    return Precision.DECADE if is_decade else Precision.RANGE
