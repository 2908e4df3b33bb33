"""Parts of the body of remains that were not recovered, or that nobody examined.

Only what the registry says: the list of what lacks, and the inventory of bones. A part of
which nothing was written down is no more missing than it is there.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from casework.bones.atlas import BONES
from casework.bones.inventory import BoneState, Seen
from casework.candidates.queries import Proposal
from casework.codes import BodySite, Side
from casework.examination.seen_bones import seen_in
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.picture import Picture, preferred
from casework.statements.reading import read_opened
from privacy.model import Reveals
from privacy.permissions import Viewer

# A place, and the side of it; None for what lies in the middle or goes with both sides.
Part = tuple[BodySite, Side | None]
SIDES: Mapping[str, Side] = {"r": Side.RIGHT, "l": Side.LEFT}
_HEAD = (
    *(BodySite.HEAD, BodySite.SCALP, BodySite.FACE, BodySite.FOREHEAD, BodySite.TEMPLE),
    *(BodySite.EYEBROW, BodySite.EYELID, BodySite.EYE, BodySite.EAR, BodySite.EARLOBE),
    *(BodySite.NOSE, BodySite.NOSTRIL, BodySite.CHEEK, BodySite.LIP, BodySite.MOUTH),
    *(BodySite.TONGUE, BodySite.TOOTH, BodySite.CHIN, BodySite.JAW),
)
_CHEST = (
    *(BodySite.COLLARBONE, BodySite.CHEST, BodySite.BREAST, BodySite.RIBS, BodySite.ABDOMEN),
    *(BodySite.NAVEL, BodySite.SIDE, BodySite.SHOULDER_BLADE, BodySite.UPPER_BACK),
    *(BodySite.LOWER_BACK, BodySite.BACK),
)
_PELVIS = (BodySite.HIP, BodySite.BUTTOCK, BodySite.GROIN, BodySite.GENITALS)
_HAND = (
    *(BodySite.WRIST, BodySite.HAND, BodySite.PALM, BodySite.THUMB, BodySite.INDEX_FINGER),
    *(BodySite.MIDDLE_FINGER, BodySite.RING_FINGER, BodySite.LITTLE_FINGER),
    *(BodySite.FINGER, BodySite.FINGERNAIL),
)
_FOOT = (
    *(BodySite.ANKLE, BodySite.FOOT, BodySite.HEEL, BodySite.SOLE),
    *(BodySite.BIG_TOE, BodySite.TOE, BodySite.TOENAIL),
)
_HAND_BONES = ("carpals", "metacarpals", "hand_phalanges")
_FOOT_BONES = ("talus", "calcaneus", "tarsals", "metatarsals", "foot_phalanges")
_SKULL = ("frontal", "occipital", "parietal", "temporal", "zygomatic", "maxilla", "mandible")
# Bones of the middle, and what lies over them: missing only if all of them are.
IN_THE_MIDDLE: Mapping[tuple[str, ...], tuple[BodySite, ...]] = {
    _SKULL: _HEAD,
    ("c",): (BodySite.NECK, BodySite.NAPE, BodySite.THROAT),
    ("t", "l", "sternum", "rib"): _CHEST,
}
# The same of each side.
ON_EACH_SIDE: Mapping[tuple[str, ...], tuple[BodySite, ...]] = {
    ("clavicle", "scapula", "humerus"): (BodySite.SHOULDER, BodySite.ARMPIT),
    ("humerus",): (BodySite.UPPER_ARM,),
    ("humerus", "radius", "ulna"): (BodySite.ELBOW, BodySite.ARM),
    ("radius", "ulna"): (BodySite.FOREARM,),
    _HAND_BONES: _HAND,
    ("hip",): (BodySite.HIP, BodySite.BUTTOCK),
    ("femur",): (BodySite.THIGH,),
    ("femur", "tibia", "fibula"): (BodySite.KNEE, BodySite.LEG),
    ("tibia", "fibula"): (BodySite.SHIN, BodySite.CALF),
    _FOOT_BONES: _FOOT,
}
# What the list of missing parts names so that a place follows; of one of two limbs or hands
# nobody said which, and it is told in words alone.
NAMED: Mapping[str, Collection[Part]] = {
    "head": [(site, None) for site in _HEAD],
    "torso": [(site, None) for site in (*_CHEST, *_PELVIS)],
    "both_hands": [(site, side) for site in _HAND for side in SIDES.values()],
}


@dataclass(frozen=True, slots=True)
class Unseen:
    """What could not be looked at; `unplaced`: codes of what lacks without saying where."""

    lost: frozenset[Part] = field(default_factory=frozenset)
    unexamined: frozenset[Part] = field(default_factory=frozenset)
    unplaced: tuple[str, ...] = ()


ALL_SEEN = Unseen()


def unseen_of(session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime) -> Unseen:
    """Read what of the remains could not be seen, where their description is open."""
    if not proposal.of_remains.shows(Reveals.BODY):
        return ALL_SEEN
    hand = AtHand(session, viewer, proposal.remains, REMAINS, at)
    return unseen_in(read_opened(hand, {Reveals.BODY}, names=False))


def unseen_in(picture: Picture) -> Unseen:
    """Put together what a picture of remains says of it."""
    said = preferred(picture, "parts_not_recovered")
    codes = said if isinstance(said, list) else []
    seen = seen_in(picture)
    lost = {part for code in codes for part in NAMED.get(code, ())}
    lost |= set(_parts(seen, {BoneState.ABSENT}))
    unexamined = set(_parts(seen, {BoneState.ABSENT, BoneState.NOT_EXAMINED})) - lost
    unplaced = tuple(code for code in codes if code not in NAMED)
    return Unseen(frozenset(lost), frozenset(unexamined), unplaced)


def holds(parts: Collection[Part], site: BodySite | None, side: Side | None) -> bool:
    """Say whether a mark would lie on these parts, wherever its side may be."""
    if site is None:
        return False
    sides = [side] if side in SIDES.values() else list(SIDES.values())
    return (site, None) in parts or all((site, each) in parts for each in sides)


def _parts(seen: Seen, states: Collection[BoneState]) -> Iterator[Part]:
    """Name the parts of which every bone was written down in one of these states."""
    for stems, sites in IN_THE_MIDDLE.items():
        if _all_in(seen, states, stems):
            yield from ((site, None) for site in sites)
    for letter, side in SIDES.items():
        for stems, sites in ON_EACH_SIDE.items():
            if _all_in(seen, states, stems, letter):
                yield from ((site, side) for site in sites)


def _all_in(
    seen: Seen, states: Collection[BoneState], stems: Collection[str], side: str = ""
) -> bool:
    codes = [
        code
        for code, bone in BONES.items()
        if bone.stem in stems and (not side or bone.side == side)
    ]
    return all(code in seen and seen[code].state in states for code in codes)
