"""Dates, numbers and weights as a person would say them, in the reader's language.

Each public method of `Wording` is a filter of the templates, by the same name.
"""

import math
import re
from calendar import monthrange
from datetime import UTC, date, datetime, tzinfo
from gettext import NullTranslations

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent

from casework.listing import AtLeast
from casework.web.written_days import Day, NotADay, read_written_day

# Below this ratio a reader gains nothing from a number: 1.1 times is as good as even.
EVEN_BELOW = 1.1
# Above this one a digit more would claim a knowledge of rarity that no table of ours has;
# our choice, to be recorded with the wording of reports.
WORDS_END_AT = 1_000_000
# The shares nearest to nothing and to everything that are still told from them.
SMALLEST_SHARE, LARGEST_SHARE = 0.0001, 0.999
A_TENTH, NEARLY_ALL = 0.1, 0.99


ISO_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


class Wording:
    """How one language says dates, numbers and weights."""

    def __init__(self, locale: Locale, words: NullTranslations) -> None:
        self.locale = locale
        self._ = words.gettext

    def number(self, value: float | None, digits: int = 1) -> str:
        """Write a number with the reader's own separators and at most `digits` decimals."""
        if value is None:
            return self._("no registrado")
        if isinstance(value, AtLeast):
            return self._("más de %(count)s") % {"count": self.number(int(value))}
        return format_decimal(round(value, digits), locale=self.locale)

    def share(self, value: float | None) -> str:
        """Write a proportion as a percentage; a bound where it would round to none or all."""
        if value is None:
            return self._("no registrado")
        if 0 < value < SMALLEST_SHARE:
            return self._("menos de %(share)s") % {"share": self._percent(SMALLEST_SHARE)}
        if LARGEST_SHARE < value < 1:
            return self._("más de %(share)s") % {"share": self._percent(LARGEST_SHARE)}
        return self._percent(value)

    def percent(self, share: float, digits: int) -> str:
        """Write a proportion as a percentage with up to `digits` decimals."""
        return format_percent(
            round(share, digits + 2), locale=self.locale, decimal_quantization=False
        )

    def number_range(
        self, low: float | None, high: float | None, unit: str = "", digits: int = 1
    ) -> str:
        """Write a range of numbers, open at either end, with its unit."""
        values = {"low": self.number(low, digits), "high": self.number(high, digits)}
        if low is None and high is None:
            return self._("no registrado")
        if low is None:
            said = self._("como máximo %(high)s")
        elif high is None:
            said = self._("al menos %(low)s")
        else:
            said = "%(low)s" if low == high else self._("entre %(low)s y %(high)s")
        return f"{said % values} {unit}".rstrip()

    def day(self, value: date | None) -> str:
        """Write one day in full."""
        if value is None:
            return self._("no registrado")
        return format_date(value, "long", locale=self.locale)

    def written_day(self, written: str) -> str:
        """Write `2021-03-09` in full, as `day` does; anything else is left as it is."""
        try:
            return self.day(date.fromisoformat(written))
        except ValueError:
            return written

    def typed_day(self, written: str) -> str:
        """Write `2021-03-09` or `2021-03` as the reader would type it: `9 mar 2021`.

        Anything else, and what would not be read back as the same day, is left as it is.
        """
        try:
            year, month, day = meant = read_written_day(written)
            first = date(year, month or 1, day or 1)
        except ValueError:
            return written
        if month is None or not ISO_DAY.fullmatch(written):
            return written
        for pattern in ("MMM y", "MMMM y"):
            said = format_date(first, f"d {pattern}" if day else pattern, locale=self.locale)
            if _reads_as(said, meant):
                return said
        return written

    def instant(self, value: datetime | None, zone: tzinfo = UTC) -> str:
        """Write a moment with its zone, because the people of one file live in several."""
        if value is None:
            return self._("no registrado")
        local = value.astimezone(zone)
        return f"{format_datetime(local, 'd MMM y, HH:mm', locale=self.locale)} {local:%Z}"

    def date_range(self, first: date | None, last: date | None) -> str:
        """Write a range of dates as a person says it: a day, a month, a year, between two."""
        if first is None or last is None:
            return self._open_range(first, last)
        if first == last:
            return self.day(first)
        if _is_whole_years(first, last):
            return self._years(first, last)
        if _is_whole_months(first, last):
            return self._months(first, last)
        return self._days(first, last)

    def date_range_short(self, first: date | None, last: date | None) -> str:
        """Write a range of dates for a column: `2021`, `mar 2021`, `3 mar – 9 abr 2021`."""
        if first is None or last is None:
            return self._open_range(first, last) if first != last else "—"
        if _is_whole_years(first, last):
            return self._short(first, last, "y", "y")
        same_year = first.year == last.year
        if _is_whole_months(first, last):
            return self._short(first, last, "MMM" if same_year else "MMM y", "MMM y")
        same_month = same_year and first.month == last.month
        start = "d" if same_month else "d MMM" if same_year else "d MMM y"
        return self._short(first, last, start, "d MMM y")

    def times(self, log10_ratio: float) -> str:
        """Write a ratio (10 to the |`log10_ratio`|) with no more digits than it deserves."""
        if abs(log10_ratio) > math.log10(WORDS_END_AT):
            return self._("más de un millón de")
        return self.number(_two_digits(10 ** abs(log10_ratio)))

    def weight_in_words(self, log10_lr: float | None) -> str:
        """Say what a weight means: two explanations compared, and never a verdict."""
        if log10_lr is None or math.isnan(log10_lr):
            return self._("No se puede comparar: falta el dato en uno de los dos registros.")
        if log10_lr == -math.inf:
            return self._("Lo registrado no puede darse si son la misma persona.")
        if 10 ** abs(min(log10_lr, 9)) < EVEN_BELOW:
            return self._("No inclina la balanza hacia ningún lado.")
        if log10_lr > 0:
            said = self._(
                "El hallazgo es %(times)s veces más probable si son la misma persona."
            )
        else:
            said = self._(
                "El hallazgo es %(times)s veces más probable si son personas distintas."
            )
        return said % {"times": self.times(log10_lr)}

    def weight_short(self, log10_lr: float | None) -> str:
        """Write a weight for a column, with its sign: `+1.6`, `−0.4`, `—`."""
        if log10_lr is None or math.isnan(log10_lr):
            return "—"
        if math.isinf(log10_lr):
            return "−∞" if log10_lr < 0 else "+∞"
        sign = "−" if log10_lr < 0 else "+"
        digits = format_decimal(abs(log10_lr), "0.0", locale=self.locale)
        return f"{sign}{digits}" if float(f"{log10_lr:.1f}") else digits

    def _percent(self, share: float) -> str:
        """Below a tenth decimals matter; near the whole one keeps 99.6 from reading 100."""
        digits = 2 if share < A_TENTH else 1 if NEARLY_ALL < share < 1 else 0
        return self.percent(share, digits)

    def _short(self, first: date, last: date, start: str, end: str) -> str:
        """Write both ends by their patterns: of the first, what the last does not repeat."""
        ends = [format_date(day, end, locale=self.locale) for day in (first, last)]
        if ends[0] == ends[1]:
            return ends[0]
        return f"{format_date(first, start, locale=self.locale)} – {ends[1]}"

    def _open_range(self, first: date | None, last: date | None) -> str:
        if first is not None:
            return self._("desde el %(day)s") % {"day": self.day(first)}
        if last is not None:
            return self._("hasta el %(day)s") % {"day": self.day(last)}
        return self._("no registrado")

    def _years(self, first: date, last: date) -> str:
        if first.year == last.year:
            return str(first.year)
        return self._between_spans(str(first.year), str(last.year))

    def _months(self, first: date, last: date) -> str:
        end = format_skeleton("yMMMM", last, locale=self.locale)
        if (first.year, first.month) == (last.year, last.month):
            return end
        if first.year == last.year:
            start = format_date(first, "LLLL", locale=self.locale)
        else:
            start = format_skeleton("yMMMM", first, locale=self.locale)
        return self._between_spans(start, end)

    def _days(self, first: date, last: date) -> str:
        if (first.year, first.month) == (last.year, last.month):
            start = str(first.day)
        elif first.year == last.year:
            start = format_skeleton("MMMMd", first, locale=self.locale)
        else:
            start = self.day(first)
        said = self._("entre el %(first)s y el %(last)s")
        return said % {"first": start, "last": self.day(last)}

    def _between_spans(self, first: str, last: str) -> str:
        return self._("entre %(first)s y %(last)s") % {"first": first, "last": last}


def _is_whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _two_digits(ratio: float) -> float:
    """Round to two significant digits: 43.7 becomes 44, 1,530 becomes 1,500."""
    return round(ratio, 1 - math.floor(math.log10(ratio)))


def _reads_as(said: str, meant: Day) -> bool:
    """Say whether what is shown is read as the same day, should it come back as it is."""
    try:
        return read_written_day(said) == meant
    except NotADay:
        return False
