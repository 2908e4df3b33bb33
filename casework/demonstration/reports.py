"""What relatives report: less than they know, put in their words, some of it mistaken."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

from casework.demonstration.appearance import ArticleOn, language_of, put_article, put_mark
from casework.demonstration.confusion import near_eyes, near_hair
from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.journeys import Journey, LastContact, displaced
from casework.demonstration.people import Person
from casework.demonstration.shipped import Spot, world

Cells = dict[str, str]

COLUMNS = (
    *("record_id", "sex", "birth_from", "birth_to", "age_min", "age_max"),
    *("stature_cm_min", "stature_cm_max", "stature_basis", "weight_kg_min", "weight_kg_max"),
    *("last_contact_from", "last_contact_to", "lat", "lon", "radius_km", "country", "admin1"),
    *("place", "destination", "nationality", "hair", "eyes", "build", "handedness"),
    *("blood_group", "marks", "clothing", "belongings", "given_names", "surname_1"),
    *("surname_2", "other_names", "mother_name", "father_name", "birth_place", "id_numbers"),
    *("phones", "teeth", "group_id", "incident_id"),
)
ALWAYS_TOLD = ("sex", "nationality", "given_names", "surname_1", "country", "last_contact_from")
ANSWERABLE = (
    *("stature_cm_min", "weight_kg_min", "hair", "eyes", "build", "handedness"),
    *("blood_group", "marks", "clothing", "belongings"),
)
"""Columns where an empty answer may have been asked for: *unknown* is then written."""


def report_row(dice: Dice, person: Person, journey: Journey, contact: LastContact) -> Cells:
    """Write down what one relative tells about a missing person."""
    cells = {
        **_identity(dice, person),
        **_age(dice, person, contact.day),
        **_body(dice, person, contact.day),
        **_description(dice, person),
        **_when(dice, contact.day),
        **_where(dice, journey, contact.stop),
    }
    if dice.chance(_numbers()["incomplete"]):
        cells = _a_short_call(dice, cells)
    return _born_before({**cells, **_unknowns(dice, cells)})


def _born_before(cells: Cells) -> Cells:
    """Leave out a birth told later than the last contact: whoever listens asks again."""
    born, heard = cells.get("birth_from", ""), cells.get("last_contact_to", "")
    if born and heard and born > heard:
        return {**cells, "birth_from": "", "birth_to": ""}
    return cells


def _numbers() -> dict[str, Any]:
    numbers: dict[str, Any] = world()["report"]
    return numbers


@cache
def _table(name: str) -> Weighted[str]:
    return Weighted.of(world()["report"][name])


def _identity(dice: Dice, person: Person) -> Cells:
    numbers, names = _numbers(), person.names
    told = {
        "nickname": dice.chance(numbers["nickname_told"]),
        "parents": dice.chance(numbers["parents_told"]),
        "document": dice.chance(numbers["document_told"]),
        "phone": dice.chance(numbers["phone_told"]),
    }
    second = "" if dice.chance(numbers["second_surname_left_out"]) else names.surname_2
    return {
        "given_names": _misspelt(dice, names.given),
        "surname_1": _misspelt(dice, names.surname_1),
        "surname_2": _misspelt(dice, second),
        "other_names": names.nickname if told["nickname"] else "",
        "mother_name": names.mother if told["parents"] else "",
        "father_name": names.father if told["parents"] else "",
        "birth_place": person.birth_place if told["parents"] else "",
        "id_numbers": person.document if told["document"] else "",
        "phones": person.phone if told["phone"] else "",
        "nationality": person.nationality if dice.chance(numbers["nationality_told"]) else "",
        "sex": _sex(dice, person.sex),
    }


def _sex(dice: Dice, sex: str) -> str:
    if dice.chance(_numbers()["sex_wrong"]):
        return {"male": "female", "female": "male"}.get(sex, sex)
    return sex


def _misspelt(dice: Dice, name: str) -> str:
    """Spell a name as it is heard, now and then."""
    if not dice.chance(_numbers()["names_misspelt"]):
        return name
    swaps = (("z", "s"), ("s", "z"), ("v", "b"), ("b", "v"), ("y", "i"), ("h", ""), ("n", "nn"))
    fitting = [swap for swap in swaps if swap[0] in name[1:]]
    if not fitting:
        return name
    old, new = dice.one_of(fitting)
    return name[0] + name[1:].replace(old, new, 1)


def _age(dice: Dice, person: Person, day: date) -> Cells:
    known = dice.draw(_table("birth_known"))
    said = (
        _birth_said(dice, person.born)
        if dice.chance(_numbers()["birth_wrong"])
        else person.born
    )
    age = max(0, int((day - said).days / 365.2425))
    width = (
        dice.whole(*_numbers()["age_guess_width"]) if known == "not" else int(known == "year")
    )
    if known == "not" and dice.chance(0.5):
        age = 5 * round(age / 5)  # ages that are guessed are heaped on fives
    low = max(0, age - (width + 1) // 2)
    born = {"day": said.isoformat(), "month": said.isoformat()[:7], "year": str(said.year)}
    return {
        "birth_from": born.get(known, ""),
        "birth_to": born.get(known, ""),
        "age_min": str(low),
        "age_max": str(low + width),
    }


def _birth_said(dice: Dice, born: date) -> date:
    """Swap day and month where that is a date, else miss by a year or two."""
    if born.day <= 12 and dice.chance(0.4):  # noqa: PLR2004 - twelve months
        return born.replace(month=born.day, day=born.month)
    return born + timedelta(days=365 * dice.one_of((-2, -1, 1, 2)))


def _body(dice: Dice, person: Person, day: date) -> Cells:
    numbers = _numbers()
    basis = dice.draw(_table("stature_basis"))
    stature = person.stature_on(day) + numbers["stature_bias_cm"][basis]
    stature = dice.normal(stature, numbers["stature_sd_cm"][basis])
    if basis == "family" and dice.chance(0.5):
        stature = 5 * round(stature / 5)
    width = dice.one_of((0, 0, 0, 4, 6, 10)) if basis in ("family", "unknown") else 0
    weight = dice.normal(person.weight_on(day), 4.0)
    spread = dice.one_of((0, 0, 4, 8))
    cells = {
        "stature_cm_min": f"{_within(stature - width / 2, 40, 230):.0f}",
        "stature_cm_max": f"{_within(stature + width / 2, 40, 230):.0f}",
        "stature_basis": basis,
        "weight_kg_min": f"{_within(weight - spread / 2, 3, 200):.0f}",
        "weight_kg_max": f"{_within(weight + spread / 2, 3, 200):.0f}",
    }
    empty = numbers["left_empty"]
    return _without(dice, cells, {"stature": empty["stature"], "weight": empty["weight"]})


def _without(dice: Dice, cells: Cells, shares: dict[str, float]) -> Cells:
    """Leave out, together, the columns that begin with a word."""
    gone = tuple(word for word, share in shares.items() if dice.chance(share))
    return {name: cell for name, cell in cells.items() if not name.startswith(gone)}


def _within(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _description(dice: Dice, person: Person) -> Cells:
    numbers = _numbers()
    empty = numbers["left_empty"]
    cells = {
        "hair": near_hair(dice, person.hair, numbers["hair_confused"]),
        "eyes": near_eyes(dice, person.eyes, numbers["eyes_confused"]),
        "build": person.build if dice.chance(0.7) else "",
        "handedness": person.handedness if dice.chance(0.4) else "",
        "blood_group": person.blood_group if dice.chance(0.12) else "",
        "marks": _marks(dice, person),
    }
    cells = _without(dice, cells, {"hair": empty["hair"], "eyes": empty["eyes"]})
    if dice.chance(empty["clothing"]):
        return cells
    return {
        **cells,
        "clothing": _articles(dice, person.articles, "clothing"),
        "belongings": _articles(dice, person.articles, "belongings"),
    }


def _marks(dice: Dice, person: Person) -> str:
    numbers = _numbers()
    language = language_of(dice)
    shares = numbers["mark_told"]
    told = [
        put_mark(dice, mark, language)
        for mark in person.marks
        if dice.chance(shares.get(mark.kind, shares["other"]))
    ]
    if told:
        return "|".join(told)
    share = numbers["says_none_wrongly"] if person.marks else numbers["says_none"]
    return "none" if dice.chance(share) else ""


def _articles(dice: Dice, articles: tuple[ArticleOn, ...], belongs: str) -> str:
    told = [
        put_article(dice, article, 0.1)
        for article in articles
        if article.belongs == belongs and dice.chance(0.6)
    ]
    return "|".join(told)


def _when(dice: Dice, day: date) -> Cells:
    numbers = _numbers()
    if dice.chance(numbers["date_wrong"]):
        day += timedelta(days=dice.one_of((-30, -10, -7, -3, 3, 7, 10, 30)))
    precision = dice.draw(_table("date_precision"))
    if precision == "unknown":
        return {"last_contact_from": "", "last_contact_to": ""}
    first, last = _days_around(dice, day, precision)
    return {"last_contact_from": first.isoformat(), "last_contact_to": last.isoformat()}


def _days_around(dice: Dice, day: date, precision: str) -> tuple[date, date]:
    match precision:
        case "days":
            before, after = dice.whole(1, 4), dice.whole(1, 4)
            return day - timedelta(days=before), day + timedelta(days=after)
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case _:
            return day, day


def _where(dice: Dice, journey: Journey, stop: int) -> Cells:
    precision = dice.draw(_table("place_precision"))
    said = journey.stops[stop]
    if precision == "wrong_town":
        said = journey.stops[max(0, stop - 1)] if stop else journey.stops[1]
    destination = {"destination": journey.stops[-1].country}
    match precision:
        case "unknown":
            return {**destination, "place": "unknown"}
        case "country":
            return {**destination, "country": said.country}
        case "region":
            return {**destination, **_region(dice, said)}
        case _:
            return {**destination, **_town(dice, said)}


def _region(dice: Dice, said: Spot) -> Cells:
    radius = dice.whole(60, 150)
    lat, lon = displaced(dice, said.lat, said.lon, radius * dice.between(0.1, 0.7))
    return {
        "lat": f"{lat:.3f}",
        "lon": f"{lon:.3f}",
        "radius_km": str(radius),
        "country": said.country,
        "admin1": said.admin1,
    }


def _town(dice: Dice, said: Spot) -> Cells:
    return {
        "lat": f"{said.lat:.4f}",
        "lon": f"{said.lon:.4f}",
        "radius_km": f"{said.precision_km + dice.one_of((1, 3, 8)):g}",
        "country": said.country,
        "admin1": said.admin1,
        "place": said.name,
    }


def _a_short_call(dice: Dice, cells: Cells) -> Cells:
    """Keep what a hurried call leaves: columns of one range stay or go together."""
    stems = {_stem(name) for name in cells}
    keeps = _numbers()["incomplete_keeps"]
    kept = {stem for stem in sorted(stems) if dice.chance(keeps)}
    kept |= {_stem(name) for name in ALWAYS_TOLD}
    kept |= {"lat"} if dice.chance(0.5) else set()
    return {name: cell for name, cell in cells.items() if _stem(name) in kept}


def _stem(name: str) -> str:
    if name in ("lat", "lon", "radius_km"):
        return "lat"
    if name == "stature_basis":
        return "stature_cm"
    for ending in ("_from", "_to", "_min", "_max"):
        name = name.removesuffix(ending)
    return name


def _unknowns(dice: Dice, cells: Cells) -> Cells:
    share = _numbers()["says_unknown"]
    return {
        name: "unknown" for name in ANSWERABLE if not cells.get(name) and dice.chance(share)
    }
