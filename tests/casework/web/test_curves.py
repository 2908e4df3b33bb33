"""The geometry of lines, dots and intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.curves import (
    BOTTOM,
    END,
    HEIGHT,
    START,
    TOP,
    WIDTH,
    Scale,
    line,
    share_bar,
    ticks,
)

LOW, HIGH = HEIGHT - BOTTOM, TOP


def test_an_axis_goes_from_end_to_end():
    scale = Scale(-2, 2)

    assert (scale.across(-2), scale.across(2)) == (START, WIDTH - END)
    assert (scale.up(-2), scale.up(0), scale.up(2)) == (LOW, (LOW + HIGH) / 2, HIGH)


def test_where_ratios_count_equal_ratios_are_equally_far():
    scale = Scale(1, 10_000, is_logarithmic=True)

    assert scale.share(10) == pytest.approx(1 / 4)
    assert scale.share(1_000) == pytest.approx(3 / 4)


@given(st.floats(allow_nan=False))
def test_nothing_is_drawn_outside_the_chart(value):
    for scale in (Scale(-1, 1), Scale(1, 100, is_logarithmic=True)):
        assert START <= scale.across(value) <= WIDTH - END
        assert HIGH <= scale.up(value) <= LOW


def test_a_line_runs_through_its_points_in_order():
    drawn = line("a line", [(0, 0), (1, 1)], (Scale(0, 1), Scale(0, 1)), "1")

    assert drawn.path == f"M{START} {LOW}L{WIDTH - END} {HIGH}"


def test_marks_stand_where_their_values_are():
    (mark,) = ticks([1], Scale(0, 1).across, lambda value: f"<{value}>")

    assert (mark.at, mark.label) == (WIDTH - END, "<1>")


def test_a_share_is_placed_on_a_line_of_a_hundred():
    bar = share_bar(0.25, 0.125, 0.5, 0.75)

    assert (bar.at, bar.low, bar.high, bar.expected) == (25, 12.5, 50, 75)
    assert share_bar(0.25, 0.125, 0.5).expected is None
