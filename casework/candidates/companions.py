"""Who travelled with the person of a proposal, and whether somebody is proposed near by.

Only groups, reports, remains and proposals that the viewer may read are asked for, and nothing
tells how many others there are. Nobody is named: a reference leads to what its reader may open.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.model import Pairing, PairingState
from casework.candidates.narrowing import is_excluded, readable_pairings
from casework.candidates.queries import Proposal
from casework.candidates.rules import MAY_BE_SEARCHED
from casework.candidates.weighing import km_between
from casework.database import any_of
from casework.groups.model import Outcome, TravelGroup, TravelGroupFact
from casework.groups.queries import (
    Members,
    facts_of,
    groups_travelled_in,
    is_aboard,
    members_of,
)
from casework.groups.showing import record_read
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.record_codes import SearchStatus
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from privacy.door import recheck
from privacy.permissions import Permission, Viewer

MOST_GROUPS, MOST_WORDS, MOST_PAIRS = 3, 60, 300
"""Groups of one person, words on one group and proposals of companions read for a page, so that
a ship with hundreds aboard holds up nobody; our choice. The group's own page holds all."""


class Nearness(StrEnum):
    """What remains have in common with those of the pair; the strongest counts."""

    SAME_REMAINS = "same_remains"
    SAME_INCIDENT = "same_incident"
    FOUND_TOGETHER = "found_together"
    SAME_SITE = "same_site"
    SAME_PLACE_AND_DAYS = "same_place_and_days"


@dataclass(frozen=True, slots=True)
class Near:
    """A proposal of a companion with remains that were found where those of the pair were."""

    pairing_id: int
    reference: str
    how: Nearness


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody with a report of their own who is said to have been in the group."""

    reference: str
    outcome: Outcome
    status: SearchStatus
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A group of the person; `told_of`: what became of those known only by a report's words.

    `remains`: the others that are said to have been of it, with what they have in common with
    those of the pair, if anything. `is_searched_whole`: whether all proposals of companions
    were looked at, so that none near by can be said to be none.
    """

    group: TravelGroup
    fact: TravelGroupFact
    holds_these: bool
    companions: tuple[Companion, ...]
    told_of: tuple[Outcome, ...]
    remains: tuple[tuple[str, Nearness | None], ...]
    is_cut: bool
    is_searched_whole: bool


