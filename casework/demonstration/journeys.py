"""Journeys over real routes, and where on them people were lost."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np

from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.shipped import Spot, places, routes, world

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Journey:
    """Stops in order, the terrain between them, and days from setting out."""

    nationality: str
    stops: tuple[Spot, ...]
    terrains: tuple[str, ...]
    arrives: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class End:
    """Where and when a journey ended: in death, or in silence."""

    leg: int
    terrain: str
    day: date
    offset: float  # days after setting out
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last sign of life: at which stop of the journey, and on which day."""

    stop: int
    day: date


def draw_journey(dice: Dice) -> Journey:
    """Draw where someone comes from, their way, and how long each part of it takes."""
    way = routes()["ways"][dice.draw(_ways())]
    nationality = dice.draw_from(way["nationalities"])
    names = list(way["trunks"])
    following = way["onward"]
    while following:
        step = routes()["onward"][dice.one_of(following)]
        names += dice.one_of(step["choices"])
        following = step["next"]
    stops = _stops(tuple(names))
    return _timed(dice, nationality, stops)


def draw_end(dice: Dice, journey: Journey) -> End:
    """Draw where a journey ends, by the danger of its legs, and on which day."""
    numbers = world()["journey"]
    legs = {at: numbers["hazard"][terrain] for at, terrain in enumerate(journey.terrains)}
    leg = dice.draw_from(legs)
    along = 0.0 if dice.chance(numbers["end_while_waiting"]) else dice.uniform()
    start, finish = journey.leaves[leg], journey.arrives[leg + 1]
    lat, lon = _beside(dice, journey, leg, along)
    return End(
        leg=leg,
        terrain=journey.terrains[leg],
        day=_some_day(dice),
        offset=start + along * (finish - start),
        lat=lat,
        lon=lon,
    )


def draw_last_contact(dice: Dice, journey: Journey, end: End) -> LastContact:
    """Draw from which stop, and when, a relative last heard."""
    numbers = world()["journey"]
    stop = max(0, end.leg - int(dice.draw(_lags())))
    silent_from = min(end.offset, journey.leaves[stop])
    heard = dice.between(journey.arrives[stop], max(silent_from, journey.arrives[stop]))
    silence = end.offset - heard
    if dice.chance(numbers["held"]):
        silence += dice.around(*numbers["held_days"])
    return LastContact(stop, end.day - timedelta(days=int(max(0.0, silence))))


def nearest_place(lat: float, lon: float) -> Spot:
    """Name the place of the routes nearest to a point."""
    spots, lats, lons = _grid()
    east = (lons - lon) * math.cos(math.radians(lat))
    return spots[int(np.argmin((lats - lat) ** 2 + east**2))]


def displaced(dice: Dice, lat: float, lon: float, km: float) -> tuple[float, float]:
    """Move a point `km` in any direction."""
    turn = dice.between(0.0, math.tau)
    north, east = km * math.cos(turn), km * math.sin(turn)
    return lat + north / KM_PER_DEGREE, lon + east / (
        KM_PER_DEGREE * math.cos(math.radians(lat))
    )


def distance_km(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    """Great-circle distance on a sphere (haversine)."""
    rise, turn = math.radians(lat_2 - lat_1), math.radians(lon_2 - lon_1)
    across = math.cos(math.radians(lat_1)) * math.cos(math.radians(lat_2))
    half = math.sin(rise / 2) ** 2 + across * math.sin(turn / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


@cache
def _ways() -> Weighted[int]:
    return Weighted.of({at: way["share"] for at, way in enumerate(routes()["ways"])})


@cache
def _lags() -> Weighted[str]:
    return Weighted.of(world()["journey"]["lag_stops"])


@cache
def _grid() -> tuple[tuple[Spot, ...], np.ndarray, np.ndarray]:
    spots = tuple(places().values())
    return spots, np.array([s.lat for s in spots]), np.array([s.lon for s in spots])


@lru_cache(maxsize=4096)
def _stops(names: tuple[str, ...]) -> tuple[Spot, ...]:
    """Expand trunks into stops, dropping a stop where one trunk meets the next."""
    keys: list[str] = []
    for name in names:
        keys += [key for key in routes()["trunks"].get(name, [name]) if key not in keys]
    return tuple(places()[key] for key in keys)


def _terrain(start: Spot, finish: Spot) -> str:
    named: str = routes()["terrain"].get(f"{start.key} > {finish.key}", "road")
    return named


def _timed(dice: Dice, nationality: str, stops: tuple[Spot, ...]) -> Journey:
    numbers = world()["journey"]
    terrains = tuple(_terrain(a, b) for a, b in pairwise(stops))
    arrives, leaves = [0.0], [dice.between(0.0, 2.0)]
    for (start, finish), terrain in zip(pairwise(stops), terrains, strict=True):
        km = distance_km(start.lat, start.lon, finish.lat, finish.lon)
        arrives.append(leaves[-1] + max(0.2, km / numbers["km_per_day"][terrain]))
        leaves.append(arrives[-1] + dice.around(*numbers["wait_days"]))
    return Journey(nationality, stops, terrains, tuple(arrives), tuple(leaves))


def _beside(dice: Dice, journey: Journey, leg: int, along: float) -> tuple[float, float]:
    """Draw a point along a leg and some way off it."""
    numbers = world()["journey"]
    start, finish = journey.stops[leg], journey.stops[leg + 1]
    lat = start.lat + along * (finish.lat - start.lat)
    lon = start.lon + along * (finish.lon - start.lon)
    far = dice.chance(numbers["far_from_route"])
    km = numbers["far_km"] if far else numbers["off_route_km"][journey.terrains[leg]]
    return displaced(dice, lat, lon, dice.around(*km))


def _some_day(dice: Dice) -> date:
    numbers = world()
    span = (numbers["last_contact_until"] - numbers["first_day"]).days
    day: date = numbers["first_day"] + timedelta(days=dice.whole(0, span))
    return day
