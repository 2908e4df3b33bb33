"""Build, kilograms, preferred hand and blood group: each against how common it is."""

from math import log10

import numpy as np
import pytest

from matching.codes import BloodGroup, Build, Condition, Handedness
from matching.evidence import build, handedness
from matching.evidence.blood_group import (
    FULL_GROUPS,
    blood_ratio,
    full_groups,
    weigh_blood_group,
)
from matching.evidence.body_weight import (
    Kilograms,
    SeenKilograms,
    chance_of_kilograms,
    expected_kilograms,
    kilograms_of_anybody,
    seen_kilograms,
    weigh_body_weight,
)
from matching.evidence.build import seen_build, weigh_build
from matching.evidence.confusion import shares_seen
from matching.evidence.handedness import weigh_handedness
from matching.evidence.rarity import ColourRarity
from matching.evidence.registry import rarity_of
from matching.evidence.stature import density
from matching.evidence.weight import Reason
from matching.records import Range
from tests.matching.everything import NEWEST, a_missing_person, some_remains

FRESH, BONES = Condition.FULLY_FLESHED, Condition.BONE_DEGRADED
COUNTED = ColourRarity(fresh={"slim": 40, "heavy": 9}, changed={"right": 30, "left": 5})


def build_weight(told, seen, condition=FRESH, **remains):
    one = some_remains(build=seen, condition=condition, **remains)
    return weigh_build(a_missing_person(build=told), one, NEWEST.build, COUNTED)


def hand_weight(told, seen, condition=BONES):
    one = some_remains(handedness=seen, condition=condition)
    return weigh_handedness(a_missing_person(handedness=told), one, NEWEST.handedness, COUNTED)


@pytest.mark.parametrize(
    ("weigh", "codes", "parameters", "condition"),
    [
        (build_weight, Build, NEWEST.build, FRESH),
        (hand_weight, Handedness, NEWEST.handedness, FRESH),
        (hand_weight, Handedness, NEWEST.handedness, BONES),
    ],
)
def test_the_mean_ratio_over_what_is_seen_is_one_whoever_is_sought(
    weigh, codes, parameters, condition
):
    shares = shares_seen(condition, parameters, COUNTED)

    for told in codes:
        mean = sum(
            share * 10 ** weigh(told, codes(seen), condition).log10_lr
            for seen, share in shares.items()
        )

        assert mean == pytest.approx(1)


def test_builds_are_neighbours_in_their_order():
    assert build.NEIGHBOURS["slim"] == ("very_thin", "medium")
    assert build.NEIGHBOURS["very_heavy"] == ("heavy",)


def test_neighbours_are_neighbours_from_either_side():
    for neighbours in (build.NEIGHBOURS, handedness.NEIGHBOURS):
        assert all(one in neighbours[near] for one in neighbours for near in neighbours[one])


def test_the_same_build_speaks_for_a_near_one_less_and_another_against():
    same, near, other = (
        build_weight(Build.HEAVY, seen) for seen in (Build.HEAVY, Build.VERY_HEAVY, Build.SLIM)
    )

    assert same.log10_lr > 0 > other.log10_lr
    assert [same.reason, near.reason, other.reason] == [
        Reason.VALUE_SAME,
        Reason.VALUE_NEAR,
        Reason.VALUE_DIFFERS,
    ]


@pytest.mark.parametrize("condition", [None, BONES, Condition.FOCAL_SKELETONISATION])
def test_a_build_is_not_compared_once_decay_changed_it(condition):
    assert build_weight(Build.SLIM, Build.SLIM, condition) is None


def test_kilograms_on_the_scales_replace_the_word_for_a_build():
    assert build_weight(Build.SLIM, Build.SLIM, weight_kg=Range(60, 60)) is None
    assert seen_build(some_remains(condition=Condition.DECOMPOSED)) is Build.SLIM


def test_a_left_hand_weighs_more_than_a_right_one():
    left, right = (hand_weight(one, one) for one in (Handedness.LEFT, Handedness.RIGHT))

    assert left.log10_lr > right.log10_lr > 0


@pytest.mark.parametrize("weigh", [build_weight, hand_weight])
def test_without_two_values_nothing_is_weighed(weigh):
    value = Build.SLIM if weigh is build_weight else Handedness.LEFT

    assert weigh(None, value) is None
    assert weigh(value, None) is None


def test_builds_and_hands_of_the_registry_are_counted():
    remains = [some_remains(), some_remains(condition=BONES), some_remains(handedness=None)]

    rarity = rarity_of([a_missing_person()], remains, NEWEST)

    assert (rarity.build.fresh, rarity.build.changed) == ({"slim": 2}, {})
    assert (rarity.handedness.fresh, rarity.handedness.changed) == ({"left": 1}, {"left": 1})


