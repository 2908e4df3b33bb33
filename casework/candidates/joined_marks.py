"""Which marks of two records may be one and the same: for the drawing, nothing is weighed here.

Kinds that people take for one another and places that they name differently are the engine's
own, so that the drawing joins nothing that the weight keeps apart.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from casework.codes import Condition, MarkType
from casework.web.code_words import DescribedMark
from matching.evidence.listed import Level, level_of
from matching.evidence.marks import IN_BONE, thing_of_mark
from matching.records import Mark

# Hardly any skin is left of these: what lies in it cannot be seen. Our choice, as the engine's
# numbers of what can still be seen have it.
WITHOUT_SKIN = frozenset(
    {
        Condition.SKELETONISED_ARTICULATED,
        Condition.SKELETONISED_DISARTICULATED,
        Condition.BONE_DEGRADED,
    }
)


class Bond(StrEnum):
    """How a mark that was told stands to one that was seen."""

    AGREES = "agrees"  # one kind, one place, one side
    NEAR = "near"  # alike; what differs or lacks may come from how it was told
    OTHER_KIND = "other_kind"  # in one place, but of kinds that nobody takes for one another


class Join(NamedTuple):
    """A mark told and a mark seen that belong together, by their places in the lists."""

    told: int
    seen: int
    bond: Bond


def joined(told: Sequence[DescribedMark], seen: Sequence[DescribedMark]) -> tuple[Join, ...]:
    """Join each mark with one of the other record at most: what agrees most goes first."""
    return tuple(sorted(_joined(told, seen)))


def lies_in_skin(kind: MarkType) -> bool:
    """Say whether a mark goes with the skin."""
    return kind not in IN_BONE


def _joined(told: Sequence[DescribedMark], seen: Sequence[DescribedMark]) -> Iterator[Join]:
    free_told, free_seen = dict(enumerate(told)), dict(enumerate(seen))
    for bond in Bond:
        for here in list(free_told):
            for there, other in free_seen.items():
                if _bond(free_told[here], other) is bond:
                    yield Join(here, there, bond)
                    del free_told[here], free_seen[there]
                    break


def _bond(told: DescribedMark, seen: DescribedMark) -> Bond | None:
    level = level_of(*(thing_of_mark(_plain(mark)) for mark in (told, seen)))
    is_one_place = told.site is not None and (told.site, told.side) == (seen.site, seen.side)
    if level is Level.AGREES and is_one_place:
        return Bond.AGREES
    if level in {Level.AGREES, Level.DETAIL_DIFFERS, Level.REGION_UNKNOWN}:
        return Bond.NEAR
    return Bond.OTHER_KIND if is_one_place else None


def _plain(mark: DescribedMark) -> Mark:
    """Leave the words out: they are opened for people to read, and join nothing here."""
    return Mark(mark.kind, mark.site, mark.side)
