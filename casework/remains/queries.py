"""Reading remains. Every query starts from what its viewer may see."""

from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session, selectinload

from casework.codes import Condition, RemainsSex
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
from casework.remains.model import IdentificationStatus, Remains
from casework.values import DateRange
from privacy.permissions import Permission, Purpose, Role, Viewer

MAY_BE_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)
NEWEST_FIRST = "-entered"
SORTED_BY = {
    "entered": Remains.entered_at,
    "found": Remains.found_from,
    "age": Remains.age_min,
}
# An examiner who looks for a woman must not miss one whose sex is only probable.
SEXES = {
    "female": (RemainsSex.FEMALE, RemainsSex.PROBABLE_FEMALE),
    "male": (RemainsSex.MALE, RemainsSex.PROBABLE_MALE),
    "open": (RemainsSex.INDETERMINATE, RemainsSex.UNKNOWN),
}


class RemainsSearch(ListSearch):
    """What the register of remains can be searched by."""

    sex: MaybeBlank[Annotated[str, Field(pattern="^(female|male|open)$")]] = None
    nationality: MaybeBlank[Country] = None
    condition: MaybeBlank[Condition] = None
    status: MaybeBlank[IdentificationStatus] = None


def readable_remains(viewer: Viewer) -> sa.Select[Remains]:
    """Remains that `viewer` may read about: the first wall, before row-level security."""
    return sa.select(Remains).where(_readable_by(viewer))


def get_remains(session: Session, viewer: Viewer, reference: str) -> Remains:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    found = session.scalar(
        readable_remains(viewer)
        .where(Remains.reference == reference)
        .options(selectinload(Remains.marks), selectinload(Remains.articles))
    )
    if found is None:
        raise NotFound("remains")
    return found


def list_remains(
    session: Session, viewer: Viewer, search: RemainsSearch, seen: DateRange | None
) -> Listed[Remains]:
    """List one page of what `viewer` may see, and count within exactly that."""
    readable = readable_remains(viewer)
    matching = _narrowed(readable, search, seen)
    order = order_of(search.sort, SORTED_BY, NEWEST_FIRST, Remains.id)
    keys, total = page_of(session, matching, key=Remains.id, order=order, search=search)
    rows = session.scalars(readable.where(Remains.id.in_(keys)).order_by(*order)).all()
    return Listed(rows, total, count_of(session, readable))


def count_of(session: Session, query: sa.Select[Remains]) -> int:
    """Count the rows of a query that already started from its viewer."""
    return session.scalar(query.with_only_columns(sa.func.count(Remains.id))) or 0


def _readable_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    if not viewer.may(Permission.REMAINS_READ):
        return sa.false()
    may_be_searched = Remains.search_consent.in_(MAY_BE_SEARCHED)
    if viewer.role is Role.ENGINE:
        return sa.true() if viewer.purpose is Purpose.KEEP else may_be_searched
    return (Remains.owner_institution_id == viewer.institution_id) | may_be_searched


def _narrowed(
    query: sa.Select[Remains], search: RemainsSearch, seen: DateRange | None
) -> sa.Select[Remains]:
    if search.words:
        query = query.where(_speaks_of(search.words))
    if search.sex:
        query = query.where(Remains.sex.in_(SEXES[search.sex]))
    if search.country:
        query = query.where(Remains.country == search.country)
    if search.nationality:
        query = query.where(sa.literal(search.nationality) == sa.any_(Remains.nationalities))
    if search.condition:
        query = query.where(Remains.condition == search.condition)
    if search.status:
        query = query.where(Remains.identification_status == search.status)
    if search.invented:
        query = query.where(Remains.invented.is_(search.invented == "yes"))
    if seen:
        query = query.where(
            Remains.found_from <= seen.latest, Remains.found_to >= seen.earliest
        )
    return query


def _speaks_of(words: list[str]) -> sa.ColumnElement[bool]:
    told = joined_text(
        Remains.reference,
        Remains.post_mortem_number,
        Remains.place,
        Remains.admin1,
        Remains.origin_record_id,
    )
    return holds_all(told, words)
