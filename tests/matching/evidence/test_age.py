"""Ages are compared through what estimates, rounding and time alive do to them."""

from datetime import date
from math import exp, log10

import pytest

from matching.evidence.age import (
    OLDEST,
    ReportedAge,
    ages_among_remains,
    ages_at_death,
    chance,
    reported_age,
    softly_within,
    weigh_age,
)
from matching.evidence.survival import STEPS, Lived, SurvivalParameters, days_alive
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import DateRange, Range
from tests.matching.everything import a_missing_person, between, on, some_remains

MODEL = load_model()
P, ALIVE = MODEL.age, MODEL.survival
AT_ONCE = SurvivalParameters(Lived(0.5, 1e-9), Lived(0.5, 1e-9))


def weight(age, estimate):
    person, remains = a_missing_person(age=age), some_remains(age=estimate)
    return weigh_age(person, remains, P, ALIVE)


def test_an_age_inside_the_estimate_speaks_for_and_one_far_away_against():
    inside = weight(Range(30, 30), Range(25, 35))
    near = weight(Range(38, 38), Range(25, 35))
    far = weight(Range(70, 70), Range(25, 35))

    assert inside.log10_lr > 0 > far.log10_lr
    assert (inside.reason, near.reason) == (Reason.AGE_WITHIN, Reason.AGE_NEAR)
    assert far.reason is Reason.AGE_FAR


def test_no_age_is_ever_a_hard_filter():
    assert weight(Range(95, 95), Range(0, 1)).log10_lr == pytest.approx(
        log10(P.unrelated), abs=0.1
    )


@pytest.mark.parametrize("reported", [Range(24, 24), Range(30, 30), Range(15, 45)])
@pytest.mark.parametrize("width", [4, 15, 50])
def test_the_ratio_averages_to_one_among_non_matches(reported, width):
    # All ranges of one width, far enough beyond both ends of life to cover their blurred ends.
    ranges = [(low, low + width) for low in range(-150, 300)]
    fits = [softly_within(low, high, P.estimate) for low, high in ranges]
    person = reported_age(a_missing_person(age=reported))
    at_death = ages_at_death(person, P.heaping, ALIVE)
    by_chance = [chance(ages_among_remains(P.population), fit) for fit in fits]

    ratios = [
        P.unrelated + (1 - P.unrelated) * chance(at_death, fit) / anybody if anybody else 0
        for fit, anybody in zip(fits, by_chance, strict=True)
    ]

    total = sum(by_chance)
    mean = sum(r * p for r, p in zip(ratios, by_chance, strict=True)) / total
    assert mean == pytest.approx(1, abs=1e-6)


def test_the_age_at_death_is_the_age_at_contact_where_nobody_lives_on():
    ages = ages_at_death(ReportedAge(33, 33, from_birth=True), P.heaping, AT_ONCE)

    assert ages[33] == pytest.approx(1)


def test_time_alive_moves_the_age_up_by_its_mean():
    ages = ages_at_death(ReportedAge(33, 33, from_birth=True), P.heaping, ALIVE)

    mean = sum(age * share for age, share in enumerate(ages))
    lived = sum(share * days for share, days in days_alive(ALIVE)) / 365.25
    assert sum(ages) == pytest.approx(1)
    assert mean == pytest.approx(33 + lived)


def test_the_oldest_grow_no_older():
    ages = ages_at_death(ReportedAge(OLDEST, OLDEST, from_birth=True), P.heaping, ALIVE)

    assert ages[OLDEST] == pytest.approx(1)


@pytest.mark.parametrize(
    ("age", "reach"), [(30, P.heaping.by_ten_years), (35, P.heaping.by_five_years)]
)
def test_a_round_age_may_be_a_rounded_one(age, reach):
    ages = ages_at_death(ReportedAge(age, age, from_birth=False), P.heaping, AT_ONCE)

    triangle = sum(reach + 1 - abs(step) for step in range(-reach, reach + 1))
    assert ages[age - reach] == pytest.approx(P.heaping.share / triangle)
    assert ages[age - reach - 1] == 0
    assert sum(ages) == pytest.approx(1)


@pytest.mark.parametrize(
    "reported",
    [
        ReportedAge(30, 30, from_birth=True),
        ReportedAge(31, 31, from_birth=False),
        ReportedAge(0, 0, from_birth=False),
    ],
)
def test_ages_from_documents_newborns_and_odd_ages_are_not_taken_for_rounded(reported):
    ages = ages_at_death(reported, P.heaping, AT_ONCE)

    assert ages[reported.low] == pytest.approx(1)


def test_a_birth_date_counts_before_an_age():
    person = a_missing_person(birth=on("1990-03-01"), last_contact=on("2020-03-02"))

    assert reported_age(person) == ReportedAge(30, 30, from_birth=True)


def test_imprecise_dates_make_an_imprecise_age():
    person = a_missing_person(
        birth=between("1990-01-01", "1990-12-31"), last_contact=on("2020-07-01")
    )

    assert reported_age(person) == ReportedAge(29, 30, from_birth=True)


def test_a_birth_after_the_last_contact_falls_back_on_the_age():
    born = DateRange(date(2021, 1, 1), date(2021, 1, 1))

    assert reported_age(a_missing_person(birth=born)) == ReportedAge(31, 31, from_birth=False)
    assert reported_age(a_missing_person(birth=born, age=None)) is None


@pytest.mark.parametrize("sides", [(None, Range(20, 30)), (Range(20, 30), None)])
def test_without_two_ages_nothing_is_weighed(sides):
    assert weight(*sides) is None


def test_each_part_of_the_time_alive_keeps_nearly_its_exponential_mean():
    soon = [days for _, days in days_alive(ALIVE)][:STEPS]

    # Middles of slices leave out the thin end: below the mean, by less than a twentieth.
    assert 0.95 * ALIVE.soon.mean_days < sum(soon) / STEPS < ALIVE.soon.mean_days
    assert soon[STEPS // 2] > ALIVE.soon.mean_days * (1 - exp(-0.5))
