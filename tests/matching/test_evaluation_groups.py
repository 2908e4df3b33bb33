"""Who is found less often, and why: closed forms on lists small enough to check by hand."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation import ListedPairs, ListSide, wilson_interval
from matching.evaluation_groups import (
    ENOUGH_PAIRS,
    Share,
    Verdict,
    chance_of_differing,
    chi_square_tail,
    difference_interval,
    found_by_group,
    widest_gap,
)


def a_world(**groups):
    """Each group: how many true pairs stand first, and how many are not listed at all."""
    pairs = [
        (f"{name}{i}", f"r-{name}{i}", i < first)
        for name, (first, lost) in groups.items()
        for i in range(first + lost)
    ]
    listed = [(left, right) for left, right, is_first in pairs if is_first]
    ones = np.ones(len(listed), dtype=np.int64)
    return (
        ListedPairs(*zip(*listed, strict=True), np.full(len(listed), 0.5), ones, ones),
        {(left, right) for left, right, _ in pairs},
        {left: left.rstrip("0123456789") for left, _, _ in pairs},
    )


def test_each_group_has_its_recall_with_wilsons_interval():
    pairs, truth, groups = a_world(women=(8, 2), men=(5, 5))

    found = found_by_group(pairs, truth, groups, ListSide.LEFT)

    assert found["women"].recall[10].value == 8 / 10
    assert (found["men"].recall[1].low, found["men"].recall[1].high) == wilson_interval(5, 10)
    assert found["men"].judged.mean_reciprocal_rank[ListSide.LEFT] == 5 / 10


def test_the_median_rank_is_infinite_where_most_are_not_listed():
    pairs, truth, groups = a_world(found=(3, 0), lost=(1, 2))

    found = found_by_group(pairs, truth, groups, ListSide.LEFT)

    assert found["found"].median_rank == 1
    assert math.isinf(found["lost"].median_rank)


def test_whoever_is_in_no_group_is_left_out():
    pairs, truth, groups = a_world(women=(2, 0), men=(1, 1))
    del groups["men0"]

    found = found_by_group(pairs, truth, groups, ListSide.LEFT)

    assert found["men"].true_pairs == 1
    assert found["men"].recall[1].value == 0


def test_groups_of_the_right_side_are_judged_on_the_lists_of_the_right():
    ranks = np.array([2, 1]), np.array([7, 6])  # the other pair is not true
    pairs = ListedPairs(["m", "m"], ["r", "q"], np.array([0.5, 0.5]), *ranks)

    found = found_by_group(pairs, {("m", "r")}, {"r": "bone"}, ListSide.RIGHT)

    assert found["bone"].median_rank == 7


def test_without_strata_everybody_is_expected_to_be_found_alike():
    pairs, truth, groups = a_world(women=(8, 2), men=(5, 5))

    found = found_by_group(pairs, truth, groups, ListSide.LEFT)

    expected = [each.expected[10] for each in found.values()]
    assert expected == pytest.approx([13 / 20, 13 / 20])


def test_a_gap_that_comes_from_how_much_is_recorded_is_explained_by_it():
    # Of the well recorded all are found, of the others none; women are better recorded.
    pairs, truth, groups = a_world(women=(30, 10), men=(10, 30))
    listed = set(zip(pairs.left, pairs.right, strict=True))
    strata = {pair: "much" if pair in listed else "little" for pair in truth}

    gap = widest_gap(found_by_group(pairs, truth, groups, ListSide.LEFT, strata=strata))

    assert (gap.worst, gap.best, gap.points) == ("men", "women", 30 / 40 - 10 / 40)
    assert gap.explained == pytest.approx(gap.points)
    assert gap.unexplained == pytest.approx(0)
    assert gap.verdict is Verdict.EXPLAINED


def test_a_gap_within_each_stratum_stays_open():
    pairs, truth, groups = a_world(women=(30, 10), men=(10, 30))
    strata = dict.fromkeys(truth, "alike")

    gap = widest_gap(found_by_group(pairs, truth, groups, ListSide.LEFT, strata=strata))

    assert gap.explained == pytest.approx(0)
    assert gap.verdict is Verdict.OPEN


def test_a_gap_as_chance_makes_it_is_called_so():
    pairs, truth, groups = a_world(women=(11, 9), men=(10, 10))

    gap = widest_gap(found_by_group(pairs, truth, groups, ListSide.LEFT))

    assert gap.verdict is Verdict.CHANCE


def test_no_gap_is_named_with_the_few_or_with_those_who_are_no_group():
    few = ENOUGH_PAIRS - 1
    pairs, truth, groups = a_world(women=(20, 0), men=(20, 0), few=(0, few), unsaid=(0, 20))
    found = found_by_group(pairs, truth, groups, ListSide.LEFT)

    assert widest_gap(found, leave_out=["unsaid"]).points == 0
    assert widest_gap(found, leave_out=["unsaid", "men"]) is None


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_interval_of_a_difference_holds_it_and_mirrors_it(of_one, of_other, data):
    one = Share.counted(data.draw(st.integers(0, of_one)), of_one)
    other = Share.counted(data.draw(st.integers(0, of_other)), of_other)

    low, high = difference_interval(one, other)

    assert low - 1e-12 <= one.value - other.value <= high + 1e-12
    assert difference_interval(other, one) == pytest.approx((-high, -low))


def test_the_interval_of_a_difference_is_newcombes():
    # Newcombe 1998, Statist. Med. 17:873, table II: 56/70 - 48/80, method 10.
    low, high = difference_interval(Share.counted(56, 70), Share.counted(48, 80))

    assert (low, high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


@pytest.mark.parametrize("x", [0.0, 0.5, 3.84, 20.0])
def test_the_tail_of_chi_square_has_its_closed_forms(x):
    two_sided = 2 * (1 - NormalDist().cdf(math.sqrt(x)))

    assert chi_square_tail(x, 1) == pytest.approx(two_sided, abs=1e-12)
    assert chi_square_tail(x, 2) == pytest.approx(math.exp(-x / 2))
    assert chi_square_tail(x, 4) == pytest.approx(math.exp(-x / 2) * (1 + x / 2))
    density = math.sqrt(2 * x / math.pi) * math.exp(-x / 2)
    assert chi_square_tail(x, 3) == pytest.approx(two_sided + density, abs=1e-12)


def test_of_two_shares_the_test_is_the_square_of_the_usual_one():
    pooled = 13 / 20
    z = (8 / 10 - 5 / 10) / math.sqrt(pooled * (1 - pooled) * (1 / 10 + 1 / 10))

    chance = chance_of_differing([Share.counted(8, 10), Share.counted(5, 10)])

    assert chance == pytest.approx(2 * (1 - NormalDist().cdf(z)))


def test_where_nobody_or_everybody_was_found_there_is_no_difference():
    assert chance_of_differing([Share.counted(0, 10), Share.counted(0, 20)]) == 1
    assert chance_of_differing([Share.counted(10, 10), Share.counted(20, 20)]) == 1


def test_a_share_of_nobody_has_no_value():
    assert math.isnan(Share.counted(0, 0).value)
