"""The bones that an inventory asks about: 206 of an adult, small ones together.

A bone is named by its stem and side, `femur_l`; of ribs and vertebrae each has its number.
Where a child's hip bone has not joined yet, its three parts take the place of the one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

RIBS = 12
VERTEBRAE = {"c": 7, "t": 12, "l": 5}


class Region(StrEnum):
    """Parts of the skeleton in the order in which they are laid out on a table."""

    SKULL = "skull"
    SPINE = "spine"
    CHEST = "chest"
    ARM_RIGHT = "arm_r"
    ARM_LEFT = "arm_l"
    LEG_RIGHT = "leg_r"
    LEG_LEFT = "leg_l"


class Stage(StrEnum):
    """Whether the hip bone is one or still three."""

    ADULT = "adult"
    SUBADULT = "subadult"


@dataclass(frozen=True, slots=True)
class Bone:
    """One line of an inventory; `whole` counts the single bones of one person it stands for."""

    code: str
    stem: str
    region: Region
    side: str = ""  # `r`, `l`, or empty in the middle
    number: int = 0  # of a rib or a vertebra
    whole: int = 1
    stages: tuple[Stage, ...] = (Stage.ADULT, Stage.SUBADULT)


_ADULT, _YOUNG = (Stage.ADULT,), (Stage.SUBADULT,)
_MIDDLE_OF_SKULL = {
    "frontal": 1,
    "occipital": 1,
    "sphenoid": 1,
    "nasals": 2,
    "inner_face": 8,  # ethmoid, vomer, and both palatine, lacrimal and lower nasal conchae
    "ossicles": 6,
    "mandible": 1,
    "hyoid": 1,
}
_PAIRED_OF_SKULL = ("parietal", "temporal", "zygomatic", "maxilla")
_OF_ARM = {
    "clavicle": 1,
    "scapula": 1,
    "humerus": 1,
    "radius": 1,
    "ulna": 1,
    "carpals": 8,
    "metacarpals": 5,
    "hand_phalanges": 14,
}
_OF_LEG = {
    "femur": 1,
    "patella": 1,
    "tibia": 1,
    "fibula": 1,
    "talus": 1,
    "calcaneus": 1,
    "tarsals": 5,
    "metatarsals": 5,
    "foot_phalanges": 14,
}
HIP, PARTS_OF_HIP = "hip", ("ilium", "ischium", "pubis")
SIDES = ("r", "l")


def _all() -> Iterator[Bone]:
    yield from _of_trunk()
    for side in SIDES:
        yield from _of_limbs(side)


def _of_trunk() -> Iterator[Bone]:
    for stem, whole in _MIDDLE_OF_SKULL.items():
        yield Bone(stem, stem, Region.SKULL, whole=whole)
    for stem in _PAIRED_OF_SKULL:
        yield from (Bone(f"{stem}_{side}", stem, Region.SKULL, side) for side in SIDES)
    for stem, last in VERTEBRAE.items():
        for number in range(1, last + 1):
            yield Bone(f"{stem}{number}", stem, Region.SPINE, number=number)
    yield Bone("sacrum", "sacrum", Region.SPINE)
    yield Bone("coccyx", "coccyx", Region.SPINE)
    yield Bone("sternum", "sternum", Region.CHEST)
    for side in SIDES:
        for number in range(1, RIBS + 1):
            yield Bone(f"rib_{side}{number}", "rib", Region.CHEST, side, number)


def _of_limbs(side: str) -> Iterator[Bone]:
    arm, leg = Region(f"arm_{side}"), Region(f"leg_{side}")
    for stem, whole in _OF_ARM.items():
        yield Bone(f"{stem}_{side}", stem, arm, side, whole=whole)
    yield Bone(f"{HIP}_{side}", HIP, leg, side, stages=_ADULT)
    for stem in PARTS_OF_HIP:
        yield Bone(f"{stem}_{side}", stem, leg, side, stages=_YOUNG)
    for stem, whole in _OF_LEG.items():
        yield Bone(f"{stem}_{side}", stem, leg, side, whole=whole)


BONES: Mapping[str, Bone] = {bone.code: bone for bone in _all()}


def bones_of(stage: Stage) -> tuple[Bone, ...]:
    """Give the bones that a person of a stage has, region by region."""
    order = list(Region)
    found = (bone for bone in BONES.values() if stage in bone.stages)
    return tuple(sorted(found, key=lambda bone: order.index(bone.region)))
