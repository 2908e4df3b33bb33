"""Cutting rings and lines to a box, and thinning them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.maps.clipping import (
    Box,
    area_and_middle,
    box_around,
    clip_line,
    clip_ring,
    thin,
    unwrapped,
)

UNIT = Box(0, 0, 1, 1)
NUMBERS = st.floats(-3, 3)


def a_square(left, low, side):
    return [(left, low), (left + side, low), (left + side, low + side), (left, low + side)]


def test_a_square_over_the_corner_is_cut_to_the_part_inside():
    area, middle = area_and_middle(clip_ring(a_square(0.5, 0.5, 1), UNIT))

    assert area == pytest.approx(0.5 * 0.5)
    assert middle == pytest.approx((0.75, 0.75))


def test_a_ring_that_holds_the_box_becomes_the_box():
    area, _ = area_and_middle(clip_ring(a_square(-1, -1, 3), UNIT))

    assert area == pytest.approx(1)


def test_a_ring_elsewhere_vanishes():
    assert clip_ring(a_square(5, 5, 1), UNIT) == []


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=8))
def test_what_is_cut_lies_inside_the_box(ring):
    for x, y in clip_ring(ring, UNIT):
        assert -1e-9 <= x <= 1 + 1e-9
        assert -1e-9 <= y <= 1 + 1e-9


@given(NUMBERS, NUMBERS, st.floats(0.1, 3))
def test_the_area_of_a_cut_square_is_that_of_the_overlap(left, low, side):
    across = max(0, min(left + side, 1) - max(left, 0))
    upward = max(0, min(low + side, 1) - max(low, 0))

    ring = clip_ring(a_square(left, low, side), UNIT)

    area = area_and_middle(ring)[0] if ring else 0
    assert area == pytest.approx(across * upward, abs=1e-9)


def test_a_line_that_leaves_and_returns_becomes_two():
    line = [(0.5, 0.5), (2, 0.5), (3, 0.5), (3, 3), (0.5, 3), (0.5, 0.8)]

    assert list(clip_line(line, UNIT)) == [line[:2], line[4:]]


def test_thinning_keeps_both_ends_so_that_neighbours_still_meet():
    line = [(0, 0), (0.01, 0), (0.02, 0), (1, 0), (1.01, 0)]

    assert thin(line, 0.5) == [(0, 0), (1, 0), (1.01, 0)]
    assert thin(line, 0) == line
    assert thin(line[:2], 0.5) == line[:2]


def test_an_islet_on_the_antimeridian_stays_an_islet():
    islet = [(179.9, 0), (-179.9, 0), (-179.9, 1), (179.9, 1), (179.9, 0)]

    around = box_around(unwrapped(islet))

    assert around.right - around.left == pytest.approx(0.2)


def test_a_ring_round_the_pole_is_left_as_it_is():
    round_the_pole = [(-180, -80), (-60, -70), (60, -70), (180, -80), (-180, -90), (-180, -80)]

    assert unwrapped(round_the_pole) == round_the_pole


def test_a_line_without_area_has_its_first_point_for_a_middle():
    assert area_and_middle([(1, 1), (2, 2), (1, 1)]) == (0.0, (1, 1))


def test_boxes_that_touch_meet_and_boxes_apart_do_not():
    assert UNIT.meets(Box(1, 1, 2, 2))
    assert not UNIT.meets(Box(1.1, 0, 2, 2))
    assert UNIT.holds(box_around(a_square(0.2, 0.2, 0.5)))
