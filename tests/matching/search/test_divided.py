"""A search divided among machines finds, to the last digit, what one search finds."""

import pickle
import random
from dataclasses import replace

import numpy as np
import pytest

from matching.evidence.rarity import PaperRarity
from matching.model_file import load_model
from matching.records import Listed, Names, Numbered, RemainsRecord
from matching.search import rank, registry_of
from matching.search.divided import (
    Asked,
    Gathered,
    Pairs,
    WeighedInBlocks,
    blocks_of,
    search_block,
    to_travel,
    weigh_block,
    without_counted_names,
)
from tests.matching.everything import a_missing_person, some_remains
from tests.matching.search.test_all_pairs import a_registry

MODEL = load_model("missing-remains-2026.3")


def asked_of(missing, remains, top=4, min_log10_lr=None):
    return Asked(MODEL, registry_of(missing, remains, MODEL), top, min_log10_lr)


def travelled(records, positions, named):
    """What a machine gets: pickled there and back."""
    sent = to_travel([records[at] for at in positions], named=named)
    return pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own


def divided(missing, remains, asked, size, seed):
    """Search in blocks that come back in any order; weigh the best in one block."""
    blocks = list(blocks_of(len(missing), remains, size))
    random.Random(seed).shuffle(blocks)  # noqa: S311 - no secret
    gathered = Gathered(len(missing), len(remains), asked.top)
    for block in blocks:
        question = asked if block.named else without_counted_names(asked)
        sides = (
            travelled(missing, block.left, block.named),
            travelled(remains, block.right, block.named),
        )
        gathered.add(block, search_block(*sides, question))
    return gathered.ranking(
        asked, lambda left, right: weigh_block(missing, remains, asked, (left, right))
    )


@pytest.mark.parametrize(("size", "top"), [(7, 4), (23, 1), (1000, 4), (13, 70)])
def test_blocks_find_what_one_search_finds(size, top):
    missing, remains = a_registry()
    asked = asked_of(missing, remains, top)

    whole = rank(missing, remains, MODEL, top=top)
    together = divided(missing, remains, asked, size, seed=size)

    for name in ("left", "right", "log10_lr", "posterior", "rank_for_left", "rank_for_right"):
        np.testing.assert_array_equal(getattr(together, name), getattr(whole, name), name)
    assert list(together.weights) == list(whole.weights)
    some = whole.part(slice(2, 9))
    np.testing.assert_array_equal(some.log10_lr, whole.log10_lr[2:9])
    for kind, weights in whole.weights.items():
        np.testing.assert_array_equal(together.weights[kind], weights, kind)
        np.testing.assert_array_equal(some.weights[kind], weights[2:9], kind)
    pairs = len(missing) * len(remains)
    assert together.pairs_scored + together.pairs_skipped == pairs


def test_pairs_below_the_least_weight_come_from_no_block():
    missing, remains = a_registry()
    asked = asked_of(missing, remains, min_log10_lr=1.5)

    whole = rank(missing, remains, MODEL, top=4, min_log10_lr=1.5)
    together = divided(missing, remains, asked, 11, seed=1)

    assert len(together) == len(whole) > 0
    assert together.log10_lr.min() >= 1.5


def test_a_block_that_is_lost_is_missed():
    missing, remains = a_registry()
    asked = asked_of(missing, remains)
    first, *others = blocks_of(len(missing), remains, 20)
    gathered = Gathered(len(missing), len(remains), asked.top)

    for block in others:
        sides = [missing[at] for at in block.left], [remains[at] for at in block.right]
        gathered.add(block, search_block(*sides, asked))

    found = gathered.ranking(asked, lambda *_: {})
    whole = rank(missing, remains, MODEL, top=asked.top)
    assert not np.array_equal(found.left, whole.left)
    counted = found.pairs_scored + found.pairs_skipped
    assert counted == len(missing) * len(remains) - first.pairs


def test_every_pair_is_in_one_block_and_papers_stand_apart():
    papers = RemainsRecord(record_id="MX-1", names=Names(given_names="Ana"))
    bare = RemainsRecord(record_id="MX-2")
    remains = [bare, papers, bare, papers, bare]

    blocks = blocks_of(3, remains, 2)

    met = [(left, right) for one in blocks for left in one.left for right in one.right]
    assert sorted(met) == [(left, right) for left in range(3) for right in range(5)]
    assert {tuple(one.right) for one in blocks if one.named} == {(1, 3)}


def test_who_has_no_papers_to_meet_travels_without_names():
    told = a_missing_person(
        record_id="HN-1",
        names=Names(given_names="Ana", surname_1="Xol", mother_name="Eva"),
        phones=Listed.of("+502 5555 0101"),
        id_numbers=Listed.of(Numbered("dpi", "123"), Numbered("implant", "ZX-9")),
    )
    told = replace(told, other={"phones": "+502 5555 0101"})

    (bare,) = to_travel([told], named=False)
    (named,) = to_travel([told], named=True)

    assert (bare.names, bare.phones, bare.record_id) == (Names(), Listed(), "")
    assert bare.id_numbers == Listed.of(Numbered("implant", "ZX-9"))
    assert bare.other == named.other == {}
    assert (named.names, named.phones) == (told.names, told.phones)
    assert bare.sex is told.sex
    assert bare.marks == told.marks


def test_counted_names_stay_at_home_with_them():
    missing, remains = a_registry()
    asked = asked_of(missing, remains)

    sent = without_counted_names(asked)

    assert asked.registry.rarity.papers.parts
    assert sent.registry.rarity.papers == PaperRarity()
    assert sent.registry.rarity.marks == asked.registry.rarity.marks


def test_equal_weights_keep_the_order_of_the_input_whichever_block_is_first():
    alike = Pairs(np.array([0, 0]), np.array([0, 1]), np.array([2.0, 2.0]), 2, 0)
    blocks = blocks_of(1, [some_remains()] * 4, 2)
    asked = asked_of([a_missing_person()], [some_remains()], top=3)

    orders = []
    for sequence in (blocks, blocks[::-1]):
        gathered = Gathered(1, 4, 3)
        for block in sequence:
            gathered.add(block, alike)
        orders.append(gathered.ranking(asked, lambda *_: {}))

    for found in orders:
        np.testing.assert_array_equal(found.right, [0, 1, 2, 3])
        np.testing.assert_array_equal(found.rank_for_left, [1, 2, 3, 0])
        np.testing.assert_array_equal(found.rank_for_right, [1, 1, 1, 1])


def test_weights_from_blocks_weigh_other_pairs_as_one_search_does():
    missing, remains = a_registry()
    asked = asked_of(missing, remains)
    whole = rank(missing, remains, MODEL, top=4)
    by_kind = weigh_block(missing, remains, asked, (whole.left, whole.right))

    weights = WeighedInBlocks(by_kind, (missing, remains), asked)

    some = np.arange(40, dtype=np.int32)
    np.testing.assert_array_equal(
        weights.totals(some, some[::-1]), whole.weights.totals(some, some[::-1])
    )
    assert (list(weights), len(weights)) == (list(whole.weights), len(whole.weights))
    np.testing.assert_array_equal(weights["sex"], whole.weights["sex"])
    np.testing.assert_array_equal(weights.at(slice(1, 3))["sex"], whole.weights["sex"][1:3])
