"""What a report says of decided pairs whose truth somebody invented."""

from math import log

import numpy as np
import pytest

from casework.learning.model import DecidedProposal
from casework.learning.queries import DecidedPair, Listed
from casework.learning.rules import looked_at_by, teaches
from casework.learning.weighing import large_groups, moved, report_of
from matching.factors import Factor

WOMEN_MISSED = 0.6


def decided(number, *, is_true, rank=1, sex="male", posterior=0.5, weights=None, **other):
    said = DecidedProposal(
        decision_id=number,
        model_version=other.pop("version", "2026.4"),
        rank_for_missing=rank,
        posterior=posterior,
        log10_lr=0.0,
        weights=weights or {},
    )
    groups = {
        "year": "2026",
        "sex": sex,
        "age_group": "18–29",
        "nationality": other.pop("nationality", "HN"),
        "institution": "1",
    }
    whole = {"invented": True, "teaches": True, "left_out": frozenset(), **other}
    return DecidedPair(number, is_true, said=said, groups=groups, **whole)


def a_world(pairs=600, seed=3):
    """Give pairs whose age weighs as it should, and whose hair weighs double."""
    dice = np.random.default_rng(seed)
    found = []
    for number in range(pairs):
        is_true = bool(dice.random() < 0.4)
        age, hair = dice.normal((1 if is_true else -1) * 1.1, 1.5, size=2) / log(10)
        logit = log(0.4 / 0.6) + log(10) * (age + 2 * hair)
        woman = bool(dice.random() < 0.4)
        missed = woman and dice.random() < WOMEN_MISSED
        found.append(
            decided(
                number,
                is_true=is_true,
                rank=23 if missed else 2,
                sex="female" if woman else "male",
                posterior=1 / (1 + np.exp(-logit)),
                weights={"age": age, "hair": 2 * hair},
            )
        )
    return found


@pytest.fixture(scope="module")
def world():
    return report_of(a_world(), [], {})


def test_a_weight_that_is_stated_double_is_pulled_down_and_others_hardly_move(world):
    factors, report = world
    learned = {(each["kind"], each["speaks_for"]): each for each in report["learned"]}

    assert set(learned) == {("age", True), ("age", False), ("hair", True), ("hair", False)}
    for for_ in (True, False):
        assert learned["hair", for_]["value"] < 0.8
        assert learned["age", for_]["low"] < 1 < learned["age", for_]["high"]
    assert factors["hair"] == [learned["hair", True]["value"], learned["hair", False]["value"]]


def test_what_is_said_of_pairs_it_has_not_seen_is_less_wrong(world):
    judged = world[1]["judged"]

    assert judged["after"]["log_loss"]["value"] < judged["before"]["log_loss"]["value"]


def test_a_group_that_is_found_less_is_named(world):
    sexes = next(each for each in world[1]["columns"] if each["column"] == "sex")
    found = {each["name"]: each["within_ten"] for each in sexes["groups"]}

    assert found["female"]["high"] < found["male"]["low"]
    assert (sexes["gap"]["worst"], sexes["gap"]["verdict"]) == ("female", "open")


def test_without_decisions_nothing_changes():
    factors, report = report_of([], [], {})

    assert factors == {}
    assert (report["learned"], report["columns"], report["judged"]) == ([], [], None)


def test_real_people_and_invented_ones_are_never_taken_together():
    real = [decided(n, is_true=True, invented=False) for n in range(12)]

    assert report_of(a_world(50) + real, [], {})[1]["decided"] == len(real)


def test_fewer_than_ten_are_neither_counted_nor_shown():
    few = [decided(n, is_true=True) for n in range(9)]

    report = report_of(few, [], {})[1]

    assert (report["decided"], report["true"], report["excluded"]) == (None, None, 0)
    assert report["found"] is None
    assert report["reliability"] == []


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"HN": 40, "GT": 30}, {"HN", "GT"}),
        ({"HN": 40, "GT": 12, "SV": 3}, {"HN"}),  # GT and SV stand together
        ({"HN": 40, "GT": 6, "SV": 6}, {"HN"}),
        ({"HN": 40, "GT": 3}, None),  # all but three would tell of the three
        ({"HN": 40}, None),
        ({}, None),
    ],
    ids=["two", "two and few", "one and two few", "one and few", "one", "nobody"],
)
def test_a_small_group_is_not_told_by_taking_the_others_from_the_whole(sizes, shown):
    assert large_groups(sizes) == shown


def test_it_is_said_which_proposals_would_enter_the_first_ten_and_which_would_leave():
    listed = [Listed(n, 1, n, {"age": 2.0 - n / 100}, "2026.4") for n in range(1, 11)]
    listed += [Listed(11, 1, 11, {"hair": 1.5}, "2026.4")]

    told = moved(listed, {"hair": Factor(2.0, 2.0)}, {})

    assert (told["comes_first"], told["leaves_first"]) == ([11], [10])
    # By the set that weighed them: there hair counted double already.
    known = {"4": {"hair": [2.0, 2.0]}}
    weighed = [each._replace(model_version="2026.4+4") for each in listed]
    assert moved(weighed, {"hair": Factor(2.0, 2.0)}, known)["comes"] == 0


@pytest.mark.parametrize(
    ("outcome", "exclusion", "methods", "may"),
    [
        ("identification", (None, None), {"dna"}, True),
        ("identification", (None, None), set(), False),  # a board's exception
        ("exclusion", ("dna", "conclusive"), set(), True),
        ("exclusion", ("located_alive", "conclusive"), set(), True),
        ("exclusion", ("dna", "provisional"), set(), False),
        ("exclusion", ("anthropology", "conclusive"), set(), False),
    ],
    ids=["by DNA", "by exception", "by its DNA", "alive", "provisional", "by its bones"],
)
def test_only_what_rests_on_something_else_teaches_weights(outcome, exclusion, methods, may):
    assert teaches(outcome, exclusion, methods) is may


def test_teeth_that_decided_do_not_bear_witness_to_themselves():
    assert looked_at_by(None, {"odontology", "dna"}) == {"teeth"}
    assert looked_at_by("implant", ()) == {"medical"}
    assert looked_at_by("dna", ()) == frozenset()
