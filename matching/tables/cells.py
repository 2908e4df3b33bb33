"""One cell of text, read as what its column says: a value, an answer without value, or wrong.

An empty cell never reaches these readers: it is *not recorded*.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import isfinite

from rapidfuzz import fuzz, process

from matching.codes import (
    COUNTRIES,
    STATELESS,
    Answer,
    ArticleItem,
    BodySite,
    Colour,
    MarkType,
    Side,
    ToothState,
)
from matching.records import Article, DateRange, Listed, Mark, Numbered, Tooth
from matching.tables.problems import Rule


@dataclass(frozen=True, slots=True)
class Told:
    """The cell says something."""

    value: object


@dataclass(frozen=True, slots=True)
class Untold:
    """The cell says why it says nothing."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Wrong:
    """The cell, or one item of its list, cannot be read."""

    rule: Rule
    value: str
    hint: str = ""


Reading = Told | Untold | Wrong
Reader = Callable[[str], Reading]

WITHOUT_VALUE = {
    "unknown": Answer.UNKNOWN,
    "refused": Answer.REFUSED,
    "none": Answer.ABSENT,
}
PERMANENT = 4
"""The first four quadrants are those of the permanent teeth."""
YEARS = (1850, 2100)
"""Whoever disappeared in living memory was born, lost and found between these; our choice."""

TEETH = frozenset(
    quadrant * 10 + tooth
    for quadrant in range(1, 9)
    for tooth in range(1, 9 if quadrant <= PERMANENT else 6)
)
"""Numbers of ISO 3950: 11 to 48 permanent, 51 to 85 milk teeth."""

SAID_OF_TEETH = {
    "present": ToothState.SOUND,
    "present_sound": ToothState.SOUND,
    "present_restored": ToothState.RESTORED,
    "filled": ToothState.RESTORED,
    "caries": ToothState.DECAYED,
    "fracture": ToothState.FRACTURED,
    "missing_ante_mortem": ToothState.MISSING,
    "extracted": ToothState.MISSING,
    "root_canal": ToothState.ROOT_FILLED,
    "impacted": ToothState.UNERUPTED,
    "unknown": ToothState.NOT_EXAMINED,
}
"""Other words for the same, from the minimum data set and from dentists' programs."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DATE_FORMS = "2014-05-03, 2014-05 or 2014"


def number(low: float, high: float) -> Reader:
    """Read a number between two bounds, both included."""

    def read(text: str) -> Reading:
        if (untold := _untold(text, may_be_none=False)) is not None:
            return untold
        if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
            return Wrong(Rule.NOT_A_NUMBER, text, "170 or 170.5")
        if not low <= float(text) <= high:
            return Wrong(Rule.OUT_OF_BOUNDS, text, f"{low:g} to {high:g}")
        return Told(float(text))

    return read


def code(codes: type[StrEnum], *, may_be_none: bool = False) -> Reader:
    """Read a member of a code list; case, spaces and hyphens do not matter."""

    def read(text: str) -> Reading:
        if (untold := _untold(text, may_be_none=may_be_none)) is not None:
            return untold
        member = _member(text, codes)
        return _not_a_code(text, codes) if member is None else Told(member)

    return read


def day(text: str) -> Reading:
    """Read a day, a month or a year as the days it covers."""
    if (untold := _untold(text, may_be_none=False)) is not None:
        return untold
    parts = _DATE.fullmatch(text)
    if parts is None:
        return Wrong(Rule.NOT_A_DATE, text, _DATE_FORMS)
    covered = _days(*(int(part) if part else 0 for part in parts.groups()))
    if covered is None:
        return Wrong(Rule.NOT_A_DATE, text, f"a day there is, as {_DATE_FORMS}")
    if not YEARS[0] <= covered.earliest.year <= YEARS[1]:
        return Wrong(Rule.OUT_OF_BOUNDS, text, f"the years {YEARS[0]} to {YEARS[1]}")
    return Told(covered)


def words(text: str) -> Reading:
    """Read free text."""
    return _untold(text, may_be_none=True) or Told(text)


def country(text: str) -> Reading:
    """Read a country's two letters."""
    if text.upper() in COUNTRIES:
        return Told(text.upper())
    untold = _untold(text, may_be_none=False)
    return untold or Wrong(Rule.NOT_A_COUNTRY, text, "they are those of ISO 3166-1, as HN")


def nationalities(text: str) -> Reading:
    """Read a list of countries, among which may stand `stateless`."""
    return _listed(text, _nationality)


def marks(text: str) -> Reading:
    """Read a list of `type:site:side:words`."""
    return _listed(text, _mark)


def articles(text: str) -> Reading:
    """Read a list of `item:colour:brand:words`."""
    return _listed(text, _article)


