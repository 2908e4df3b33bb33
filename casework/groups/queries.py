"""Reading groups: those of one's institution, and those of somebody one may read about.

Members are asked for by their records: whom a viewer may not know of is neither shown nor
counted, and a group that holds nobody else for them looks as if it had no other members.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casework.errors import NotFound
from casework.groups.model import (
    Aboard,
    MissingPersonMember,
    RemainsMember,
    TravelGroup,
    TravelGroupFact,
)
from casework.groups.rules import standing
from casework.links.kinds import PEOPLE, REMAINS, Kind
from casework.links.queries import Asking, readable_by_id
from casework.listing import AtLeast
from privacy.permissions import Permission

MEMBER: Mapping[str, Any] = {PEOPLE.path: MissingPersonMember, REMAINS.path: RemainsMember}
MOST_LISTED = 200
_NEWEST_FIRST = (TravelGroup.entered_at.desc(), TravelGroup.id)


@dataclass(frozen=True, slots=True)
class Members:
    """What stands of a group, of one kind of record: words by record, and those records."""

    said: list[tuple[Any, ...]]
    records: dict[int, Any]
    is_cut: bool = False


def get_group(asking: Asking, reference: str) -> TravelGroup:
    """Open one group.

    Raises
    ------
    NotFound
        If there is none, or the viewer may not know of it: nobody can tell which.
    """
    found = asking.session.scalar(
        sa.select(TravelGroup).where(TravelGroup.reference == reference.strip().upper())
    )
    if found is None or not _is_seen(asking, found):
        raise NotFound("group")
    return found


def facts_of(asking: Asking, group: TravelGroup) -> Sequence[TravelGroupFact]:
    """List what was said of a group already opened, the newest first."""
    return asking.session.scalars(
        sa.select(TravelGroupFact)
        .where(TravelGroupFact.group_id == group.id)
        .order_by(TravelGroupFact.id.desc())
    ).all()


def members_of(
    asking: Asking, group: TravelGroup, kind: Kind, *, most: int | None = None
) -> Members:
    """List what stands of the records of one kind that the viewer may read.

    `most`: how many of the newest words are read; all of them without it.
    """
    model = MEMBER[kind.path]
    return _of_rows(asking, kind, model.group_id == group.id, most)


def groups_of(asking: Asking, record: Any) -> list[TravelGroup]:
    """List the groups that a record already opened is said to have been in."""
    # In a group or not: whoever reads the file reads that something was said of both.
    return _groups(asking, {each.group_id for each in _words_on(asking, record)})


def groups_travelled_in(asking: Asking, record: Any) -> list[TravelGroup]:
    """List those in which a record already opened, itself, is said to have been by anybody."""
    said: dict[UUID, list[Any]] = {}
    for each in _words_on(asking, record):
        if not getattr(each, "entry", ""):
            said.setdefault(each.group_id, []).append(each)
    return _groups(
        asking,
        {group for group, rows in said.items() for stand in standing(rows) if is_aboard(stand)},
    )


def _words_on(asking: Asking, record: Any) -> Sequence[Any]:
    model = MEMBER[asking.kind.path]
    return asking.session.scalars(
        sa.select(model).where(model.case_id == record.id).order_by(model.id)
    ).all()


def _groups(asking: Asking, ids: Collection[UUID]) -> list[TravelGroup]:
    if not ids:
        return []
    found = asking.session.scalars(
        sa.select(TravelGroup).where(TravelGroup.id.in_(ids)).order_by(TravelGroup.reference)
    )
    return list(found)


def list_groups(
    asking: Asking, *, page: int = 1, size: int = MOST_LISTED
) -> tuple[list[tuple[TravelGroup, TravelGroupFact]], int]:
    """List the groups that the viewer may know of, with what was said of each last.

    One page of them, the newest first, and how many there are: as far as the page itself
    tells, for of the others it would have to be asked whom they hold.
    """
    if not asking.viewer.may(Permission.LINK_READ):
        return [], 0
    first = (page - 1) * size
    found = asking.session.scalars(
        sa.select(TravelGroup).order_by(*_NEWEST_FIRST).limit(size + 1).offset(first)
    ).all()
    listed = _known(asking, found[:size])
    total = first + len(listed)
    return listed, AtLeast(total) if len(found) > size else total


def known_groups(
    asking: Asking, numbers: Collection[UUID]
) -> list[tuple[TravelGroup, TravelGroupFact]]:
    """List those of some groups that the viewer may know of, the newest first."""
    found = asking.session.scalars(
        sa.select(TravelGroup).where(TravelGroup.id.in_(numbers)).order_by(*_NEWEST_FIRST)
    ).all()
    return _known(asking, found)


def _known(
    asking: Asking, groups: Sequence[TravelGroup]
) -> list[tuple[TravelGroup, TravelGroupFact]]:
    """Leave out whom the viewer may not know of, and give what was said of each last."""
    newest: dict[Any, TravelGroupFact] = {}
    for fact in asking.session.scalars(
        sa.select(TravelGroupFact)
        .where(TravelGroupFact.group_id.in_(_seen_among(asking, groups)))
        .order_by(TravelGroupFact.id)
    ):
        newest[fact.group_id] = fact
    return [(group, newest[group.id]) for group in groups if group.id in newest]


def _is_seen(asking: Asking, group: TravelGroup) -> bool:
    """Say whether a group is of the viewer's institution, or of somebody they may read of."""
    return group.id in _seen_among(asking, [group])


def _seen_among(asking: Asking, groups: Sequence[TravelGroup]) -> set[UUID]:
    """Say which of some groups the viewer may know of, asking about all of them at once.

    One member that they may read tells; only where the first is none, all others are asked.
    """
    if not asking.viewer.may(Permission.LINK_READ):
        return set()
    own = asking.viewer.institution_id
    seen = {group.id for group in groups if group.institution_id == own}
    for kind in (PEOPLE, REMAINS):
        model = MEMBER[kind.path]
        unseen = [group.id for group in groups if group.id not in seen]
        one = sa.select(model.group_id, sa.func.min(model.case_id))
        rows = asking.session.execute(
            one.where(model.group_id.in_(unseen)).group_by(model.group_id)
        ).all()
        of_kind = Asking(asking.session, asking.viewer, kind, asking.at)
        records = readable_by_id(of_kind, {case for _, case in rows})
        seen |= {group for group, case in rows if case in records}
    return seen | {
        group.id
        for group in groups
        if group.id not in seen
        and any(members_of(asking, group, kind).records for kind in (PEOPLE, REMAINS))
    }


def _of_rows(
    asking: Asking, kind: Kind, where: sa.ColumnElement[bool], most: int | None
) -> Members:
    model = MEMBER[kind.path]
    newest = sa.select(model).where(where).order_by(model.id.desc())
    found = asking.session.scalars(newest.limit(most and most + 1)).all()
    rows = found[:most][::-1]
    of_kind = Asking(asking.session, asking.viewer, kind, asking.at)
    records = readable_by_id(of_kind, {each.case_id for each in rows})
    said = standing(each for each in rows if each.case_id in records)
    return Members(said, records, is_cut=len(found) > len(rows))


def is_aboard(words: Sequence[Any]) -> bool:
    """Say whether somebody is said to have been in the group, by anybody at all."""
    return any(each.aboard is Aboard.TRAVELLED for each in words)
