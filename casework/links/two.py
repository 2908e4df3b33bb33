"""Two records that may be of one person, laid side by side for whoever prints them."""

from dataclasses import dataclass
from typing import Any

from casework.bones.atlas import Bone
from casework.bones.inventory import (
    BoneState,
    Individuals,
    Seen,
    minimum_individuals,
    taken_together,
)
from casework.examination.bone_words import bone_words, said_bones
from casework.examination.seen_bones import seen_in
from casework.links.kinds import COMPARED, REMAINS, Kind
from casework.links.presenters import Laid, ShownRecord, ShownStanding, laid_together
from casework.links.queries import Asking, standing_of
from casework.links.rules import refusal_to_join
from casework.links.showing import cards_of, heads_of, opened_of, standing_told
from casework.links.weighing import Weighed, weigh_two
from casework.openings import Openings
from casework.remains import statements
from casework.statements.describing import AtHand
from casework.statements.reading import read_opened
from casework.web.described import Teller
from casework.web.visit import Visit
from privacy.model import Reveals

LOOKED_AT = frozenset({BoneState.PRESENT, BoneState.PARTIAL})


@dataclass(frozen=True, slots=True)
class ShownBones:
    """Which bones each finding holds, and the fewest people that both together can be of.

    `least` is None where of one of the two nobody noted a bone, or it is closed.
    """

    held: tuple[tuple[str, ...], ...]
    least: int | None
    repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two records of one kind as one reader may know them."""

    heads: tuple[ShownRecord, ShownRecord]
    openings: tuple[Openings, Openings]
    weighed: Weighed
    rows: tuple[Laid, ...]
    standing: ShownStanding | None
    bones: ShownBones | None


def lay_two(visit: Visit, kind: Kind, one: Any, other: Any, *, teller: Teller) -> Two:
    """Lay two records side by side, as far as both are open.

    Raises
    ------
    InvalidInput
        If they are one record, or one is invented and the other is not.
    """
    if refusal := refusal_to_join(one, other):
        raise refusal
    asking = Asking(visit.session, visit.viewer, kind, visit.at)
    both = (one, other)
    opened = opened_of(asking, both)
    heads = heads_of(asking, both, opened, teller)
    cards = cards_of(asking, both, opened, teller)
    said = [each for each in standing_of(asking, one) if each.other_id == other.id]
    told = standing_told(asking, said, heads, teller)
    return Two(
        heads=(heads[one.id], heads[other.id]),
        openings=(opened[one.id], opened[other.id]),
        weighed=weigh_two((one, opened[one.id]), (other, opened[other.id])),
        rows=laid_together([cards[each.id] for each in both]),
        standing=told[0] if told else None,
        bones=_bones(asking, both, opened, teller) if kind is REMAINS else None,
    )


def _bones(
    asking: Asking, both: tuple[Any, Any], opened: dict[int, Openings], teller: Teller
) -> ShownBones:
    seen = [_seen(asking, each, opened[each.id]) for each in both]
    held = tuple(said_bones(each, teller.gettext) for each in seen)
    if not all(seen):
        return ShownBones(held, None, ())
    least = minimum_individuals(taken_together(*seen))
    return ShownBones(held, least.number, _named(least, teller))


def _seen(asking: Asking, remains: Any, openings: Openings) -> Seen:
    """Give the bones that somebody saw of one finding; of what is closed, nothing."""
    if not openings.shows(Reveals.BODY):
        return {}
    hand = AtHand(asking.session, asking.viewer, remains, statements.REMAINS, asking.at)
    groups = [group for group in COMPARED if openings.shows(group)]
    seen = seen_in(read_opened(hand, groups, names=False))
    return {code: bone for code, bone in seen.items() if bone.state in LOOKED_AT}


def _named(least: Individuals, teller: Teller) -> tuple[str, ...]:
    def name(bone: Bone) -> str:
        return bone_words(bone, teller.gettext)

    return tuple(name(bone) for bone, _ in least.because)
