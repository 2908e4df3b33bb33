"""Whether two parts of names may be one, spelt by two clerks: the definition, to be read."""

from enum import StrEnum

from matching.names.sounds import sound_of

LONG = 8
"""From so many letters on, two slips of the hand still leave a name that can be told."""
SHORT = 4
"""Below so many letters every name is one slip from many others: only equal ones agree."""


class Nearness(StrEnum):
    """How near two parts are; each is asked only where the one before does not hold."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"


def nearness(left: str, right: str) -> Nearness:
    """Say how near two parts of names are.

    Parameters
    ----------
    left, right : str
        Plain letters, not empty.

    Returns
    -------
    Nearness
        *Same*: the same letters. *Similar*: heard alike (`sound_of`); or, of `SHORT` letters
        and more, one slip apart, or two where both have `LONG` letters and more; or the
        shorter, of five letters and more, begins or ends the longer (`cruz` is too short,
        `ponce` is part of `ponceleon`). Parts that are not in Latin letters are the same or
        different.
    """
    if left == right:
        return Nearness.SAME
    if not (left.isascii() and right.isascii()):
        return Nearness.DIFFERENT
    if sound_of(left) == sound_of(right) or _one_slip(left, right) or _part_of(left, right):
        return Nearness.SIMILAR
    return Nearness.DIFFERENT


def _one_slip(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    if shorter < SHORT:
        return False
    return edit_distance(left, right) <= (2 if shorter >= LONG else 1)


def _part_of(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) > SHORT and (long.startswith(short) or long.endswith(short))


def edit_distance(left: str, right: str) -> int:
    """Count the fewest letters left out, put in, exchanged, or swapped with their neighbour.

    Parameters
    ----------
    left, right : str

    Returns
    -------
    int
        The restricted Damerau–Levenshtein distance: no letter is touched twice.

    Notes
    -----
    Oommen, Loke (1997), *Pattern recognition of strings with substitutions, insertions,
    deletions and generalized transpositions*. Method: ``docs/methods/names.md``.
    """
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, before_last[j - 2] + 1)
            row.append(best)
        before_last, last = last, row
    return last[-1]
