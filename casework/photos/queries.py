"""Finding photographs: of a file that is open, by a consent that reaches whoever looks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.missing.opening import open_people
from casework.missing.queries import get_missing_person
from casework.openings import Openings
from casework.photos.model import MissingPersonPhoto, Photo, RemainsPhoto
from casework.photos.rules import GROUPS, group_of
from casework.remains.opening import open_all_remains
from casework.remains.queries import get_remains
from privacy.consent.ledger import live, not_refused_to
from privacy.consent.model import Consent, DataCategory
from privacy.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two registers that photographs belong to."""

    register: str
    model: type[Photo]
    read: Permission
    keep: Permission
    find: Callable[..., Any]
    decide: Callable[..., dict[int, Openings]]


MISSING = Side(
    "missing",
    MissingPersonPhoto,
    Permission.MISSING_READ,
    Permission.PAPER_KEEP,
    get_missing_person,
    open_people,
)
REMAINS = Side(
    "remains",
    RemainsPhoto,
    Permission.REMAINS_READ,
    Permission.REMAINS_RECORD,
    get_remains,
    open_all_remains,
)


@dataclass(frozen=True, slots=True)
class Album:
    """A file, what of it is open to one viewer, and the photographs they may know of."""

    side: Side
    case: Any
    openings: Openings
    photos: Sequence[Photo]
    is_own: bool


def get_album(
    session: Session, viewer: Viewer, side: Side, reference: str, *, at: datetime
) -> Album:
    """Find the photographs of one file whose group is open to `viewer`; none is opened.

    Raises
    ------
    NotFound
        If there is no such file, or `viewer` may not know of it.
    """
    case = side.find(session, viewer, reference, at=at)
    return album_of(session, viewer, side, case, at=at)


def album_of(session: Session, viewer: Viewer, side: Side, case: Any, *, at: datetime) -> Album:
    """Find the photographs of a file that was found already."""
    decided = side.decide(
        session, viewer, [case], at=at, groups=GROUPS, says_why=True, unread=GROUPS
    )
    openings = decided[case.id]
    is_own = case.owner_institution_id == viewer.institution_id
    query = sa.select(side.model).where(side.model.case_id == case.id)
    if not is_own and side.model is MissingPersonPhoto:
        query = query.where(agreed_to(viewer, at))
    found = cast("Sequence[Photo]", session.scalars(query.order_by(side.model.id)).all())
    photos = [each for each in found if openings.shows(group_of(each))]
    return Album(side, case, openings, photos, is_own)


def agreed_to(viewer: Viewer, at: datetime) -> sa.ColumnElement[bool]:
    """Say that whoever agreed to showing a photograph did so to `viewer` as well."""
    return sa.and_(
        MissingPersonPhoto.consent_id.is_not(None),
        sa.exists().where(
            Consent.missing_person_id == MissingPersonPhoto.case_id,
            Consent.giver_id.is_not_distinct_from(MissingPersonPhoto.consent_giver_id),
            Consent.data_category == DataCategory.PHOTO,
            Consent.purpose == viewer.purpose.value,
            Consent.recipient.in_(sorted(viewer.recipients)),
            not_refused_to(viewer.recipients),
            live(at),
        ),
    )


def photo_in(album: Album, number: int) -> Photo:
    """Find one photograph of an album.

    Raises
    ------
    NotFound
        If there is none, or its group is closed: nobody can tell which.
    """
    for photo in album.photos:
        if photo.id == number:
            return photo
    raise NotFound("photograph")


def photo_consents(session: Session, person_id: int, *, at: datetime) -> Sequence[Consent]:
    """List what of the ledger lets a person's photographs be shown now: one entry a giver."""
    entries = session.scalars(
        sa.select(Consent)
        .where(
            Consent.missing_person_id == person_id,
            Consent.data_category == DataCategory.PHOTO,
            live(at),
        )
        .order_by(Consent.id)
    ).all()
    return list({each.giver_id: each for each in entries}.values())


def by_kind(albums: Collection[Album]) -> Mapping[str, tuple[list[Photo], ...]]:
    """Gather photographs by what is seen: one list for each album, in their order."""
    kinds = {photo.kind.value: None for album in albums for photo in album.photos}
    return {
        kind: tuple([each for each in album.photos if each.kind == kind] for album in albums)
        for kind in kinds
    }
