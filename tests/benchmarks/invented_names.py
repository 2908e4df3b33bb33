"""People whose names are written down more than once, by clerks who err: who is who is known.

An invented world for measuring how records are linked. Nobody in it exists. Names are drawn
by how common they are in fifteen countries; a fifth of the people are brothers and sisters
of another, with the same surnames, parents and birth place; and a few share a whole name
with somebody by chance alone. What a clerk does to a name is written here in terms of ears,
keys and habits. The engine's model knows nothing of this file, and this file nothing of it:
the shares below are our choice and were not fitted to any result.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casework.demonstration.dice import Weighted
from casework.demonstration.shipped import (
    BORROWED_NAMES,
    given_names,
    nicknames,
    surnames,
    wording,
)

COLUMNS = (
    "record_id",
    "given_names",
    "surname_1",
    "surname_2",
    "other_names",
    "sex",
    "birth_from",
    "birth_to",
    "birth_place",
    "nationality",
    "mother_name",
    "father_name",
)
NATIONALITIES = Weighted.of(
    {"HN": 20, "GT": 20, "MX": 16, "VE": 14, "SV": 9, "NI": 5, "CO": 4, "EC": 4}
    | {"CU": 3, "HT": 2, "BR": 1, "DO": 1, "PE": 1}
)
COPIES = Weighted.of({1: 66, 2: 22, 3: 9, 4: 3})
SIBLING = 0.2
EARS = (
    *(("b", "v"), ("v", "b"), ("s", "z"), ("z", "s"), ("s", "c"), ("ce", "se"), ("ci", "si")),
    *(("h", ""), ("y", "ll"), ("ll", "y"), ("g", "j"), ("j", "g"), ("i", "y"), ("y", "i")),
    *(("x", "j"), ("qu", "k"), ("c", "k"), ("m", "n"), ("n", "m"), ("u", "o"), ("e", "i")),
    *(("ñ", "n"), ("rr", "r"), ("th", "t"), ("ph", "f"), ("ou", "u"), ("ai", "e"), ("o", "u")),
)
KEYBOARD = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
ABBREVIATED = {
    "María": "Ma.",
    "Francisco": "Fco.",
    "Guadalupe": "Gpe.",
    "Hernández": "Hdez",
    "Rodríguez": "Rdz.",
    "González": "Glez",
    "Martínez": "Mtz",
    "Fernández": "Fdez",
}
PLAIN = str.maketrans("áéíóúüàèìòùâêîôûäëïöçãõÁÉÍÓÚÜÑ", "aeiouuaeiouaeiouaeiocaoAEIOUUN")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, as the civil register would have them."""

    nationality: str
    sex: str
    given: str
    surname_1: str
    surname_2: str
    mother: str
    father: str
    birth_place: str
    year: int
    month: int
    day: int
    nickname: str
    husband: str


def invented_records(count: int, seed: int) -> tuple[list[dict[str, str]], list[int]]:
    """Invent `count` records in random order, and of each the number of its person."""
    chance = random.Random(seed)  # noqa: S311 - an invented world, not a secret
    rows: list[dict[str, str]] = []
    persons: list[int] = []
    for number, person in enumerate(_people(chance)):
        for copy in range(_drawn(chance, COPIES)):
            rows.append(_written(chance, person, first=copy == 0))
            persons.append(number)
        if len(rows) >= count:
            break
    order = list(range(count))
    chance.shuffle(order)
    named = [{"record_id": f"L{at:07d}", **rows[old]} for at, old in enumerate(order)]
    return named, [persons[old] for old in order]


def _drawn(chance, weighted):
    from bisect import bisect_right  # noqa: PLC0415 - only the draw needs it

    return weighted.items[bisect_right(weighted.sums, chance.random() * weighted.sums[-1])]


def _people(chance: random.Random) -> Iterator[Person]:
    family: Person | None = None
    while True:
        sibling = family is not None and chance.random() < SIBLING
        family = _sibling(chance, family) if sibling else _person(chance)
        yield family


