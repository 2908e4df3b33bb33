"""Kinds whose values can be listed: each is put into the record and weighed by definition."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log
from typing import Any

from matching.codes import (
    BloodGroup,
    Build,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    RemainsSex,
    Sex,
)
from matching.evidence.age import DAYS_A_YEAR, OLDEST, ages_among_remains, chance, softly_within
from matching.evidence.blood_group import FULL_GROUPS
from matching.evidence.body_weight import chance_of_kilograms, seen_kilograms
from matching.evidence.confusion import FRESH, shares_seen
from matching.evidence.rarity import Rarity
from matching.evidence.sex import chance_female, chance_of_estimate, share_female
from matching.evidence.stature import Expected, density, population_density
from matching.evidence.time import found_per_day
from matching.evidence.weight import Kind
from matching.model_file import Model
from matching.records import DateRange, Listed, MissingRecord, Range, RemainsRecord

ESTIMATED_YEARS = 15
"""Width of an estimate of age that is still to be made: the usual one in registers; our
choice."""
STATURES_CM = range(120, 211, 2)
KILOGRAMS = range(30, 151, 3)
STEPS_OF_TIME = 60
"""Steps in which gaps between the dates are gone through, each longer than the one before."""
ELSEWHERE = ""
"""A country that nobody told: which one it is changes nothing."""
SOFT = {
    Kind.EYES: FRESH,
    Kind.BUILD: FRESH,
    Kind.BODY_WEIGHT: (Condition.FULLY_FLESHED,),
    Kind.HAIR: (*FRESH, Condition.FOCAL_SKELETONISATION, Condition.SKELETONISED_AND_MUMMIFIED),
}
"""Conditions in which remains can still be asked for what does not last."""

CODES: Mapping[Kind, Callable[[str], Any]] = {
    Kind.HAIR: HairColour,
    Kind.EYES: EyeColour,
    Kind.BUILD: Build,
    Kind.HANDEDNESS: Handedness,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Two records, and the numbers by which they are judged."""

    missing: MissingRecord
    remains: RemainsRecord
    model: Model
    rarity: Rarity


Reports = Iterator[tuple[float, MissingRecord]]
Finds = Iterator[tuple[float, RemainsRecord]]


def possible_reports(kind: Kind, case: Case) -> Reports:
    """List what could be told of anybody, each with its share.

    Parameters
    ----------
    kind : Kind
        One that the model of the case weighs.
    case : Case
        The populations of its model say how common each value is, and the registry's counts
        where the kind rests on them.

    Yields
    ------
    (share, record)
        The report with the value in it; shares are known but for a common factor. Nothing for
        a kind whose values cannot be listed.
    """
    if kind in CODES:
        yield from _codes_told(kind, case)
    elif kind in _REPORTS:
        yield from _REPORTS[kind](case)


def possible_finds(kind: Kind, case: Case) -> Finds:
    """List what could be found of anybody's remains, each with its share.

    Parameters
    ----------
    kind, case
        As for `possible_reports`.

    Yields
    ------
    (share, record)
        The remains with the value in them. Nothing for a kind whose values cannot be listed,
        and where the condition of the remains no longer shows it.
    """
    condition = case.remains.condition
    if condition is not None and condition not in SOFT.get(kind, tuple(Condition)):
        return
    if kind in CODES:
        yield from _codes_found(kind, case)
    elif kind in _FINDS:
        yield from _FINDS[kind](case)


def _sexes_told(case: Case) -> Reports:
    female = share_female(case.model.sex)
    yield female, replace(case.missing, sex=Sex.FEMALE)
    yield 1 - female, replace(case.missing, sex=Sex.MALE)


def _sexes_found(case: Case) -> Finds:
    remains, parameters = case.remains, case.model.sex
    female = share_female(parameters)
    for sex in (RemainsSex.FEMALE, RemainsSex.MALE):
        seen = chance_of_estimate(sex, remains.sex_method, parameters)
        share = female * seen[Sex.FEMALE] + (1 - female) * seen[Sex.MALE]
        yield share, replace(remains, sex=sex)


def _ages_told(case: Case) -> Reports:
    for age, share in enumerate(ages_among_remains(case.model.age.population)):
        if share:
            yield share, replace(case.missing, birth=None, age=Range(age, age))


def _ages_found(case: Case) -> Finds:
    population = ages_among_remains(case.model.age.population)
    for low in range(-ESTIMATED_YEARS, OLDEST, 2):
        age = Range(low, low + ESTIMATED_YEARS)
        fits = softly_within(age.low, age.high, case.model.age.estimate)
        yield chance(population, fits), replace(case.remains, age=age)


def _statures_told(case: Case) -> Reports:
    """Take the statures of the population, as reports of such a basis would tell them.

    A report spreads less than the statures themselves: its own error lies beyond it.
    """
    stature, seen = case.model.stature, case.remains
    report = stature.report[case.missing.stature_basis.value]
    female = chance_female(seen.sex, seen.sex_method, case.model.sex)
    people = ((female, stature.population.female), (1 - female, stature.population.male))
    for cm in STATURES_CM:
        share = sum(
            part
            * density(
                cm, each.mean_cm + report.bias_cm, max(each.sd_cm**2 - report.sd_cm**2, 1.0)
            )
            for part, each in people
        )
        yield share, replace(case.missing, stature_cm=Range(cm, cm))


