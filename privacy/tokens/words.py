"""What of a text becomes a token: its words as they sound, and the numbers in it.

A number is found however it is spaced: `0801-1990-12345` and `0801 1990 12345` are one, and a
telephone is found with and without its country. A word of a description is found by how it
sounds, in one form for one and for many. Nothing here looks at records: what a token is made
of follows from the text alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from privacy.tokens.frequencies import tells_itself
from privacy.tokens.spelling import plain, sound_of

SHORTEST_WORD = 3
SHORTEST_NUMBER = 5  # digits; a shorter one is a year, an age or a house
TELEPHONE = 8  # digits at the end of a telephone that say whose it is, in all of the Americas
MOST_OF_A_TEXT = 400  # traits; a longer text is found by its beginning
# Said of anybody and anything, in the languages of the pages: they find nobody.
_SAID_OF_ANYTHING = """
    con del las los por que una uno unas unos para como mas muy sin sobre entre desde hasta
    este esta ese esa the and with for from that was were not com dos das uma uns umas pelo
    pela nao les des une dans avec pour sur est pas nan yon pou sou
"""
_EMPTY = frozenset(_SAID_OF_ANYTHING.split())
# Digits with whatever people put between them; at most two such signs in a row.
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){4,}")
# Letters and digits of one number, such as AB-123456 or PM-2021-034.
_CODE = re.compile(r"[^\W_]+(?:[.\-/][^\W_]+)*")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_WORD = re.compile(r"[a-z]+")


def number_traits(text: str) -> Iterator[str]:
    """Give a trait for each number, code and address of mail that stands in a text."""
    for mail in _MAIL.findall(text):
        yield f"mail:{mail.casefold()}"
    for found in _NUMBER.findall(text):
        digits = re.sub(r"\D", "", found)
        yield f"number:{digits}"
        if len(digits) >= TELEPHONE:
            yield f"end:{digits[-TELEPHONE:]}"
    for found in _CODE.findall(_MAIL.sub(" ", text)):
        code = re.sub(r"[^0-9A-Z]", "", plain(found).upper())
        if (
            len(code) >= SHORTEST_NUMBER
            and re.search(r"\d", code)
            and re.search(r"[A-Z]", code)
        ):
            yield f"number:{code}"


def whole_number(text: str) -> Iterator[str]:
    """Give the trait of the number of a file or a paper, short as it may be."""
    code = re.sub(r"[^0-9A-Z]", "", plain(text).upper())
    if len(code) >= SHORTEST_WORD:
        yield f"number:{code}"


def part_traits(reference: str) -> Iterator[str]:
    """Give a trait for each half of a reference: people read out `7K3Q` of MP-7K3Q-D9XT."""
    for part in reference.split("-")[1:]:
        yield f"part:{part.upper()}"


def word_traits(text: str, *, names_too: bool = True) -> Iterator[str]:
    """Give a trait for each word that says something.

    Without `names_too`, words that sound like a frequent part of a name are left out: of a
    text that tells of people, their tokens could be read by counting.
    """
    for word in words_in(text):
        if names_too or not tells_itself(sound_of(word)):
            yield f"word:{heard(word)}"


def code_trait(list_key: str, code: str) -> str:
    """Give the trait of a code that stands for what others write out, such as a motif."""
    return f"code:{list_key}.{code}"


def words_in(text: str) -> Iterator[str]:
    """Give the words of a text that say something, in plain letters."""
    for word in _WORD.findall(plain(text)):
        if len(word) >= SHORTEST_WORD and word not in _EMPTY:
            yield word


@lru_cache(maxsize=65536)
def heard(word: str) -> str:
    """Give how a word sounds, whether it speaks of one or of many."""
    return sound_of(re.sub(r"(?<=.{4})s$", "", word))