def _person(chance) -> Person:
    country = _drawn(chance, NATIONALITIES)
    sex = "female" if chance.random() < 0.3 else "male"
    father, mother = _surname(chance, country), _surname(chance, country)
    surname_1, surname_2 = (mother, father) if country == "BR" else (father, mother)
    given = _given(chance, country, sex)
    return Person(
        nationality=country,
        sex=sex,
        given=given,
        surname_1=surname_1,
        surname_2="" if country == "HT" else surname_2,
        mother=f"{_given(chance, country, 'female')} {mother}",
        father=f"{_given(chance, country, 'male')} {father}",
        birth_place=chance.choice(wording()["birth_places"][country]),
        year=_year(chance),
        month=chance.randint(1, 12),
        day=chance.randint(1, 28),
        nickname=_nickname(chance, given),
        husband=_surname(chance, country) if sex == "female" else "",
    )


def _sibling(chance, family: Person) -> Person:
    sex = "female" if chance.random() < 0.3 else "male"
    given = _given(chance, family.nationality, sex)
    while given == family.given:
        given = _given(chance, family.nationality, sex)
    return replace(
        family,
        sex=sex,
        given=given,
        year=family.year + chance.choice((-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)),
        month=chance.randint(1, 12),
        day=chance.randint(1, 28),
        nickname=_nickname(chance, given),
        husband=_surname(chance, family.nationality) if sex == "female" else "",
    )


def _surname(chance, country):
    borrowed = chance.random() < max(BORROWED_NAMES.get(country, 0.0), 0.3)
    name = _drawn(chance, surnames("MX" if borrowed and country != "HT" else country))
    return f"de la {name}" if chance.random() < 0.006 else name


def _given(chance, country, sex):
    borrowed = chance.random() < BORROWED_NAMES.get(country, 0.0)
    first = _drawn(chance, given_names("MX" if borrowed else country, sex))
    second = _drawn(chance, given_names(country, sex))
    two = " " not in first and first != second and chance.random() < 0.55
    return f"{first} {second}" if two else first


def _nickname(chance, given):
    short = nicknames().get(given.split()[0], [])
    return chance.choice(short) if short else ""


def _year(chance):
    return 2022 - min(max(int(chance.gammavariate(7, 4.3)), 0), 90)


def _written(chance, person: Person, *, first: bool) -> dict[str, str]:
    """Write a person down once; the first report is the most careful one."""
    care = 0.45 if first else 1.0
    given, surname_1, surname_2, nick = _said_name(chance, person, care)
    born_from, born_to = _born(chance, person, care)
    sex = person.sex if chance.random() > 0.006 else ""
    wrong = {"female": "male", "male": "female"}
    return {
        "given_names": _spelt(chance, given, care),
        "surname_1": _spelt(chance, surname_1, care),
        "surname_2": _spelt(chance, surname_2, care),
        "other_names": nick,
        "sex": wrong[person.sex] if chance.random() < 0.004 * care else sex,
        "birth_from": born_from,
        "birth_to": born_to,
        "birth_place": _maybe(chance, 0.55, lambda: _spelt(chance, person.birth_place, care)),
        "nationality": _maybe(chance, 0.9, lambda: _nationality(chance, person)),
        "mother_name": _maybe(chance, 0.5, lambda: _parent(chance, person.mother, care)),
        "father_name": _maybe(chance, 0.4, lambda: _parent(chance, person.father, care)),
    }


def _maybe(chance, share, say):
    return say() if chance.random() < share else ""


def _nationality(chance, person):
    return person.nationality if chance.random() > 0.02 else _drawn(chance, NATIONALITIES)