def _statures_found(case: Case) -> Finds:
    remains, stature = case.remains, case.model.stature
    error = stature.estimate[remains.stature_basis.value].sd_cm
    female = chance_female(remains.sex, remains.sex_method, case.model.sex)
    for cm in STATURES_CM:
        share = population_density(Expected(cm, error), female, stature.population)
        yield share, replace(remains, stature_cm=Range(cm, cm))


def _days_told(case: Case) -> Reports:
    found = case.remains.found
    for day, days in _days_around(found.earliest if found else None, case.model, back=True):
        told = DateRange(day, day)
        share = days * found_per_day(told, case.model.time, case.rarity)
        yield share, replace(case.missing, last_contact=told)


def _days_found(case: Case) -> Finds:
    told = case.missing.last_contact
    for day, days in _days_around(told.latest if told else None, case.model, back=False):
        found = DateRange(day, day)
        share = days * found_per_day(found, case.model.time, case.rarity)
        yield share, replace(case.remains, found=found)


def _days_around(day: date | None, model: Model, *, back: bool) -> Iterator[tuple[date, float]]:
    """Go through the days of the registry's years, before and after one day.

    Yields
    ------
    (day, days it stands for)
        Closest steps near the day, where the weight changes fastest.
    """
    if day is None:
        return
    longest = log(model.time.window_years * DAYS_A_YEAR)
    ends = [exp(longest * step / STEPS_OF_TIME) for step in range(STEPS_OF_TIME + 1)]
    for direction in (-1, 1):
        for near, far in pairwise(ends):
            days = round((near + far) / 2) * (-direction if back else direction)
            yield day + timedelta(days=days), far - near


def _codes_told(kind: Kind, case: Case) -> Reports:
    for code, share in getattr(case.model, kind.value).frequency.items():
        changed: Any = {kind.value: CODES[kind](code)}
        yield share, replace(case.missing, **changed)


def _codes_found(kind: Kind, case: Case) -> Finds:
    parameters, counts = getattr(case.model, kind.value), getattr(case.rarity, kind.value)
    for code, share in shares_seen(case.remains.condition, parameters, counts).items():
        changed: Any = {kind.value: CODES[kind](code)}
        yield share, replace(case.remains, **changed)


def _groups_told(case: Case) -> Reports:
    by: Any = case.model.blood_group
    for code in FULL_GROUPS:
        yield by.frequency[code], replace(case.missing, blood_group=BloodGroup(code))


def _groups_found(case: Case) -> Finds:
    by: Any = case.model.blood_group
    for code in FULL_GROUPS:
        yield by.frequency[code], replace(case.remains, blood_group=BloodGroup(code))


def _kilograms_told(case: Case) -> Reports:
    by: Any = case.model.body_weight
    kept = 1 - by.report.lost_share
    for kg in KILOGRAMS:
        share = density(kg * kept, by.population.mean_kg, by.population.sd_kg**2)
        yield share, replace(case.missing, weight_kg=Range(kg, kg))


def _kilograms_found(case: Case) -> Finds:
    by: Any = case.model.body_weight
    for kg in KILOGRAMS:
        seen = replace(case.remains, weight_kg=Range(kg, kg))
        weighed = seen_kilograms(seen)
        if weighed is not None:
            yield chance_of_kilograms(weighed, by), seen


def _nations_told(case: Case) -> Reports:
    for country, share in _nations("", (), case):
        yield share, replace(case.missing, nationality=Listed.of(country))


def _nations_found(case: Case) -> Finds:
    for country, share in _nations(case.remains.country or "", case.missing.nationality, case):
        yield share, replace(case.remains, nationality=Listed.of(country))


def _nations(country: str, told: Iterable[str], case: Case) -> Iterator[tuple[str, float]]:
    """Give the nationalities indicated in a country with their shares; last, any other."""
    by: Any = case.model.nationality
    counts = case.rarity.nationality
    known = sorted({*by.population, *counts.told, *told})
    shares = {code: counts.share(code, country, by.population, by.records) for code in known}
    yield from shares.items()
    yield ELSEWHERE, max(1 - sum(shares.values()), 0.0)


def _destinations_told(case: Case) -> Reports:
    by: Any = case.model.destination
    for country in by.toward:
        going = sum(n for (*_, to), n in case.rarity.ways.items() if to == country)
        yield going + 1.0, replace(case.missing, destination=country)


_REPORTS: Mapping[Kind, Callable[[Case], Reports]] = {
    Kind.SEX: _sexes_told,
    Kind.AGE: _ages_told,
    Kind.STATURE: _statures_told,
    Kind.TIME: _days_told,
    Kind.BLOOD_GROUP: _groups_told,
    Kind.BODY_WEIGHT: _kilograms_told,
    Kind.NATIONALITY: _nations_told,
    Kind.DESTINATION: _destinations_told,
}
_FINDS: Mapping[Kind, Callable[[Case], Finds]] = {
    Kind.SEX: _sexes_found,
    Kind.AGE: _ages_found,
    Kind.STATURE: _statures_found,
    Kind.TIME: _days_found,
    Kind.BLOOD_GROUP: _groups_found,
    Kind.BODY_WEIGHT: _kilograms_found,
    Kind.NATIONALITY: _nations_found,
}
