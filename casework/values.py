"""Small values that records share: ranges, because nobody knows exactly.

Unknown is not empty is not refused. A range that was never asked for is `None`; why a
question has no answer stands in the record's `unanswered` (see `Answer` in the glossary).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date was stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DateRange:
    """All days from `earliest` to `latest`, both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"a date range ends before it begins: {self.earliest}–{self.latest}")

    @property
    def precision(self) -> Precision:
        """Read the precision off the range: the whole of a month was stated as a month."""
        days = (self.latest - self.earliest).days
        if days == 0:
            return Precision.DAY
        whole_months = self.earliest.day == 1 and _ends_month(self.latest)
        if whole_months and days <= 30:  # noqa: PLR2004 - the longest month has 31 days
            return Precision.MONTH
        if (self.earliest.month, self.latest.month) == (1, 12) and whole_months:
            years = self.latest.year - self.earliest.year + 1
            if years == 1:
                return Precision.YEAR
            if years == 10 and self.earliest.year % 10 == 0:  # noqa: PLR2004 - a decade
                return Precision.DECADE
        return Precision.RANGE


@dataclass(frozen=True, slots=True)
class NumberRange:
    """From `low` to `high`, both included, in the unit its field's name says."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Place:
    """A point and how far from it the place may be, in kilometres."""

    lat: float
    lon: float
    radius_km: float


def _ends_month(day: date) -> bool:
    return day.month != date.fromordinal(min(day.toordinal() + 1, date.max.toordinal())).month
