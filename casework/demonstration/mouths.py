"""Teeth and implants of invented people: few have charts, and charts differ by their years."""

from collections.abc import Callable

from casework.demonstration.dice import Dice
from casework.demonstration.shipped import world

Cells = dict[str, str]
Mouth = dict[int, str]

TEETH = tuple(quadrant * 10 + tooth for quadrant in (1, 2, 3, 4) for tooth in range(1, 8))
SINGLE_ROOTED = 3  # incisors and canines fall out of bare jaws first
FIRST_WITHOUT_FLESH = 5
MOLAR = 6


def draw_mouth(seed: int, person: int, age: float) -> Mouth:
    """Draw the teeth of one person at the end, the same whenever they are asked for."""
    dice, numbers = Dice(seed, f"mouth {person}"), world()["teeth"]
    if dice.chance(numbers["all_sound"]):
        return dict.fromkeys(TEETH, "sound")
    years = max(age - numbers["from_age"], 1.0)
    touched = min(numbers["touched_a_year"] * years * dice.between(0.3, 2.0), 0.8)
    return {tooth: _state(dice, tooth, touched) for tooth in TEETH}


def _state(dice: Dice, tooth: int, touched: float) -> str:
    molar = tooth % 10 >= MOLAR
    if not dice.chance(min(touched * (2.0 if molar else 0.6), 0.95)):
        return "sound"
    return str(dice.draw_from(world()["teeth"]["states"]))


def tell_of_mouth(dice: Dice, mouth: Callable[[], Mouth]) -> str:
    """Give a dentist's older chart, which few families can obtain; else nothing."""
    numbers = world()["teeth"]
    if not dice.chance(numbers["chart_told"]):
        return ""
    return _written(
        dice,
        {
            tooth: "sound" if dice.chance(numbers["done_since"]) else state
            for tooth, state in mouth().items()
        },
    )


def see_mouth(dice: Dice, mouth: Callable[[], Mouth], condition: int) -> str:
    """Chart what an examination finds: front teeth are lost from bare jaws after death."""
    numbers = world()["teeth"]
    bare = condition >= FIRST_WITHOUT_FLESH
    if not dice.chance(numbers["chart_seen_bare" if bare else "chart_seen"]):
        return ""
    return _written(
        dice,
        {
            tooth: "missing_post_mortem" if bare and _is_lost(dice, tooth, state) else state
            for tooth, state in mouth().items()
        },
    )


def _is_lost(dice: Dice, tooth: int, state: str) -> bool:
    share = world()["teeth"]["lost_after_death"]
    front = tooth % 10 <= SINGLE_ROOTED
    return state != "missing" and dice.chance(share if front else share / 4)


def _written(dice: Dice, mouth: Mouth) -> str:
    wrong = world()["teeth"]["charted_wrong"]
    states = tuple(world()["teeth"]["states"])
    return "|".join(
        f"{tooth}:{dice.one_of(states) if dice.chance(wrong) else state}"
        for tooth, state in mouth.items()
    )


def draw_implants(seed: int, people: int) -> dict[int, str]:
    """Give the numbers of implants by person; nearly nobody bears one."""
    dice, share = Dice(seed, "implants"), world()["teeth"]["implant_borne"]
    bearers = [person for person in range(people) if dice.chance(share)]
    return {person: f"implant:INV{dice.whole(0, 9_999_999):07d}" for person in bearers}


def with_implant(dice: Dice, cells: Cells, implant: str, share: float) -> Cells:
    """Add the number of an implant to those of papers, where it is known or read."""
    if not implant or not dice.chance(share):
        return cells
    numbers = [each for each in (cells.get("id_numbers", ""), implant) if each]
    return {**cells, "id_numbers": "|".join(numbers)}