def travelled_with(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> tuple[Company, ...] | None:
    """Tell with whom the person of a proposal travelled; None for whom groups are closed."""
    if not viewer.may(Permission.LINK_READ):
        return None
    asking = Asking(session, viewer, PEOPLE, at)
    groups = groups_travelled_in(asking, proposal.person)
    if not groups:
        return ()
    of_these = {
        each.id for each in groups_travelled_in(replace(asking, kind=REMAINS), proposal.remains)
    }
    groups = sorted(groups, key=lambda each: each.id not in of_these)[:MOST_GROUPS]
    aboard = [_members(asking, group) for group in groups]
    people = {row.id: row for members, _ in aboard for row in members.records.values()}
    pairings = _proposed(asking, proposal, list(people.values()))
    near = _near(asking, proposal, pairings)
    return tuple(
        Company(
            group=group,
            fact=facts_of(asking, group)[0],
            holds_these=group.id in of_these,
            companions=tuple(_companions(members, proposal, near)),
            told_of=tuple(_told_of(members)),
            remains=tuple(_others(found, proposal.remains)),
            is_cut=members.is_cut or found.is_cut,
            is_searched_whole=len(pairings) < MOST_PAIRS and not members.is_cut,
        )
        for group, (members, found) in zip(groups, aboard, strict=True)
    )


def references_in(companies: Collection[Company] | None) -> Iterator[str]:
    """Name the remains beside which companions are proposed: the log is told.

    Who stands in the group is told to the log with the group.
    """
    for company in companies or ():
        for companion in company.companions:
            yield from (each.reference for each in companion.near)


def _members(asking: Asking, group: TravelGroup) -> tuple[Members, Members]:
    """Read who was in a group, and note that it was read."""
    people = members_of(asking, group, PEOPLE, most=MOST_WORDS)
    found = members_of(asking, group, REMAINS, most=MOST_WORDS)
    record_read(asking, group, [*people.records.values(), *found.records.values()])
    return people, found


def _companions(
    members: Members, proposal: Proposal, near: dict[int, list[Near]]
) -> Iterator[Companion]:
    for words in members.said:
        row = members.records[words[0].case_id]
        if is_aboard(words) and not words[0].entry and row.id != proposal.person.id:
            found = tuple(near.get(row.id, ()))
            yield Companion(row.reference, words[0].outcome, row.search_status, found)


def _told_of(members: Members) -> Iterator[Outcome]:
    for words in members.said:
        if is_aboard(words) and words[0].entry:
            yield words[0].outcome


def _others(members: Members, these: Remains) -> Iterator[tuple[str, Nearness | None]]:
    for words in members.said:
        row = members.records[words[0].case_id]
        if is_aboard(words) and row.id != these.id:
            yield row.reference, nearness(row, these)


def _proposed(asking: Asking, proposal: Proposal, people: Sequence[Any]) -> Sequence[Pairing]:
    """Read with which remains companions are proposed: those of the pair first, newest next."""
    session, viewer, at = asking.session, asking.viewer, asking.at
    ids = {
        each.id
        for each in people
        if each.id != proposal.person.id and each.search_consent in MAY_BE_SEARCHED
    }
    if not ids:
        return []
    query = readable_pairings(viewer, at).where(
        Pairing.missing_person_id == any_of(ids),
        Pairing.state == PairingState.PROPOSED,
        ~is_excluded(viewer),
    )
    # By its number, not by its weight: which are left out must not tell a closed number.
    these_first = (Pairing.remains_id != proposal.remains.id, Pairing.id.desc())
    found = session.scalars(query.order_by(*these_first).limit(MOST_PAIRS)).all()
    return recheck(session, viewer, Permission.PAIRING_READ, found, at)


def _near(
    asking: Asking, proposal: Proposal, pairings: Sequence[Pairing]
) -> dict[int, list[Near]]:
    """Find which of these are of remains that were found where those of the pair were."""
    session, viewer, at = asking.session, asking.viewer, asking.at
    of_these = readable_remains(viewer, at).where(
        Remains.id == any_of({each.remains_id for each in pairings}),
        Remains.search_consent.in_(MAY_BE_SEARCHED),
    )
    remains = {row.id: row for row in session.scalars(of_these)}
    near: dict[int, list[Near]] = {}
    for each in pairings:
        row = remains.get(each.remains_id)
        how = nearness(row, proposal.remains) if row else None
        if row and how:
            proposed = Near(each.id, row.reference, how)
            near.setdefault(each.missing_person_id, []).append(proposed)
    return near


def nearness(one: Remains, other: Remains) -> Nearness | None:
    """Say what two remains that are open have in common of where they were found."""
    if one.id == other.id:
        return Nearness.SAME_REMAINS
    same = (
        (Nearness.SAME_INCIDENT, one.incident_key, other.incident_key),
        (Nearness.FOUND_TOGETHER, one.group_key, other.group_key),
        (Nearness.SAME_SITE, one.found_site, other.found_site),
    )
    for how, here, there in same:
        if here.strip() and here.strip().casefold() == there.strip().casefold():
            return how
    return Nearness.SAME_PLACE_AND_DAYS if _is_near(one, other) else None


def _is_near(one: Remains, other: Remains) -> bool:
    """Say whether the days meet, and the places as far as their precision is known."""
    days, others = one.found, other.found
    here, there = one.point, other.point
    if not (days and others and here and there):
        return False
    if days.latest < others.earliest or others.latest < days.earliest:
        return False
    return km_between(here, there) <= (here.radius_km or 0.0) + (there.radius_km or 0.0)
