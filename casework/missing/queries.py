"""Reading missing persons. Every query starts from what its viewer may see."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.codes import Sex
from casework.envelope import SearchConsent
from casework.errors import NotFound
from casework.listing import (
    Country,
    Listed,
    ListSearch,
    MaybeBlank,
    holds_all,
    joined_text,
    order_of,
    page_of,
)
from casework.missing.model import MissingPerson, PersonName, SearchStatus
from casework.values import DateRange
from privacy.permissions import Permission, Purpose, Role, Viewer

MAY_BE_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)
NEWEST_FIRST = "-entered"
SORTED_BY = {
    "entered": MissingPerson.entered_at,
    "last_contact": MissingPerson.last_contact_from,
    "age": MissingPerson.age_min,
}


class MissingSearch(ListSearch):
    """What the register of missing persons can be searched by."""

    sex: MaybeBlank[Sex] = None
    nationality: MaybeBlank[Country] = None
    status: MaybeBlank[SearchStatus] = None


def readable_missing(viewer: Viewer) -> sa.Select[MissingPerson]:
    """Whom `viewer` may read about: the first wall; row-level security is the second."""
    return sa.select(MissingPerson).where(_readable_by(viewer))


def get_missing_person(session: Session, viewer: Viewer, reference: str) -> MissingPerson:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    found = session.scalar(
        readable_missing(viewer)
        .where(MissingPerson.reference == reference)
        .options(
            selectinload(MissingPerson.names),
            selectinload(MissingPerson.marks),
            selectinload(MissingPerson.articles),
        )
    )
    if found is None:
        raise NotFound("missing person")
    return found


def list_missing(
    session: Session, viewer: Viewer, search: MissingSearch, seen: DateRange | None
) -> Listed[MissingPerson]:
    """List one page of what `viewer` may see, and count within exactly that."""
    readable = readable_missing(viewer)
    matching = _narrowed(readable, search, seen)
    order = order_of(search.sort, SORTED_BY, NEWEST_FIRST, MissingPerson.id)
    keys, total = page_of(session, matching, key=MissingPerson.id, order=order, search=search)
    rows = session.scalars(
        readable.where(MissingPerson.id.in_(keys))
        .order_by(*order)
        .options(selectinload(MissingPerson.names))
    )
    return Listed(rows.all(), total, count_of(session, readable))


def count_of(session: Session, query: sa.Select[MissingPerson]) -> int:
    """Count the rows of a query that already started from its viewer."""
    counted = query.with_only_columns(sa.func.count(MissingPerson.id))
    return session.scalar(counted) or 0


def _readable_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    if not viewer.may(Permission.MISSING_READ):
        return sa.false()
    is_own = MissingPerson.owner_institution_id == viewer.institution_id
    may_be_searched = MissingPerson.search_consent.in_(MAY_BE_SEARCHED)
    match viewer.role:
        case Role.LIAISON_OFFICER:
            return is_own
        case Role.FORENSIC_EXAMINER | Role.FORENSIC_COORDINATOR:
            return is_own | may_be_searched
        case Role.CONSULAR_OFFICER:
            return sa.and_(
                ~MissingPerson.protected,
                MissingPerson.search_consent == SearchConsent.GRANTED,
                sa.literal(viewer.country) == sa.any_(MissingPerson.nationalities),
            )
        case Role.ENGINE:
            return sa.true() if viewer.purpose is Purpose.KEEP else may_be_searched
        case _:
            return sa.false()


def _narrowed(
    query: sa.Select[MissingPerson], search: MissingSearch, seen: DateRange | None
) -> sa.Select[MissingPerson]:
    if search.words:
        query = _speaking_of(query, search.words)
    if search.sex:
        query = query.where(MissingPerson.sex == search.sex)
    if search.country:
        query = query.where(MissingPerson.country == search.country)
    if search.nationality:
        query = query.where(
            sa.literal(search.nationality) == sa.any_(MissingPerson.nationalities)
        )
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


def _speaking_of(query: sa.Select[MissingPerson], words: list[str]) -> sa.Select[MissingPerson]:
    """Keep the files that hold every word, in any of their names, places or references."""
    name = joined_text(PersonName.given_names, PersonName.surname_1, PersonName.surname_2)
    named = (
        sa.select(PersonName.case_id, sa.func.string_agg(name, " ").label("names"))
        .group_by(PersonName.case_id)
        .subquery()
    )
    told = joined_text(
        named.c.names,
        MissingPerson.reference,
        MissingPerson.place,
        MissingPerson.admin1,
        MissingPerson.origin_record_id,
    )
    return query.outerjoin(named, named.c.case_id == MissingPerson.id).where(
        holds_all(told, words)
    )
