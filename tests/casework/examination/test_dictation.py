"""Bones as they are dictated, and what is refused with what to say instead."""

import pytest

from casework.bones.atlas import Region, Stage, bones_of
from casework.bones.inventory import BoneState, SeenBone
from casework.examination.bone_dictation import (
    NO_BONE,
    NO_NUMBER,
    NO_SIDE,
    NO_STATE,
    TWO_STATES,
    UNKNOWN_WORD,
    read_dictation,
)
from casework.examination.bone_words import said_bones, said_region
from casework.web.languages import OFFERED, translations_for

EXAMPLE = (
    "«Cráneo completo, fémur izq ausente, costillas 1-8 presentes, C1-C7 presentes, "
    "húmero der presente x2, resto ausente»."
)
THERE, GONE = SeenBone(BoneState.PRESENT), SeenBone(BoneState.ABSENT)


def heard(text, known=frozenset()):
    return read_dictation(text, Stage.ADULT, frozenset(known))


def test_an_examiner_dictates_in_one_breath():
    found = heard("cráneo completo, fémur izq ausente, costillas 1-8 presentes")

    assert not found.refused
    assert found.bones["femur_l"] == GONE
    assert {code for code in found.bones if code.startswith("rib")} == {
        f"rib_{side}{number}" for side in "lr" for number in range(1, 9)
    }
    assert found.bones["frontal"] == THERE
    assert "mandible" not in found.bones


@pytest.mark.parametrize(
    ("said", "codes", "seen"),
    [
        ("C1-C3 presentes", {"c1", "c2", "c3"}, THERE),
        ("faltan la tibia y el peroné der", {"tibia_r", "fibula_r"}, GONE),
        ("left femur missing", {"femur_l"}, GONE),
        ("húmero izq presente x2", {"humerus_l"}, SeenBone(BoneState.PRESENT, 2)),
        ("rádio direito ausente", {"radius_r"}, GONE),
        ("coxales en parte", {"hip_l", "hip_r"}, SeenBone(BoneState.PARTIAL)),
    ],
)
def test_bones_are_understood_as_people_say_them(said, codes, seen):
    assert heard(said).bones == dict.fromkeys(codes, seen)


@pytest.mark.parametrize("language", OFFERED)
def test_the_example_of_each_language_is_understood_in_full(language):
    found = heard(translations_for(language).gettext(EXAMPLE))

    assert not found.refused
    assert set(found.bones) == {bone.code for bone in bones_of(Stage.ADULT)}
    assert (found.bones["femur_l"], found.bones["rib_r8"]) == (GONE, THERE)
    assert found.bones["humerus_r"].count == 2


def test_the_rest_is_what_was_neither_said_nor_stands():
    found = heard("cráneo presente, resto ausente", known={"sacrum"})

    assert "sacrum" not in found.bones
    assert found.bones["femur_r"] == GONE
    assert found.bones["frontal"] == THERE


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("fémur ausente", NO_SIDE),
        ("ausente", NO_BONE),
        ("fémur izq", NO_STATE),
        ("costilla 14 izq presente", NO_NUMBER),
        ("tibia izq presente ausente", TWO_STATES),
        ("patas presentes", UNKNOWN_WORD),
    ],
)
def test_nothing_is_guessed(said, why):
    found = heard(f"{said}, sacro presente")

    assert [each.sentence for each in found.refused] == [why]
    assert found.bones == {"sacrum": THERE}
    assert found.left == [said]


def test_two_words_on_one_bone_are_refused_and_the_first_stays():
    found = heard("sacro presente, sacro ausente")

    assert [each.sentence for each in found.refused] == [TWO_STATES]
    assert found.bones == {"sacrum": THERE}


def test_neighbours_are_told_together():
    seen = heard("costillas 1-8 presentes, C1 ausente").bones

    told = said_bones(seen, str)

    assert "tórax: presente: costilla 1–8, lado derecho; costilla 1–8, lado izquierdo" in told
    assert "columna: ausente: C1" in told
    assert said_region({}, Stage.ADULT, Region.CHEST, str) == ("todo: no registrado",)
