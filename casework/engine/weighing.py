"""What single differences weigh in the model in force, by the engine's own definitions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import degrees
from typing import TypeVar

from matching.codes import (
    Condition,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    StatureBasis,
)
from matching.evidence.age import weigh_age
from matching.evidence.journeys import EARTH_RADIUS_KM
from matching.evidence.place import weigh_place
from matching.evidence.rarity import Rarity
from matching.evidence.sex import weigh_sex
from matching.evidence.stature import weigh_stature
from matching.evidence.time import weigh_time
from matching.evidence.weight import Weight
from matching.model_file import DEFAULT_MODEL, Model, load_model
from matching.model_history import Edition, history_of
from matching.records import DateRange, MissingRecord, Place, Range, RemainsRecord

Points = tuple[tuple[float, float], ...]
Bases = tuple[StatureBasis, RemainsStatureBasis]
Way = TypeVar("Way")

A_DAY = date(2020, 3, 1)
AN_AGE, A_STATURE = 30, 168.0
HALF_RANGES = (2, 5, 10)
"""Years to either side of an estimate that the chart of ages is drawn for."""

SLACK_KM = (5.0, 50.0)
CONDITIONS = (
    Condition.FULLY_FLESHED,
    Condition.DECOMPOSED,
    Condition.SKELETONISED_AND_MUMMIFIED,
    Condition.SKELETONISED_DISARTICULATED,
)
STATURES: tuple[Bases, ...] = (
    (StatureBasis.MEASURED, RemainsStatureBasis.MEASURED),
    (StatureBasis.DOCUMENT, RemainsStatureBasis.LONG_BONE),
    (StatureBasis.FAMILY, RemainsStatureBasis.LONG_BONE),
)
SEXES = (Sex.FEMALE, Sex.MALE)
ESTIMATES = (RemainsSex.FEMALE, RemainsSex.MALE)


@dataclass(frozen=True, slots=True)
class Curve:
    """Weights along one difference, for one way in which it was learnt (`told`)."""

    told: str
    points: Points


@dataclass(frozen=True, slots=True)
class SexCell:
    """What one estimate weighs for one reported sex."""

    method: str
    reported: str
    estimated: str
    log10_lr: float


@dataclass(frozen=True, slots=True)
class InForce:
    """The model that this release weighs with, and every version before it that it holds."""

    name: str
    version: str
    hash: str
    editions: tuple[Edition, ...]


@cache
def in_force() -> InForce:
    """Give the model of missing persons against remains, and its history."""
    model = load_model()
    return InForce(DEFAULT_MODEL, model.version, model.hash, history_of(model.kind))


@cache
def sex_table() -> tuple[SexCell, ...]:
    """Weigh each reported sex against each estimate, by each method."""
    model = load_model()
    return tuple(
        SexCell(method.value, sex.value, estimate.value, _sex(model, sex, estimate, method))
        for method in SexMethod
        for sex in SEXES
        for estimate in ESTIMATES
    )


@cache
def age_curves() -> tuple[Curve, ...]:
    """Weigh years between the reported age, 30, and the middle of an estimate."""

    def weigh(model: Model, half: int, years: float) -> Weight | None:
        middle = AN_AGE + years
        person = MissingRecord(record_id="", age=Range(AN_AGE, AN_AGE))
        found = RemainsRecord(record_id="", age=Range(max(0, middle - half), middle + half))
        return weigh_age(person, found, model.age, model.survival)

    return _curves(HALF_RANGES, range(-25, 41), weigh)


@cache
def stature_curves() -> tuple[Curve, ...]:
    """Weigh centimetres between the reported stature, 168, and the one found, for a man."""

    def weigh(model: Model, how: Bases, cm: float) -> Weight | None:
        person = MissingRecord(
            record_id="",
            age=Range(AN_AGE, AN_AGE),
            stature_cm=Range(A_STATURE, A_STATURE),
            stature_basis=how[0],
        )
        found = RemainsRecord(
            record_id="",
            sex=RemainsSex.MALE,
            sex_method=SexMethod.PELVIS,
            stature_cm=Range(A_STATURE + cm, A_STATURE + cm),
            stature_basis=how[1],
        )
        return weigh_stature(person, found, model.stature, model.sex)

    return _curves(STATURES, range(-25, 26), weigh)


@cache
def distance_curves() -> tuple[Curve, ...]:
    """Weigh kilometres between last contact and recovery, where nobody else's way leads."""

    def weigh(model: Model, radius: float, km: float) -> Weight | None:
        person = MissingRecord(record_id="", place=Place(0, 0, radius))
        there = Place(degrees(km / EARTH_RADIUS_KM), 0, radius)
        found = RemainsRecord(record_id="", place=there)
        return weigh_place(person, found, model.place, Rarity())

    return _curves(SLACK_KM, _steps(1, 3000), weigh)


@cache
def interval_curves() -> tuple[Curve, ...]:
    """Weigh days from last contact to recovery, by the condition of the remains."""

    def weigh(model: Model, condition: Condition, days: float) -> Weight | None:
        person = MissingRecord(record_id="", last_contact=DateRange(A_DAY, A_DAY))
        then = A_DAY + timedelta(days=round(days))
        found = RemainsRecord(record_id="", found=DateRange(then, then), condition=condition)
        return weigh_time(person, found, model.time, survival=model.survival, rarity=Rarity())

    return _curves(CONDITIONS, _steps(1, 7300), weigh)


def _curves(
    ways: Sequence[Way],
    at: Sequence[float],
    weigh: Callable[[Model, Way, float], Weight | None],
) -> tuple[Curve, ...]:
    model = load_model()
    return tuple(
        Curve(_told(way), tuple((float(x), _of(weigh(model, way, x))) for x in at))
        for way in ways
    )


def _of(weight: Weight | None) -> float:
    if weight is None:
        raise ValueError("a chart asks for a weight that cannot be computed")
    return weight.log10_lr


def _told(way: object) -> str:
    return "+".join(map(str, way)) if isinstance(way, tuple) else f"{way}"


def _steps(first: float, last: float) -> list[float]:
    """Go from the first to the last in equal ratios, whole where a day or kilometre is one."""
    count = 72
    ratio = (last / first) ** (1 / count)
    return list(dict.fromkeys(float(round(first * ratio**step)) for step in range(count + 1)))


def _sex(model: Model, sex: Sex, estimate: RemainsSex, method: SexMethod) -> float:
    person = MissingRecord(record_id="", sex=sex)
    found = RemainsRecord(record_id="", sex=estimate, sex_method=method)
    return _of(weigh_sex(person, found, model.sex))
