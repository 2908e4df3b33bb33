"""Every expected number here is a closed form of a list small enough to check by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import NothingToCompare
from matching.evaluation import (
    SURE,
    ListedPairs,
    ListSide,
    evaluate,
    evaluate_by_group,
    expected_calibration_error,
    log_loss,
    mean_reciprocal_rank,
    recall_at,
    reliability,
    wilson_interval,
)


def listed(*rows):
    """Rows of (left, right, posterior, rank for left, rank for right)."""
    left, right, posterior, for_left, for_right = zip(*rows, strict=True) if rows else [()] * 5
    return ListedPairs(
        left,
        right,
        np.array(posterior, dtype=float),
        np.array(for_left, dtype=np.int64),
        np.array(for_right, dtype=np.int64),
    )


A_LIST = listed(
    ("m1", "r1", 0.5, 1, 1),
    ("m1", "r2", 0.25, 2, 0),
    ("m2", "r2", 0.125, 6, 1),
    ("m3", "r1", 0.125, 1, 3),
)
ITS_TRUTH = {("m1", "r1"), ("m2", "r2"), ("m4", "r4")}


def test_recall_counts_true_pairs_within_the_rank_and_those_never_listed():
    recall = evaluate(A_LIST, ITS_TRUTH).recall

    assert recall[ListSide.LEFT] == {1: 1 / 3, 5: 1 / 3, 10: 2 / 3, 50: 2 / 3}
    assert recall[ListSide.RIGHT] == {1: 2 / 3, 5: 2 / 3, 10: 2 / 3, 50: 2 / 3}


def test_a_pair_outside_one_sides_top_is_not_found_by_that_side():
    assert recall_at(np.array([0, 3]), 2, (1, 5)) == {1: 0.0, 5: 1 / 2}


def test_reciprocal_ranks_average_over_all_records_with_a_true_mate():
    judged = evaluate(A_LIST, ITS_TRUTH)

    assert judged.mean_reciprocal_rank[ListSide.LEFT] == pytest.approx((1 + 1 / 6) / 3)
    assert judged.mean_reciprocal_rank[ListSide.RIGHT] == pytest.approx((1 + 1) / 3)


def test_of_two_true_mates_the_first_counts_for_the_reciprocal_rank():
    pairs = listed(("m1", "r1", 0.1, 4, 1), ("m1", "r2", 0.1, 2, 1))

    judged = evaluate(pairs, {("m1", "r1"), ("m1", "r2")})

    assert judged.mean_reciprocal_rank[ListSide.LEFT] == 1 / 2


def test_a_mate_outside_the_top_adds_nothing_to_the_reciprocal_rank():
    pairs = listed(("m1", "r1", 0.1, 0, 1))

    judged = evaluate(pairs, {("m1", "r1")})

    assert judged.mean_reciprocal_rank[ListSide.LEFT] == 0
    assert mean_reciprocal_rank(np.array([0, 2]), 2) == 1 / 4


def test_log_loss_is_the_mean_surprise_in_nats():
    judged = evaluate(A_LIST, ITS_TRUTH)

    surprise = -(math.log(0.5) + math.log(0.75) + math.log(0.125) + math.log(0.875))
    assert judged.log_loss == pytest.approx(surprise / 4)


def test_a_true_pair_not_listed_is_charged_the_smallest_posterior_listed():
    judged = evaluate(A_LIST, ITS_TRUTH)

    expected = (4 * judged.log_loss - math.log(0.125)) / 5
    assert judged.log_loss_with_unlisted == pytest.approx(expected)


def test_a_certainty_that_fails_costs_much_but_not_everything():
    loss = log_loss(np.array([1.0]), np.array([False]))

    assert loss == pytest.approx(-math.log(SURE), rel=1e-4)


def test_saying_the_base_rate_of_everything_costs_its_entropy():
    judged = evaluate(A_LIST, ITS_TRUTH)

    assert judged.log_loss_of_base_rate == pytest.approx(math.log(2))  # two true of four


def test_a_bin_holds_its_lower_edge_and_the_last_one_also_certainty():
    bins = reliability(np.array([0.0, 0.5, 1.0]), np.array([False, True, True]), (0, 0.5, 1))

    assert [each.pairs for each in bins] == [1, 2]
    assert bins[1].mean_posterior == 0.75
    assert bins[1].share_true == 1


def test_an_empty_bin_says_nothing_and_costs_nothing():
    bins = reliability(np.array([0.75]), np.array([True]), (0, 0.5, 1))

    assert math.isnan(bins[0].share_true)
    assert expected_calibration_error(bins) == 0.25


def test_the_calibration_error_weighs_each_bin_by_its_pairs():
    posterior = np.array([0.25, 0.25, 0.25, 0.75])
    is_true = np.array([False, False, False, True])

    error = expected_calibration_error(reliability(posterior, is_true, (0, 0.5, 1)))

    assert error == 3 / 4 * 0.25 + 1 / 4 * 0.25


def test_zeros_do_not_flatter_the_error_of_what_is_worth_reading():
    pairs = listed(
        ("m1", "r1", 0.5, 1, 1), *((f"m{i}", "r9", 0.0, 1, 1) for i in range(2, 101))
    )

    judged = evaluate(pairs, {("m0", "r0")})

    assert judged.calibration_error == pytest.approx(0.5 / 100)
    assert judged.calibration_error_worth_reading == 0.5


def test_the_interval_of_no_success_ends_where_wilson_says():
    z2 = 1.959963984540054**2

    low, high = wilson_interval(0, 10)

    assert low == 0
    assert high == pytest.approx(z2 / (10 + z2))  # Brown, Cai & DasGupta 2001, X = 0


@given(st.integers(1, 200), st.data())
def test_the_interval_holds_the_share_and_mirrors_it(pairs, data):
    true = data.draw(st.integers(0, pairs))

    low, high = wilson_interval(true, pairs)

    mirrored = wilson_interval(pairs - true, pairs)
    assert low - 1e-12 <= true / pairs <= high + 1e-12
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_posteriors_that_mean_what_they_say_are_found_calibrated():
    rng = np.random.default_rng(20260101)
    posterior = rng.random(200_000)

    error = expected_calibration_error(reliability(posterior, rng.random(200_000) < posterior))

    assert error < 0.01  # 13 bins, each with a standard error below 0.005


def test_posteriors_stated_as_their_square_root_are_caught():
    rng = np.random.default_rng(20260101)
    chance = rng.random(200_000)

    error = expected_calibration_error(
        reliability(np.sqrt(chance), rng.random(200_000) < chance)
    )

    assert error == pytest.approx(2 / 3 - 1 / 2, abs=0.01)  # E sqrt(p) - E p, p uniform


def test_an_empty_list_finds_nothing_and_has_no_calibration():
    judged = evaluate(listed(), {("m1", "r1")})

    assert judged.recall[ListSide.LEFT][50] == 0
    assert math.isnan(judged.log_loss)
    assert math.isnan(judged.log_loss_of_base_rate)
    assert math.isnan(judged.calibration_error)


def test_an_empty_truth_is_refused():
    with pytest.raises(NothingToCompare):
        evaluate(A_LIST, set())


def test_groups_divide_the_truth_between_them():
    groups = {"m1": "female", "m2": "male", "m3": "male"}

    judged = evaluate_by_group(A_LIST, ITS_TRUTH, groups, ListSide.LEFT)

    assert {name: each.true_pairs for name, each in judged.items()} == {"female": 1, "male": 1}
    assert judged["female"].pairs_listed == 2
    assert judged["female"].recall[ListSide.LEFT][1] == 1
    assert judged["male"].recall[ListSide.LEFT][1] == 0


def test_groups_may_be_those_of_the_right_side():
    judged = evaluate_by_group(A_LIST, ITS_TRUTH, {"r2": "skeleton"}, ListSide.RIGHT)

    assert judged["skeleton"].true_pairs_listed == 1


def test_columns_of_different_length_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="differ in length"):
        ListedPairs(["m1"], [], np.array([0.5]), np.array([1]), np.array([1]))


@pytest.mark.parametrize("posterior", [-0.1, 1.5, float("nan")])
def test_a_posterior_that_is_no_probability_is_a_mistake_of_the_caller(posterior):
    with pytest.raises(ValueError, match="outside 0 to 1"):
        listed(("m1", "r1", posterior, 1, 1))