def _said_name(chance, person, care):
    given, nick = _said_given(chance, person, care)
    surname_1, surname_2 = person.surname_1, person.surname_2
    luck = chance.random() / care
    if person.husband and chance.random() < 0.1 * care:
        surname_2 = chance.choice((person.husband, f"de {person.husband}"))
    elif luck < 0.16:
        surname_2 = ""
    elif luck < 0.18:
        surname_1, surname_2 = surname_2 or surname_1, ""
    elif luck < 0.21 and surname_2:
        surname_1, surname_2 = surname_2, surname_1
    elif luck < 0.25:
        surname_1, surname_2 = f"{surname_1} {surname_2}".strip(), ""
    elif luck < 0.255:
        given, surname_1, surname_2 = f"{given} {surname_1} {surname_2}".strip(), "", ""
    return given, surname_1, surname_2, nick


def _said_given(chance, person, care):  # noqa: PLR0911 - one line for each habit
    parts, luck = person.given.split(), chance.random() / care
    nick = person.nickname if chance.random() < 0.15 else ""
    if luck < 0.05 and person.nickname:
        return person.nickname, nick
    if len(parts) == 1:
        return person.given, nick
    if luck < 0.27:
        return parts[0], nick
    if luck < 0.31:
        return parts[-1], nick
    if luck < 0.35:
        return f"{parts[0]} {parts[-1][0]}.", nick
    if luck < 0.37:
        return " ".join(reversed(parts)), nick
    return person.given, nick


def _parent(chance, name, care):
    parts, luck = name.split(), chance.random()
    if luck < 0.25:
        name = parts[0]
    elif luck < 0.4 and len(parts) > 2:
        name = f"{parts[0]} {parts[-1]}"
    return _spelt(chance, name, care)


def _spelt(chance, name, care):
    """Write a name as it is heard, typed, shortened and printed."""
    if not name:
        return name
    words = [
        ABBREVIATED.get(each, each) if chance.random() < 0.03 else each for each in name.split()
    ]
    name = " ".join(_heard(chance, word, care) for word in words)
    if chance.random() < 0.4:
        name = name.translate(PLAIN)
    if chance.random() < 0.3:
        name = name.upper()
    if chance.random() < 0.006 * care:
        name += chance.choice((" 2", "?", " (sic)", "1", "."))
    if chance.random() < 0.006 * care:
        name = name.replace(" ", chance.choice(("", "-", "  ")))
    return name


def _heard(chance, word, care):
    if chance.random() < 0.055 * care:
        old, new = chance.choice(EARS)
        word = word[0] + word[1:].replace(old, new, 1) if chance.random() < 0.9 else word
        if word[0].lower() == old[:1] and chance.random() < 0.3:
            word = (new + word[len(old) :]).capitalize() or word
    if chance.random() < 0.035 * care and len(word) > 3:
        word = _mistyped(chance, word)
    return word


def _mistyped(chance, word):
    at, kind = chance.randrange(len(word)), chance.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.5 and at:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    if kind < 0.65:
        return word[:at] + word[at] + word[at:]
    for row in KEYBOARD:
        where = row.find(word[at].lower())
        if where >= 0:
            near = (
                row[max(where - 1, 0)]
                if chance.random() < 0.5
                else row[min(where + 1, len(row) - 1)]
            )
            return word[:at] + near + word[at + 1 :]
    return word


def _born(chance, person, care):
    """Say when somebody was born: to the day, to the year, or not at all."""
    year, month, day, luck = person.year, person.month, person.day, chance.random() / care
    if chance.random() < 0.1:
        return "", ""
    if luck < 0.10:
        around = year + chance.choice((-2, -1, -1, 0, 0, 0, 0, 1, 1, 2))
        return (str(around), str(around)) if chance.random() < 0.5 else (f"{around}-01-01",) * 2
    if luck < 0.12:
        heaped = 5 * round(year / 5)
        return str(heaped), str(heaped)
    if luck < 0.15:
        day, month = (month, day) if day <= 12 else (day, month)
    elif luck < 0.18:
        year += chance.choice((-10, -1, -1, 1, 1, 10))
    elif luck < 0.20:
        month = min(max(month + chance.choice((-1, 1)), 1), 12)
    elif luck < 0.23:
        day = min(max(day + chance.choice((-10, -1, 1, 10)), 1), 28)
    said = f"{year:04d}-{month:02d}-{day:02d}"
    return said, said
