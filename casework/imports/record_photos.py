"""Photographs that a whole record brings: looked at as an upload is, and kept for one's own.

Nobody else sees one of a missing person here until a relative agrees to it: consents do not
travel. A picture that is as bare as ours are is kept as it came, every other is drawn anew.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import (
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    TypeAdapter,
    ValidationError,
)
from sqlalchemy.orm import Session

from casework.imports.profiles import Reads
from casework.photos.actions import put_picture
from casework.photos.model import (
    MissingPersonPhoto,
    PeopleShown,
    Photo,
    PhotoKind,
    RemainsPhoto,
)
from casework.photos.pictures import Made, is_bare, make_picture
from casework.photos.rules import MOST_PHOTOS, is_sensitive
from casework.statements.written import CannotBeRead, Fault
from casework.web.uploads import RefusedUpload

MODELS: dict[Reads, type[Photo]] = {
    Reads.MISSING: MissingPersonPhoto,
    Reads.REMAINS: RemainsPhoto,
}


class WrittenPhoto(BaseModel):
    """One photograph as a file has it."""

    model_config = ConfigDict(extra="forbid")

    kind: PhotoKind
    people_shown: PeopleShown
    taken_from: date | None
    taken_to: date | None
    sensitive: StrictBool
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    content: Base64Bytes = Field(repr=False)


_PHOTOS = TypeAdapter(Annotated[list[WrittenPhoto], Field(max_length=MOST_PHOTOS)])


@dataclass(frozen=True, slots=True)
class Brought:
    """A photograph of a file that can be kept."""

    written: WrittenPhoto = field(repr=False)
    made: Made


def read_photos(reads: Reads, text: str) -> list[Brought]:
    """Read the photographs of a record and look at each.

    Raises
    ------
    CannotBeRead
        If one is not as a registry hands it out, or no picture.
    """
    if not text:
        return []
    model = MODELS.get(reads)
    try:
        written = _PHOTOS.validate_python(json.loads(text))
    except (ValidationError, ValueError, RecursionError) as error:
        raise CannotBeRead([Fault("photos", is_of_value=False)]) from error
    if model is None and written:
        raise CannotBeRead([Fault("photos", is_of_value=False)])
    return [_looked_at(model, each, nth) for nth, each in enumerate(written)]


def _looked_at(model: Any, written: WrittenPhoto, nth: int) -> Brought:
    hurts = is_sensitive(model, written.kind, said_so=written.sensitive)
    content = written.content
    try:
        made = make_picture(content, None, blurred=hurts)
    except RefusedUpload as error:
        raise CannotBeRead([Fault(f"photos.{nth}", is_of_value=True)]) from error
    if sha256(content).hexdigest() != written.sha256:
        raise CannotBeRead([Fault(f"photos.{nth}.sha256", is_of_value=False)])
    return Brought(written, replace(made, content=content) if is_bare(content) else made)


def keep_photos(
    session: Session, about: Any, brought: Sequence[Brought], reads: Reads, *, at: datetime
) -> None:
    """Keep those photographs of a file that its copy does not have yet."""
    if not brought:
        return
    model = MODELS[reads]
    kept = set(session.scalars(sa.select(model.sha256).where(model.case_id == about.id)))
    session.add_all(_rows(model, about, [e for e in brought if e.made.sha256 not in kept], at))
    session.flush()


def _rows(
    model: type[Photo], about: Any, brought: Sequence[Brought], at: datetime
) -> Iterator[Photo]:
    for each in brought:
        told = each.written
        photo = model(
            case=about,
            kind=told.kind,
            people_shown=told.people_shown,
            taken_from=told.taken_from,
            taken_to=told.taken_to,
            is_sensitive=is_sensitive(model, told.kind, said_so=told.sensitive),
            publishable=False,
            added_at=at,
            added_by=None,
        )
        put_picture(photo, each.made)
        yield photo
