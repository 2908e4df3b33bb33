"""Reading missing persons. Every query starts from what its viewer may see."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.codes import Sex
from casework.errors import NotFound
from casework.listing import (
    Country,
    Listed,
    ListSearch,
    MaybeBlank,
    counted,
    holds_all,
    joined_text,
    order_of,
    page_of,
    page_of_said,
)
from casework.missing.model import LISTED_AGE, MissingPerson
from casework.missing.names import matching_names
from casework.record_codes import SearchStatus
from casework.values import DateRange
from privacy.door import condition, readable, recheck
from privacy.permissions import Permission, Viewer

NEWEST_FIRST = "-entered"
SORTED_BY = {
    "entered": MissingPerson.entered_at,
    "last_contact": MissingPerson.last_contact_from,
    "age": sa.literal_column(LISTED_AGE),
}


class MissingSearch(ListSearch):
    """What the register of missing persons can be searched by."""

    sex: MaybeBlank[Sex] = None
    nationality: MaybeBlank[Country] = None
    status: MaybeBlank[SearchStatus] = None


def readable_missing(
    viewer: Viewer, at: datetime, *, also: Sequence[Permission] = ()
) -> sa.Select[MissingPerson]:
    """Whom `viewer` may read about: the first wall; row-level security is the second."""
    return readable(viewer, Permission.MISSING_READ, MissingPerson, at, also=also)


def get_missing_person(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> MissingPerson:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    found = session.scalars(
        readable_missing(viewer, at)
        .where(MissingPerson.reference == reference)
        .options(
            selectinload(MissingPerson.names),
            selectinload(MissingPerson.marks),
            selectinload(MissingPerson.articles),
        )
    ).all()
    sure = recheck(session, viewer, Permission.MISSING_READ, found, at)
    if not sure:
        raise NotFound("missing person")
    return sure[0]


def get_own_missing_person(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> MissingPerson:
    """Open a file of the viewer's own institution: only there is anything written into it.

    Raises
    ------
    NotFound
        If there is none, it is hidden, or another institution keeps it.
    """
    person = get_missing_person(session, viewer, reference, at=at)
    if person.owner_institution_id != viewer.institution_id:
        raise NotFound("missing person")
    return person


def list_missing(
    session: Session,
    viewer: Viewer,
    search: MissingSearch,
    seen: DateRange | None,
    *,
    at: datetime,
) -> Listed[MissingPerson]:
    """List one page of what `viewer` may see, and count within exactly that."""
    whole = readable_missing(viewer, at)
    matching = narrowed(readable_missing(viewer, at, also=asks(search)), search, seen)
    if search.words:
        matching = matching.where(_spoken_of(session, viewer, search.words, at=at))
    if search.sort.removeprefix("-") == "age":
        keys, total = page_of_said(
            session,
            matching,
            _says_an_age(viewer, at),
            key=MissingPerson.id,
            order=order_of(search.sort, SORTED_BY, NEWEST_FIRST, MissingPerson.id),
            search=search,
        )
    else:
        order = order_of(search.sort, SORTED_BY, NEWEST_FIRST, MissingPerson.id)
        keys, total = page_of(
            session, matching, key=MissingPerson.id, order=order, search=search
        )
    found = session.scalars(
        whole.where(MissingPerson.id.in_(keys)).options(selectinload(MissingPerson.names))
    ).all()
    rows = sorted(found, key=lambda person: keys.index(person.id))
    sure = recheck(session, viewer, Permission.MISSING_READ, rows, at)
    readable = count_of(session, whole) if search.narrows else total
    return Listed(sure, total, readable)


def count_of(session: Session, query: sa.Select[MissingPerson]) -> int:
    """Count the rows of a query that already started from its viewer, up to a thousand."""
    return counted(session, query, key=MissingPerson.id)


def asks(search: MissingSearch) -> list[Permission]:
    """Name what must be open to be searched by: what is closed would be answered."""
    asked = {
        Permission.MISSING_IDENTITY_READ: search.nationality,
        Permission.MISSING_BODY_READ: search.sex,
    }
    return [permission for permission, wanted in asked.items() if wanted]


def _says_an_age(viewer: Viewer, at: datetime) -> sa.ColumnElement[bool]:
    """Ask for the files whose age the viewer reads: one that is closed says nothing.

    An age that was told is of the body; one that a birth makes says nearly all of the birth.
    """
    shows_body = condition(viewer, Permission.MISSING_BODY_READ, MissingPerson, at)
    shows_birth = condition(viewer, Permission.MISSING_IDENTITY_READ, MissingPerson, at)
    is_told = MissingPerson.age_min.is_not(None)
    # As `ages.age_by_birth` computes one.
    computed = sa.and_(
        MissingPerson.age_min.is_(None),
        MissingPerson.age_max.is_(None),
        MissingPerson.last_contact_to >= MissingPerson.birth_from,
    )
    return sa.or_(sa.and_(is_told, shows_body), sa.and_(computed, shows_birth))


def _spoken_of(
    session: Session, viewer: Viewer, words: list[str], *, at: datetime
) -> sa.ColumnElement[bool]:
    """Keep the files that hold every word: in reference and place, or in an open name."""
    named = matching_names(session, viewer, words, at=at)
    shows_names = condition(viewer, Permission.MISSING_IDENTITY_READ, MissingPerson, at)
    told = joined_text(MissingPerson.reference, MissingPerson.place, MissingPerson.admin1)
    numbered = joined_text(told, MissingPerson.origin_record_id)
    # First what is quick to ask and seldom true; what is told stands in what is numbered too.
    holds = sa.or_(MissingPerson.id.in_(named), holds_all(numbered, words))
    # Who is found by a name bears it: so only by one that is open.
    return sa.and_(holds, sa.or_(holds_all(told, words), shows_names))


def narrowed(
    query: sa.Select[MissingPerson], search: MissingSearch, seen: DateRange | None
) -> sa.Select[MissingPerson]:
    """Narrow a query that started at the door to what a search asks for."""
    if search.sex:
        query = query.where(MissingPerson.sex == search.sex)
    if search.country:
        query = query.where(MissingPerson.country == search.country)
    if search.nationality:
        is_national = sa.literal(search.nationality) == sa.any_(MissingPerson.nationalities)
        query = query.where(is_national)
    if search.status:
        query = query.where(MissingPerson.search_status == search.status)
    if search.invented:
        query = query.where(MissingPerson.invented.is_(search.invented == "yes"))
    if seen:
        query = query.where(
            MissingPerson.last_contact_from <= seen.latest,
            MissingPerson.last_contact_to >= seen.earliest,
        )
    return query
