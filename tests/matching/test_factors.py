"""A kind that counts by a factor: the same search finds what the definitions have."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import UnreadableModel
from matching.evidence.registry import rarity_of
from matching.explanation import explain
from matching.factors import Factor, LearnedParameters
from matching.learned_model import shipped_version, with_factors
from matching.model_file import load_model, read_model
from matching.packing import Judged, evidence_of, lay
from matching.search import rank, registry_of
from matching.search.warm import WarmSide
from tests.matching.everything import a_missing_person, some_remains

PLAIN = load_model(None)
OF = {
    kind.value: Factor(0.5, 1.5) if at % 2 else Factor(2.0, 0.25)
    for at, kind in enumerate(PLAIN.kinds)
    if at % 5
}
LEARNT = with_factors(PLAIN, OF, "a-1")

FILE = """
name = "missing-remains"
version = "2026.3.1"
kind = "missing-remains"
based_on = "missing-remains-2026.3"
[learned]
version = "a-1"
source = "decisions of this registry"
grade = "own"
[learned.of.%s]
speaks_for = %s
speaks_against = 1.25
source = "decisions of this registry"
grade = "own"
"""

factors = st.floats(0.25, 2.0)


@given(factors, factors, st.lists(st.integers(-640, 1792), min_size=1, max_size=4))
def test_bounds_of_parts_never_fall_below_what_the_whole_counts(up, down, parts):
    factor = Factor(up, down)
    weight = np.array(sum(parts) / 256)

    assert factor.above(np.array(parts)).sum() >= factor.of(weight) * 256 - 1e-9


def test_nought_unknown_and_impossible_stay_what_they_are():
    counted = Factor(2.0, 0.5).of(np.array([0.0, np.nan, -np.inf, 1.0, -1.0]))

    np.testing.assert_array_equal(counted, [0.0, np.nan, -np.inf, 2.0, -0.5])


def some_records(a_few_days=9):
    people, found = a_missing_person(), some_remains()
    missing = [replace(people, record_id=f"M{n}") for n in range(40)]
    return (
        [replace(each, stature_cm=None) if n % 3 else each for n, each in enumerate(missing)],
        [
            replace(found, record_id=f"R{n}", hair=None if n % 4 else found.hair)
            for n in range(a_few_days)
        ],
    )


def test_the_search_finds_what_the_definitions_count():
    missing, remains = some_records()
    rarity = rarity_of(missing, remains, LEARNT)

    found = rank(missing, remains, LEARNT, jobs=1)

    assert found.log10_lr.tolist() != rank(missing, remains, PLAIN, jobs=1).log10_lr.tolist()
    for at in range(0, len(found), 17):
        pair = missing[found.left[at]], remains[found.right[at]]
        whole = explain(*pair, LEARNT, rarity)
        assert found.log10_lr[at] == pytest.approx(whole.log10_lr, abs=1e-6)
        for weight in explain(*pair, PLAIN, rarity).weights:
            factor = OF.get(weight.kind.value, Factor())
            counted = found.weights[weight.kind.value][at]
            assert counted == pytest.approx(factor.of(np.array(weight.log10_lr)), abs=1e-6)


def test_a_kind_is_filled_for_all_parts_at_once_if_it_was():
    judged = Judged(LEARNT, rarity_of(*some_records(), LEARNT))
    plain = lay(*some_records(), evidence_of(PLAIN), judged)
    learnt = lay(*some_records(), evidence_of(LEARNT), judged)

    assert [each.shared for each in learnt] == [each.shared for each in plain]
    assert all(b.least <= max(a.least, 0) for a, b in zip(plain, learnt, strict=True))


@pytest.mark.parametrize("is_left", [True, False])
def test_a_new_record_finds_what_the_whole_search_ranks(is_left):
    missing, remains = some_records()
    registry = registry_of(missing, remains, LEARNT)
    kept, others = (missing, remains) if is_left else (remains, missing)
    side = WarmSide(dict(enumerate(kept)), LEARNT, registry, is_left=is_left)

    for one in others[:3]:
        near = side.nearest(one, top=50)
        sides = (kept, [one]) if is_left else ([one], kept)
        whole = rank(*sides, LEARNT, registry=registry, jobs=1)
        assert near.log10_lr.tolist() == sorted(whole.log10_lr.tolist(), reverse=True)


def test_a_set_laid_over_a_model_has_an_identity_of_its_own():
    other = with_factors(PLAIN, {**OF, "hair": Factor(0.9)}, "a-1")

    assert LEARNT.version == f"{PLAIN.version}+a-1"
    assert shipped_version(LEARNT.version) == shipped_version(PLAIN.version) == PLAIN.version
    assert len({PLAIN.hash, LEARNT.hash, other.hash}) == 3
    assert with_factors(PLAIN, {"shoes": Factor(0.9)}, "a-2").learned == LearnedParameters(
        "a-2", {}
    )


def test_a_set_is_a_model_file_with_an_identity_of_its_own():
    model = read_model((FILE % ("hair", 0.8)).encode())

    assert model.learned.of == {"hair": Factor(0.8, 1.25)}
    assert model.hash != load_model("missing-remains-2026.3").hash


@pytest.mark.parametrize(("kind", "factor"), [("hair", 2.5), ("shoes", 0.8), ("outside", 0.8)])
def test_a_factor_out_of_bounds_or_of_no_kind_is_refused(kind, factor):
    with pytest.raises(UnreadableModel, match=r"speaks_for|learned\.of"):
        read_model((FILE % (kind, factor)).encode())
