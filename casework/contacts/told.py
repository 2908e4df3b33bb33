"""Telephones that somebody told with a report: ways to call, once it is known when it is safe.

They are read out of what was written down, so that nobody types them twice. No number is
offered to be dialled before somebody confirmed with the person when they may be called.
"""

import re
from collections.abc import Iterable

LEAST_DIGITS = 7
MOST_DIGITS = 15  # ITU-T E.164
# Hours such as `08.00-12.00` and days such as `2026-03-09` look like telephones.
_NO_NUMBER = re.compile(
    r"\b\d{1,2}[.:]\d{2}\s*(?:-|–|a|y)\s*\d{1,2}[.:]\d{2}\b"
    r"|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
)
_NUMBER = re.compile(r"\+?\(?\d[\d ().\-–]{5,}\d")


def numbers_told(text: str) -> list[str]:
    """Read the telephones out of what somebody wrote, as they stand there, each once."""
    found = (each.strip() for each in _NUMBER.findall(_NO_NUMBER.sub(";", text)))
    by_digits = {digits_of(each): each for each in found}
    return [
        number
        for digits, number in by_digits.items()
        if LEAST_DIGITS <= len(digits) <= MOST_DIGITS
    ]


def not_yet_kept(text: str, kept: Iterable[str]) -> list[str]:
    """Leave out those that are kept as a way to call, or once were."""
    known = {digits_of(each) for each in kept}
    return [each for each in numbers_told(text) if digits_of(each) not in known]


def digits_of(number: str) -> str:
    """Take a number without what only makes it easy to read."""
    return "".join(each for each in number if each.isdecimal())
