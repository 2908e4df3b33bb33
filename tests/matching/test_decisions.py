"""What decided pairs say of the weights: closed forms, and worlds with a known truth."""

from math import log, sqrt

import numpy as np
import pytest

from matching.decisions import (
    BELIEF,
    DOUBT_OF_SHARE,
    FEWEST,
    Decided,
    held_out,
    judged,
    learn,
    posterior_with,
)
from matching.factors import LEAST_FACTOR, MOST_FACTOR, Factor

KINDS = ("age", "hair")
Z95 = 1.959963984540054


def said(logit):
    return 1 / (1 + np.exp(-logit))


def a_pair(is_true, *, posterior=0.5, **weights):
    return Decided(is_true, posterior, weights)


def values(lesson):
    return {(each.kind, each.speaks_for): each.value for each in lesson.learned}


def a_world(pairs, *, overstated, seed=7, chosen=None):
    """Invent decided pairs: two kinds of normal weight, hair stated so many times too heavy.

    Of a true pair a weight of spread s has mean +s²/2, of a false one -s²/2, in natural
    logarithms: then it is its own log likelihood ratio, and what is said is right but for hair.
    """
    dice = np.random.default_rng(seed)
    so = dice.random(pairs) < 0.3
    spread = 1.5
    own = {
        kind: dice.normal(np.where(so, 1, -1) * spread**2 / 2, spread) / log(10)
        for kind in KINDS
    }
    own["hair"] = own["hair"] * overstated
    logit = log(0.3 / 0.7) + log(10) * sum(own.values())
    kept = np.ones(pairs, dtype=bool) if chosen is None else chosen(logit, so, dice)
    return [
        Decided(bool(so[i]), said(logit[i]), {kind: own[kind][i] for kind in KINDS})
        for i in np.flatnonzero(kept)
    ]


def test_without_a_decision_every_weight_stays_exactly_as_it_is():
    lesson = learn([], KINDS)

    assert lesson.factors == {}
    for each in lesson.learned:
        assert (each.value, each.pairs) == (1.0, 0)
        assert each.high - each.value == pytest.approx(Z95 * BELIEF)


def test_fewer_pairs_than_ten_of_either_outcome_teach_nothing():
    many = [a_pair(is_true=True, age=1.0) for _ in range(30)]
    few = [a_pair(is_true=False, age=1.0) for _ in range(FEWEST - 1)]

    assert learn(many + few, KINDS).factors == {}
    assert learn([*many, *few, a_pair(is_true=False, age=1.0)], KINDS).factors != {}


def test_a_kind_that_spoke_in_few_pairs_stays_as_it_is_while_another_is_learnt():
    pairs = [a_pair(is_true=True, age=1.0)] * 30 + [
        a_pair(is_true=False, age=1.0, hair=-1.0)
    ] * 9
    pairs += [a_pair(is_true=False, age=1.0)] * 20

    found = values(learn(pairs, KINDS))

    assert found["hair", False] == 1.0
    assert found["age", True] != 1.0


def test_the_most_probable_factor_is_where_surprise_and_belief_balance():
    weight, true, false = 0.8, 30, 20
    pairs = [a_pair(i < true, age=weight) for i in range(true)]
    pairs += [a_pair(is_true=False, age=-weight) for _ in range(false)]

    lesson = learn(pairs, ("age",))

    # All that is known of both moves: each is the sum of its surprises, times its own doubt².
    up, down = (each.value - 1 for each in lesson.learned)
    x = log(10) * weight

    def surprise(base):
        return (
            true * (1 - said(base + x * up)),
            false * (0 - said(base - x * down)),
        )

    base = _balanced(lambda b: sum(surprise(b)) - b / DOUBT_OF_SHARE**2)
    for_, against = surprise(base)
    assert up == pytest.approx(BELIEF**2 * x * for_, abs=1e-8)
    assert down == pytest.approx(BELIEF**2 * -x * against, abs=1e-8)


def _balanced(slope):
    low, high = -20.0, 20.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return low


def test_a_kind_that_is_stated_too_heavy_is_pulled_towards_the_truth_and_no_other():
    lesson = learn(a_world(3000, overstated=2.0), KINDS)

    for each in lesson.learned:
        truth = 0.5 if each.kind == "hair" else 1.0
        assert each.low < truth < each.high
        assert each.high - each.low < 2 * Z95 * BELIEF  # less doubt than before


