"""Dates are compared through time alive, time since death, and their own precision."""

from datetime import timedelta
from itertools import pairwise
from math import inf, log, log10
from statistics import NormalDist

import pytest

from matching.codes import Condition
from matching.evidence.numbers import mixed
from matching.evidence.rarity import Rarity
from matching.evidence.time import (
    LONGEST_DAYS,
    STEP,
    Gap,
    Interval,
    chance_by,
    chance_per_day,
    chance_within,
    climate_of,
    curve_days,
    days_between,
    found_per_day,
    interval_of,
    weigh_time,
)
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import DateRange, Place, Range
from tests.matching.everything import NEWEST, a_missing_person, between, on, some_remains

MODEL = load_model("missing-remains-2026.2")
P, ALIVE = MODEL.time, MODEL.survival
NO_RARITY = Rarity()
SOME_DAY = 1e-4
"""Chance that remains are recovered on one day of some thirty years."""
WEEKS = Interval(30.0, 1.0)


def weight(contact, found, rarity=NO_RARITY, **remains):
    person = a_missing_person(last_contact=contact)
    one = some_remains(found=found, **remains)
    return weigh_time(person, one, P, survival=ALIVE, rarity=rarity)


def test_a_usual_interval_speaks_for_and_an_unusual_one_against():
    usual = weight(on("2020-03-01"), on("2020-03-20"))
    unusual = weight(on("1995-03-01"), on("2020-03-20"))

    assert usual.log10_lr > 0 > unusual.log10_lr
    assert (usual.reason, unusual.reason) == (Reason.TIME_FITS, Reason.TIME_UNUSUAL)


def test_an_interval_shorter_than_usual_is_called_unusual_too():
    found = weight(on("2020-03-01"), on("2020-03-02"), condition=Condition.BONE_DEGRADED)

    assert found.reason is Reason.TIME_UNUSUAL


def test_recovery_before_the_last_contact_is_impossible():
    found = weight(on("2020-03-02"), on("2020-03-01"))

    assert (found.log10_lr, found.reason) == (-inf, Reason.TIME_IMPOSSIBLE)


def slipped(contact, found):
    person, one = a_missing_person(last_contact=contact), some_remains(found=found)
    return weigh_time(person, one, NEWEST.time, survival=ALIVE, rarity=NO_RARITY)


@pytest.mark.parametrize("contact", [on("2020-03-02"), on("2021-03-01")])
def test_a_date_may_be_plainly_wrong_by_a_day_or_a_year(contact):
    found = slipped(contact, on("2020-03-01"))

    assert found.log10_lr == pytest.approx(log10(NEWEST.time.unrelated))
    assert found.reason is Reason.TIME_BEFORE_CONTACT


def test_beyond_any_slip_recovery_before_the_last_contact_stays_impossible():
    days = NEWEST.time.slip_days
    found = on("2020-03-01")

    assert slipped(later(found, days), found).log10_lr > -inf
    assert slipped(later(found, days + 1), found).log10_lr == -inf


def later(day, days):
    at = day.earliest + timedelta(days=days)
    return DateRange(at, at)


@pytest.mark.parametrize(
    ("place", "climate"),
    [
        (Place(31.9, -112.0), "desert"),
        (Place(8.2, -77.6), "jungle"),
        (Place(24.0, -81.0), "sea"),
        (Place(19.4, -99.1), None),
        (Place(31.9, -112.0, 400.0), None),
        (None, None),
    ],
)
def test_places_have_a_climate_where_they_are_known_well_enough(place, climate):
    assert climate_of(place, NEWEST.time) == climate


def test_in_the_desert_a_class_means_another_interval():
    condition = Condition.SKELETONISED_DISARTICULATED
    here = some_remains(condition=condition, place=Place(31.9, -112.0))
    there = some_remains(condition=condition, place=Place(19.4, -99.1))

    desert = NEWEST.time.climate["desert"]
    assert interval_of(here, NEWEST.time) == desert.interval[condition]
    assert interval_of(there, NEWEST.time) == NEWEST.time.interval[condition]


def test_a_class_that_a_climate_does_not_name_keeps_the_usual_interval():
    remains = some_remains(condition=Condition.OTHER, place=Place(31.9, -112.0))

    assert interval_of(remains, NEWEST.time) == NEWEST.time.interval[Condition.OTHER]


def test_recovery_before_the_last_contact_within_the_precision_of_the_dates_stays_possible():
    found = weight(between("2020-01-01", "2020-12-31"), on("2020-03-01"))

    assert found.log10_lr > -inf
    assert found.reason is Reason.TIME_WITHIN_IMPRECISION


