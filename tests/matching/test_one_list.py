"""One list against itself: each pair once, nobody with themselves, and nothing lost by it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from matching.calibration import calibrated
from matching.codes import RemainsSex
from matching.evidence.registry import rarity_of
from matching.explanation import explain
from matching.model_file import load_model
from matching.one_list import each_pair_once, shared_records
from matching.pairings import NEWEST, Pairing, as_seen, as_told
from matching.prior import odds_of
from matching.records import DateRange, MissingRecord, Place, Range, RemainsRecord
from matching.search import rank

MODEL = load_model(NEWEST[Pairing.REMAINS_REMAINS])
TOP = 3


def found(number):
    day = date(2012, 1, 1) + timedelta(number * number % 97)
    return RemainsRecord(
        record_id=f"R{number}",
        sex=(RemainsSex.MALE, RemainsSex.PROBABLE_FEMALE, RemainsSex.UNKNOWN)[number % 3],
        age=Range(20 + number % 7, 30 + number % 11),
        found=DateRange(day, day + timedelta(number % 2)),
        place=Place(29 + number % 5 / 10, -107 - number % 4 / 10, float(number % 3)),
    )


def listed(left, right, top=TOP):
    told, seen = [as_told(one) for one in left], [as_seen(one) for one in right]
    shared = shared_records(left, right)
    twice = rank(told, seen, MODEL, top=top + 1, jobs=1)
    return each_pair_once(twice, shared, MODEL, top), shared


def weights_by_definition(left, right):
    told, seen = [as_told(one) for one in left], [as_seen(one) for one in right]
    rarity = rarity_of(told, seen, MODEL)
    return {
        (a.record_id, b.record_id): explain(a, b, MODEL, rarity).log10_lr
        for a in told
        for b in seen
        if a.record_id != b.record_id
    }


def best_by_definition(left, right, top=TOP):
    """List the pairs within the top of either record, by looking at every pair."""
    weights = weights_by_definition(left, right)
    larger = {}
    for pair, weight in weights.items():
        key = frozenset(pair)
        larger[key] = max(larger.get(key, -np.inf), weight)
    wanted = set()
    for name in {name for pair in larger for name in pair}:
        own = sorted((key for key in larger if name in key), key=lambda key: -larger[key])
        wanted.update(own[:top])
    return {key: larger[key] for key in wanted}


@pytest.mark.parametrize("apart", [0, 9])
def test_what_is_listed_is_what_looking_at_every_pair_lists(apart):
    left = [found(number) for number in range(14)]
    right = [found(number) for number in range(apart, apart + 14)]

    ranking, _ = listed(left, right)

    pairs = zip(ranking.left, ranking.right, ranking.log10_lr, strict=True)
    found_pairs = {
        frozenset((left[a].record_id, right[b].record_id)): weight for a, b, weight in pairs
    }
    expected = best_by_definition(left, right)
    assert len(found_pairs) == len(ranking)
    assert found_pairs.keys() == expected.keys()
    for key, weight in found_pairs.items():
        assert weight == pytest.approx(expected[key])


def test_each_record_ranks_its_pairs_without_a_gap():
    records = [found(number) for number in range(12)]

    ranking, _ = listed(records, records)

    ranks = {}
    for side, own in (
        (ranking.left, ranking.rank_for_left),
        (ranking.right, ranking.rank_for_right),
    ):
        for record, place in zip(side.tolist(), own.tolist(), strict=True):
            ranks.setdefault(record, []).append(place)
    for own in ranks.values():
        assert sorted(filter(None, own)) == list(range(1, TOP + 1))


def test_the_weights_are_those_of_the_pairs_that_stay():
    records = [found(number) for number in range(10)]

    ranking, _ = listed(records, records)

    total = sum(np.nan_to_num(ranking.weights[kind]) for kind in ranking.weights)
    assert total == pytest.approx(ranking.log10_lr)
    assert len(ranking.weights) == len(MODEL.kinds)


def test_every_pair_is_counted_once():
    records = [found(number) for number in range(10)]

    ranking, shared = listed(records, records)

    assert shared.pairs == ranking.pairs_scored == 10 * 9 / 2
    assert shared.pairs + shared.count + shared.mirrored == 10 * 10
    share = MODEL.prior.share_reported
    assert ranking.prior.expected_true_matches == pytest.approx(share * 10 / 2)
    assert ranking.prior.value == pytest.approx(share / (10 - 1))


def test_lists_that_share_nobody_keep_their_ranking():
    left = [found(number) for number in range(8)]
    right = [found(number) for number in range(8, 20)]
    told, seen = [as_told(one) for one in left], [as_seen(one) for one in right]

    ranking, shared = listed(left, right)

    whole = rank(told, seen, MODEL, top=TOP, jobs=1)
    assert (shared.count, shared.changed) == (0, 0)
    for name in ("left", "right", "rank_for_left", "rank_for_right"):
        assert np.array_equal(getattr(ranking, name), getattr(whole, name)), name


def test_the_rivals_of_a_record_on_either_side_compete():
    same = [replace(found(1), record_id=f"R{at}") for at in range(3)]

    ranking, _ = listed(same, same)

    # A triangle of pairs that all weigh w: whatever a record was told of its two pairs, it
    # says of each that the other claims it by w times what the far end said.
    worth = calibrated(ranking.log10_lr[0], MODEL.calibration)
    w = odds_of(ranking.prior, (2, 2)) * 10**worth
    settled = (np.sqrt(1 + 4 * w) - 1) / (2 * w)
    odds = w * settled**2
    assert len(ranking) == 3
    assert ranking.posterior == pytest.approx([odds / (1 + odds)] * 3)


def test_two_pairs_of_one_record_share_what_is_believed():
    one, other, third = found(1), found(1), found(4)
    left = [replace(one, record_id="a"), replace(third, record_id="b", sex=RemainsSex.FEMALE)]
    right = [replace(other, record_id="c"), replace(left[1])]

    ranking, shared = listed(left, right)

    # b stands on both sides: the pairs are a–b, a–c and b–c, each weighing w of its own.
    odds = odds_of(ranking.prior, shared.people)
    w = odds * 10 ** calibrated(ranking.log10_lr, MODEL.calibration)
    assert len(ranking) == shared.pairs == 3
    # At most one of three pairs round a ring of three can be true.
    assert ranking.posterior == pytest.approx(w / (1 + w.sum()), rel=0.1)


def test_one_id_with_other_words_is_another_record():
    left = [found(1), found(2), MissingRecord(record_id="R3")]
    right = [found(1), replace(found(2), sex=RemainsSex.FEMALE), found(3)]

    shared = shared_records(left, right)

    assert (shared.count, shared.changed) == (1, 1)
    assert shared.right.tolist() == [0, 4, 5]


def test_a_part_of_the_list_has_the_weights_of_its_own_pairs():
    some = [found(number) for number in range(12)]
    once, _ = listed(some, some)

    part = once.part(slice(1, 5))

    assert len(part) == len(range(1, 5))
    for kind, weights in once.weights.items():
        np.testing.assert_array_equal(part.weights[kind], weights[1:5], kind)