def teeth(text: str) -> Reading:
    """Read a chart, a list of `FDI:code`; a tooth charted twice must be charted alike.

    What follows the code after another colon, the surfaces and the material of a filling, is
    carried and not weighed.
    """
    reading = _listed(text, _tooth)
    if not isinstance(reading, Told) or not isinstance(reading.value, Listed):
        return reading
    states: dict[int, ToothState] = {}
    for tooth in reading.value:
        if states.setdefault(tooth.number, tooth.state) is not tooth.state:
            return Wrong(Rule.TOOTH_CHARTED_TWICE, text, str(tooth.number))
    return reading


def numbers_with_scheme(text: str) -> Reading:
    """Read a list of `scheme:number`; a number alone has no scheme."""
    return _listed(text, _numbered)


def phones(text: str) -> Reading:
    """Read a list of telephone numbers, as they were written."""
    return _listed(text, str)


def texts(text: str) -> Reading:
    """Read a list of free texts."""
    return _listed(text, str)


def _untold(text: str, *, may_be_none: bool) -> Untold | Wrong | None:
    answer = WITHOUT_VALUE.get(text.lower())
    if answer is Answer.ABSENT and not may_be_none:
        return Wrong(Rule.NONE_DOES_NOT_FIT, text)
    return Untold(answer) if answer else None


def _days(year: int, month: int, day_of_month: int) -> DateRange | None:
    """Days covered by a date whose month or day may be 0, that is unsaid."""
    try:
        earliest = date(year, month or 1, day_of_month or 1)
    except ValueError:
        return None
    last_month = month or 12
    last_day = day_of_month or monthrange(year, last_month)[1]
    return DateRange(earliest, date(year, last_month, last_day))


def _listed(text: str, read_item: Callable[[str], object]) -> Reading:
    if (answer := WITHOUT_VALUE.get(text.lower())) is not None:
        return Told(Listed((), answer))
    items = []
    for entry in filter(None, map(str.strip, text.split("|"))):
        if entry.lower() in WITHOUT_VALUE:
            return Wrong(Rule.ANSWER_AMONG_ITEMS, text, entry)
        item = read_item(entry)
        if isinstance(item, Wrong):
            return item
        items.append(item)
    return Told(Listed.of(*items))


def _nationality(entry: str) -> str | Wrong:
    if entry.lower() == STATELESS:
        return STATELESS
    found = country(entry)
    return found if isinstance(found, Wrong) else entry.upper()


@lru_cache(maxsize=4_000)
def _tooth(entry: str) -> Tooth | Wrong:
    number, said, *_ = (*entry.split(":"), "")  # surfaces and material are for people
    if not number.strip().isdecimal() or int(number) not in TEETH:
        return Wrong(Rule.NOT_A_TOOTH, entry, "the two digits of ISO 3950, as 16")
    state = _member(said, ToothState) or SAID_OF_TEETH.get(_plain(said))
    if state is None:
        return Wrong(Rule.NOT_A_CODE, entry, _not_a_code(said, ToothState).hint)
    return Tooth(int(number), ToothState(state))


def _numbered(entry: str) -> Numbered:
    scheme, _, number = entry.rpartition(":")
    return Numbered(scheme.strip().lower(), number.strip())


@lru_cache(maxsize=20_000)
def _mark(entry: str) -> Mark | Wrong:
    kind, site, side, said = _four_parts(entry)
    coded = (_part(kind, MarkType), _part(site, BodySite), _part(side, Side))
    for each in coded:
        if isinstance(each, Wrong):
            return each
    if coded[0] is None:
        return Wrong(Rule.NOT_A_CODE, entry, MarkType.OTHER)
    return Mark(*coded, said)  # type: ignore[arg-type]  # each was read with its own list


@lru_cache(maxsize=20_000)
def _article(entry: str) -> Article | Wrong:
    item, colour, brand, said = _four_parts(entry)
    coded = (_part(item, ArticleItem), _part(colour, Colour))
    for each in coded:
        if isinstance(each, Wrong):
            return each
    if coded[0] is None:
        return Wrong(Rule.NOT_A_CODE, entry, ArticleItem.OTHER)
    return Article(*coded, brand, said)  # type: ignore[arg-type]  # as above


def _four_parts(entry: str) -> tuple[str, str, str, str]:
    """Cut at the first three colons: the words that follow may hold more."""
    parts = [part.strip() for part in entry.split(":", 3)]
    first, second, third, fourth = (*parts, *[""] * (4 - len(parts)))
    return first, second, third, fourth


def _part(text: str, codes: type[StrEnum]) -> StrEnum | Wrong | None:
    """Read one coded part of an item; empty and unknown say nothing."""
    if text.lower() in ("", Answer.UNKNOWN):
        return None
    return _member(text, codes) or _not_a_code(text, codes)


@lru_cache(maxsize=4_000)
def _member(text: str, codes: type[StrEnum]) -> StrEnum | None:
    try:
        return codes(_plain(text))
    except ValueError:
        return None


def _not_a_code(text: str, codes: type[StrEnum]) -> Wrong:
    nearest = process.extractOne(_plain(text), list(codes), scorer=fuzz.ratio)
    return Wrong(Rule.NOT_A_CODE, text, str(nearest[0]))


def _plain(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")