def test_weights_that_are_right_are_left_nearly_alone():
    for each in learn(a_world(3000, overstated=1.0), KINDS).learned:
        assert each.low < 1 < each.high


@pytest.mark.parametrize(
    "chosen",
    [
        lambda logit, _so, _dice: logit > 0,
        lambda _logit, so, dice: dice.random(len(so)) < np.where(so, 0.9, 0.2),
    ],
    ids=["only the best are looked at", "one outcome is decided more readily"],
)
def test_what_was_looked_at_and_how_readily_it_was_decided_does_not_mislead(chosen):
    lesson = learn(a_world(12_000, overstated=2.0, chosen=chosen), KINDS)

    for each in lesson.learned:
        truth = 0.5 if each.kind == "hair" else 1.0
        # The intervals are of 95 %, and there are eight of them: a tenth to spare.
        assert each.low - 0.1 < truth < each.high + 0.1


def test_a_kind_by_which_it_was_decided_does_not_bear_witness_to_itself():
    pairs = [
        Decided(each.is_true, each.posterior, each.weights, left_out={"hair"})
        for each in a_world(500, overstated=2.0)
    ]

    found = values(learn(pairs, KINDS))

    assert found["hair", True] == found["hair", False] == 1.0


def test_the_same_decisions_teach_the_same_whatever_was_in_force_when_they_were_weighed():
    plain = a_world(400, overstated=2.0)
    then = {"hair": Factor(0.6, 1.4)}
    later = [
        Decided(each.is_true, posterior_with(each, then), each.weights, factors=then)
        for each in plain
    ]

    # But for pairs so sure that they are taken for a little less so.
    assert values(learn(later, KINDS)) == pytest.approx(values(learn(plain, KINDS)), abs=1e-3)


def test_no_factor_leaves_its_bounds():
    pairs = [a_pair(is_true=True, age=1.5, hair=-3.0)] * 400 + [
        a_pair(is_true=False, age=1.5)
    ] * 10
    pairs += [a_pair(is_true=False, age=9.0)] * 300

    for each in learn(pairs, KINDS).learned:
        assert LEAST_FACTOR <= each.low <= each.value <= each.high <= MOST_FACTOR


def test_what_cannot_be_is_no_number_to_learn_from():
    pair = a_pair(is_true=False, age=float("-inf"))

    assert posterior_with(pair, {"age": Factor(2.0, 2.0)}) == pytest.approx(0.5)
    assert learn([pair] * 20, KINDS).learned[1].pairs == 0


def test_half_a_weight_that_bends_moves_the_odds_by_half_as_much():
    straight = Decided(is_true=True, posterior=0.5, weights={"age": 2.0})
    bent = Decided(is_true=True, posterior=0.5, weights={"age": 2.0}, bend=0.5)
    half = {"age": Factor(speaks_for=0.5)}

    assert posterior_with(straight, half) == pytest.approx(said(-log(10)))
    assert posterior_with(bent, half) == pytest.approx(said(-log(10) / 2))


def test_learning_makes_what_is_said_of_pairs_it_has_not_seen_less_wrong():
    pairs = a_world(2000, overstated=2.0)
    so = [each.is_true for each in pairs]

    before = judged([each.posterior for each in pairs], so)
    after = judged(held_out(pairs, KINDS), so)

    assert after.log_loss.value < before.log_loss.value
    assert abs(after.said_true - sum(so)) < abs(before.said_true - sum(so)) + 20


def test_penalties_and_their_limits_are_those_of_the_textbook():
    found = judged([0.2, 0.6], [False, True])

    squares = [0.2**2, 0.4**2]
    mean = sum(squares) / 2
    error = sqrt(sum((each - mean) ** 2 for each in squares)) / sqrt(2)
    assert found.brier.value == pytest.approx(mean)
    assert found.brier.high == pytest.approx(mean + Z95 * error)
    assert found.brier.low == 0.0
    assert found.log_loss.value == pytest.approx((-log(0.8) - log(0.6)) / 2)
    assert (found.said_true, found.true, found.pairs) == (pytest.approx(0.8), 1, 2)
    assert judged([0.2], [True]) is None
