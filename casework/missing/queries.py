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
    holds_word,
    joined_text,
    one_page,
    order_of,
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
    ordered = matching.order_by(
        *order_of(search.sort, SORTED_BY, NEWEST_FIRST, MissingPerson.id)
    )
    rows = session.scalars(one_page(ordered, search).options(selectinload(MissingPerson.names)))
    return Listed(rows.all(), count_of(session, matching), count_of(session, readable))


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
    query = query.where(*(_speaks_of(word) for word in search.words))
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


def _speaks_of(word: str) -> sa.ColumnElement[bool]:
    named = joined_text(PersonName.given_names, PersonName.surname_1, PersonName.surname_2)
    told = joined_text(
        MissingPerson.reference,
        MissingPerson.place,
        MissingPerson.admin1,
        MissingPerson.origin_record_id,
    )
    return holds_word(told, word) | MissingPerson.id.in_(
        sa.select(PersonName.case_id).where(holds_word(named, word))
    )
