"""The letters of a name as every keyboard has them: small, without accents, digits or signs."""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

FIRST, LAST = 0xC0, 0x17F
"""Latin letters with signs: the two blocks of Unicode that the languages of the routes use."""

TWO_LETTERS = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ĳ": "ij", "ŉ": "n"}
ONE_LETTER = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ĸ": "k"}
ONE_LETTER |= {"ŋ": "n", "ŀ": "l", "ſ": "s"}
JOINING = "'’ʼ`´"
"""Signs within a word: D'Angelo is one part, as many write it. Digits are noise of keys."""


def plain(words: str) -> str:
    """Write words in small letters without accents, one space between them.

    Parameters
    ----------
    words : str
        A name in any spelling; letters that are not Latin stay as they are.

    Returns
    -------
    str
        Letters and single spaces. Digits, apostrophes and combining accents are left out;
        every other sign parts two words.
    """
    kept = (_letter(sign) for sign in words)
    return " ".join("".join(kept).split())


def _letter(sign: str) -> str:
    folded = sign.lower() if sign.isascii() else folded_letters().get(ord(sign), sign)
    if sign in JOINING or "0" <= sign <= "9" or "\u0300" <= sign <= "\u036f":
        return ""
    if folded.isascii():
        return folded if folded.isalpha() else " "
    return folded if _is_letter(ord(sign)) else " "


def _is_letter(code: int) -> bool:
    """Whether a sign beyond Latin is taken for a letter: all but signs and punctuation."""
    return code > LAST and not 0x2000 <= code <= 0x206F  # noqa: PLR2004 - General Punctuation


@cache
def folded_letters() -> dict[int, str]:
    """Each Latin letter with a sign, by its code, as the one or two letters it is read as."""
    return {code: _folded(chr(code).lower()) for code in range(FIRST, LAST + 1)}


def _folded(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign)
    letters = "".join(each for each in bare if "a" <= each <= "z")
    return TWO_LETTERS.get(sign) or ONE_LETTER.get(sign) or letters or " "


@cache
def folding_table() -> NDArray[np.uint8]:
    """Give the same as bytes for the kernels, two for each code from `FIRST`; 0 for none."""
    table = np.zeros((LAST - FIRST + 1, 2), dtype=np.uint8)
    for code, letters in folded_letters().items():
        for at, letter in enumerate(letters):
            table[code - FIRST, at] = ord(letter)
    return table
