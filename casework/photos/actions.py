"""Keeping, opening, cropping and removing photographs. Each function is one deed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput, NotFound
from casework.photos.model import MissingPersonPhoto, PeopleShown, Photo, PhotoKind
from casework.photos.pictures import Crop, Made, make_picture
from casework.photos.queries import Album
from casework.photos.rules import GROUP_OF, group_of, why_not_keepable
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent.model import Consent
from privacy.permissions import Viewer, demand
from privacy.sealing.opening import open_group


class LookReason(StrEnum):
    """Why somebody looks at a photograph that may hurt."""

    COMPARE = "compare"
    EXAMINE = "examine"
    CHECK = "check"
    FAMILY = "family"


class RemovalReason(StrEnum):
    """Why a photograph is taken away."""

    SOMEBODY_ELSE = "somebody_else"
    OTHERS_SEEN = "others_seen"
    FAMILY_ASKED = "family_asked"
    OF_NO_USE = "of_no_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a photograph that is brought."""

    kind: PhotoKind
    people_shown: PeopleShown
    taken_from: date | None
    taken_to: date | None
    is_sensitive: bool
    publishable: bool
    consent: Consent | None
    is_cropped: bool


def keep_photo(
    session: Session, viewer: Viewer, album: Album, *, made: Made, told: Told, at: datetime
) -> Photo:
    """Keep a picture that `make_picture` made, sealed with the key of its file.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no photographs of this register.
    NotFound
        If the file is another institution's.
    InvalidInput
        If others are in it, or it may not be published.
    Conflict
        If the very same picture is kept already.
    """
    _demand_own(viewer, album)
    if lacking := why_not_keepable(
        len(album.photos),
        told.people_shown,
        is_cropped=told.is_cropped,
        publishable=told.publishable,
        has_consent=told.consent is not None,
    ):
        raise InvalidInput(next(iter(lacking.values())))
    if any(each.sha256 == made.sha256 for each in album.photos):
        raise Conflict(marked("Esa misma fotografía ya está guardada."))
    photo = album.side.model(
        case=album.case,
        kind=told.kind,
        people_shown=told.people_shown,
        taken_from=told.taken_from,
        taken_to=told.taken_to,
        is_sensitive=told.is_sensitive,
        publishable=told.publishable,
        added_at=at,
        added_by=viewer.account_id,
    )
    if isinstance(photo, MissingPersonPhoto) and told.consent:
        photo.consent_id = told.consent.id
        photo.consent_giver_id = told.consent.giver_id
    put_picture(photo, made)
    session.add(photo)
    session.flush()
    about = album.case.reference
    record(session, Deed.PHOTO_KEPT, by=viewer, at=at, about=about, kind=told.kind.value)
    return photo


def open_small(session: Session, viewer: Viewer, photo: Photo, *, at: datetime) -> bytes:
    """Open the small picture; of one that may hurt it is only spots of colour."""
    return _opened(session, viewer, photo, "_small", at=at)


def open_photo(
    session: Session,
    viewer: Viewer,
    album: Album,
    photo: Photo,
    *,
    reason: LookReason | None,
    at: datetime,
) -> bytes:
    """Open one photograph whole.

    Raises
    ------
    NotPermitted
        If the policies do not open its group to `viewer`.
    InvalidInput
        If it may hurt, and nobody said why they look.
    """
    if photo.is_sensitive and reason is None:
        raise InvalidInput(marked("Diga por qué necesita verla."))
    record(
        session,
        Deed.PHOTO_READ,
        by=viewer,
        at=at,
        about=album.case.reference,
        kind=photo.kind.value,
        **({"reason": reason.value} if reason else {}),
    )
    return _opened(session, viewer, photo, "", at=at)


def crop_photo(
    session: Session, viewer: Viewer, album: Album, photo: Photo, *, crop: Crop, at: datetime
) -> None:
    """Cut more away; what was cut is not kept.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no photographs of this register.
    NotFound
        If the file is another institution's.
    """
    _demand_own(viewer, album)
    whole = _opened(session, viewer, photo, "", at=at)
    put_picture(photo, make_picture(whole, crop, blurred=photo.is_sensitive))
    about = album.case.reference
    record(session, Deed.PHOTO_CROPPED, by=viewer, at=at, about=about, kind=photo.kind.value)


def remove_photo(
    session: Session,
    viewer: Viewer,
    album: Album,
    photo: Photo,
    *,
    reason: RemovalReason,
    at: datetime,
) -> None:
    """Take a photograph away for good; that it was there stays in the log.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no photographs of this register.
    NotFound
        If the file is another institution's.
    """
    _demand_own(viewer, album)
    session.delete(photo)
    record(
        session,
        Deed.PHOTO_REMOVED,
        by=viewer,
        at=at,
        about=album.case.reference,
        kind=photo.kind.value,
        reason=reason.value,
    )


def _demand_own(viewer: Viewer, album: Album) -> None:
    demand(viewer, album.side.keep)
    if not album.is_own:
        raise NotFound("photograph")


def put_picture(photo: Photo, made: Made) -> None:
    """Put a picture into the columns of what its kind reveals."""
    column = GROUP_OF[photo.kind].value
    setattr(photo, column, made.content)
    setattr(photo, f"{column}_small", made.small)
    photo.sha256, photo.width, photo.height = made.sha256, made.width, made.height


def _opened(
    session: Session, viewer: Viewer, photo: Photo, size: str, *, at: datetime
) -> bytes:
    group = group_of(photo)
    if open_group(session, viewer, [photo], group, at=at).refused:
        raise NotFound("photograph")
    content: bytes = getattr(photo, f"{group.value}{size}")
    return content
