"""What is written down about remains: what their condition still shows, with its errors."""

from datetime import date
from functools import cache
from typing import Any

from casework.demonstration.appearance import (
    ArticleOn,
    MarkOn,
    draw_article,
    draw_mark,
    language_of,
    put_article,
    put_mark,
)
from casework.demonstration.confusion import near_eyes, near_hair
from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.journeys import displaced
from casework.demonstration.people import Person
from casework.demonstration.recoveries import Recovery
from casework.demonstration.shipped import (
    given_names,
    surnames,
    wording,
    world,
    written_shares,
)

Cells = dict[str, str]

COLUMNS = (
    *("record_id", "sex", "sex_method", "age_min", "age_max", "stature_cm_min"),
    *("stature_cm_max", "stature_basis", "weight_kg_min", "weight_kg_max", "found_from"),
    *("found_to", "death_days_min", "death_days_max", "condition", "completeness", "lat"),
    *("lon", "radius_km", "country", "admin1", "place", "nationality", "hair", "eyes"),
    *("build", "blood_group", "marks", "clothing", "belongings", "given_names", "surname_1"),
    *("surname_2", "id_numbers", "phones", "teeth", "group_id", "incident_id"),
)
FLESHED, LAST_WITH_SKIN, LAST_ARTICULATED, BONE_DEGRADED, BURNT = 1, 4, 5, 7, 8
IN_THE_BONE = ("old_fracture", "missing_tooth_visible", "amputation", "prosthesis")


def examination_row(
    dice: Dice, person: Person, recovery: Recovery, *, died_on: date, days_of_silence: float
) -> Cells:
    """Write down one examination of remains, `days_of_silence` after the last contact."""
    worn = _worn_at_the_end(dice, person.articles, days_of_silence)
    return {
        **_found(dice, recovery),
        **_where(dice, recovery),
        **_sex(dice, person, recovery),
        **_age(dice, person.age_on(died_on), recovery),
        **_body(dice, person, died_on, recovery),
        **_colours(dice, person, recovery),
        "marks": _marks(dice, person, recovery),
        **_articles(dice, worn, recovery),
        **_papers(dice, person, recovery),
    }


def _numbers() -> dict[str, Any]:
    numbers: dict[str, Any] = world()["observation"]
    return numbers


def _is_empty(dice: Dice, field: str, recovery: Recovery) -> bool:
    return dice.chance(written_shares()[str(recovery.condition)][field])


def _found(dice: Dice, recovery: Recovery) -> Cells:
    return {
        **_found_on(dice, recovery.found_on),
        **_death_days(dice, recovery.days),
        "condition": _condition_written(dice, recovery.condition),
        "completeness": dice.draw(_completeness(recovery.condition)),
    }


@cache
def _table(name: str) -> Weighted[str]:
    return Weighted.of(world()["observation"][name])


def _found_on(dice: Dice, day: date) -> Cells:
    if dice.chance(_numbers()["date_wrong"]):
        day = date.fromordinal(day.toordinal() + dice.one_of((-2, -1, 1, 7, 30)))
    length = {"day": 10, "month": 7, "year": 4}[dice.draw(_table("date_precision"))]
    return {"found_from": day.isoformat()[:length], "found_to": day.isoformat()[:length]}


def _death_days(dice: Dice, days: float) -> Cells:
    if not dice.chance(_numbers()["death_days_estimated"]):
        return {}
    said = dice.around(days, _numbers()["death_days_error"])
    width = dice.between(1.3, 2.5)
    low, high = int(said / width), int(said * width) + 1
    return {"death_days_min": str(low), "death_days_max": str(min(high, 40_000))}


def _condition_written(dice: Dice, condition: int) -> str:
    numbers = _numbers()
    if dice.chance(numbers["class_not_written"]):
        return ""
    if condition != BURNT and dice.chance(numbers["class_misjudged"]):
        condition = min(BONE_DEGRADED, max(FLESHED, condition + dice.one_of((-1, 1))))
    return str(condition)


@cache
def _completeness(condition: int) -> Weighted[str]:
    """Complete less often the longer remains lay; our choice, near NamUs' 36 % complete."""
    if condition <= 2:  # noqa: PLR2004 - fleshed and decomposed
        shares = {"complete": 82, "near_complete": 10, "partial": 4, "": 4}
    elif condition <= LAST_ARTICULATED:
        shares = {"complete": 34, "near_complete": 34, "partial": 22, "": 10}
    else:
        shares = {"complete": 6, "near_complete": 24, "partial": 40, "element": 24, "": 6}
    return Weighted.of(shares)


