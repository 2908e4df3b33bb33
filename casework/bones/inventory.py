"""What an inventory of bones adds up to: how much of a person is there, and of how many.

Nothing here looks at the bones' size, age or chemistry: what an inventory alone can show is
that one person cannot have two left thigh bones. The true number may always be greater.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from casework.bones.atlas import BONES, Bone, Region, Stage, bones_of


class BoneState(StrEnum):
    """What was seen of a bone."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    NOT_EXAMINED = "not_examined"


@dataclass(frozen=True, slots=True)
class SeenBone:
    """What an examiner wrote down of a bone; `count`: how many single ones lie there."""

    state: BoneState
    count: int | None = None


Seen = Mapping[str, SeenBone]


@dataclass(frozen=True, slots=True)
class Individuals:
    """The least number of persons, and the bones that call for it."""

    number: int
    because: tuple[tuple[Bone, int], ...] = ()  # with how many of it there are


@dataclass(frozen=True, slots=True)
class Completeness:
    """Single bones of one person: those there, and those of which nobody said anything."""

    there: float
    unknown: float
    whole: int

    @property
    def at_least(self) -> int:
        """Give the percentage that is there, as far as was looked."""
        return round(100 * self.there / self.whole)

    @property
    def at_most(self) -> int:
        """Give the percentage if all that nobody looked for is there."""
        return round(100 * (self.there + self.unknown) / self.whole)


def minimum_individuals(seen: Seen) -> Individuals:
    """Count the fewest persons that the bones can be of.

    Pieces of one bone count once: `count` is what an examiner counts as different bones, each
    with the same spot of it.
    """
    needed = {
        code: ceil(_counted(BONES[code], bone) / BONES[code].whole)
        for code, bone in seen.items()
    }
    number = max(needed.values(), default=0)
    if number <= 1:
        return Individuals(number)
    most = ((BONES[code], _counted(BONES[code], seen[code])) for code in BONES if code in seen)
    return Individuals(
        number, tuple((bone, count) for bone, count in most if needed[bone.code] == number)
    )


def taken_together(one: Seen, other: Seen) -> Seen:
    """Lay two inventories together, as if they were of one finding.

    A bone whole in both is there twice; a piece may be of the bone that the other holds.
    """
    counts = {
        code: _together(BONES[code], one.get(code), other.get(code)) for code in {*one, *other}
    }
    return {code: SeenBone(BoneState.PRESENT, count) for code, count in counts.items()}


def _together(bone: Bone, one: SeenBone | None, other: SeenBone | None) -> int:
    counts = [_counted(bone, each) for each in (one, other) if each is not None]
    are_whole = all(each and each.state is BoneState.PRESENT for each in (one, other))
    return sum(counts) if are_whole else max(counts)


def completeness_of(seen: Seen, stage: Stage, region: Region | None = None) -> Completeness:
    """Add up how much of one person is there: of all, or of one region.

    What is there in part counts half; of small bones counted, as many as were counted.
    """
    asked = [bone for bone in bones_of(stage) if region in (None, bone.region)]
    there = sum(_share(bone, seen.get(bone.code)) for bone in asked)
    unknown = sum(bone.whole for bone in asked if _is_unknown(seen.get(bone.code)))
    return Completeness(there, unknown, sum(bone.whole for bone in asked))


def absent_regions(seen: Seen, stage: Stage) -> Iterator[Region]:
    """Name the regions of which every bone was looked for and none is there."""
    for region in Region:
        bones = [seen.get(bone.code) for bone in bones_of(stage) if bone.region is region]
        if all(bone and bone.state is BoneState.ABSENT for bone in bones):
            yield region


def _counted(bone: Bone, seen: SeenBone) -> int:
    if seen.state in {BoneState.ABSENT, BoneState.NOT_EXAMINED}:
        return 0
    if seen.count is not None:
        return seen.count
    return bone.whole if seen.state is BoneState.PRESENT else 1


def _share(bone: Bone, seen: SeenBone | None) -> float:
    if seen is None or _is_unknown(seen) or seen.state is BoneState.ABSENT:
        return 0.0
    if seen.state is BoneState.PRESENT:
        return min(seen.count or bone.whole, bone.whole)
    if bone.whole > 1 and seen.count:
        return min(seen.count, bone.whole)
    return bone.whole / 2


def _is_unknown(seen: SeenBone | None) -> bool:
    return seen is None or seen.state is BoneState.NOT_EXAMINED
