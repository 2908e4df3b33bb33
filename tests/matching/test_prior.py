"""What is believed of a pair before its evidence, and after it."""

import numpy as np
import pytest

from matching.prior import Prior, open_population_prior, posteriors


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
