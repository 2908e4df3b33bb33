"""Numbers and names as they are compared: without signs, spaces, accents and particles."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from matching.evidence.accents import without_accents
from matching.records import Names, Numbered

SHORTEST_NUMBER = 5
"""Shorter numbers agree by chance too often to be anybody's."""
PHONE_DIGITS = 8
"""Last digits of a telephone that are compared: whether the country's code, a 0 or a 1 stands
before them differs from teller to teller. Eight is the length of numbers in Central America."""
SHORTEST_PART = 2
NEAR_FROM, NEARER_FROM = 4, 8
"""Letters from which one, and from which two, may differ in parts of names that are near."""

IMPLANTS = frozenset({"implant", "device", "pacemaker", "prosthesis", "serial"})
"""Schemes of numbers that are borne in the body and not in a pocket."""

_NO_DIGITS = re.compile(r"[^0-9]+")
_SIGNS = re.compile(r"[\W_]+")
_EMPTY_PARTS = "de del la las los el y e da do das dos di du von van der san santa"
_PARTICLES = frozenset(_EMPTY_PARTS.split())


def number_of(numbered: Numbered) -> str:
    """Bare a number of signs and spaces, in capitals; empty if too short to compare."""
    plain = _SIGNS.sub("", numbered.number).upper()
    return plain if len(plain) >= SHORTEST_NUMBER else ""


def phone_of(text: str) -> str:
    """Keep the last digits of a telephone; empty where there are too few."""
    digits = _NO_DIGITS.sub("", text)
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS - 1 else ""


def near_number(told: str, seen: str) -> bool:
    """Whether one slip of the pen lies between two numbers: a sign wrong, lost or swapped."""
    return told != seen and OSA.distance(told, seen, score_cutoff=1) == 1


@lru_cache(maxsize=65536)
def parts_of(text: str) -> tuple[str, ...]:
    """Distinct parts of a name, without accents and particles, in their order."""
    parts = (part for part in _SIGNS.split(without_accents(text)) if not part.isdecimal())
    telling = (part for part in parts if len(part) >= SHORTEST_PART and part not in _PARTICLES)
    return tuple(dict.fromkeys(telling))


def near_part(told: str, seen: str) -> bool:
    """Whether two different parts of names may be two spellings of one."""
    shorter = min(len(told), len(seen))
    most = (shorter >= NEAR_FROM) + (shorter >= NEARER_FROM)
    return told != seen and 0 < OSA.distance(told, seen, score_cutoff=most or 1) <= most


@lru_cache(maxsize=65536)
def legal_parts(names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parts of the given names, and of the surnames."""
    return parts_of(names.given_names), parts_of(f"{names.surname_1} {names.surname_2}")


@lru_cache(maxsize=65536)
def all_parts(names: Names) -> frozenset[str]:
    """Every part of every name."""
    given, surnames = legal_parts(names)
    other = (part for name in names.other_names for part in parts_of(name))
    return frozenset((*given, *surnames, *other))
