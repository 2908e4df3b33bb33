"""The first nine kinds weigh in the search what their definitions say, bounded from above."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.errors import KindNotSupported
from matching.evidence.registry import rarity_of
from matching.evidence.time import LONGEST_DAYS, chance_within
from matching.evidence.weight import Kind
from matching.explanation import weigh_kinds
from matching.model_file import load_model
from matching.packing import evidence, evidence_of
from matching.packing.days import Days
from matching.packing.places import Places
from matching.packing.steps import STEPS
from matching.packing.tables import interval_curve
from matching.packing.things import Clothes, Marks, classes
from matching.packing.valued import tables
from matching.records import Range
from tests.matching.everything import NEWEST, a_missing_person, between, on, some_remains
from tests.matching.generated import registries
from tests.matching.packing.kinds import Lowered, bounds, laid_together, must_agree, weighed

OLDER = load_model("missing-remains-2026.2")


def all_agree(missing, remains, model):
    rarity = rarity_of(missing, remains, model)
    for each in evidence_of(model):
        must_agree(
            each,
            (missing, remains),
            (model, rarity),
            lambda person, one, kind=each.kind: weigh_kinds(person, one, model, rarity)[kind],
        )


@given(registry=registries(most=3))
@settings(max_examples=20)
def test_every_pair_weighs_as_defined_and_is_bounded_from_above(registry):
    all_agree(*registry, NEWEST)


@given(registry=registries(most=3))
@settings(max_examples=10)
def test_so_it_was_with_the_model_before(registry):
    all_agree(*registry, OLDER)


@given(registry=registries(most=4))
@settings(max_examples=20)
def test_records_gathered_into_few_classes_are_still_bounded_from_above(registry):
    with pytest.MonkeyPatch.context() as patch:
        for module in ("days.comparison", "places.comparison", "things.classes"):
            patch.setattr(f"matching.packing.{module}.classes_for", lambda _: 2)
        patch.setattr(tables, "FEW_VALUES", 0)
        patch.setattr(tables, "ALIKE", 200)

        all_agree(*registry, NEWEST)


def test_statures_weighed_when_asked_are_those_of_the_table_to_the_last_digit(monkeypatch):
    missing = [a_missing_person(stature_cm=Range(140 + n, 141 + 1.1 * n)) for n in range(70)]
    remains = [some_remains(stature_cm=Range(150, 151 + n)) for n in range(40)]
    missing, remains = [a_missing_person(stature_cm=None), *missing], [*remains, some_remains()]
    rarity = rarity_of(missing, remains, NEWEST)
    kind = next(one for one in evidence_of(NEWEST) if one.kind is Kind.STATURE)
    kept = laid_together(kind, missing, remains, NEWEST, rarity)

    monkeypatch.setattr(tables, "MOST_KEPT", 0)
    anew = laid_together(kind, missing, remains, NEWEST, rarity)

    assert isinstance(anew, tables.WeighedAnew)
    weights = weighed(anew, missing, remains)
    np.testing.assert_array_equal(weights, weighed(kept, missing, remains))
    assert len(np.unique(weights)) > 70 * 40
    np.testing.assert_array_equal(
        bounds(anew, missing, remains), bounds(kept, missing, remains)
    )


@pytest.mark.parametrize("evidence", [Days(), Places(), Marks(), Clothes()])
def test_a_bound_lies_above_the_weight_and_close_to_it(evidence):
    missing, remains = [a_missing_person()], [some_remains()]
    rarity = rarity_of(missing, remains, NEWEST)
    comparison = laid_together(evidence, missing, remains, NEWEST, rarity)
    weight = weighed(comparison, missing, remains)[0, 0]

    above = bounds(comparison, missing, remains)[0, 0] / STEPS

    assert weight <= above < weight + 2


@pytest.mark.parametrize("evidence", [Days(), Places(), Marks(), Clothes()])
def test_a_bound_below_its_weight_is_found(evidence):
    missing, remains = [a_missing_person()], [some_remains()]
    rarity = rarity_of(missing, remains, NEWEST)

    with pytest.raises(AssertionError):
        must_agree(
            Lowered(evidence, 3 * STEPS),
            (missing, remains),
            (NEWEST, rarity),
            lambda one, other: weigh_kinds(one, other, NEWEST, rarity)[evidence.kind],
        )


def test_a_wide_range_is_bounded_by_its_mean_and_a_narrow_one_by_its_peak():
    people = [
        a_missing_person(last_contact=between("2020-03-01", "2020-03-31")),
        a_missing_person(last_contact=on("2020-03-01")),
    ]
    remains = [
        some_remains(found=on("2020-03-21")),
        some_remains(found=between("2020-01-01", "2021-12-31")),
    ]
    rarity = rarity_of(people, remains, NEWEST)

    comparison = laid_together(Days(), people, remains, NEWEST, rarity)

    slack = bounds(comparison, people, remains) / STEPS
    assert np.all(slack - weighed(comparison, people, remains) < 0.1)


@pytest.mark.parametrize("interval", NEWEST.time.interval.values())
def test_the_chance_of_recovery_never_falls_and_is_that_of_the_definition(interval):
    curve = interval_curve(interval, LONGEST_DAYS, NEWEST.survival)

    assert np.diff(curve).min() >= 0
    for days in (0, 1, 40, 511, 600, 7_777, LONGEST_DAYS):
        told = chance_within(days, interval, NEWEST.survival)
        assert curve[days] == pytest.approx(told, abs=1e-9)


def test_what_speaks_against_is_damped_by_a_chord_that_lies_above():
    against, u = np.linspace(-4, -0.01, 40), 0.02

    chord = np.log10(u + (1 - u) * 10.0**against) / against

    assert np.all(np.diff(chord) > 0), "the longer the list, the more damped"
    assert classes.DAMPINGS[-1] == 0.0 <= chord.min()


def test_a_model_with_a_kind_the_search_does_not_know_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "EVIDENCE", {NEWEST.kind: evidence.TOLD_AND_SEEN[1:]})

    with pytest.raises(KindNotSupported, match="sex"):
        evidence_of(NEWEST)