def _where(dice: Dice, recovery: Recovery) -> Cells:
    numbers, near = world()["recovery"]["place"], recovery.near
    shares = numbers["US"] if near.country == "US" else numbers["elsewhere"]
    precision = "moved" if recovery.moved else dice.draw_from(shares)
    region = {"country": near.country, "admin1": near.admin1}
    if precision == "none":
        return region
    radius = numbers["radius_km"][precision]
    off = 0.0 if recovery.moved else radius * dice.between(0.0, 1.2)
    lat, lon = displaced(dice, recovery.lat, recovery.lon, off)
    return {
        **region,
        "lat": f"{lat:.5f}",
        "lon": f"{lon:.5f}",
        "radius_km": f"{radius:g}",
        "place": f"cerca de {near.name}",
    }


def _sex(dice: Dice, person: Person, recovery: Recovery) -> Cells:
    if _is_empty(dice, "sex", recovery):
        return {"sex": dice.one_of(("", "unknown", "indeterminate"))}
    method = dice.draw_from(_numbers()["sex_method"][str(recovery.condition)])
    if dice.chance(_numbers()["sex_indeterminate"][method]):
        return {"sex": "indeterminate", "sex_method": method}
    sex = person.sex if person.sex != "intersex" else dice.one_of(("female", "male"))
    if not dice.chance(_numbers()["sex_right"][method][sex]):
        sex = {"male": "female", "female": "male"}[sex]
    probable = dice.chance(_numbers()["sex_probable"][method])
    return {"sex": f"probable_{sex}" if probable else sex, "sex_method": method}


def _age(dice: Dice, age: float, recovery: Recovery) -> Cells:
    """Estimate an age as a range, its ends heaped on fives when it is wide."""
    if _is_empty(dice, "age", recovery):
        return {}
    numbers = _numbers()
    width = dice.along(numbers["age_width_knots"])
    pulled = age + numbers["age_drawn_by"] * (numbers["age_drawn_to"] - age)
    middle = dice.normal(pulled if age > 15 else age, numbers["age_error_of_width"] * width)  # noqa: PLR2004 - growing bones are read better
    low, high = max(0.0, middle - width / 2), middle + width / 2
    grain = 5 if width > 8 and dice.chance(0.8) else 1  # noqa: PLR2004 - our choice
    low, high = grain * round(low / grain), grain * round(high / grain)
    return {"age_min": f"{min(low, 110):g}", "age_max": f"{_between(high, low, 120):g}"}


