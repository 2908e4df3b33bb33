"""Ratios as laboratories write them: 3.2e6, 3,2 × 10^6, 1/250, one locus a line.

A sign between digits may part thousands or decimals; where it could be either, nobody guesses.
"""

import math
import re
from collections.abc import Iterator

from casework.kinship.told import AtLocus
from casework.web.languages import marked

AMBIGUOUS = marked(
    "«%(typed)s» puede leerse de dos maneras: escriba el número sin separar los miles, así: "
    "3200000 o 3.2e6."
)
UNREAD = marked("«%(typed)s» no se entiende: escriba un número, así: 3200000, 3.2e6 o 1/250.")
NEGATIVE = marked("Una razón de verosimilitud no es negativa: «%(typed)s».")
UNREAD_LINE = marked("«%(typed)s»: escriba en cada línea un locus y su número.")
TWICE = marked("El locus %(typed)s está dos veces.")
MOST_LOCI = 100
TOO_MANY = marked("Son más de cien loci: revise la lista.")
LARGEST = 300.0  # powers of ten; what is beyond is no ratio that anybody computed

_POWER = re.compile(r"[x×*·]10\^?\(?([+\-]?\d{1,3})\)?$")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"[+\-]?\d*[.,]?\d+(?:e[+\-]?\d{1,3})?|[+\-]?\d+[.,]")


class Unread(ValueError):
    """What was typed, and a sentence with a place for it."""

    def __init__(self, sentence: str, typed: str) -> None:
        super().__init__(sentence)
        self.sentence, self.typed = sentence, typed


def read_log10(typed: str, *, is_log10: bool) -> float:
    """Read a ratio, or its base-10 logarithm, as a logarithm; minus infinity for 0.

    Raises
    ------
    Unread
        If it is no number, could be two, or is no ratio.
    """
    text = _tidied(typed)
    if is_log10:
        value = _number(text, typed)
    elif "/" in text:
        above, _, below = text.partition("/")
        value = _log10(_number(above, typed), typed) - _log10(_number(below, typed), typed)
    else:
        value = _log10(_number(text, typed), typed)
    if math.isnan(value) or value == math.inf or (abs(value) > LARGEST and value != -math.inf):
        raise Unread(UNREAD, typed)
    return value


def read_loci(typed: str, *, is_log10: bool) -> tuple[AtLocus, ...]:
    """Read one locus a line, its ratio last; a name may hold spaces.

    Raises
    ------
    Unread
        If a line is no locus with a number, or a locus stands twice.
    """
    found = tuple(_loci(typed, is_log10=is_log10))
    if len(found) > MOST_LOCI:
        raise Unread(TOO_MANY, "")
    names = [each.name.casefold() for each in found]
    for each in found:
        if names.count(each.name.casefold()) > 1:
            raise Unread(TWICE, each.name)
    return found


def _loci(typed: str, *, is_log10: bool) -> Iterator[AtLocus]:
    for line in filter(None, map(str.strip, typed.splitlines())):
        name, _, number = line.replace("\t", " ").replace(";", " ").strip().rpartition(" ")
        if not name.strip() or len(name) > 40:  # noqa: PLR2004 - no locus is called so
            raise Unread(UNREAD_LINE, line[:60])
        value = read_log10(number, is_log10=is_log10)
        yield AtLocus(name.strip(" :=,"), None if value == -math.inf else value)


def _tidied(typed: str) -> str:
    """Take spaces off, and write powers and minus signs one way."""
    text = re.sub(r"\s", "", typed).replace("−", "-").replace("–", "-").casefold()
    return _POWER.sub(r"e\1", text)


def _number(text: str, typed: str) -> float:
    if _GROUPED.fullmatch(text):
        sign = re.sub(r"\d", "", text)
        whole = text.replace(sign[0], "") if sign[-1] == sign[0] else text
        text = whole if sign[-1] == sign[0] else text.replace(sign[0], "")
    elif _EITHER.fullmatch(text):
        raise Unread(AMBIGUOUS, typed)
    if not _PLAIN.fullmatch(text):
        raise Unread(UNREAD, typed)
    return float(text.replace(",", "."))


def _log10(ratio: float, typed: str) -> float:
    if ratio < 0:
        raise Unread(NEGATIVE, typed)
    return math.log10(ratio) if ratio > 0 else -math.inf
