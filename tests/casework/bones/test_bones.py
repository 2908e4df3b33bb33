"""The bones of an inventory: how many there are, of how many people, how tall and how old."""

import pytest

from casework.bones.age import years_of_phase
from casework.bones.atlas import BONES, Region, Stage, bones_of
from casework.bones.inventory import (
    BoneState,
    SeenBone,
    absent_regions,
    completeness_of,
    minimum_individuals,
    taken_together,
)
from casework.bones.outlines import SIZE, outlines
from casework.bones.stature import (
    MESOAMERICA,
    UNITED_STATES_WHITE,
    WITHIN_95,
    estimates,
)
from casework.bones.words import BONE_WORDS, VERTEBRA_LETTERS

THERE, HALF = SeenBone(BoneState.PRESENT), SeenBone(BoneState.PARTIAL)
GONE, NOT_LOOKED = SeenBone(BoneState.ABSENT), SeenBone(BoneState.NOT_EXAMINED)


def test_an_adult_has_206_bones_and_a_child_four_more():
    whole = {stage: sum(bone.whole for bone in bones_of(stage)) for stage in Stage}

    assert whole == {Stage.ADULT: 206, Stage.SUBADULT: 206 + 2 * (3 - 1)}
    assert sum(b.whole for b in bones_of(Stage.ADULT) if b.region is Region.SKULL) == 29


def test_every_bone_has_a_name_and_all_but_three_are_drawn_once():
    for stage in Stage:
        drawn = [outline.code for outline in outlines(stage)]
        hidden = {bone.code for bone in bones_of(stage)} - set(drawn)
        assert hidden == {"sphenoid", "inner_face", "ossicles"}
        assert len(drawn) == len(set(drawn))
    assert {bone.stem for bone in BONES.values()} == BONE_WORDS.keys() | VERTEBRA_LETTERS.keys()


def test_left_and_right_are_drawn_as_one_anothers_mirror():
    middles = {
        outline.code: (outline.view, outline.middle) for outline in outlines(Stage.ADULT)
    }
    view, (x, y) = middles["femur_l"]

    assert middles["femur_r"] == (view, (pytest.approx(SIZE[view][0] - x), y))


def test_one_person_cannot_have_two_left_thigh_bones_nor_six_left_midfoot_bones():
    twice = {"femur_l": SeenBone(BoneState.PRESENT, 2), "tibia_l": THERE}
    small = {"metatarsals_l": SeenBone(BoneState.PARTIAL, 5 + 1)}

    assert minimum_individuals(twice).number == 2
    assert [bone.code for bone, _ in minimum_individuals(twice).because] == ["femur_l"]
    assert minimum_individuals(small).number == 2
    assert minimum_individuals({"femur_l": THERE, "femur_r": HALF}).number == 1
    assert minimum_individuals({"femur_l": GONE}).number == 0


def test_two_findings_together_hold_a_bone_twice_only_where_it_is_whole_in_both():
    whole = {"femur_l": SeenBone(BoneState.PRESENT)}
    piece = {"femur_l": SeenBone(BoneState.PARTIAL)}
    other = {"femur_r": SeenBone(BoneState.PRESENT)}

    def least(one, another):
        return minimum_individuals(taken_together(one, another)).number

    assert [least(whole, each) for each in (whole, piece, other)] == [2, 1, 1]


def test_what_nobody_looked_for_is_neither_there_nor_missing():
    seen = {"femur_l": THERE, "femur_r": HALF, "tibia_l": GONE, "tibia_r": NOT_LOOKED}

    found = completeness_of(seen, Stage.ADULT)

    assert (found.there, found.unknown, found.whole) == (1 + 0.5, 206 - 3, 206)
    assert (found.at_least, found.at_most) == (round(150 / 206), round(100 * 204.5 / 206))
    counted = {"carpals_l": SeenBone(BoneState.PARTIAL, 6)}
    assert completeness_of(counted, Stage.ADULT).there == 6


def test_a_region_is_missing_only_where_each_of_its_bones_was_looked_for():
    skull = {b.code: GONE for b in bones_of(Stage.ADULT) if b.region is Region.SKULL}

    assert list(absent_regions(skull, Stage.ADULT)) == [Region.SKULL]
    assert not list(absent_regions(skull | {"hyoid": NOT_LOOKED}, Stage.ADULT))


def test_stature_follows_the_published_line_within_two_standard_errors():
    # Trotter and Gleser 1952: 2.38 × femur + 61.41 ± 3.27, of a femur of 45 cm.
    (found,) = estimates(UNITED_STATES_WHITE, "male", {"femur": 450.0})

    assert found.centre == pytest.approx(2.38 * 45 + 61.41)
    assert (found.low, found.high) == pytest.approx(
        (found.centre - WITHIN_95 * 3.27, found.centre + WITHIN_95 * 3.27)
    )


def test_without_a_standard_error_there_is_no_interval_until_somebody_gives_one():
    # Del Ángel and Cisneros 2004: 47.25 + 2.588 × femur.
    lengths = {"femur": 400.0, "skull": 180.0, "tibia": 12.0}

    (bare,) = estimates(MESOAMERICA, "female", lengths)
    (given,) = estimates(MESOAMERICA, "female", lengths, error=4.0)

    assert bare.centre == given.centre == pytest.approx(47.25 + 2.588 * 40)
    assert (bare.low, bare.high) == (None, None)
    assert given.high - given.low == pytest.approx(2 * WITHIN_95 * 4)
    assert estimates(MESOAMERICA, "", lengths) == ()


def test_the_surest_bone_comes_first_and_bones_are_not_averaged():
    found = estimates(UNITED_STATES_WHITE, "female", {"humerus": 300.0, "fibula": 340.0})

    assert [each.bone for each in found] == ["fibula", "humerus"]


def test_later_phases_of_the_pubic_bones_are_of_later_years():
    for sex in ("female", "male"):
        years = [years_of_phase(sex, phase) for phase in range(1, 7)]
        assert [last for _, last in years] == sorted(last for _, last in years)
        assert all(first < last for first, last in years)
    assert years_of_phase("female", 7) is years_of_phase("", 1) is years_of_phase("male", 0)
