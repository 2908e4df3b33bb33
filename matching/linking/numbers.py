"""Numbers of documents and telephones, made comparable: as words, a letter for each digit."""

import re
from functools import cache

SHORTEST_ID, SHORTEST_PHONE, LAST_DIGITS = 5, 7, 8
"""Fewer signs say too little; of telephones the last digits, as country codes come and go."""

_LETTER = {str(digit): chr(ord("a") + digit) for digit in range(10)}


@cache
def id_number_words(cell: str) -> tuple[str, ...]:
    """Read a list of ``scheme:number``.

    Parameters
    ----------
    cell : str
        Numbers parted by ``|``; the scheme is left aside, as clerks take one for another.

    Returns
    -------
    tuple of str
        One word for each number with a digit and `SHORTEST_ID` signs, not all the same.
    """
    numbers = (_signs(each.rpartition(":")[2]) for each in cell.split("|"))
    return tuple(_word(each) for each in numbers if _tells(each, SHORTEST_ID))


@cache
def phone_words(cell: str) -> tuple[str, ...]:
    """Read a list of telephones; one word for each of `SHORTEST_PHONE` digits or more."""
    numbers = (re.sub(r"\D", "", each) for each in cell.split("|"))
    telling = (each for each in numbers if _tells(each, SHORTEST_PHONE))
    return tuple(_word(each[-LAST_DIGITS:]) for each in telling)


def _signs(number: str) -> str:
    return re.sub(r"[^0-9a-z]", "", number.lower())


def _tells(number: str, shortest: int) -> bool:
    return (
        len(number) >= shortest
        and len(set(number)) > 1
        and re.search(r"\d", number) is not None
    )


def _word(number: str) -> str:
    """Write a number as a word that no name is: the engine's vocabulary holds words."""
    return "k" + "".join(_LETTER.get(sign, f"z{sign}") for sign in number)
