"""Invented incidents: a boat, a truck, a few people in the desert, and what became of them."""

from dataclasses import dataclass
from functools import cache

from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.journeys import (
    End,
    Journey,
    displaced,
    draw_end,
    draw_journey,
    nearest_place,
)
from casework.demonstration.shipped import world

COLUMNS = (
    "record_id",
    "date_from",
    "date_to",
    "country",
    "admin1",
    "place",
    "lat",
    "lon",
    "radius_km",
    "dead",
    "missing",
    "survivors",
    "females",
    "males",
    "children",
    "cause",
    "route",
    "source",
    "url",
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: whose journey it ended, where, and how many people it touched."""

    incident_id: str
    journey: Journey
    end: End
    dead: int
    missing: int
    survivors: int
    cause: str


def draw_incident(dice: Dice, incident_id: str) -> Incident:
    """Draw one incident."""
    numbers = world()["incidents"]
    journey = draw_journey(dice)
    end = draw_end(dice, journey)
    aboard = max(1, round(dice.around(*numbers["aboard"][end.terrain])))
    dead = _some_of(dice, aboard, numbers["dead_share"][end.terrain])
    missing = _some_of(dice, aboard - dead, numbers["missing_share"][end.terrain])
    return Incident(
        incident_id=incident_id,
        journey=journey,
        end=end,
        dead=dead,
        missing=missing if dead else max(1, missing),
        survivors=max(0, aboard - dead - missing),
        cause=dice.draw(_causes(end.terrain)),
    )


def incident_row(dice: Dice, incident: Incident) -> dict[str, str]:
    """Write an incident down as an observatory might know it."""
    end = incident.end
    near = nearest_place(end.lat, end.lon)
    radius = dice.one_of((0.5, 2, 5, 15, 30))
    lat, lon = displaced(dice, end.lat, end.lon, radius * dice.uniform())
    return {
        "record_id": incident.incident_id,
        "date_from": end.day.isoformat(),
        "date_to": end.day.isoformat(),
        "country": near.country,
        "admin1": near.admin1,
        "place": f"cerca de {near.name}",
        "lat": f"{lat:.5f}",
        "lon": f"{lon:.5f}",
        "radius_km": f"{radius:g}",
        "cause": incident.cause,
        "route": f"{incident.journey.stops[0].name} – {incident.journey.stops[-1].name}",
        "source": "invented",
        **_counts(dice, incident),
    }


def _counts(dice: Dice, incident: Incident) -> dict[str, str]:
    women = _some_of(dice, incident.dead, world()["people"]["women"])
    told = dice.chance(0.6)
    return {
        "dead": str(incident.dead),
        "missing": str(incident.missing),
        "survivors": str(incident.survivors) if dice.chance(0.7) else "",
        "females": str(women) if told else "",
        "males": str(incident.dead - women) if told else "",
        "children": str(_some_of(dice, incident.dead, 0.06)) if told else "",
    }


def _some_of(dice: Dice, people: int, share: float) -> int:
    return sum(dice.chance(share) for _ in range(people))


@cache
def _causes(terrain: str) -> Weighted[str]:
    return Weighted.of(world()["incidents"]["causes"][terrain])
