"""In what order a team looks: closed forms of what docs/methods/queue.md promises."""

from math import log2

import numpy as np
import pytest

from casework.queue.ordering import (
    DOUBLES_EVERY_DAYS,
    VALUE_OF_EXCLUSION,
    Waiting,
    WhyHere,
    by_strength,
    in_fair_order,
)

HONDURAS, MEXICO = frozenset({"HN"}), frozenset({"MX"})


def numbers(placed):
    return [each.of.number for each in placed]


def test_a_look_is_worth_a_resolved_case_or_else_an_exclusion_for_each_opinion():
    p = 0.3
    both, shared = Waiting(1, p), Waiting(2, p, opinions=1)

    assert both.value == pytest.approx((p + (1 - p) * VALUE_OF_EXCLUSION) / 2)
    assert shared.value == pytest.approx(2 * both.value)


def test_what_is_more_than_twice_as_probable_comes_first_whatever_the_groups():
    crowd = [Waiting(each, 0.1, groups=HONDURAS) for each in range(9)]
    alone = Waiting(99, 0.9, groups=HONDURAS)

    assert numbers(in_fair_order([*crowd, alone]))[0] == alone.number


def test_a_single_proposal_of_another_nationality_does_not_wait_behind_a_hundred():
    # All of one band: 0.30 … 0.31, and the one that is alone is the least of them.
    many = [Waiting(each, 0.31, groups=HONDURAS) for each in range(100)]
    alone = Waiting(100, 0.30, groups=MEXICO)

    placed = in_fair_order([*many, alone])

    assert numbers(placed).index(alone.number) == 1
    assert placed[1].why is WhyHere.TURN


def test_two_groups_of_comparable_strength_take_turns():
    of_one = [Waiting(each, 0.31, groups=HONDURAS) for each in (1, 2, 3)]
    of_other = [Waiting(each, 0.30, groups=MEXICO) for each in (4, 5, 6)]

    assert numbers(in_fair_order([*of_one, *of_other])) == [1, 4, 2, 5, 3, 6]


def test_the_kth_best_of_any_group_stands_no_further_down_its_band_than_k_times_the_groups():
    chance = np.random.default_rng(7)
    names = "abcdefg"
    crowd = [
        Waiting(
            number,
            chance.uniform(0.26, 0.30),
            groups=frozenset(chance.choice(list(names), 3, replace=False)),
        )
        for number in range(300)
    ]
    assert len({each.band for each in crowd}) == 1

    placed = in_fair_order(crowd)

    for name in names:
        places = [at for at, each in enumerate(placed, 1) if name in each.of.groups]
        assert all(at <= k * len(names) for k, at in enumerate(places, 1))


def test_waiting_long_enough_makes_up_for_any_difference():
    strong, weak = Waiting(1, 0.9), Waiting(2, 0.01)
    days = DOUBLES_EVERY_DAYS * (log2(strong.value / weak.value) + 1)

    waited = Waiting(2, 0.01, waited_days=days)

    assert numbers(in_fair_order([strong, weak])) == [1, 2]
    first = in_fair_order([strong, waited])[0]
    assert (first.of.number, first.why) == (2, WhyHere.WAIT)


def test_where_all_have_waited_alike_the_wait_is_no_reason():
    placed = in_fair_order([Waiting(1, 0.5, waited_days=90), Waiting(2, 0.3, waited_days=90)])

    assert [each.why for each in placed] == [WhyHere.VALUE, WhyHere.VALUE]


def test_within_a_band_the_fair_order_costs_at_most_half_of_what_is_expected():
    chance = np.random.default_rng(3)
    crowd = [
        Waiting(
            number, chance.uniform(0.1, 0.9), groups=frozenset({chance.choice(list("abc"))})
        )
        for number in range(60)
    ]
    fair, strong = in_fair_order(crowd), by_strength(crowd)

    for week in range(1, 61):
        got, best = (sum(each.of.value for each in order[:week]) for order in (fair, strong))
        assert got >= best / 2


def test_nothing_is_lost_and_nothing_doubled():
    crowd = [Waiting(number, number / 100) for number in range(100)]

    assert sorted(numbers(in_fair_order(crowd))) == list(range(100))
    assert numbers(by_strength(crowd)) == list(range(99, -1, -1))
