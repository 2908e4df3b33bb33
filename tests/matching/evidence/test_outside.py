"""What other systems found is entered, within what their kind may claim."""

import pytest

from matching.evidence.outside import OutsideResult, weigh_outside
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind, Reason
from matching.explanation import Lacking, Side, explain
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.outside
PRINT = OutsideResult("fingerprint", 5.5, "AFIS validation 2024")
FACE = OutsideResult("face", 9.0, "vendor's curve 2023")


def test_results_of_two_systems_add_up_each_within_its_ceiling():
    found = weigh_outside([PRINT, OutsideResult("face", -1.0, "curve")], P)

    assert found.log10_lr == pytest.approx(5.5 - 1.0)
    assert dict(found.facts) == {"systems": "face, fingerprint"}


@pytest.mark.parametrize("sign", [1, -1])
def test_a_face_never_speaks_louder_than_faces_may(sign):
    found = weigh_outside([OutsideResult("face", sign * 9.0, "curve")], P)

    assert found.log10_lr == sign * P.ceiling["face"]
    assert found.reason is (Reason.OUTSIDE_SUPPORTS if sign > 0 else Reason.OUTSIDE_OPPOSES)


def test_all_systems_together_stay_within_the_largest_ceiling():
    results = [OutsideResult(system, 7.0, "curve") for system in ("fingerprint", "dna", "face")]

    assert weigh_outside(results, P).log10_lr == max(P.ceiling.values())


def test_a_comparison_repeated_is_no_second_witness():
    again = OutsideResult("fingerprint", 3.0, "AFIS validation 2024")

    assert weigh_outside([PRINT, again], P).log10_lr == 3.0


@pytest.mark.parametrize(
    "results", [[], [OutsideResult("face", 2.0, "")], [OutsideResult("gait", 2.0, "curve")]]
)
def test_a_score_without_validation_or_of_an_unknown_system_weighs_nothing(results):
    assert weigh_outside(results, P) is None


def test_an_explanation_takes_what_others_found():
    person, remains = a_missing_person(), some_remains()
    rarity = rarity_of([person], [remains], NEWEST)

    without = explain(person, remains, NEWEST, rarity)
    found = explain(person, remains, NEWEST, rarity, outside=[PRINT, FACE])

    together = min(5.5 + P.ceiling["face"], max(P.ceiling.values()))
    assert found.log10_lr == pytest.approx(without.log10_lr + together)
    assert found.weights[-1].kind is Kind.OUTSIDE
    assert Kind.OUTSIDE not in {one.kind for one in without.lacking}
    unproven = OutsideResult("face", 2.0, "")
    said = explain(person, remains, NEWEST, rarity, outside=[unproven])
    assert Lacking(Kind.OUTSIDE, Side.BOTH) in said.lacking
