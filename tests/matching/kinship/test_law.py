"""How ratios are spread: by convolution, as adding up everything that can be seen gives it."""

import itertools

import numpy as np
import pytest

from matching.kinship.law import STEP, Law, law_of, mixed, steps_of, together

FATHER = {0.0: 0.64, 1 / (4 * 0.2): 0.2, 1 / (2 * 0.2): 0.16}
"""Ratios and how probable each is among the unrelated; one that never is, and two made up."""


def a_law(spread):
    ratios, chances = (np.array(each) for each in zip(*spread.items(), strict=True))
    with np.errstate(divide="ignore"):
        return law_of(np.log10(ratios), chances)


def on_grid(*steps_and_chances):
    """Ratios that stand on points of the grid, so that nothing is shared out."""
    return a_law({10.0 ** (step * STEP): chance for step, chance in steps_and_chances})


def test_a_law_keeps_the_probability_and_the_mean_of_the_ratio():
    law = a_law(FATHER)

    assert law.mass.sum() == pytest.approx(0.36)
    assert law.if_true.sum() == pytest.approx(0.2 / 0.8 + 0.16 / 0.4)


def test_ratios_that_stand_on_the_grid_stay_where_they_are():
    law = on_grid((-3, 0.25), (0, 0.5), (4, 0.25))

    assert law.start == -3
    assert law.mass == pytest.approx([0.25, 0, 0, 0.5, 0, 0, 0, 0.25, 0])
    assert law.points[0] == pytest.approx(-3 * STEP)


def test_independent_loci_are_put_together_as_by_adding_everything_up():
    spreads = [
        [(-7, 0.5), (0, 0.3), (11, 0.2)],
        [(-2, 0.1), (5, 0.9)],
        [(-20, 0.6), (1, 0.1), (3, 0.3)],
    ]

    law = together([on_grid(*each) for each in spreads])

    for threshold in (-30, -8, 0, 9, 19, 20):
        expected = sum(
            np.prod([chance for _, chance in way])
            for way in itertools.product(*spreads)
            if sum(step for step, _ in way) >= threshold
        )
        assert law.reached_by_chance(threshold * STEP) == pytest.approx(expected)


def test_what_cannot_reach_a_floor_any_more_is_left_out_and_nothing_else():
    laws = [on_grid((-40, 0.5), (3, 0.5)), on_grid((-40, 0.5), (2, 0.5)), on_grid((10, 1.0))]
    whole, cut = together(laws), together(laws, floor=0)

    assert len(cut.mass) < len(whole.mass)
    at = np.arange(0, 20) * STEP
    assert cut.reached_by_chance(at) == pytest.approx(whole.reached_by_chance(at))
    assert together([on_grid((-1, 1.0))], floor=50).reached_by_chance(2.5) == 0


def test_no_locus_says_nothing():
    assert together([]).reached_by_chance(0) == 1


def test_a_chance_between_two_points_is_told_from_the_lower_one():
    law = on_grid((2, 0.125), (3, 0.25))

    assert law.reached_by_chance(2.5 * STEP) == pytest.approx(0.375)
    assert law.reached_by_chance(3 * STEP) == pytest.approx(0.25)
    assert law.reached_if_true(3 * STEP) == pytest.approx(0.25 * 10 ** (3 * STEP))


def test_quantiles_count_those_who_are_excluded_as_lowest():
    law = on_grid((0, 0.25), (10, 0.25))

    assert law.quantile_by_chance(0.5) == -np.inf
    assert law.quantile_by_chance(0.6) == 0
    assert law.quantile_by_chance(1.0) == pytest.approx(10 * STEP)
    true = 0.25 * 10 ** (10 * STEP) / (0.25 + 0.25 * 10 ** (10 * STEP))
    assert law.quantile_if_true(1 - true - 0.01) == 0
    assert law.quantile_if_true(1 - true + 0.01) == pytest.approx(10 * STEP)
    assert law.mean_if_true == pytest.approx(true * 10 * STEP)


def test_a_mixture_is_of_each_with_its_share():
    law = mixed([on_grid((0, 1.0)), on_grid((2, 0.5))], [0.25, 0.75])

    assert isinstance(law, Law)
    assert law.start == 0
    assert law.mass[:3] == pytest.approx([0.25, 0, 0.375])


def test_the_last_digit_of_a_logarithm_does_not_move_a_point():
    assert steps_of(np.array([3 * STEP - 1e-15, 0.0, -1e-16])).tolist() == [3, 0, 0]
