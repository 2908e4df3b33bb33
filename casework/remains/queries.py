"""Reading remains. Every query starts from what its viewer may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import Session, selectinload

from casework.codes import Condition, RemainsSex
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
from casework.record_codes import IdentificationStatus
from casework.remains.model import Remains
from casework.values import DateRange
from privacy.door import condition, readable, recheck
from privacy.permissions import Permission, Viewer

NEWEST_FIRST = "-entered"
FIRST_ACT = "act"  # of acts that cannot be undone, the one that comes first
SORTED_BY = {
    "entered": Remains.entered_at,
    "found": Remains.found_from,
    "age": Remains.age_min,
    "act": Remains.irreversible_act_planned_from,
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
    act: MaybeBlank[Literal["planned"]] = None
    family: MaybeBlank[Literal["unclaimed"]] = None


def readable_remains(
    viewer: Viewer, at: datetime, *, also: Sequence[Permission] = ()
) -> sa.Select[Remains]:
    """Remains that `viewer` may read about: the first wall, before row-level security."""
    return readable(viewer, Permission.REMAINS_READ, Remains, at, also=also)


def get_remains(session: Session, viewer: Viewer, reference: str, *, at: datetime) -> Remains:
    """Open one file.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    found = session.scalars(
        readable_remains(viewer, at)
        .where(Remains.reference == reference)
        .options(selectinload(Remains.marks), selectinload(Remains.articles))
    ).all()
    sure = recheck(session, viewer, Permission.REMAINS_READ, found, at)
    if not sure:
        raise NotFound("remains")
    return sure[0]


def get_own_remains(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> Remains:
    """Open a record of the viewer's own institution: only there is anything written into it.

    Raises
    ------
    NotFound
        If there is none, it is hidden, or another institution keeps it.
    """
    remains = get_remains(session, viewer, reference, at=at)
    if remains.owner_institution_id != viewer.institution_id:
        raise NotFound("remains")
    return remains


def list_remains(
    session: Session,
    viewer: Viewer,
    search: RemainsSearch,
    seen: DateRange | None,
    *,
    at: datetime,
) -> Listed[Remains]:
    """List one page of what `viewer` may see, and count within exactly that."""
    whole = readable_remains(viewer, at)
    matching = narrowed(readable_remains(viewer, at, also=asks(search)), search, seen)
    if search.sort.removeprefix("-") == "age":
        # An age that is closed says nothing.
        shown = condition(viewer, Permission.REMAINS_BODY_READ, Remains, at)
        keys, total = page_of_said(
            session,
            matching,
            sa.and_(shown, Remains.age_min.is_not(None)),
            key=Remains.id,
            order=order_of(search.sort, SORTED_BY, NEWEST_FIRST, Remains.id),
            search=search,
        )
    else:
        usual = FIRST_ACT if search.act else NEWEST_FIRST
        order = order_of(search.sort, SORTED_BY, usual, Remains.id)
        keys, total = page_of(session, matching, key=Remains.id, order=order, search=search)
    found = session.scalars(whole.where(Remains.id.in_(keys))).all()
    rows = sorted(found, key=lambda remains: keys.index(remains.id))
    sure = recheck(session, viewer, Permission.REMAINS_READ, rows, at)
    readable = count_of(session, whole) if search.narrows else total
    return Listed(sure, total, readable)


def count_of(session: Session, query: sa.Select[Remains]) -> int:
    """Count the rows of a query that already started from its viewer, up to a thousand."""
    return counted(session, query, key=Remains.id)


def asks(search: RemainsSearch) -> list[Permission]:
    """Name what must be open to be searched by: what is closed would be answered."""
    asked = {
        Permission.REMAINS_IDENTITY_READ: search.nationality or search.family,
        Permission.REMAINS_BODY_READ: search.sex or search.condition,
    }
    return [permission for permission, wanted in asked.items() if wanted]


def narrowed(
    query: sa.Select[Remains], search: RemainsSearch, seen: DateRange | None
) -> sa.Select[Remains]:
    """Narrow a query that started at the door to what a search asks for."""
    if search.words:
        query = query.where(_speaks_of(search.words))
    if search.sex:
        query = query.where(Remains.sex.in_(SEXES[search.sex]))
    if search.country:
        query = query.where(Remains.country == search.country)
    if search.nationality:
        is_national = sa.literal(search.nationality) == sa.any_(Remains.nationalities)
        query = query.where(is_national)
    if search.condition:
        query = query.where(Remains.condition == search.condition)
    if search.status:
        query = query.where(Remains.identification_status == search.status)
    query = _pressing(query, search)
    if search.invented:
        query = query.where(Remains.invented.is_(search.invented == "yes"))
    if seen:
        query = query.where(
            Remains.found_from <= seen.latest, Remains.found_to >= seen.earliest
        )
    return query


def _pressing(query: sa.Select[Remains], search: RemainsSearch) -> sa.Select[Remains]:
    """Keep those with an act planned, or without a family, if that is asked for."""
    if search.act:
        query = query.where(Remains.irreversible_act_planned != "")
    return query.where(without_family()) if search.family else query


def without_family() -> sa.ColumnElement[bool]:
    """Ask for remains whose name is known and whose family is not."""
    decided = Remains.identification_status == IdentificationStatus.IDENTIFIED_UNCLAIMED
    return sa.or_(Remains.named_but_unclaimed.is_(True), decided)


def _speaks_of(words: list[str]) -> sa.ColumnElement[bool]:
    told = joined_text(
        Remains.reference,
        Remains.post_mortem_number,
        Remains.place,
        Remains.admin1,
        Remains.origin_record_id,
    )
    return holds_all(told, words)
