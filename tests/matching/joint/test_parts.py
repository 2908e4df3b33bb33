"""Parts of one person: every way to gather and assign them is weighed, and none twice."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.codes import Completeness
from matching.errors import ImpossibleRange
from matching.joint import Inventory, WeighedPairs, gather
from matching.joint.parts import MOST_PARTS
from matching.records import RemainsRecord

TOGETHER, MISSING = 0.1, 0.02


def pairs_of(weights):
    """Lay a mapping of pairs to log10 ratios out as the engine takes it."""
    return WeighedPairs(
        [one for one, _ in weights],
        [other for _, other in weights],
        np.array([*weights.values()]),
    )


def gathered(between, to_missing, inventories):
    return gather(
        pairs_of(between),
        pairs_of(to_missing),
        inventories,
        odds_together=TOGETHER,
        odds_missing=MISSING,
    )


def unsaid(*ids):
    return dict.fromkeys(ids, Inventory())


def partitions(items):
    if not items:
        yield []
        return
    first, *rest = items
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            left = [each for each in rest if each not in others]
            for tail in partitions(left):
                yield [(first, *others), *tail]


def every_way(between, to_missing, inventories):
    """Give each way to gather and assign with its odds, by the formula of the method's page."""
    people = sorted({person for person, _ in to_missing})
    for split in partitions(sorted(inventories)):
        for taken in product([None, *people], repeat=len(split)):
            named = [each for each in taken if each]
            if len(set(named)) < len(named):
                continue
            odds = math.prod(
                odds_of(group, person, between, to_missing, inventories)
                for group, person in zip(split, taken, strict=True)
            )
            yield split, taken, odds


def odds_of(group, person, between, to_missing, inventories):
    weights = []
    for one, other in combinations(group, 2):
        if inventories[one].contradicts(inventories[other]):
            return 0.0
        weights.append(between.get((one, other), 0.0))
    records, odds = len(group), TOGETHER ** (len(group) - 1)
    if person:
        told = [to_missing[person, each] for each in group if (person, each) in to_missing]
        if not told:
            return 0.0
        weights += told
        records, odds = records + 1, odds * MISSING
    return odds * 10 ** (sum(weights) * 2 / records)


@st.composite
def findings(draw):
    """Draw up to four findings and two missing persons, some bones and some pairs unsaid."""
    ids = [f"f{n}" for n in range(draw(st.integers(1, 4)))]
    weight = st.floats(-3, 4)
    between = {pair: draw(weight) for pair in combinations(ids, 2) if draw(st.booleans())}
    to_missing = {
        (person, each): draw(weight)
        for person in ("ana", "luis")
        for each in ids
        if draw(st.booleans())
    }
    inventories = {
        each: Inventory(
            whole=draw(st.booleans()),
            elements=draw(st.frozensets(st.sampled_from(["femur left", "skull"]))),
        )
        for each in ids
    }
    return between, to_missing, inventories


@settings(max_examples=40)
@given(findings())
def test_the_sum_is_that_of_every_way_written_out(world):
    between, to_missing, inventories = world
    ways = list(every_way(*world))
    whole = sum(odds for *_, odds in ways)

    found = gathered(*world)

    for (one, other), share in found.together.items():
        named = sum(w for split, _, w in ways if any({one, other} <= {*g} for g in split))
        assert share == pytest.approx(named / whole, abs=1e-12)
    for (person, part), share in found.belongs.items():
        named = sum(
            w
            for split, taken, w in ways
            if any(p == person and part in g for g, p in zip(split, taken, strict=True))
        )
        assert share == pytest.approx(named / whole, abs=1e-12)
    best = max(odds for *_, odds in ways)
    chosen = math.prod(
        odds_of(each.parts, each.missing, between, to_missing, inventories)
        for each in found.best
    )
    assert chosen == pytest.approx(best)


@settings(max_examples=40)
@given(findings())
def test_a_finding_is_somebodys_or_nobodys(world):
    *_, inventories = world

    found = gathered(*world)

    for part in inventories:
        somebodys = sum(share for (_, one), share in found.belongs.items() if one == part)
        assert somebodys + found.nobody[part] == pytest.approx(1)


def test_two_findings_alone_follow_bayes():
    odds = TOGETHER * 10**3

    found = gathered({("a", "b"): 3.0}, {}, unsaid("a", "b"))

    assert found.together["a", "b"] == pytest.approx(odds / (1 + odds))


def test_two_left_femurs_are_two_people_whatever_else_agrees():
    left = Inventory(elements=frozenset({"femur left"}))

    found = gathered({("a", "b"): 9.0}, {}, {"a": left, "b": left})

    assert found.together["a", "b"] == 0
    assert [each.parts for each in found.best] == [("a",), ("b",)]


def test_several_parts_may_be_one_missing_persons():
    world = (
        {("a", "b"): 4.0},
        {("ana", "a"): 5.0, ("ana", "b"): 5.0},
        unsaid("a", "b"),
    )

    found = gathered(*world)

    assert [(each.parts, each.missing) for each in found.best] == [(("a", "b"), "ana")]
    assert sum(found.belongs.values()) > 1.9


def test_findings_that_agree_on_one_rare_thing_count_it_once_for_each_further_finding():
    # Four findings with a tattoo that one person in a thousand has: the probability of all
    # four having it is p for one person and p^4 for four, whatever the pairs say one by one.
    rarity, ids = 1e-3, ("a", "b", "c", "d")
    between = dict.fromkeys(combinations(ids, 2), -math.log10(rarity))

    whole = odds_of(ids, None, between, {}, unsaid(*ids)) / TOGETHER**3

    assert whole == pytest.approx(rarity / rarity**4)


def test_whole_findings_are_never_gathered():
    whole = Inventory.of(RemainsRecord(record_id="a", completeness=Completeness.COMPLETE))
    part = Inventory.of(RemainsRecord(record_id="b", completeness=Completeness.PARTIAL))

    assert whole.contradicts(Inventory(whole=True))
    assert not whole.contradicts(part)
    assert not part.contradicts(part)


def test_the_order_of_the_pairs_changes_no_digit():
    between = {("a", "b"): 1.5, ("a", "c"): -0.5, ("b", "c"): 2.0}
    to_missing = {("ana", "a"): 2.0, ("luis", "c"): 3.0, ("ana", "c"): 1.0}
    turned = (
        {pair: between[pair] for pair in reversed(between)},
        dict(reversed(to_missing.items())),
    )

    first = gathered(between, to_missing, unsaid("a", "b", "c"))
    second = gathered(*turned, unsaid("c", "b", "a"))

    assert (first.together, first.belongs) == (second.together, second.belongs)


def test_too_many_findings_are_refused():
    with pytest.raises(ImpossibleRange, match="too many"):
        gathered({}, {}, unsaid(*(f"f{n}" for n in range(MOST_PARTS + 1))))
