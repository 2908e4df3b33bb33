"""Photographs in a copy of whole records: by the consent of whoever agreed to each, anew.

Of a missing person leave those whose giver's own yes reaches the one who receives, for what
they read it; of remains those whose group is open there, and never what may hurt to see: why
somebody looks at that is asked of each who looks. Whether one may be published does
not travel: that was agreed with this institution.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.dataset.shape import RecordKind
from casework.envelope import Originality
from casework.errors import InvalidInput
from casework.exports.queries import Handed
from casework.photos.model import Photo
from casework.photos.queries import MISSING, REMAINS, agreed_to
from casework.photos.rules import GROUPS, group_of
from casework.retention.sight import as_keeper
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group

# A file that is brought in on the page may weigh 50 MB; a third more is what writing adds.
MOST_BYTES = 30 * 2**20
_SIDES = {RecordKind.MISSING_PERSON: MISSING, RecordKind.REMAINS: REMAINS}


def photos_of(
    session: Session,
    both: tuple[Viewer, Viewer],
    handed: Handed,
    kind: RecordKind,
    *,
    at: datetime,
) -> list[dict[str, Any]]:
    """Write down the photographs of a record that leave from the first of `both`."""
    if kind not in _SIDES:
        return []
    photos = _leaving(session, both, handed, kind, at=at)
    for group in GROUPS:
        of_group = [each for each in photos if group_of(each) is group]
        open_group(session, both[0], of_group, group, at=at)
    for each in photos:
        about, what = handed.about.reference, each.kind.value
        record(session, Deed.PHOTO_READ, by=both[0], at=at, about=about, kind=what)
    return [_written(each) for each in photos]


def demand_bearable(records: Sequence[dict[str, Any]]) -> None:
    """Refuse a copy whose photographs nobody could bring in.

    Raises
    ------
    InvalidInput
        If they weigh too much.
    """
    weight = sum(len(each["content"]) for told in records for each in told.get("photos", ()))
    if weight * 3 > MOST_BYTES * 4:
        raise InvalidInput(
            marked("Las fotografías pesan más de 30 MB: entregue menos expedientes cada vez.")
        )


def _leaving(
    session: Session,
    both: tuple[Viewer, Viewer],
    handed: Handed,
    kind: RecordKind,
    *,
    at: datetime,
) -> list[Photo]:
    viewer, reader = both
    model = _SIDES[kind].model
    found = sa.select(model).where(model.case_id == handed.about.id).order_by(model.id)
    found = found.where(~model.is_sensitive)
    if kind is RecordKind.MISSING_PERSON:
        if handed.about.originality is Originality.COPY:
            return []
        with as_keeper(session, viewer):
            asked = sa.select(model.id).where(
                model.case_id == handed.about.id, agreed_to(reader, at)
            )
            agreed = list(session.scalars(asked))
        found = found.where(model.id.in_(agreed))
    photos = cast("Sequence[Photo]", session.scalars(found).all())
    return [each for each in photos if group_of(each) in handed.groups]


def _written(photo: Photo) -> dict[str, Any]:
    content: bytes = getattr(photo, group_of(photo).value)
    return {
        "kind": photo.kind.value,
        "people_shown": photo.people_shown.value,
        "taken_from": photo.taken_from.isoformat() if photo.taken_from else None,
        "taken_to": photo.taken_to.isoformat() if photo.taken_to else None,
        "sensitive": photo.is_sensitive,
        "sha256": photo.sha256,
        "content": b64encode(content).decode(),
    }
