"""Whatever two records say, every kind gives a number that a sum can bear, or nothing."""

import json
from dataclasses import replace
from math import inf, isnan

import pytest
from hypothesis import given

from matching.codes import Condition
from matching.evidence.numbers import LARGEST
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind
from matching.explanation import Side, explain, weigh_kinds
from matching.records import MissingRecord, RemainsRecord
from tests.matching.everything import NEWEST, a_missing_person, some_remains
from tests.matching.generated import registries


@given(registries(most=3))
def test_no_weight_is_beyond_the_limit_of_a_kind_nor_is_any_but_time_impossible(registry):
    missing, remains = registry
    rarity = rarity_of(missing, remains, NEWEST)

    for person in missing:
        for one in remains:
            for kind, weight in weigh_kinds(person, one, NEWEST, rarity).items():
                if weight is not None:
                    assert weight.kind is kind
                    assert not isnan(weight.log10_lr)
                    assert weight.log10_lr <= LARGEST
                    assert weight.log10_lr > -inf or kind is Kind.TIME


@given(registries(most=2))
def test_figures_of_the_newest_model_are_kept_and_come_back(registry):
    rarity = rarity_of(*registry, NEWEST)

    assert Rarity.from_dict(json.loads(json.dumps(rarity.as_dict()))) == rarity


def test_two_records_that_say_nothing_weigh_nothing():
    nobody, nothing = MissingRecord(record_id="M"), RemainsRecord(record_id="R")
    rarity = rarity_of([nobody], [nothing], NEWEST)

    found = explain(nobody, nothing, NEWEST, rarity)

    assert (found.log10_lr, found.weights) == (0, ())
    assert [one.kind for one in found.lacking] == list(NEWEST.kinds)


@pytest.mark.parametrize("kind", NEWEST.kinds)
def test_what_one_side_does_not_know_is_said_of_that_side(kind):
    nothing = RemainsRecord(record_id="R")
    person = replace(a_missing_person(), birth=None)
    rarity = rarity_of([person], [nothing], NEWEST)

    lacking = {one.kind: one.side for one in explain(person, nothing, NEWEST, rarity).lacking}

    assert lacking[kind] is Side.REMAINS


def test_all_that_is_known_alike_on_both_sides_speaks_for():
    person = a_missing_person()
    remains = some_remains(weight_kg=person.weight_kg, condition=Condition.FULLY_FLESHED)
    crowd = [some_remains(group_id="G2", incident_id="I2", teeth=person.teeth)] * 30
    rarity = rarity_of([person] * 2, [remains, *crowd], NEWEST)

    weights = {
        kind: weight.log10_lr
        for kind, weight in weigh_kinds(person, remains, NEWEST, rarity).items()
        if weight is not None
    }

    later = set(NEWEST.kinds[NEWEST.kinds.index(Kind.TEETH) :]) - {Kind.BUILD, Kind.DESTINATION}
    assert later <= set(weights)
    assert all(weights[kind] > 0 for kind in later)
