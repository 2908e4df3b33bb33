"""Invented people as they are, before anybody describes them."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from casework.demonstration.appearance import ArticleOn, MarkOn, draw_articles, draw_marks
from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.shipped import (
    BORROWED_NAMES,
    given_names,
    nicknames,
    surnames,
    wording,
    world,
)

GROWN_AT = 18
YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called, and their parents."""

    given: str
    surname_1: str
    surname_2: str
    nickname: str
    mother: str
    father: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    nationality: str
    sex: str
    born: date
    names: Names
    birth_place: str
    stature_cm: float  # grown, before shrinking with age
    build: str
    hair: str
    eyes: str
    handedness: str
    blood_group: str
    marks: tuple[MarkOn, ...]
    articles: tuple[ArticleOn, ...]
    phone: str
    document: str

    def age_on(self, day: date) -> float:
        """Years lived on a day."""
        return (day - self.born).days / YEAR

    def stature_on(self, day: date) -> float:
        """Stature in cm on a day: children grow, the old shrink."""
        age = self.age_on(day)
        if age < GROWN_AT:
            grown = max(age, 0.0) / GROWN_AT
            return self.stature_cm * (0.45 + 0.55 * math.pow(grown, 0.8))
        yearly = world()["people"]["shrinkage_cm_per_year_after_45"]
        return float(self.stature_cm - yearly * max(0.0, age - 45))

    def weight_on(self, day: date) -> float:
        """Weight in kg on a day, by build."""
        slimmer = 0.85 if self.age_on(day) < GROWN_AT else 1.0
        bmi = world()["people"]["bmi"][self.build] * slimmer
        return float(bmi * (self.stature_on(day) / 100) ** 2)


def draw_person(
    dice: Dice, nationality: str, lost_on: date, family: Person | None = None
) -> Person:
    """Invent someone of a nationality who was lost on a day; `family` gives their surnames."""
    numbers = world()["people"]
    sex = _sex(dice, numbers)
    body_sex = sex if sex != "intersex" else dice.one_of(("female", "male"))
    age = dice.along(numbers["age_knots"])
    return Person(
        nationality=nationality,
        sex=sex,
        born=lost_on - timedelta(days=round(age * YEAR)),
        names=_names(dice, nationality, body_sex, family),
        birth_place=dice.one_of(wording()["birth_places"][nationality]),
        stature_cm=_stature(dice, nationality, body_sex),
        build=dice.draw(_table("build")),
        hair=_hair(dice, body_sex, age),
        eyes=dice.draw(_table("eyes")),
        handedness="left" if dice.chance(numbers["left_handed"]) else "right",
        blood_group=dice.draw(_table("blood")),
        marks=draw_marks(dice, body_sex, age),
        articles=draw_articles(dice),
        phone=_phone(dice),
        document=f"dni:INV{dice.whole(0, 99_999_999):08d}",
    )


@cache
def _table(name: str) -> Weighted[str]:
    return Weighted.of(world()["people"][name])


def _sex(dice: Dice, numbers: dict[str, Any]) -> str:
    if dice.chance(numbers["intersex"]):
        return "intersex"
    return "female" if dice.chance(numbers["women"]) else "male"


def _stature(dice: Dice, nationality: str, sex: str) -> float:
    numbers = world()["people"]
    mean = numbers["men_cm"][nationality]
    if sex == "female":
        mean -= numbers["women_shorter_cm"]
    return dice.normal(mean, numbers["stature_sd_cm"][sex])


def _hair(dice: Dice, sex: str, age: float) -> str:
    numbers = world()["people"]
    colour = dice.draw(_table("hair"))
    if sex == "male" and age > 35 and dice.chance(numbers["bald"]):  # noqa: PLR2004 - world.toml names it beside the share
        return "bald"
    return "grey" if age > numbers["grey_from"] and dice.chance(0.6) else colour


def _phone(dice: Dice) -> str:
    """Invent a number nobody can have: no subscriber's number begins with three zeros."""
    return f"+000{dice.whole(0, 99_999_999):08d}"


def _surname(dice: Dice, country: str) -> str:
    if dice.chance(BORROWED_NAMES.get(country, 0.0)):
        return dice.draw(surnames("MX"))
    return dice.draw(surnames(country))


def _given(dice: Dice, country: str, sex: str) -> str:
    if dice.chance(BORROWED_NAMES.get(country, 0.0)):
        return dice.draw(given_names("MX", sex))
    first = dice.draw(given_names(country, sex))
    second = dice.draw(given_names(country, sex))
    two = dice.chance(world()["people"]["pronounced_second_name"])
    return f"{first} {second}" if two and first != second and " " not in first else first


def _names(dice: Dice, country: str, sex: str, family: Person | None) -> Names:
    """Name a person and their parents; in Brazil the mother's surname stands first."""
    fathers, mothers = _surname(dice, country), _surname(dice, country)
    if family is not None:
        fathers = family.names.father.split(" ", 1)[1]
        mothers = family.names.mother.split(" ", 1)[1]
    given = _given(dice, country, sex)
    order = {"BR": (mothers, fathers), "HT": (fathers, "")}.get(country, (fathers, mothers))
    short = nicknames().get(given.split()[0], [])
    return Names(
        given=given,
        surname_1=order[0],
        surname_2=order[1],
        nickname=dice.one_of(short) if short else "",
        mother=f"{dice.draw(given_names(country, 'female')).split()[0]} {mothers}",
        father=f"{dice.draw(given_names(country, 'male')).split()[0]} {fathers}",
    )