def _between(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _body(dice: Dice, person: Person, died_on: date, recovery: Recovery) -> Cells:
    cells: Cells = {}
    if not _is_empty(dice, "height", recovery):
        cells |= _stature(dice, person.stature_on(died_on), recovery)
    if not _is_empty(dice, "weight", recovery):
        weight = dice.normal(person.weight_on(died_on), 5.0)
        spread = dice.one_of((0, 0, 5))
        cells["weight_kg_min"] = f"{_between(weight - spread, 2, 200):.0f}"
        cells["weight_kg_max"] = f"{_between(weight + spread, 2, 200):.0f}"
    return cells


def _stature(dice: Dice, stature: float, recovery: Recovery) -> Cells:
    basis = "measured" if recovery.condition <= 2 else "long_bone"  # noqa: PLR2004 - as above
    if dice.chance(0.15):
        basis = "estimated"
    error = {
        "measured": 1.8,
        "long_bone": dice.between(*_numbers()["stature_see_cm"]),
        "estimated": 5.0,
    }
    single = dice.chance(_numbers()["stature_single"])
    half = 0.0 if single else error[basis] * dice.between(1.0, 2.0)
    middle = _between(dice.normal(stature, error[basis]), 45, 220)
    return {
        "stature_cm_min": f"{max(40.0, middle - half):.0f}",
        "stature_cm_max": f"{min(230.0, middle + half):.0f}",
        "stature_basis": basis if dice.chance(0.85) else "unknown",
    }


def _colours(dice: Dice, person: Person, recovery: Recovery) -> Cells:
    numbers, fleshed = _numbers(), recovery.condition == FLESHED
    cells: Cells = {}
    if not _is_empty(dice, "hair", recovery):
        confused = numbers["hair_confused"][str(recovery.condition)]
        cells["hair"] = near_hair(dice, person.hair, confused)
    if not _is_empty(dice, "eyes", recovery):
        cells["eyes"] = near_eyes(dice, person.eyes, numbers["eyes_confused"])
    if fleshed and dice.chance(0.6):
        cells["build"] = person.build
    if fleshed and dice.chance(0.2):
        cells["blood_group"] = person.blood_group
    return cells


def _marks(dice: Dice, person: Person, recovery: Recovery) -> str:
    numbers = _numbers()
    language = language_of(dice)
    shown = _shown_shares(recovery.condition)
    sought = {kind: dice.chance(share) for kind, share in shown.items()}
    seen = [mark for mark in person.marks if sought[mark.kind] and dice.chance(0.9)]
    if dice.chance(numbers["mark_of_another"]):
        seen.append(_mark_of_another(dice, person))
    if seen:
        return "|".join(put_mark(dice, mark, language) for mark in seen)
    whole_skin = recovery.condition == FLESHED
    return "none" if whole_skin and dice.chance(numbers["none_written"]) else ""


def _mark_of_another(dice: Dice, person: Person) -> MarkOn:
    kind = dice.one_of(("tattoo", "scar", "mole"))
    return draw_mark(dice, kind, "female" if person.sex == "female" else "male")


@cache
def _shown_shares(condition: int) -> dict[str, float]:
    """Chance that a kind of mark is written down where the person had one.

    What NamUs records in a class, divided by how many people have such marks: the rest was
    gone, not looked for, or not written.
    """
    numbers, empty = _numbers(), written_shares()[str(condition)]
    tattoo, scar = 1 - empty["tattoo"], 1 - empty["scar"]
    rest = max(0.0, 1 - empty["any_feature"] - 0.7 * (tattoo + scar))
    other = rest / numbers["other_mark_prevalence"]
    faint = 1.0 if condition <= LAST_WITH_SKIN else 0.1
    shares = dict.fromkeys(wording()["marks"], other * faint)
    shares |= dict.fromkeys(IN_THE_BONE, other)
    shares["tattoo"] = tattoo / numbers["tattoo_prevalence"]
    shares["scar"] = shares["surgical_scar"] = scar / numbers["scar_prevalence"]
    return {kind: min(1.0, share) for kind, share in shares.items()}


def _worn_at_the_end(
    dice: Dice, articles: tuple[ArticleOn, ...], days: float
) -> tuple[ArticleOn, ...]:
    """Change what people wear on the way: the longer since they were seen, the more."""
    kept = _numbers()["clothing_kept"]
    share = kept + (1 - kept) * max(0.0, 1 - days / 5)
    return tuple(
        article if dice.chance(share) else draw_article(dice, article.layer)
        for article in articles
    )


def _articles(dice: Dice, articles: tuple[ArticleOn, ...], recovery: Recovery) -> Cells:
    if _is_empty(dice, "clothing", recovery):
        return {}
    numbers = _numbers()
    confused = numbers["colour_confused"][str(recovery.condition)]
    cells: dict[str, list[str]] = {"clothing": [], "belongings": []}
    for article in articles:
        if dice.chance(numbers["clothing_lost_after_death"]):
            continue
        other = dice.chance(numbers["clothes_of_another"])
        seen = draw_article(dice, article.layer) if other else article
        cells[seen.belongs].append(put_article(dice, seen, confused))
    return {name: "|".join(items) for name, items in cells.items()}


def _papers(dice: Dice, person: Person, recovery: Recovery) -> Cells:
    """Names and numbers found with remains; papers of others are common on these roads."""
    numbers = _numbers()
    cells: Cells = {}
    if dice.chance(written_shares()[str(recovery.condition)]["possible_name_recorded"]):
        anothers = dice.chance(numbers["papers_of_another"])
        cells |= _anothers_papers(dice) if anothers else _own_papers(dice, person)
    if dice.chance(numbers["phone_found"]):
        cells["phones"] = person.phone if dice.chance(0.6) else _a_strangers_phone(dice)
    if dice.chance(numbers["nationality_indicated"]):
        wrong = dice.chance(numbers["nationality_wrong"])
        cells["nationality"] = dice.one_of(("HN", "GT", "MX")) if wrong else person.nationality
    return cells


def _own_papers(dice: Dice, person: Person) -> Cells:
    return {
        "given_names": person.names.given,
        "surname_1": person.names.surname_1,
        "surname_2": person.names.surname_2 if dice.chance(0.7) else "",
        "id_numbers": person.document if dice.chance(0.4) else "",
    }


def _anothers_papers(dice: Dice) -> Cells:
    return {
        "given_names": dice.draw(given_names("MX", "male")),
        "surname_1": dice.draw(surnames("MX")),
    }


def _a_strangers_phone(dice: Dice) -> str:
    return f"+000{dice.whole(0, 99_999_999):08d}"
