"""Reading people alive. Every query starts from what its viewer may see."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.codes import Sex
from casework.envelope import SearchConsent
from casework.errors import NotFound
from casework.listing import (
    Listed,
    ListSearch,
    MaybeBlank,
    counted,
    holds_all,
    joined_text,
    order_of,
    page_of,
)
from casework.living.model import LivingPerson, LivingPersonDecision
from casework.record_codes import LivingStatus, WhereSeen
from casework.values import DateRange
from privacy.door import readable, recheck
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

NEWEST_FIRST = "-entered"
SORTED_BY = {"entered": LivingPerson.entered_at, "found": LivingPerson.found_from}


class LivingSearch(ListSearch):
    """What the register of people alive can be searched by."""

    sex: MaybeBlank[Sex] = None
    where_seen: MaybeBlank[WhereSeen] = None
    status: MaybeBlank[LivingStatus] = None
    consent: MaybeBlank[SearchConsent] = None


def readable_living(
    viewer: Viewer, at: datetime, *, also: Sequence[Permission] = ()
) -> sa.Select[LivingPerson]:
    """People alive whom `viewer` may read about: the first wall, before row-level security."""
    return readable(viewer, Permission.LIVING_READ, LivingPerson, at, also=also)


def get_living(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> LivingPerson:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    found = session.scalars(
        readable_living(viewer, at)
        .where(LivingPerson.reference == reference)
        .options(
            selectinload(LivingPerson.names),
            selectinload(LivingPerson.marks),
            selectinload(LivingPerson.articles),
        )
    ).all()
    sure = recheck(session, viewer, Permission.LIVING_READ, found, at)
    if not sure:
        raise NotFound("living person")
    return sure[0]


def get_own_living(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> LivingPerson:
    """Open a file of the viewer's own institution: only there is anything written into it.

    Raises
    ------
    NotFound
        If there is none, it is hidden, or another institution keeps it.
    """
    person = get_living(session, viewer, reference, at=at)
    if person.owner_institution_id != viewer.institution_id:
        raise NotFound("living person")
    return person


def list_living(
    session: Session,
    viewer: Viewer,
    search: LivingSearch,
    seen: DateRange | None,
    *,
    at: datetime,
) -> Listed[LivingPerson]:
    """List one page of what `viewer` may see, and count within exactly that."""
    whole = readable_living(viewer, at)
    # A sex that is closed would be answered by being searched for.
    also = [Permission.LIVING_BODY_READ] if search.sex else []
    matching = _narrowed(readable_living(viewer, at, also=also), search, seen)
    order = order_of(search.sort, SORTED_BY, NEWEST_FIRST, LivingPerson.id)
    keys, total = page_of(session, matching, key=LivingPerson.id, order=order, search=search)
    found = session.scalars(
        whole.where(LivingPerson.id.in_(keys)).options(selectinload(LivingPerson.names))
    ).all()
    rows = sorted(found, key=lambda person: keys.index(person.id))
    sure = recheck(session, viewer, Permission.LIVING_READ, rows, at)
    readable_rows = counted(session, whole, key=LivingPerson.id) if search.narrows else total
    return Listed(sure, total, readable_rows)


def list_decisions(
    session: Session, viewer: Viewer, person: LivingPerson, *, at: datetime
) -> list[LivingPersonDecision]:
    """List what was decided about searching, the newest first, as far as its reason is open."""
    opened = open_group(session, viewer, person.decisions, Reveals.CONTACT, at=at)
    return list(opened.rows)


def _narrowed(
    query: sa.Select[LivingPerson], search: LivingSearch, seen: DateRange | None
) -> sa.Select[LivingPerson]:
    if search.words:
        told = joined_text(LivingPerson.reference, LivingPerson.admin1)
        query = query.where(holds_all(told, search.words))
    wanted = {
        LivingPerson.sex: search.sex,
        LivingPerson.country: search.country,
        LivingPerson.where_seen: search.where_seen,
        LivingPerson.living_status: search.status,
        LivingPerson.search_consent: search.consent,
    }
    query = query.where(*(column == code for column, code in wanted.items() if code))
    if search.invented:
        query = query.where(LivingPerson.invented.is_(search.invented == "yes"))
    if seen:
        query = query.where(
            LivingPerson.found_from <= seen.latest, LivingPerson.found_to >= seen.earliest
        )
    return query
