"""Two days of recovery: the formula, its mean of one, and the search that weighs the same."""

from datetime import date, timedelta
from math import exp, log10

import numpy as np
import pytest

from matching.evidence.recovery import (
    NEAR_DAYS,
    DayScale,
    RecoveryParameters,
    apart_per_day,
    chance_below,
    days_apart,
    weigh_recovery,
)
from matching.evidence.registry import rarity_of
from matching.evidence.time import Gap, found_per_day
from matching.evidence.weight import Kind, Reason
from matching.model_file import load_model
from matching.packing.recoveries import Recoveries
from matching.pairings import NEWEST, Pairing, as_told
from matching.records import DateRange, MissingRecord, RemainsRecord
from tests.matching.everything import between, on
from tests.matching.packing.kinds import laid_together, must_agree, weighed

MODEL = load_model(NEWEST[Pairing.REMAINS_REMAINS])
P = MODEL.recovery


def remains(found, name="r"):
    return RemainsRecord(record_id=name, found=found)


def weigh(left, right, everybody=()):
    rarity = rarity_of([], [remains(right), *everybody], MODEL)
    told = as_told(remains(left))
    return weigh_recovery(told, remains(right), P, time=MODEL.time, rarity=rarity)


def test_the_same_day_weighs_as_its_formula_says():
    day = on("2014-05-07")
    one_scale = RecoveryParameters(P.unrelated, (DayScale(2.0, 0.5),))
    rarity = rarity_of([], [remains(day)], MODEL)

    weight = weigh_recovery(
        as_told(remains(day)), remains(day), one_scale, time=MODEL.time, rarity=rarity
    )

    by_chance = found_per_day(day, MODEL.time, rarity)
    ratio = (1 - exp(-0.5 / 2.0)) / by_chance
    assert weight.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))
    assert (weight.kind, weight.reason) == (Kind.RECOVERY, Reason.RECOVERY_SAME)


def test_the_chances_of_all_differences_sum_to_one():
    total = sum(apart_per_day(Gap(d, d), P) for d in range(-20_000, 20_001))

    assert total == pytest.approx(1)
    assert chance_below(0.0, P) == pytest.approx(0.5)


def test_a_month_weighs_as_the_mean_of_its_days():
    days = range(-3, 28)

    mean = sum(apart_per_day(Gap(d, d), P) for d in days) / len(days)

    assert apart_per_day(Gap(-3, 27), P) == pytest.approx(mean)


def test_the_ratio_averages_to_one_over_the_days_by_chance():
    told = as_told(remains(on("2014-05-07")))
    rarity = rarity_of([], [remains(on("2014-01-01"))], MODEL)
    by_chance, ratios = [], []
    for past in range(-12_000, 12_001):
        day = on("2014-05-07").earliest + timedelta(past)
        seen = remains(DateRange(day, day))
        by_chance.append(found_per_day(seen.found, MODEL.time, rarity))
        weight = weigh_recovery(told, seen, P, time=MODEL.time, rarity=rarity)
        ratios.append((10**weight.log10_lr - P.unrelated) / (1 - P.unrelated))

    mean = sum(ratio * chance for ratio, chance in zip(ratios, by_chance, strict=True))

    assert mean == pytest.approx(1, rel=1e-4)


def test_it_does_not_matter_which_was_found_first():
    earlier, later = on("2014-05-07"), on("2014-06-16")
    both = [remains(earlier), remains(later)]
    there, back = weigh(earlier, later, both), weigh(later, earlier, both)

    assert there.log10_lr == pytest.approx(back.log10_lr)


def test_forty_days_apart_speak_hardly_against_one_death():
    assert weigh(on("2014-05-07"), on("2014-06-16")).log10_lr > -1


@pytest.mark.parametrize(
    ("right", "reason", "facts"),
    [
        (on("2014-05-07"), Reason.RECOVERY_SAME, (0, 0)),
        (between("2014-05-01", "2014-05-31"), Reason.RECOVERY_NEAR, (0, 24)),
        (on("2014-05-01"), Reason.RECOVERY_NEAR, (6, 6)),
        (on("2015-05-07"), Reason.RECOVERY_FAR, (365, 365)),
    ],
)
def test_the_reason_says_how_far_apart_they_are(right, reason, facts):
    weight = weigh(on("2014-05-07"), right)

    assert weight.reason is reason
    assert tuple(value for _, value in weight.facts) == facts
    assert days_apart(Gap(-NEAR_DAYS, -1)) == (1, NEAR_DAYS)


def test_without_both_days_nothing_is_compared():
    assert weigh(None, on("2014-05-07")) is None
    person = MissingRecord(record_id="m", last_contact=on("2014-05-07"))
    rarity = rarity_of([], [remains(on("2014-05-07"))], MODEL)
    seen = remains(on("2014-05-07"))
    assert weigh_recovery(person, seen, P, time=MODEL.time, rarity=rarity) is None


def ranges(count, widths):
    start = date(2011, 1, 1)
    for at in range(count):
        day = start + timedelta(at * 37 % 1461)
        yield None if at % 11 == 5 else DateRange(day, day + timedelta(widths[at % 5]))


def test_the_search_weighs_as_the_definition_and_bounds_from_above():
    left = [as_told(remains(each)) for each in ranges(140, (0, 0, 30, 364, 0))]
    right = [remains(each) for each in ranges(70, (0, 3, 0, 364, 7000))]
    rarity = rarity_of([], right, MODEL)

    must_agree(
        Recoveries(),
        (left, right),
        (MODEL, rarity),
        lambda told, seen: weigh_recovery(told, seen, P, time=MODEL.time, rarity=rarity),
    )


def test_where_nobody_is_dated_nothing_is_weighed():
    left, right = [as_told(remains(None))] * 2, [remains(None)] * 3
    rarity = rarity_of([], right, MODEL)

    comparison = laid_together(Recoveries(), left, right, MODEL, rarity)

    assert len(comparison.most) == 0
    assert np.isnan(weighed(comparison, left, right)).all()
