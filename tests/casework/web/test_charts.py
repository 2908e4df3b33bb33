"""The geometry of bars and columns."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.charts import WIDEST, WIDTH, columns, weight_bar, widest_of


def test_a_weight_that_supports_grows_from_the_middle_to_the_end():
    bar = weight_bar(WIDEST / 2)

    assert (bar.x, bar.width, bar.side) == (WIDTH / 2, WIDTH / 4, "supports")


def test_a_weight_that_argues_against_grows_from_the_middle_to_the_start():
    bar = weight_bar(-WIDEST / 2)

    assert (bar.x, bar.width, bar.side) == (WIDTH / 4, WIDTH / 4, "against")


def test_a_weight_beyond_the_scale_is_cut_and_says_so():
    assert weight_bar(WIDEST).is_cut is False
    assert weight_bar(WIDEST * 2).is_cut is True
    assert weight_bar(-math.inf).x == 0


@pytest.mark.parametrize("absent", [None, math.nan])
def test_a_missing_weight_has_no_bar_on_either_side(absent):
    bar = weight_bar(absent)

    assert (bar.width, bar.side) == (0, "absent")


@given(st.floats(allow_nan=False), st.floats(min_value=0.5, max_value=9))
def test_every_bar_stays_inside_and_touches_the_middle(log10_lr, widest):
    bar = weight_bar(log10_lr, widest)

    assert bar.x >= 0
    assert bar.x + bar.width <= WIDTH
    assert bar.middle in {bar.x, bar.x + bar.width}


def test_opposite_weights_have_bars_of_one_length():
    assert weight_bar(1.7).width == weight_bar(-1.7).width


def test_bars_of_one_pairing_share_a_scale_that_neither_infinity_nor_absence_stretches():
    assert widest_of([0.4, -2.0, None, math.nan, math.inf]) == 2.0
    assert widest_of([]) == 1.0
    assert widest_of([7.0]) == WIDEST


def test_columns_are_as_high_as_their_counts():
    low, high = columns([("2020", 20), ("2021", 40)], height=100)

    assert low.height * 2 == high.height == 100
    assert high.y == 0
    assert low.y + low.height == 100


def test_columns_without_counts_are_flat():
    assert columns([]) == []
    assert columns([("2020", 0)])[0].height == 0
