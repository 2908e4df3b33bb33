"""All one-to-one assignments are weighed against each other, exactly where that can be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import ImpossiblePrior
from matching.joint import Method, WeighedPairs, clusters, reason
from matching.one_to_one import odds_before
from tests.matching.joint.worlds import (
    FEW,
    PRIORS,
    SIZES,
    WEIGHTS,
    assignments,
    believed,
    every_way,
    pairs_of,
    shares_of,
)


def odds_of(weights, sizes, prior):
    before = odds_before(prior, *sizes)
    return {pair: before * 10**weight for pair, weight in weights.items()}


@FEW
@given(WEIGHTS, PRIORS)
def test_a_posterior_is_the_share_of_the_assignments_with_the_pair(weights, prior):
    joint, found = believed(weights, SIZES, prior)

    assert found == pytest.approx(shares_of(odds_of(weights, SIZES, prior)), abs=1e-12)
    assert set(joint.method.tolist()) == {Method.EXACT}


@FEW
@given(WEIGHTS, PRIORS)
def test_a_record_is_somebodys_or_nobodys(weights, prior):
    joint, found = believed(weights, SIZES, prior)

    for side, nobody in ((0, joint.nobody_left), (1, joint.nobody_right)):
        for record, share in nobody.items():
            own = sum(found[pair] for pair in found if pair[side] == record)
            assert own + share == pytest.approx(1)


@FEW
@given(WEIGHTS, PRIORS)
def test_the_chosen_pairs_are_the_most_probable_assignment(weights, prior):
    odds = odds_of(weights, SIZES, prior)
    ways = {chosen: weight for chosen, _, weight in every_way(odds)}

    joint, _ = believed(weights, SIZES, prior)

    chosen = tuple(
        pair for pair, is_chosen in zip(weights, joint.chosen, strict=True) if is_chosen
    )
    assert np.prod([odds[pair] for pair in chosen]) == pytest.approx(max(ways.values()))
    for pair, margin in zip(weights, joint.margin, strict=True):
        if pair in chosen:
            without = max(weight for way, weight in ways.items() if pair not in way)
            assert margin == pytest.approx(np.log10(max(ways.values()) / without), abs=1e-8)
        else:
            assert np.isnan(margin)


@given(st.floats(-3, 12), st.floats(1e-6, 0.99))
def test_one_pair_alone_follows_bayes(weight, prior):
    odds = 10**weight * prior / (1 - prior)

    _, found = believed({("m", "r"): weight}, (1, 1), prior)

    assert found["m", "r"] == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize("sizes", [(1, 1), (4, 3), (3, 7), (1, 9)])
def test_evidence_that_says_nothing_leaves_the_prior(sizes):
    prior = 0.6 * min(sizes) / (sizes[0] * sizes[1])
    silent = {(f"m{i}", f"r{j}"): 0.0 for i in range(sizes[0]) for j in range(sizes[1])}

    _, found = believed(silent, sizes, prior)

    assert list(found.values()) == pytest.approx([prior] * len(silent))


def test_three_of_a_ship_by_hand():
    # λ = 0.01. Ana fits the first (λ 10^4 = 100) and the second (10), Luis only the first
    # (50). The assignments: nobody 1, Ana–1 100, Ana–2 10, Luis–1 50, Ana–2 with Luis–1 500.
    sizes, whole = (300, 200), 1 + 100 + 10 + 50 + 10 * 50
    prior = prior_of(0.01, sizes)
    weights = {("ana", "1"): 4.0, ("ana", "2"): 3.0, ("luis", "1"): np.log10(5000)}

    joint, found = believed(weights, sizes, prior)

    assert found["ana", "1"] == pytest.approx(100 / whole)
    assert found["ana", "2"] == pytest.approx((10 + 500) / whole)
    assert found["luis", "1"] == pytest.approx((50 + 500) / whole)
    assert joint.nobody_left["luis"] == pytest.approx((1 + 100 + 10) / whole)
    assert joint.chosen.tolist() == [False, True, True]


def prior_of(odds, sizes):
    """Find the prior whose odds before the evidence are those asked for."""
    low, high = 0.0, 1 / max(sizes)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if odds_before(middle, *sizes) < odds else (low, middle)
    return high


def test_two_brothers_whom_nothing_tells_apart_share_two_remains_and_are_a_tie():
    weights = {(one, other): 9.0 for one in ("juan", "luis") for other in ("1", "2")}

    joint, found = believed(weights, (2, 2), 0.25)

    # Both are found, and neither can be said to be the one rather than the other.
    assert list(found.values()) == pytest.approx([0.5] * 4, abs=1e-6)
    assert joint.chosen.sum() == 2
    assert joint.margin[joint.chosen].tolist() == [0.0, 0.0]


def test_a_better_rival_takes_the_probability():
    alone, _ = believed({("ana", "1"): 5.0}, SIZES, 0.01)
    with_rival, found = believed({("ana", "1"): 5.0, ("luis", "1"): 8.0}, SIZES, 0.01)

    assert alone.posterior[0] > 0.99
    assert found["ana", "1"] < 0.01
    assert with_rival.nobody_left["ana"] > 0.99


def test_whoever_is_taken_elsewhere_leaves_room():
    rival = {("ana", "1"): 5.0, ("luis", "1"): 6.0}
    with_way_out = {**rival, ("luis", "2"): 9.0}

    _, found = believed(with_way_out, SIZES, 0.01)

    assert believed(rival, SIZES, 0.01)[1]["ana", "1"] < 0.1
    assert found["ana", "1"] > 0.9


@FEW
@given(WEIGHTS, PRIORS, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_no_digit(weights, prior, chance):
    turned = list(weights)
    chance.shuffle(turned)

    joint, found = believed(weights, SIZES, prior)
    other, again = believed({pair: weights[pair] for pair in turned}, SIZES, prior)

    assert again == found
    assert (other.nobody_left, other.nobody_right) == (joint.nobody_left, joint.nobody_right)


def test_an_impossible_pair_is_not_believed():
    joint, found = believed({("ana", "1"): -np.inf, ("ana", "2"): 3.0}, SIZES, 0.01)

    assert found["ana", "1"] == 0
    assert not joint.chosen[0]
    assert joint.nobody_right["1"] == 1


def test_no_pair_leaves_nothing_to_say():
    joint = reason(pairs_of({}), SIZES, 0.01)

    assert (len(joint.posterior), joint.nobody_left, joint.ended) == (0, {}, ())


@pytest.mark.parametrize("weight", [np.nan, np.inf])
def test_a_weight_that_is_no_number_is_refused(weight):
    with pytest.raises(ValueError, match="nan or infinitely"):
        pairs_of({("ana", "1"): weight})


def test_a_pair_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="stands twice"):
        WeighedPairs(["ana", "ana"], ["1", "1"], np.zeros(2))


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        WeighedPairs(["ana"], ["1"], np.zeros(2))


@pytest.mark.parametrize("prior", [0.0, 0.25, 0.9])
def test_more_true_pairs_than_people_are_refused(prior):
    with pytest.raises(ImpossiblePrior, match="fewer than 3"):
        odds_before(prior, 4, 3)


def dense(n, m, mean, spread, seed):
    rng = np.random.default_rng(seed)
    weights = rng.normal(mean, spread, (n, m))
    return {(f"m{i:03}", f"r{j:03}"): weights[i, j] for i in range(n) for j in range(m)}


@pytest.mark.parametrize(
    ("mean", "spread", "expected"),
    [(0.0, 1.0, 1.0), (0.0, 3.0, 2.0), (0.0, 1.5, 7.0), (0.0, 3.0, 7.0)],
)
def test_the_walk_comes_near_the_exact_sum(mean, spread, expected):
    weights, sizes = dense(8, 8, mean, spread, 1), (8, 8)
    prior = expected / 64

    exact, _ = believed(weights, sizes, prior)
    walked, _ = believed(weights, sizes, prior, most_cells=64)

    error = np.abs(walked.posterior - exact.posterior)
    assert set(walked.method.tolist()) <= {Method.SAMPLED, Method.MESSAGES, Method.WITHIN}
    assert error.max() < 0.03
    assert error.max() < 6 * max(walked.error.max(), 0.001)


def test_a_cluster_of_too_many_pairs_is_walked_in(monkeypatch):
    weights, sizes = dense(8, 8, 0.0, 3.0, 1), (8, 8)
    exact, _ = believed(weights, sizes, 2.0 / 64)
    monkeypatch.setattr(clusters, "MOST_EDGES", 10)

    walked, _ = believed(weights, sizes, 2.0 / 64)

    assert Method.SAMPLED in walked.method
    assert np.abs(walked.posterior - exact.posterior).max() < 0.03


def test_what_was_walked_still_sums_to_one_and_repeats_itself():
    weights = dense(20, 15, 1.0, 1.0, 2)

    one, found = believed(weights, (20, 15), 0.02, most_cells=64)
    other, again = believed(dict(reversed(weights.items())), (20, 15), 0.02, most_cells=64)

    assert again == found
    assert one.error.max() == other.error.max() > 0
    for record, share in one.nobody_right.items():
        own = sum(found[pair] for pair in found if pair[1] == record)
        assert own + share == pytest.approx(1)


def test_a_web_without_loops_is_exact_by_messages_alone():
    chain = {("m1", "r1"): 2.0, ("m2", "r1"): 1.5, ("m2", "r2"): 2.5, ("m3", "r2"): 1.0}
    far = [(f"x{i}", f"r{j}") for i in range(3) for j in (1, 2)]
    assert len(list(assignments(list(chain)))) > len(chain)

    exact, found = believed(chain, (400, 300), 1e-4)
    # Pairs a million times behind the best assignment are left to the messages.
    told, near = believed(chain | dict.fromkeys(far, -6.0), (400, 300), 1e-4, most_cells=2)

    assert Method.MESSAGES in told.method
    assert {pair: near[pair] for pair in chain} == pytest.approx(found, abs=0.002)
    assert exact.settled
    assert told.settled


@settings(max_examples=6)
@given(WEIGHTS, PRIORS)
def test_small_rooms_for_sums_change_little(weights, prior):
    _, exact = believed(weights, SIZES, prior)
    _, near = believed(weights, SIZES, prior, most_cells=2)

    assert near == pytest.approx(exact, abs=0.06)


def test_clusters_that_only_faint_pairs_join_are_summed_each_by_itself():
    near = {
        (f"m{i}", f"r{j}"): 4.0 + (i * j) % 3
        for i in range(6)
        for j in range(6)
        if i // 3 == j // 3
    }
    faint = {(f"m{i}", f"r{j}"): -12.0 for i in range(3) for j in range(3, 6)}

    exact, _ = believed(near | faint, (60, 50), 1e-3)
    cut, _ = believed(near | faint, (60, 50), 1e-3, most_cells=64)

    assert set(cut.method.tolist()) == {Method.WITHIN, Method.MESSAGES}
    assert cut.posterior == pytest.approx(exact.posterior, abs=1e-9)


def test_where_nothing_is_near_its_best_assignment_messages_are_enough():
    faint = {(f"m{i}", f"r{j}"): -9.0 for i in range(46) for j in range(46)}

    joint, _ = believed(faint, (46, 46), 1e-4)

    assert set(joint.method.tolist()) == {Method.MESSAGES}
    assert joint.posterior == pytest.approx(joint.odds_before * 1e-9, rel=1e-6)
