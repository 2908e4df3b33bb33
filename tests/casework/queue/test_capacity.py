"""What a week's hours come to: closed forms."""

from math import comb

import pytest

from casework.queue.capacity import (
    LONGEST_MINUTES,
    START_COUNTS_AS,
    START_MINUTES,
    Capacity,
    expected_of,
    minutes_of_opinion,
    reached,
)


def a_week(hours, promised=0):
    said = 0 if hours is None else 1
    return Capacity(hours, said, 3, promised, START_MINUTES, 0)


def test_before_anything_is_measured_an_opinion_takes_the_start_value():
    assert minutes_of_opinion([]) == START_MINUTES


def test_one_night_left_open_and_a_few_quick_ones_do_not_move_it():
    assert minutes_of_opinion([LONGEST_MINUTES + 1] * 50) == START_MINUTES
    assert minutes_of_opinion([5.0] * (START_COUNTS_AS - 1)) == START_MINUTES


def test_many_measured_ones_take_the_place_of_the_start_value():
    assert minutes_of_opinion([20.0] * (START_COUNTS_AS + 1)) == 20


def test_a_week_holds_its_hours_over_the_time_of_an_opinion_less_what_is_promised():
    assert a_week(6).opinions == 6 * 60 // 45
    assert a_week(6, promised=3).opinions == 6 * 60 // 45 - 3
    assert a_week(1, promised=9).opinions == 0


def test_where_nobody_said_their_hours_no_end_is_drawn():
    assert a_week(None).opinions is None
    assert reached(None, [2, 2]) is None


def test_a_week_reaches_down_to_the_first_pair_that_does_not_fit():
    assert reached(5, [2, 0, 2, 2, 1]) == 3
    assert reached(0, [0, 0, 2]) == 2
    assert reached(9, [2]) == 1


def test_of_equal_posteriors_the_count_is_binomial():
    n, p = 20, 0.25
    expected = expected_of([p] * n)
    below = [
        sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(m + 1)) for m in range(n)
    ]

    assert expected.true == pytest.approx(n * p)
    assert expected.least == next(m for m, share in enumerate(below) if share >= 0.05)
    assert expected.most == next(m for m, share in enumerate(below) if share >= 0.95)
