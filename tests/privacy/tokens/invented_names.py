"""Names nobody bears, drawn as often as their parts are, and how names get bent."""

import csv
import random
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from privacy.tokens.spelling import Name

COUNTRIES = ("MX", "HN", "GT", "SV", "VE", "CO", "EC", "HT", "CU", "PE")
LETTERS = "abcdefghijlmnoprstuvz"
HEARD = (
    ("z", "s"),
    ("c", "s"),
    ("v", "b"),
    ("b", "v"),
    ("ll", "y"),
    ("y", "ll"),
    ("h", ""),
    ("j", "g"),
    ("qu", "k"),
    ("i", "y"),
)


@cache
def lists(kind, country):
    path = files("casework.demonstration") / "data" / f"{kind}.csv"
    rows = [
        row
        for row in csv.DictReader(path.read_text("utf-8").splitlines())
        if row["country"] == country
    ]
    return [row["name"] for row in rows], [float(row["n"]) for row in rows]


def draw(chance, kind, country, count):
    names, weights = lists(kind, country)
    return chance.choices(names, weights, k=count)


def invented_names(count: int, seed: int = 7) -> list[Name]:
    """Draw names, half of them Mexican; some have two given names, some one surname only."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    made = []
    for country in COUNTRIES:
        share = count // 2 if country == "MX" else (count - count // 2) // (len(COUNTRIES) - 1)
        given = draw(chance, "given_names", country, 2 * share)
        family = draw(chance, "surnames", country, 2 * share)
        for at in range(share):
            both = " ".join(given[2 * at : 2 * at + 1 + (chance.random() < 0.3)])
            second = "" if chance.random() < 0.15 else family[2 * at + 1]
            made.append(Name(both, family[2 * at], second))
    while len(made) < count:
        made.append(made[chance.randrange(len(made))])
    chance.shuffle(made)
    return made


def _whole(name: Name) -> list[str]:
    return f"{name.given} {name.surname_1} {name.surname_2}".split()


def as_written(_chance: random.Random, name: Name) -> str:
    return " ".join(_whole(name))


def with_a_typo(chance: random.Random, name: Name) -> str:
    """Bend one letter of one part: another, one more, one less, or two swapped."""
    words = _whole(name)
    which = max(range(len(words)), key=lambda at: (len(words[at]) > 3, chance.random()))
    words[which] = bent(chance, words[which])
    return " ".join(words)


def bent(chance, word):
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def as_heard(chance: random.Random, name: Name) -> str:
    """Write every part as somebody who only heard it might."""
    text = as_written(chance, name).lower()
    for written, heard in HEARD:
        if chance.random() < 0.5:
            text = text.replace(written, heard)
    return text


def surnames_swapped(_chance: random.Random, name: Name) -> str:
    return f"{name.surname_2} {name.surname_1} {name.given}"


def without_second_surname(_chance: random.Random, name: Name) -> str:
    return f"{name.given.split()[0]} {name.surname_1}"


def with_an_initial(_chance: random.Random, name: Name) -> str:
    return f"{name.given[0]}. {name.surname_1} {name.surname_2}"


def short_and_bent(chance: random.Random, name: Name) -> str:
    """Give one name and one surname only, and one of them misspelt."""
    given = name.given.split()[0]
    if chance.random() < 0.5 and len(given) > 3:
        return f"{bent(chance, given)} {name.surname_1}"
    return f"{given} {bent(chance, name.surname_1)}"


CORRUPTIONS: dict[str, Callable[[random.Random, Name], str]] = {
    "as written": as_written,
    "one typo": with_a_typo,
    "as heard": as_heard,
    "surnames swapped": surnames_swapped,
    "without second surname": without_second_surname,
    "initial for given name": with_an_initial,
    "two parts, one typo": short_and_bent,
}
