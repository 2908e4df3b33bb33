"""The charts show what the engine weighs, and nothing else."""

import math
from datetime import date, timedelta

import pytest

from casework.engine.weighing import (
    age_curves,
    distance_curves,
    in_force,
    interval_curves,
    sex_table,
    stature_curves,
)
from matching.codes import Condition, RemainsSex, Sex, SexMethod
from matching.evidence.rarity import Rarity
from matching.explanation import weigh_kinds
from matching.model_file import load_model
from matching.records import DateRange, MissingRecord, Range, RemainsRecord

PERSON, FOUND = MissingRecord(record_id="m"), RemainsRecord(record_id="r")
ALL = (age_curves, stature_curves, distance_curves, interval_curves)


def weigh(kind, missing, remains):
    return weigh_kinds(missing, remains, load_model(), Rarity())[kind].log10_lr


@pytest.mark.parametrize("curves", ALL)
def test_every_curve_has_a_finite_weight_at_every_point(curves):
    drawn = curves()

    assert len(drawn) > 1
    assert all(math.isfinite(weight) for each in drawn for _, weight in each.points)
    assert len({tuple(x for x, _ in each.points) for each in drawn}) == 1


def test_the_charts_of_ages_say_what_the_engine_weighs():
    curve = next(each for each in age_curves() if each.told == "5")

    expected = weigh(
        "age",
        MissingRecord(record_id="m", age=Range(30, 30)),
        RemainsRecord(record_id="r", age=Range(35, 45)),
    )
    assert dict(curve.points)[10.0] == expected


def test_the_charts_of_intervals_say_what_the_engine_weighs():
    bone = Condition.SKELETONISED_DISARTICULATED
    curve = next(each for each in interval_curves() if each.told == bone)
    day = date(2020, 3, 1)

    days, weight = curve.points[len(curve.points) // 2]
    then = day + timedelta(days=round(days))
    assert weight == weigh(
        "time",
        MissingRecord(record_id="m", last_contact=DateRange(day, day)),
        RemainsRecord(record_id="r", found=DateRange(then, then), condition=bone),
    )


def test_the_table_of_sexes_says_what_the_engine_weighs():
    by_pelvis = {
        (each.reported, each.estimated): each.log10_lr
        for each in sex_table()
        if each.method == SexMethod.PELVIS
    }

    assert by_pelvis["female", "male"] == weigh(
        "sex",
        MissingRecord(record_id="m", sex=Sex.FEMALE),
        RemainsRecord(record_id="r", sex=RemainsSex.MALE, sex_method=SexMethod.PELVIS),
    )


def test_nearer_never_weighs_less_than_far():
    for curve in distance_curves():
        weights = [weight for _, weight in curve.points]
        assert weights == sorted(weights, reverse=True)


def test_the_model_in_force_is_the_one_that_weighs():
    assert in_force().hash == load_model().hash
    assert in_force().name in {each.name for each in in_force().editions}
