"""Single cells of foreign tables: invisible signs, numbers, several values in one."""

import re
from collections.abc import Iterable

from casework.imports.problems import Problem, Rule

_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f")
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.\d*)?")
_COMMA = "\x00"
_URL_STARTS = re.compile(r"(?=https?://)")


def tidy(text: str) -> str:
    """Put a cell on one line, without invisible signs and doubled spaces."""
    seen = text if text.isascii() else text.translate(_INVISIBLE)
    return " ".join(seen.split())


def has_invisible(text: str) -> bool:
    """Tell whether `text` holds signs nobody sees, such as a mark of byte order."""
    return not text.isascii() and len(text.translate(_INVISIBLE)) != len(text)


def whole_number(text: str) -> int | None:
    """Read ``3`` and ``3.0``; anything else is `None`."""
    found = text.strip()
    return int(float(found)) if _WHOLE.fullmatch(found) else None


def decimal_number(text: str) -> float | None:
    """Read a number written with a point; anything else is `None`."""
    found = text.strip()
    return float(found) if _DECIMAL.fullmatch(found) else None


def count_of_people(column: str, text: str, found: list[Problem]) -> int | None:
    """Read a count; what is no count is not recorded, and said."""
    if not text.strip():
        return None
    number = whole_number(text)
    if number is None:
        found.append(Problem(Rule.NOT_A_NUMBER, column, text))
        return None
    if number < 0:
        missing = "missing" in column.lower()
        rule = Rule.NEGATIVE_MISSING if missing else Rule.NEGATIVE_COUNT
        found.append(Problem(rule, column, text))
        return None
    return number


def split_known(text: str, names_with_commas: Iterable[str]) -> tuple[str, ...]:
    """Split at commas, but never inside a name that has one itself."""
    for name in names_with_commas:
        text = text.replace(name, name.replace(",", _COMMA))
    parts = (part.strip().replace(_COMMA, ",") for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def split_urls(text: str) -> tuple[str, ...]:
    """Split a cell of addresses, which may hold commas themselves, where one begins."""
    parts = (part.strip(" ,;\n\t") for part in _URL_STARTS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def number_text(value: float) -> str:
    """Write a number as the flat tables do: ``170`` and ``170.2``."""
    return f"{value:.1f}".removesuffix(".0")
