"""How many of some pairs are true: closed forms of the sum of unlike events."""

from itertools import product
from math import comb, prod

import numpy as np
import pytest

from matching.true_matches import (
    MANY,
    Expected,
    expected_true_matches,
    limits_of_sum,
)


def limits_by_enumeration(probabilities):
    """2.5 % and 97.5 % points from every way in which the events may happen."""
    chances = np.zeros(len(probabilities) + 1)
    for outcome in product((0, 1), repeat=len(probabilities)):
        happens = zip(probabilities, outcome, strict=True)
        chances[sum(outcome)] += prod(p if true else 1 - p for p, true in happens)
    return tuple(float(np.searchsorted(np.cumsum(chances), at)) for at in (0.025, 0.975))


@pytest.mark.parametrize(
    "probabilities",
    [[0.5], [0.1, 0.9, 0.5, 0.5], [0.3] * 8, [1.0, 1.0, 0.2], [0.999, 0.001, 0.4, 0.0]],
)
def test_the_limits_are_those_of_every_way_it_may_happen(probabilities):
    assert limits_of_sum(np.array(probabilities)) == limits_by_enumeration(probabilities)


def test_equal_events_are_binomial():
    below = np.cumsum([comb(60, k) * 0.25**k * 0.75 ** (60 - k) for k in range(61)])

    low, high = limits_of_sum(np.full(60, 0.25))

    assert (low, high) == (np.searchsorted(below, 0.025), np.searchsorted(below, 0.975))


def test_where_many_are_expected_the_bell_curve_stands_in():
    probability = np.full(4 * MANY, 0.5)
    half = 1.959963984540054 * np.sqrt(4 * MANY / 4)

    low, high = limits_of_sum(probability)

    assert (low, high) == (np.floor(2 * MANY - half), np.ceil(2 * MANY + half))


def test_both_ways_of_counting_meet():
    exact = limits_of_sum(np.full(4 * MANY, 0.2499))
    curve = limits_of_sum(np.full(4 * MANY, 0.2501))

    assert exact == pytest.approx(curve, abs=2)


def test_the_sum_stands_between_its_limits():
    posterior = np.full(100, 0.2)

    found = expected_true_matches(posterior)

    assert found == Expected(pytest.approx(20.0), *limits_of_sum(posterior))
    assert found.as_dict() == {"count": found.count, "low": found.low, "high": found.high}


def test_of_no_pair_none_is_true():
    assert expected_true_matches(np.array([])) == Expected(0.0, 0.0, 0.0)
