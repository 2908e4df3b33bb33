"""Statures are compared as measurements with error, against their own population."""

from math import exp, log10, pi, sqrt

import numpy as np
import pytest

from matching.codes import RemainsSex, RemainsStatureBasis, StatureBasis
from matching.evidence.sex import chance_female
from matching.evidence.stature import (
    MIDDLE_90,
    Expected,
    density,
    expected_stature,
    found_stature,
    population_density,
    weigh_stature,
)
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import Range
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model()
P = MODEL.stature


def weight(told, seen, **person):
    missing = a_missing_person(stature_cm=told, **person)
    return weigh_stature(missing, some_remains(stature_cm=seen), P, MODEL.sex)


def test_a_near_stature_speaks_for_and_a_far_one_against():
    near = weight(Range(182, 182), Range(181, 181))
    far = weight(Range(182, 182), Range(150, 150))

    assert near.log10_lr > 0 > far.log10_lr
    assert (near.reason, far.reason) == (Reason.STATURE_NEAR, Reason.STATURE_FAR)


def test_no_stature_is_ever_a_hard_filter():
    assert weight(Range(200, 200), Range(140, 140)).log10_lr == pytest.approx(
        log10(P.unrelated)
    )


@pytest.mark.parametrize("sex", [RemainsSex.FEMALE, RemainsSex.MALE, RemainsSex.UNKNOWN])
def test_the_ratio_averages_to_one_among_non_matches(sex):
    grid = np.arange(-50, 340, 0.1)
    expected = Expected(163.0, 5.0)
    female = chance_female(sex, some_remains().sex_method, MODEL.sex)

    person = [density(x, expected.mean_cm, expected.sd_cm**2 + 4.0**2) for x in grid]
    anybody = [population_density(Expected(x, 4.0), female, P.population) for x in grid]

    # The mean of person / anybody over the population is the integral of person alone, and
    # the population's own density must integrate to one for it to be a mean at all.
    assert sum(person) * 0.1 == pytest.approx(1)
    assert sum(anybody) * 0.1 == pytest.approx(1)


def test_the_weight_is_the_ratio_of_two_normal_densities():
    found = weight(Range(170, 170), Range(165, 175))

    told, seen = P.report["family"], P.estimate["long_bone"].sd_cm
    variance = told.sd_cm**2 + max(seen, 10 / MIDDLE_90) ** 2
    gap = 170 - (170 - told.bias_cm)
    person = exp(-(gap**2) / (2 * variance)) / sqrt(2 * pi * variance)
    female = chance_female(RemainsSex.MALE, some_remains().sex_method, MODEL.sex)
    anybody = population_density(Expected(170, max(seen, 10 / MIDDLE_90)), female, P.population)
    ratio = P.unrelated + (1 - P.unrelated) * person / anybody
    assert found.log10_lr == pytest.approx(log10(ratio))


def test_stature_is_lost_with_age():
    young = expected_stature(a_missing_person(age=Range(45, 45)), P)
    old = expected_stature(a_missing_person(age=Range(75, 75)), P)

    assert young.mean_cm - old.mean_cm == pytest.approx(30 * P.shrinkage.cm_per_year)


def test_people_still_growing_are_not_weighed():
    assert weight(Range(150, 150), Range(150, 150), age=Range(15, 15)) is None


def test_an_unknown_age_is_taken_for_an_adults():
    assert (
        expected_stature(a_missing_person(age=None), P).mean_cm
        == 170 - P.report["family"].bias_cm
    )


def test_reports_of_each_basis_have_their_own_error():
    errors = {
        basis: expected_stature(a_missing_person(stature_basis=basis), P).sd_cm
        for basis in StatureBasis
    }

    assert errors == {basis: P.report[basis].sd_cm for basis in StatureBasis}


@pytest.mark.parametrize("basis", list(RemainsStatureBasis))
def test_a_range_wider_than_its_method_is_taken_as_its_middle_ninety_percent(basis):
    narrow = found_stature(some_remains(stature_cm=Range(170, 170), stature_basis=basis), P)
    wide = found_stature(some_remains(stature_cm=Range(150, 190), stature_basis=basis), P)

    assert narrow.sd_cm == P.estimate[basis].sd_cm
    assert wide.sd_cm == 40 / MIDDLE_90


@pytest.mark.parametrize("sides", [(None, Range(160, 170)), (Range(160, 170), None)])
def test_without_two_statures_nothing_is_weighed(sides):
    assert weight(*sides) is None
