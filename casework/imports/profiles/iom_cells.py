"""The cells of one incident, read one kind at a time; what is wrong is said on the row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from casework.imports.problems import Problem, Rule
from casework.imports.profiles import dates, places
from casework.imports.profiles.cells import (
    count_of_people,
    has_invisible,
    split_known,
    split_urls,
    tidy,
    whole_number,
)
from casework.imports.profiles.iom_layouts import CAUSE_WORDS, CAUSES
from casework.values import DateRange

_TYPES = {
    "Incident": "incident",
    "Split Incident": "split",
    "Cumulative Incident": "cumulative",
}
_NOT_A_COUNTRY = frozenset({"unknown", "mixed", "mixed or unknown", "stateless"})
_WITH_COMMAS = (
    *(name for name in CAUSES.values() if "," in name),
    "China, Hong Kong Special Administrative Region",
    "China, Macao Special Administrative Region",
)
_BLANKS_BECAME_ZERO = ("missing", "survivors", "females", "males", "children")
_DEGREE_KM = 80.0
"""Half the diagonal of a square of one degree at the equator, rounded: √2 · 111.3 / 2."""


class Counts(TypedDict):
    """How many people, as far as the source says."""

    dead: int | None
    missing: int | None
    survivors: int | None
    females: int | None
    males: int | None
    children: int | None


class Point(TypedDict, total=False):
    """Where, and how exactly."""

    lat: float
    lon: float
    radius_km: float
    location_precision: str


@dataclass(slots=True)
class Row:
    """A row under our names for its columns, gathering what is wrong with it."""

    columns: Mapping[str, str]
    cells: Mapping[str, str]
    found: list[Problem] = field(default_factory=list)

    def column(self, name: str) -> str:
        """Give the file's own name of a column; empty if this layout has none."""
        return self.columns.get(name, "")

    def raw(self, name: str) -> str:
        """Give the cell as it stands."""
        return self.cells.get(self.column(name), "")

    def text(self, name: str) -> str:
        """Give the cell on one line."""
        return tidy(self.raw(name))

    def note(self, rule: Rule, name: str, detail: str = "") -> None:
        """Say what is wrong with a cell."""
        self.found.append(Problem(rule, self.column(name), self.raw(name), detail))


def identifier(row: Row, name: str) -> str:
    """Read an id; invisible signs in it would make it another record's."""
    raw = row.raw(name)
    if has_invisible(raw) and not any(p.rule is Rule.BOM_INSIDE_ID for p in row.found):
        row.note(Rule.BOM_INSIDE_ID, name)
    return tidy(raw)


def when(row: Row) -> DateRange | None:
    """Read the day; without one the month or the year; without these the row stands aside."""
    text = row.text("date")
    day = dates.read_day(text)
    coarse = _month_or_year(row)
    if day is not None:
        _note_doubts(row, text, day.year)
        if dates.weekday_disagrees(text, day):
            row.note(Rule.WEEKDAY_DISAGREES, "date")
        return DateRange(day, day)
    if coarse is None:
        row.note(Rule.NO_DATE, "date")
        return None
    row.note(_why_coarse(row, text), "date", f"{coarse.earliest} – {coarse.latest}")
    return coarse


def _note_doubts(row: Row, text: str, year: int) -> None:
    if dates.is_excel_number(text):
        row.note(Rule.DATE_AS_EXCEL_NUMBER, "date")
    stated = dates.read_year(row.text("year"))
    if stated is not None and stated != year:
        row.note(Rule.YEAR_DISAGREES, "date")


def _why_coarse(row: Row, text: str) -> Rule:
    if not row.column("date"):
        return Rule.NO_DAY
    if not text:
        return Rule.DATE_BLANK
    return Rule.DATE_ZERO if whole_number(text) == 0 else Rule.DATE_UNREADABLE


def _month_or_year(row: Row) -> DateRange | None:
    year = dates.read_year(row.text("year"))
    if year is None:
        return None
    month = dates.month_number(row.text("month"))
    return dates.whole_month(year, month) if month else dates.whole_year(year)


def counts(row: Row, *, zero_is_blank: bool) -> Counts:
    """Read how many people; a blank is not recorded, never none."""
    read = {
        name: count_of_people(row.column(name), row.raw(name), row.found)
        for name in Counts.__annotations__
    }
    if zero_is_blank and any(read[name] == 0 for name in _BLANKS_BECAME_ZERO):
        row.note(Rule.BLANK_BECAME_ZERO, "missing")
        read.update({name: None for name in _BLANKS_BECAME_ZERO if read[name] == 0})
    _check_sums(row, read)
    return Counts(
        dead=read["dead"],
        missing=read["missing"],
        survivors=read["survivors"],
        females=read["females"],
        males=read["males"],
        children=read["children"],
    )


