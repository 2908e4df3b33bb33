"""A day as somebody writes it while listening: 2001-05-14, 14/5/2001, 14 de mayo de 2001.

The languages of the pages are read together: nobody chooses one before writing. What can be
read in two ways, as 9/3/2021 is in Tegucigalpa and in Tucson, is asked back and never guessed.
"""

import re
import unicodedata

from casework.web.languages import marked

YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
YEAR_LAST = re.compile(r"(?:(\d{1,2})([/.-]))?(\d{1,2})[/.-](\d{4})", re.ASCII)
WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
BETWEEN = frozenset(
    {"de", "del", "el", "le", "of", "the", "do", "dia", "jou", "th", "st", "nd", "rd"}
)
MONTHS = (
    ("enero", "january", "janeiro", "janvier", "janvye"),
    ("febrero", "february", "fevereiro", "fevrier", "fevriye"),
    ("marzo", "march", "marco", "mars", "mas"),
    ("abril", "april", "avril"),
    ("mayo", "may", "maio", "mai", "me"),
    ("junio", "june", "junho", "juin", "jen"),
    ("julio", "july", "julho", "juillet", "jiye"),
    ("agosto", "august", "aout", "out"),
    ("septiembre", "setiembre", "september", "setembro", "septembre", "septanm"),
    ("octubre", "october", "outubro", "octobre", "oktob"),
    ("noviembre", "november", "novembro", "novembre", "novanm"),
    ("diciembre", "december", "dezembro", "decembre", "desanm"),
)
SHORTEST = 3  # letters that stand for a month
TWO_WAYS = marked(
    "Esa fecha se lee de dos maneras: escriba el mes con letras, por ejemplo 9 mar 2021."
)
NO_DAY = marked("Escriba la fecha como 2021-03-09, 9 mar 2021, marzo 2021 o 2021.")

Day = tuple[int, int | None, int | None]


class NotADay(ValueError):
    """What was written is no day, month or year; the message is a sentence to be translated."""


def read_written_day(text: str) -> Day:
    """Read a year, with its month and day as far as they are written.

    Raises
    ------
    NotADay
        If it cannot be read, or in more than one way. Whether the day exists is not asked.
    """
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return year or 0, month, day
    if found := YEAR_LAST.fullmatch(text):
        first, _, second, year_written = found.groups()
        return _of_numbers(first, second, int(year_written))
    return _of_words(WORD_OR_NUMBER.findall(_plain(text)))


def _of_numbers(first: str | None, second: str, year: int) -> Day:
    if first is None:
        return year, int(second), None
    one, other = int(first), int(second)
    if max(one, other) <= len(MONTHS) and one != other:
        raise NotADay(TWO_WAYS)
    # Of two numbers the one that can be no month is the day.
    return (year, one, other) if other > len(MONTHS) else (year, other, one)


def _of_words(said: list[str]) -> Day:
    words = [each for each in said if not each.isdecimal() and each not in BETWEEN]
    numbers = [each for each in said if each.isdecimal()]
    if len(words) != 1 or not numbers or len(numbers[-1]) != len("2021"):
        raise NotADay(NO_DAY)
    *days, year = map(int, numbers)
    if len(days) > 1:
        raise NotADay(NO_DAY)
    return year, _month(words[0]), days[0] if days else None


def _month(word: str) -> int:
    meant = {
        number
        for number, names in enumerate(MONTHS, start=1)
        if word in names
        or (len(word) >= SHORTEST and any(name.startswith(word) for name in names))
    }
    if len(meant) != 1:
        raise NotADay(TWO_WAYS if meant else NO_DAY)
    return meant.pop()


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
