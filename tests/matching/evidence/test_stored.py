"""The figures of a run can be kept, and explain a pairing later as they did that day."""

import json

import pytest
from hypothesis import given

from matching.errors import UnreadableRarity
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.explanation import explain
from matching.model_file import load_model
from tests.matching.everything import a_missing_person, some_remains
from tests.matching.generated import registries

MODEL = load_model()


@given(registries())
def test_figures_kept_as_json_come_back_as_they_were(registry):
    rarity = rarity_of(*registry, MODEL)

    assert Rarity.from_dict(json.loads(json.dumps(rarity.as_dict()))) == rarity


@given(registries())
def test_kept_figures_explain_to_the_last_digit(registry):
    missing, remains = registry
    rarity = rarity_of(missing, remains, MODEL)
    kept = Rarity.from_dict(json.loads(json.dumps(rarity.as_dict())))

    explained = explain(missing[0], remains[0], MODEL, kept)

    assert explained == explain(missing[0], remains[0], MODEL, rarity)


def test_an_empty_registry_would_explain_otherwise():
    missing, remains = [a_missing_person()] * 30, [some_remains()] * 30
    rarity = rarity_of(missing, remains, MODEL)

    explained = explain(missing[0], remains[0], MODEL, rarity)

    assert explained.log10_lr != explain(missing[0], remains[0], MODEL, Rarity()).log10_lr


@pytest.mark.parametrize("stored", [{"crowds_by_cell": []}, {"crowds": 7}, {"regions": [1]}])
def test_figures_counted_otherwise_are_refused(stored):
    with pytest.raises(UnreadableRarity, match="otherwise"):
        Rarity.from_dict(stored)