KG = NEWEST.body_weight
TALL = Range(165, 165)


def kilograms(told, seen, condition=FRESH, stature=TALL):
    person = a_missing_person(weight_kg=None if told is None else Range(*told))
    one = some_remains(
        weight_kg=None if seen is None else Range(*seen),
        condition=condition,
        stature_cm=stature,
    )
    return weigh_body_weight(person, one, KG)


@pytest.mark.parametrize("stature", [None, 164.0, 182.0])
def test_the_ratio_of_kilograms_averages_to_one_among_people_of_that_stature(stature):
    told, step = Kilograms(70.0, 4.0), 0.25
    mean = total = 0.0

    for kg in np.arange(-150, 350, step):
        seen = SeenKilograms(float(kg), 0.0, stature)
        person, anybody = expected_kilograms(told, seen, KG), chance_of_kilograms(seen, KG)
        total += step * anybody
        mean += step * anybody * density(kg, person.mean_kg, person.sd_kg**2) / anybody

    assert total == pytest.approx(1, abs=1e-4)
    assert mean == pytest.approx(1, abs=1e-6)


def test_the_weight_of_kilograms_is_the_ratio_of_two_densities():
    found = kilograms((69, 71), (64, 64))

    seen = SeenKilograms(64.0, 0.0, 164.0)  # 165 cm to the nearest even 2 cm
    person = expected_kilograms(Kilograms(70.0, 2.0), seen, KG)
    ratio = density(64, person.mean_kg, person.sd_kg**2) / chance_of_kilograms(seen, KG)
    assert found.log10_lr == pytest.approx(log10(KG.unrelated + (1 - KG.unrelated) * ratio))
    assert found.reason is Reason.BODY_WEIGHT_NEAR


def test_fifty_kilograms_apart_speaks_against_and_is_no_exclusion():
    found = kilograms((110, 110), (55, 55))

    assert log10(KG.unrelated) <= found.log10_lr < -1
    assert found.reason is Reason.BODY_WEIGHT_FAR


@pytest.mark.parametrize("condition", [None, Condition.DECOMPOSED, BONES])
def test_remains_that_decay_changed_are_not_weighed_in_kilograms(condition):
    assert kilograms((70, 70), (70, 70), condition) is None


def test_a_weight_without_a_stature_is_judged_against_everybody():
    found = seen_kilograms(
        some_remains(weight_kg=Range(60, 70), condition=FRESH, stature_cm=None)
    )

    assert kilograms_of_anybody(found, KG).mean_kg == KG.population.mean_kg
    assert (found.kg, found.width_kg) == (65, 10)


@pytest.mark.parametrize("sides", [(None, (70, 70)), ((70, 70), None)])
def test_without_two_weights_nothing_is_weighed(sides):
    assert kilograms(*sides) is None


BLOOD = NEWEST.blood_group


def blood(told, seen):
    return weigh_blood_group(
        a_missing_person(blood_group=told), some_remains(blood_group=seen), BLOOD
    )


@pytest.mark.parametrize("told", list(BloodGroup))
def test_the_ratio_of_blood_groups_averages_to_one(told):
    total = sum(BLOOD.frequency.values())

    mean = sum(
        BLOOD.frequency[seen] / total * 10 ** blood(told, BloodGroup(seen)).log10_lr
        for seen in FULL_GROUPS
    )

    assert mean == pytest.approx(1)


def test_a_rare_group_weighs_more_and_a_group_without_rhesus_fits_both():
    rare, common = blood(BloodGroup.B, BloodGroup.B_POSITIVE), blood(BloodGroup.O, BloodGroup.O)

    assert rare.log10_lr > common.log10_lr > 0
    assert rare.reason is Reason.BLOOD_GROUP_FITS
    assert full_groups(BloodGroup.AB) == ("ab_positive", "ab_negative")


def test_groups_that_exclude_each_other_may_be_misremembered():
    found = blood(BloodGroup.A, BloodGroup.O_POSITIVE)

    assert blood_ratio(BloodGroup.A, BloodGroup.O_POSITIVE, BLOOD) == 0
    assert found.log10_lr == pytest.approx(log10(BLOOD.wrong))
    assert found.reason is Reason.BLOOD_GROUP_DIFFERS


def test_without_two_blood_groups_nothing_is_weighed():
    assert blood(None, BloodGroup.A) is None
    assert blood(BloodGroup.A, None) is None