def test_imprecision_costs_what_it_leaves_open():
    # Sixty days may have passed, or recovery came before the contact: half the days count.
    exact = chance_per_day(Gap(0, 59), WEEKS, ALIVE)

    assert chance_per_day(Gap(-60, 59), WEEKS, ALIVE) == pytest.approx(exact / 2)


def test_the_ratio_averages_to_one_among_non_matches():
    # Over all days of recovery, chance × ratio is the chance of the gap itself; the longest
    # gaps left out here hold the rest.
    days = 40_000

    total = sum(chance_per_day(Gap(day, day), WEEKS, ALIVE) for day in range(days))

    assert total == pytest.approx(chance_within(days, WEEKS, ALIVE))
    assert total == pytest.approx(1, abs=1e-3)


def test_chances_between_the_days_of_the_curve_lie_on_a_straight_line():
    before, after = curve_days()[600:602]
    middle = (before + after) // 2

    found = chance_within(middle, WEEKS, ALIVE)

    low, high = (chance_by(day, WEEKS, ALIVE) for day in (before, after))
    assert found == pytest.approx(low + (high - low) * (middle - before) / (after - before))


def test_chances_stay_what_they_were_beyond_the_last_day():
    last = curve_days()[-1]

    assert last >= LONGEST_DAYS
    assert chance_within(last + 9999, WEEKS, ALIVE) == chance_by(last, WEEKS, ALIVE)
    assert chance_within(-5, WEEKS, ALIVE) == 0


@pytest.mark.parametrize("interval", MODEL.time.interval.values())
def test_neighbouring_days_weigh_alike(interval):
    chances = [chance_per_day(Gap(day, day), interval, ALIVE) for day in range(3, 2000)]

    weights = [log10(mixed(P.unrelated, each / SOME_DAY)) for each in chances]

    assert max(abs(one - next_) for one, next_ in pairwise(weights)) < 0.35


@pytest.mark.parametrize("interval", [Interval(0.5, 1.2), Interval(60.0, 1.3)])
def test_the_chances_are_those_of_time_alive_and_time_since_death_together(interval):
    # The same by brute force: 20,000 equally probable ends of each exponential.
    def by(day):
        return sum(
            part.share
            / (ALIVE.soon.share + ALIVE.later.share)
            / 20_000
            * since_death(day - lived)
            for part in (ALIVE.soon, ALIVE.later)
            for lived in (-part.mean_days * log(1 - (k + 0.5) / 20_000) for k in range(20_000))
        )

    def since_death(days):
        if days <= 0:
            return 0.0
        return NormalDist(log(interval.median_days), interval.log_sd).cdf(log(days))

    for day in (2, 30, 90, 110, 700):
        assert chance_by(day, interval, ALIVE) == pytest.approx(by(day), abs=1e-3)
        before, after = chance_by(day, interval, ALIVE), chance_by(day + 7, interval, ALIVE)
        assert after - before == pytest.approx(by(day + 7) - by(day), rel=0.2)


def test_a_stated_interval_replaces_the_condition_and_is_not_a_second_witness():
    told = interval_of(some_remains(death_days=Range(20, 20)), P)
    other = interval_of(
        some_remains(death_days=Range(20, 20), condition=Condition.BONE_DEGRADED), P
    )

    assert told == other
    assert log(told.median_days) == pytest.approx(log(20.5), abs=STEP / 2)
    assert told.log_sd == pytest.approx(P.stated.min_log_sd)


@pytest.mark.parametrize("condition", [None, *Condition])
def test_each_condition_has_its_interval(condition):
    code = "unknown" if condition is None else condition.value

    assert interval_of(some_remains(condition=condition), P) == P.interval[code]


def test_days_between_counts_from_the_closest_to_the_furthest_days():
    gap = days_between(between("2020-03-01", "2020-03-31"), between("2020-04-01", "2020-04-02"))

    assert gap == Gap(1, 32)


def test_years_with_many_recoveries_make_a_day_likelier_by_chance():
    years = 2 * P.smoothing_years + 1
    rarity = Rarity(found_years={2020: 100}, dated_remains=100)

    found = found_per_day(on("2021-06-01"), P, rarity)

    flat = P.window_records / P.window_years
    expected = (100 / years + flat) / (100 + P.window_records) / 365.25
    assert found == pytest.approx(expected)


def test_the_weight_is_the_chance_of_the_gap_over_that_of_the_day():
    found = weight(on("2020-03-01"), on("2020-03-21"))

    gap = chance_per_day(Gap(20, 20), P.interval["2"], ALIVE)
    ratio = gap / found_per_day(on("2020-03-21"), P, NO_RARITY)
    assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))


@pytest.mark.parametrize("dates", [(None, on("2020-01-01")), (on("2020-01-01"), None)])
def test_without_two_dates_nothing_is_weighed(dates):
    assert weight(*dates) is None
