"""What is believed of a pair before its evidence, and after it."""

from math import lgamma

import numpy as np
import pytest

from matching.prior import Prior, odds_of, open_population_prior, posteriors


def alone(log10_lr, prior):
    return posteriors(np.array([log10_lr]), np.array([0]), np.array([0]), prior)[0]


def test_most_remains_belong_to_nobody_reported():
    prior = open_population_prior(4000, 2500, 0.1)

    assert prior == Prior(0.1 * 2500 / (4000 * 2500), 0.1 * 2500, "share_reported")


@pytest.mark.parametrize("log10_lr", [-3.0, 0.0, 4.0, 12.0])
def test_a_pairing_without_rivals_follows_bayes(log10_lr):
    odds = 1e-4 * 10**log10_lr

    assert alone(log10_lr, 1e-4) == pytest.approx(odds / (1 + odds))


def test_two_equal_candidates_for_one_person_share_the_probability():
    found = posteriors(np.array([8.0, 8.0]), np.array([0, 0]), np.array([0, 1]), 1e-3)

    # Both together are nearly certain, so each is nearly one half.
    assert found == pytest.approx([0.5, 0.5], abs=1e-4)


def test_rivals_on_both_sides_multiply():
    log10_lr = np.array([3.0, 2.0, 1.0])
    own = 1e-3 * 10**log10_lr

    found = posteriors(log10_lr, np.array([0, 0, 1]), np.array([0, 1, 0]), 1e-3)

    assert found[0] == pytest.approx(own[0] / (own[0] + (1 + own[1]) * (1 + own[2])))


def test_a_pairing_of_other_records_changes_nothing():
    found = posteriors(np.array([3.0, 9.0]), np.array([0, 1]), np.array([0, 1]), 1e-3)

    assert found[0] == pytest.approx(alone(3.0, 1e-3))


def test_no_pairing_has_no_posterior():
    empty = np.array([], dtype=np.int64)

    assert len(posteriors(np.array([]), empty, empty, 0.1)) == 0


def test_odds_are_against_both_records_belonging_to_nobody():
    # Of ten remains eight belong to one of forty people: a fifth and four fifths are left.
    prior = open_population_prior(40, 10, 0.8)

    assert odds_of(prior, (40, 10)) == pytest.approx(8 / 400 / (0.8 * 0.2))


def test_the_odds_of_a_few_records_are_exact():
    assert odds_of(Prior(0.1, 0.1, "stated"), (1, 1)) == pytest.approx(0.1 / 0.9)
    assert odds_of(Prior(0.002, 0.5, "stated"), (1, 250)) == pytest.approx(0.002 / 0.5)
    assert odds_of(Prior(1.0, 1.0, "stated"), (1, 1)) == pytest.approx(0.95 / 0.05)


def test_nobody_is_never_impossible():
    assert odds_of(Prior(0.1, 10.0, "stated"), (10, 10)) == pytest.approx(0.1 / 0.05**2)


@pytest.mark.parametrize("expected", [3.0, 12.0])
def test_odds_give_back_the_expected_number_where_nothing_is_known(expected):
    # Everybody weighs nothing: so many assignments of k pairs, each with odds to the k.
    n, m = 40, 30
    prior = open_population_prior(n, m, 0.5).expecting(expected)
    ways = [
        lgamma(n + 1) - lgamma(n - k + 1) + lgamma(m + 1) - lgamma(m - k + 1) - lgamma(k + 1)
        for k in range(m + 1)
    ]
    logs = np.array(ways) + np.arange(m + 1) * np.log(odds_of(prior, (n, m)))
    chances = np.exp(logs - logs.max())

    assert chances @ np.arange(m + 1) / chances.sum() == pytest.approx(expected, rel=0.03)


def test_another_expectation_is_another_probability_of_each_pair():
    prior = open_population_prior(40, 10, 0.2)

    assert prior.expecting(4.0).value == pytest.approx(2 * prior.value)
    assert prior.expecting(4.0).expected_true_matches == 4.0


def test_a_prior_is_laid_out_for_a_report():
    assert open_population_prior(40, 10, 0.2).as_dict() == {
        "value": 2 / 400,
        "expected_true_matches": 2.0,
        "basis": "share_reported",
        "low": None,
        "high": None,
        "learned": 0.0,
    }
