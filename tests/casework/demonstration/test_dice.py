from collections import Counter
from statistics import mean, pstdev

import pytest

from casework.demonstration.dice import Dice, Weighted


def thrown(count, throw):
    return [throw() for _ in range(count)]


def test_parts_of_one_seed_throw_apart():
    first, second = Dice(3, "reports"), Dice(3, "remains")

    assert thrown(5, first.uniform) != thrown(5, second.uniform)


def test_weights_set_the_shares():
    dice, coin = Dice(3, "coin"), Weighted.of({"heads": 3, "tails": 1})

    counts = Counter(thrown(20_000, lambda: dice.draw(coin)))

    assert counts["heads"] / 20_000 == pytest.approx(3 / 4, abs=0.015)  # five standard errors


def test_what_has_no_weight_is_never_drawn():
    dice = Dice(3, "coin")

    assert "never" not in thrown(5_000, lambda: dice.draw_from({"a": 1, "never": 0, "b": 1}))


def test_the_bell_curve_has_its_mean_and_width():
    dice = Dice(3, "bell")

    values = thrown(20_000, lambda: dice.normal(170.0, 6.0))

    assert mean(values) == pytest.approx(170.0, abs=0.22)
    assert pstdev(values) == pytest.approx(6.0, rel=0.03)


def test_points_joined_by_lines_keep_their_median():
    dice, knots = Dice(3, "ages"), [[0.0, 1], [0.5, 20], [1.0, 70]]

    values = sorted(thrown(20_000, lambda: dice.along(knots)))

    assert 1 <= values[0] <= values[-1] <= 70
    assert values[10_000] == pytest.approx(20, abs=0.8)


def test_both_ends_of_whole_numbers_are_thrown():
    dice = Dice(3, "die")

    assert set(thrown(500, lambda: dice.whole(1, 6))) == {1, 2, 3, 4, 5, 6}


def test_shuffling_loses_nobody():
    items = list(range(50))

    Dice(3, "cards").shuffle(items)

    assert sorted(items) == list(range(50))
    assert items != list(range(50))
