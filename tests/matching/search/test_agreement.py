"""The compiled weights say what the definitions say."""

from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given

from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind
from matching.explanation import weigh_kinds
from matching.model_file import load_model
from matching.packing import pack
from matching.packing.layout import SHOWN_ORDER
from matching.search.exact.kernels import weigh_pairs
from tests.matching.everything import a_missing_person, some_remains
from tests.matching.generated import registries

MODEL = load_model()


def compiled(missing, remains, rarity, **changed):
    packed = pack(missing, remains, MODEL, rarity)
    left, right = np.divmod(np.arange(len(missing) * len(remains)), len(remains))
    weights = weigh_pairs(
        np.argsort(packed.missing["at"])[left],
        np.argsort(packed.remains["at"])[right],
        packed.missing,
        packed.remains,
        packed.rules,
        changed.get("tables", packed.tables),
        packed.things,
        packed.words,
        packed.word_ratios,
    )
    return weights[:, SHOWN_ORDER], packed


def defined(missing, remains, rarity):
    return [
        [None if weight is None else weight.log10_lr for weight in kinds.values()]
        for kinds in (
            weigh_kinds(person, one, MODEL, rarity) for person in missing for one in remains
        )
    ]


def disagreements(weights, expected):
    return [
        (pair, kind, got, wanted)
        for pair, row in enumerate(expected)
        for kind, got, wanted in zip(MODEL.kinds, weights[pair], row, strict=True)
        if not same(got, wanted)
    ]


def same(got, wanted):
    if wanted is None or wanted == -inf:
        return isnan(got) if wanted is None else got == -inf
    return got == pytest.approx(wanted, abs=1e-9)


@given(registries())
def test_the_kernels_agree_with_the_definitions_on_clumsy_copies(registry):
    missing, remains = registry
    rarity = rarity_of(missing, remains, MODEL)

    weights, _ = compiled(missing, remains, rarity)

    assert disagreements(weights, defined(missing, remains, rarity)) == []


def test_the_comparison_finds_a_planted_disagreement():
    missing, remains = [a_missing_person()], [some_remains()]
    rarity = rarity_of(missing, remains, MODEL)
    _, packed = compiled(missing, remains, rarity)
    shifted = packed.tables + 1e-6

    weights, _ = compiled(missing, remains, rarity, tables=shifted)

    kinds = {
        kind for _, kind, _, _ in disagreements(weights, defined(missing, remains, rarity))
    }
    assert {Kind.SEX, Kind.AGE, Kind.STATURE, Kind.HAIR, Kind.EYES} <= kinds