def _check_sums(row: Row, read: Mapping[str, int | None]) -> None:
    counted = (read["dead"] or 0) + (read["missing"] or 0)
    stated = whole_number(row.text("total"))
    negative = any(p.rule is Rule.NEGATIVE_MISSING for p in row.found)
    if stated is not None and stated != counted and not negative:
        row.note(Rule.TOTAL_DISAGREES, "total")
    people = counted if stated is None else stated
    if people == 0:
        row.note(Rule.NOBODY_COUNTED, "dead")
    elif (read["females"] or 0) + (read["males"] or 0) > people:
        row.note(Rule.SEXES_EXCEED_TOTAL, "females")
    if people and (read["children"] or 0) > people:
        row.note(Rule.CHILDREN_EXCEED_TOTAL, "children")


def several(row: Row, name: str) -> tuple[str, ...]:
    """Split a cell that may hold several values, and say when it did."""
    text = row.text(name)
    if "," not in text:
        return (text,) if text else ()
    parts = split_known(text, _WITH_COMMAS)
    if len(parts) > 1:
        row.note(Rule.SEVERAL_VALUES_IN_CELL, name)
    return parts


def joined(row: Row, name: str) -> str:
    """Keep all values of a cell in one text, parted as in the flat tables."""
    return "|".join(several(row, name))


def incident_type(row: Row) -> str:
    """Read single, split or cumulative; empty where the layout does not say."""
    kinds = several(row, "type")
    codes = [_TYPES[each] for each in kinds if each in _TYPES]
    if len(codes) < len(kinds):
        row.note(Rule.UNKNOWN_CODE, "type")
    return "|".join(codes)


def causes(row: Row) -> tuple[str, ...]:
    """List the causes in the source's own words."""
    return several(row, "cause")


def cause_codes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Put each cause into IOM's categories; what fits none is ``other``."""
    return tuple(dict.fromkeys(_cause_code(each) for each in words))


def _cause_code(words: str) -> str:
    for code, name in CAUSES.items():
        if words in (code, name):
            return code
    lower = words.lower()
    hits = (code for code, stems in CAUSE_WORDS if any(stem in lower for stem in stems))
    return next(hits, "other")


def country(row: Row) -> tuple[str | None, str]:
    """Read where it happened as alpha-2, beside the source's own words."""
    parts = several(row, "country")
    codes = [places.country_code(each) for each in parts]
    if any(code is None for code in codes):
        row.note(Rule.UNKNOWN_COUNTRY, "country")
    return (codes[0] if len(codes) == 1 else None), "|".join(parts)


def countries_of_origin(row: Row) -> tuple[str, ...]:
    """Read the countries people came from as alpha-2; unknown and mixed are none of them."""
    named = [
        part.strip()
        for each in several(row, "countries_of_origin")
        for part in each.split("/")
        if part.strip().lower() not in _NOT_A_COUNTRY
    ]
    codes = [places.country_code(each) for each in named]
    if None in codes:
        row.note(Rule.UNKNOWN_COUNTRY, "countries_of_origin")
    return tuple(dict.fromkeys(code for code in codes if code))


def point(row: Row, country_of_incident: str | None) -> Point:
    """Read where, held against the country the row names, else against its region."""
    region = row.text("region")
    words = row.text("country") if country_of_incident else region
    where = places.Where.of(words, country=country_of_incident, region=region)
    column, text = row.column("coordinates"), row.text("coordinates")
    read = places.checked_point(column, text, where, row.found)
    if read is None:
        return {"location_precision": "none"}
    if places.is_whole_degrees(text):
        row.note(Rule.ROUNDED_COORDINATES, "coordinates", f"{_DEGREE_KM:.0f}")
        return {
            "lat": read[0],
            "lon": read[1],
            "radius_km": _DEGREE_KM,
            "location_precision": "whole_degree",
        }
    return {"lat": read[0], "lon": read[1], "location_precision": "point"}


def urls(row: Row) -> tuple[str, ...]:
    """List the addresses of the articles behind the row."""
    return split_urls(row.raw("url"))


def source_quality(row: Row) -> tuple[int, ...]:
    """Read IOM's mark of its source, 1 to 5; several where the cell holds several."""
    marks = [whole_number(each) for each in several(row, "quality")]
    good = tuple(mark for mark in marks if mark is not None and 1 <= mark <= 5)  # noqa: PLR2004
    if len(good) < len(marks):
        row.note(Rule.UNKNOWN_CODE, "quality")
    return good
