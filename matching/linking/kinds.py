"""What is compared of two records, and how each comparison may come out.

A level belongs to a *group*: what could be compared at all. Two surnames on both sides may both
agree; where one side has only one, nothing can be asked of the other. Given one person, the
probabilities of the levels of a group sum to one, so that what is missing weighs nothing.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

MOST_LEVELS = 16
"""Levels a kind may have: four bits of a pattern."""


class Kind(IntEnum):
    """What is compared, in the order of the bits of a pattern."""

    SURNAMES = 0
    GIVEN_NAMES = 1
    BIRTH = 2
    SEX = 3
    ORIGIN = 4
    MOTHER = 5
    FATHER = 6
    ID_NUMBERS = 7
    PHONES = 8

    @property
    def word(self) -> str:
        """The kind as the model file and the tables write it."""
        return self.name.lower()


SHARED_BY_RELATIVES = frozenset(
    (Kind.SURNAMES, Kind.ORIGIN, Kind.MOTHER, Kind.FATHER, Kind.PHONES)
)
"""What brothers and sisters have in common as often as a person with themselves."""


class Rarity(StrEnum):
    """Where the chance of an agreement is read."""

    NAMES = "names"
    DATES = "dates"
    PLACES = "places"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Level:
    """One way a comparison may come out: its name, and what could be compared."""

    name: str
    group: str


def _levels(group: str, names: str) -> tuple[Level, ...]:
    return tuple(Level(name, group) for name in names.split())


LEVELS: dict[Kind, tuple[Level, ...]] = {
    Kind.SURNAMES: (
        *_levels(
            "two",
            "both_same one_same_one_similar both_similar swapped one_same married one_similar "
            "moved different",
        ),
        *_levels("one", "only_same only_similar only_moved only_different"),
    ),
    Kind.GIVEN_NAMES: (
        *_levels(
            "as_many",
            "all_same all_similar some_same some_similar initials nickname different",
        ),
        *_levels(
            "fewer",
            "first_same first_similar other_same some_shared fewer_initials fewer_nickname "
            "fewer_different",
        ),
    ),
    Kind.BIRTH: (
        *_levels(
            "days",
            "same_day day_month_swapped day_or_month_same same_day_other_year same_year "
            "years_near years_apart",
        ),
        *_levels("years", "year_same year_within_two year_within_five year_further"),
    ),
    Kind.SEX: _levels("sex", "same different"),
    Kind.ORIGIN: (
        *_levels("place", "same_place similar_place place_differs place_and_country_differ"),
        *_levels("country", "same_country country_differs"),
    ),
    Kind.MOTHER: _levels("name", "same similar different"),
    Kind.FATHER: _levels("name", "same similar different"),
    Kind.ID_NUMBERS: _levels("number", "same near different"),
    Kind.PHONES: _levels("number", "same different"),
}
"""Levels by kind; level k of a pattern is the k-th, counted from 1. 0: nothing to compare."""


def level_number(kind: Kind, name: str) -> int:
    """Give the number of a level, from 1, as patterns hold it."""
    names = [level.name for level in LEVELS[kind]]
    return names.index(name) + 1
