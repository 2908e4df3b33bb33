"""How and when those who died on the way were found: the truth, before it is examined."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.journeys import End, nearest_place
from casework.demonstration.shipped import Spot, world

TRIES = 20


@dataclass(frozen=True, slots=True)
class Recovery:
    """Remains as they were recovered; `condition` is the class 1 to 8."""

    condition: int
    days: float
    found_on: date
    lat: float
    lon: float
    near: Spot
    moved: bool


def draw_recovery(dice: Dice, end: End) -> Recovery:
    """Draw the condition, the days since death and the place of recovery."""
    condition, days = _condition_and_days(dice, end)
    near = nearest_place(end.lat, end.lon)
    moved = dice.chance(world()["journey"]["moved_to_town"])
    return Recovery(
        condition=condition,
        days=days,
        found_on=end.day + timedelta(days=int(days)),
        lat=near.lat if moved else end.lat,
        lon=near.lon if moved else end.lon,
        near=near,
        moved=moved,
    )


def _condition_and_days(dice: Dice, end: End) -> tuple[int, float]:
    """Draw again what lies after the files closed: it has not been found yet."""
    longest = (world()["files_closed_on"] - end.day).days
    for _ in range(TRIES):
        condition = dice.draw(_conditions(end.terrain))
        days = dice.around(*_days(end.terrain, condition))
        if days <= longest:
            return condition, days
    return 1, 0.5


@cache
def _conditions(terrain: str) -> Weighted[int]:
    shares = world()["recovery"]["condition"][terrain]
    return Weighted.of(dict(enumerate(shares, start=1)))


@cache
def _days(terrain: str, condition: int) -> tuple[float, float]:
    tables = world()["recovery"]["days"]
    table = tables["dry" if terrain in tables["dry_terrains"] else "wet"]
    median, spread = table[str(condition)]
    return median, spread
