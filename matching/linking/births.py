"""When somebody was born, as a clerk wrote it: to the day, the year, or within some years."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

NEW_YEAR = 32 + 1
"""1 January, as `Birth.day` writes it: what most systems make of "only the year is known"."""

YEARS = (1850, 2100)
WIDEST = 15
"""A birth within more years than these tells nobody apart; our choice."""


@dataclass(frozen=True, slots=True)
class Birth:
    """Years from the first to the last possible, 0 if not known; ``day`` is 32 × month + day.

    The day is 0 where only years are known, and where it is said to be 1 January.
    """

    first_year: int = 0
    last_year: int = 0
    day: int = 0


@cache
def birth_of(written_from: str, written_to: str) -> Birth:
    """Read a birth date.

    Parameters
    ----------
    written_from, written_to : str
        ISO dates, months or years; either may be empty. What is no date says nothing.

    Returns
    -------
    Birth
    """
    first, last = _date(written_from), _date(written_to)
    first, last = first or last, last or first
    if first is None or last is None or not 0 <= last[0] - first[0] <= WIDEST:
        return Birth()
    day = first[1] if first == last and first[1] != NEW_YEAR else 0
    return Birth(first[0], last[0], day)


def _date(written: str) -> tuple[int, int] | None:
    """Give year and day of a date; day 0 where no day was said."""
    pieces = written.strip().split("-")
    if not all(piece.isdigit() for piece in pieces) or not 1 <= len(pieces) <= 3:  # noqa: PLR2004 - year, month, day
        return None
    year, month, day = (int(piece) for piece in (*pieces, "0", "0")[:3])
    if not YEARS[0] <= year <= YEARS[1] or month > 12 or day > 31:  # noqa: PLR2004 - months, days
        return None
    return year, 32 * month + day if month and day else 0


def births_of(
    written_from: tuple[NDArray[np.int64], list[str]],
    written_to: tuple[NDArray[np.int64], list[str]],
) -> NDArray[np.int32]:
    """Read two columns, each as numbers and distinct cells.

    Returns
    -------
    int32 array, shape (n, 3)
        First year, last year, day.
    """
    (first, firsts), (last, lasts) = written_from, written_to
    pairs, which = np.unique(first * len(lasts) + last, return_inverse=True)
    births = [birth_of(firsts[pair // len(lasts)], lasts[pair % len(lasts)]) for pair in pairs]
    table = np.array([(b.first_year, b.last_year, b.day) for b in births], dtype=np.int32)
    return table[which]
