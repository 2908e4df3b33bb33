"""A consulate's own people, as far as their families agreed, by how the search stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from casework.desk.queries import list_about
from casework.listing import AtLeast
from casework.missing.model import MissingPerson
from casework.missing.opening import open_listed
from casework.missing.presenters import MissingRow, present_row
from casework.missing.queries import readable_missing
from casework.record_codes import SearchStatus
from casework.web.described import Teller, teller_for
from casework.web.missing_words import STATUS_WORDS
from casework.web.visit import Visit
from privacy.consent.ledger import live, not_refused_to
from privacy.consent.model import Consent, DataCategory
from privacy.door import recheck
from privacy.permissions import Permission, Role

AT_MOST = 1_000  # are counted; beyond that a group says "more than"
SHOWN = 8  # of each group; the register has the others
ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class National:
    """One person of a consulate's, with what is due."""

    row: MissingRow
    requests: int
    agreed_until: str
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Those whose search stands alike."""

    title: str
    count: int
    href: str
    people: tuple[National, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a consulate's people stand alike in their search."""

    title: str
    count: int
    href: str


def standing_of(visit: Visit) -> tuple[Standing, ...]:
    """Count a consulate's people by the state of their search, without opening any file."""
    if visit.viewer.role is not Role.CONSULAR_OFFICER:
        return ()
    teller = teller_for(visit.language)
    return tuple(
        Standing(_title(status, teller), count, _href(status))
        for status, count in _counts(visit).items()
    )


def count_ending(visit: Visit) -> int:
    """Count those of a consulate's people whose family's agreement ends in a month."""
    if visit.viewer.role is not Role.CONSULAR_OFFICER:
        return 0
    few = readable_missing(visit.viewer, visit.at).with_only_columns(MissingPerson.id)
    numbers = visit.session.scalars(few.limit(AT_MOST)).all()
    soon = visit.at + ENDS_SOON
    return sum(end < soon for end in _agreed_until(visit, numbers).values())


def groups_of(visit: Visit) -> tuple[Group, ...]:
    """Group a consulate's people by the state of their search; nobody else has any here."""
    if visit.viewer.role is not Role.CONSULAR_OFFICER:
        return ()
    counts = _counts(visit)
    people = [each for status in counts for each in _first_of(visit, status)]
    sure = recheck(visit.session, visit.viewer, Permission.MISSING_READ, people, visit.at)
    openings = open_listed(visit.session, visit.viewer, sure, at=visit.at)
    teller = teller_for(visit.language)
    numbers = [each.id for each in sure]
    asked = list_about(visit.session, visit.viewer, numbers, visit.at)
    ends = _agreed_until(visit, numbers)
    shown = {
        each.id: National(
            present_row(each, openings[each.id], teller),
            asked.get(each.id, 0),
            teller.day(ends[each.id].date()) if each.id in ends else "",
            ends_soon=each.id in ends and ends[each.id] < visit.at + ENDS_SOON,
        )
        for each in sure
    }
    return tuple(
        _group(
            status,
            count,
            [shown[each.id] for each in sure if each.search_status is status],
            teller,
        )
        for status, count in counts.items()
    )


def _group(
    status: SearchStatus, count: int, people: Sequence[National], teller: Teller
) -> Group:
    return Group(_title(status, teller), count, _href(status), tuple(people))


def _title(status: SearchStatus, teller: Teller) -> str:
    title = teller.gettext(STATUS_WORDS[status])
    return title[:1].upper() + title[1:]


def _href(status: SearchStatus) -> str:
    return f"/missing?status={status.value}"


def _counts(visit: Visit) -> Mapping[SearchStatus, int]:
    """Count each group as far as a thousand people of all groups."""
    few = (
        readable_missing(visit.viewer, visit.at)
        .with_only_columns(MissingPerson.search_status.label("status"))
        .limit(AT_MOST + 1)
        .subquery()
    )
    counted = visit.session.execute(
        sa.select(few.c.status, sa.func.count()).group_by(few.c.status)
    ).all()
    is_whole = sum(row[1] for row in counted) <= AT_MOST
    found = {row[0]: row[1] if is_whole else AtLeast(row[1]) for row in counted}
    return {status: found[status] for status in SearchStatus if status in found}


def _first_of(visit: Visit, status: SearchStatus) -> Sequence[MissingPerson]:
    return visit.session.scalars(
        readable_missing(visit.viewer, visit.at)
        .where(MissingPerson.search_status == status)
        .options(selectinload(MissingPerson.names))
        .order_by(MissingPerson.entered_at.desc(), MissingPerson.id.desc())
        .limit(SHOWN)
    ).all()


def _agreed_until(visit: Visit, people: Sequence[int]) -> Mapping[int, datetime]:
    """Say until when the consulate may know of each, by what the families agreed to."""
    reached = sorted(visit.viewer.recipients)
    rows = visit.session.execute(
        sa.select(Consent.missing_person_id, sa.func.max(Consent.expires))
        .where(
            Consent.missing_person_id.in_(people),
            Consent.data_category == DataCategory.CIRCUMSTANCES,
            Consent.purpose == visit.viewer.purpose.value,
            Consent.recipient.in_(reached),
            not_refused_to(reached),
            live(visit.at),
        )
        .group_by(Consent.missing_person_id)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}
