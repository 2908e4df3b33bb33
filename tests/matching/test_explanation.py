"""Each pairing is explained by reasons and values, and by what is not known."""

import pytest

from matching.codes import Condition, HairColour
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind, Reason
from matching.explanation import Lacking, Side, explain
from matching.model_file import load_model
from matching.records import Listed, MissingRecord, Range, RemainsRecord
from matching.search import rank
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model()
KNOWN, SEEN = a_missing_person(), some_remains()
RARITY = rarity_of([KNOWN], [SEEN], MODEL)
NOBODY, NOTHING = MissingRecord(record_id="M"), RemainsRecord(record_id="R")


def test_every_kind_is_either_weighed_or_lacking():
    found = explain(KNOWN, SEEN, MODEL, RARITY)

    weighed, lacking = ([one.kind for one in some] for some in (found.weights, found.lacking))
    assert sorted([*weighed, *lacking], key=MODEL.kinds.index) == list(MODEL.kinds)
    assert lacking == [Kind.BODY_WEIGHT]


def test_the_explanation_sums_to_what_the_search_found():
    ranking = rank([KNOWN], [SEEN], MODEL)

    found = explain(KNOWN, SEEN, MODEL, ranking.rarity)

    assert found.log10_lr == pytest.approx(ranking.log10_lr[0], abs=1e-9)
    for weight in found.weights:
        assert weight.log10_lr == pytest.approx(ranking.weights[weight.kind][0], abs=1e-9)


@pytest.mark.parametrize(
    ("missing", "remains", "side"),
    [
        (NOBODY, some_remains(weight_kg=Range(70, 70)), Side.MISSING),
        (KNOWN, NOTHING, Side.REMAINS),
        (NOBODY, NOTHING, Side.BOTH),
    ],
)
def test_what_is_not_known_is_said_with_its_side(missing, remains, side):
    found = explain(missing, remains, MODEL, RARITY)

    assert found.lacking == tuple(Lacking(kind, side) for kind in MODEL.kinds)
    assert (found.log10_lr, found.weights) == (0, ())


def test_known_on_both_sides_and_not_comparable_is_said_so():
    bones = some_remains(
        condition=Condition.BONE_DEGRADED, hair=HairColour.BALD, marks=Listed()
    )
    absent = explain(KNOWN, bones, MODEL, RARITY)

    assert Lacking(Kind.HAIR, Side.NEITHER) in absent.lacking
    assert Lacking(Kind.MARKS, Side.REMAINS) in absent.lacking


def test_a_weight_carries_its_reason_and_the_values_it_rests_on():
    found = explain(KNOWN, SEEN, MODEL, RARITY)

    sex = found.weights[0]
    assert sex.reason is Reason.SEX_AGREES
    assert dict(sex.facts) == {"missing": "male", "remains": "male", "method": "pelvis"}
