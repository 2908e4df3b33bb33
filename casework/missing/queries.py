"""Reading missing persons. Every query starts from what its viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
)
from casework.missing.model import MissingPerson, SearchStatus
from casework.missing.names import matching_names
from casework.values import DateRange
from privacy.door import condition, readable, recheck
from privacy.permissions import Permission, Viewer

NEWEST_FIRST = "-entered"


class MissingSearch(ListSearch):
    """What the register of missing persons can be searched by."""

    sex: MaybeBlank[Sex] = None
    nationality: MaybeBlank[Country] = None
    status: MaybeBlank[SearchStatus] = None


def readable_missing(viewer: Viewer, at: datetime) -> sa.Select[MissingPerson]:
    """Whom `viewer` may read about: the first wall; row-level security is the second."""
    return readable(viewer, Permission.MISSING_READ, MissingPerson, at)


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
    named = matching_names(session, viewer, search.words, at=at) if search.words else []
    matching = _narrowed(whole, search, seen, _Open.to(viewer, at, named))
    order = order_of(search.sort, _sorted_by(viewer, at), NEWEST_FIRST, MissingPerson.id)
    keys, total = page_of(session, matching, key=MissingPerson.id, order=order, search=search)
    rows = session.scalars(
        whole.where(MissingPerson.id.in_(keys))
        .order_by(*order)
        .options(selectinload(MissingPerson.names))
    ).all()
    sure = recheck(session, viewer, Permission.MISSING_READ, rows, at)
    readable = total if matching is whole else count_of(session, whole)
    return Listed(sure, total, readable)


def count_of(session: Session, query: sa.Select[MissingPerson]) -> int:
    """Count the rows of a query that already started from its viewer, up to a thousand."""
    return counted(session, query, key=MissingPerson.id)


@dataclass(frozen=True, slots=True)
class _Open:
    """The rows whose names, and whose description, are open to one viewer.

    A search within what is closed would answer what may not be read: who is found by a name
    bears it.
    """

    names: sa.ColumnElement[bool]
    body: sa.ColumnElement[bool]
    named: Sequence[int]  # who was found by an open name that resembles what was typed

    @classmethod
    def to(cls, viewer: Viewer, at: datetime, named: Sequence[int]) -> "_Open":
        return cls(
            condition(viewer, Permission.MISSING_IDENTITY_READ, MissingPerson, at),
            condition(viewer, Permission.MISSING_BODY_READ, MissingPerson, at),
            named,
        )


def _sorted_by(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Give what a list is sorted by; an age that is closed says nothing, and comes last."""
    shows_age = condition(viewer, Permission.MISSING_BODY_READ, MissingPerson, at)
    return {
        "entered": MissingPerson.entered_at,
        "last_contact": MissingPerson.last_contact_from,
        "age": sa.case((shows_age, MissingPerson.age_min)),
    }


def _narrowed(
    query: sa.Select[MissingPerson],
    search: MissingSearch,
    seen: DateRange | None,
    is_open: _Open,
) -> sa.Select[MissingPerson]:
    if search.words:
        query = query.where(_speaks_of(search.words, is_open))
    if search.sex:
        query = query.where(is_open.body, MissingPerson.sex == search.sex)
    if search.country:
        query = query.where(MissingPerson.country == search.country)
    if search.nationality:
        is_national = sa.literal(search.nationality) == sa.any_(MissingPerson.nationalities)
        query = query.where(is_open.names, is_national)
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


def _speaks_of(words: list[str], is_open: _Open) -> sa.ColumnElement[bool]:
    """Keep the files that hold every word: in reference and place, or in an open name."""
    told = joined_text(MissingPerson.reference, MissingPerson.place, MissingPerson.admin1)
    numbered = joined_text(told, MissingPerson.origin_record_id)
    return sa.or_(
        holds_all(told, words),
        sa.and_(
            is_open.names, holds_all(numbered, words) | MissingPerson.id.in_(is_open.named)
        ),
    )
