"""Correcting a record at somebody's request; what it said before stays in its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.missing.model import MissingPerson, MissingPersonVersion, PersonName
from casework.record_codes import NameKind
from casework.retention.rules import Record
from casework.retention.sight import as_keeper
from casework.rights.actions import note_correction
from casework.rights.model import RequestKind, RightsRequest
from casework.rights.queries import record_of
from casework.rights.rules import demand_granted
from casework.web.languages import marked
from privacy.permissions import Permission, Viewer, demand
from privacy.sealing.columns import SealedRow, fields_of
from privacy.sealing.opening import open_fields

LONGEST = 200


class Correctable(StrEnum):
    """What of a missing person's record can be corrected word for word."""

    GIVEN_NAMES = "given_names"
    SURNAME_1 = "surname_1"
    SURNAME_2 = "surname_2"
    MOTHER_NAME = "mother_name"
    FATHER_NAME = "father_name"
    BIRTH_PLACE = "birth_place"
    BIRTH_FROM = "birth_from"
    BIRTH_TO = "birth_to"
    LAST_CONTACT_FROM = "last_contact_from"
    LAST_CONTACT_TO = "last_contact_to"
    PLACE = "place"
    DESTINATION = "destination"


_OF_THE_NAME = {Correctable.GIVEN_NAMES, Correctable.SURNAME_1, Correctable.SURNAME_2}
_DAYS = {
    Correctable.BIRTH_FROM,
    Correctable.BIRTH_TO,
    Correctable.LAST_CONTACT_FROM,
    Correctable.LAST_CONTACT_TO,
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One field, and what it said until when."""

    field: str
    before: str
    until: datetime


def correct(
    session: Session,
    viewer: Viewer,
    request: RightsRequest,
    *,
    field: Correctable,
    value: str,
    at: datetime,
) -> None:
    """Put a right value in the place of a wrong one, and keep the wrong one as a version.

    Raises
    ------
    Conflict
        If the request asks for something else, or was not granted.
    InvalidInput
        If the value is no day where a day belongs, or the record has no such field.
    """
    demand(viewer, Permission.RIGHTS_DECIDE)
    demand_granted(request, RequestKind.RECTIFICATION)
    read = _read(field, value)
    with as_keeper(session, viewer):
        person = record_of(session, request)
        if not isinstance(person, MissingPerson):
            raise InvalidInput(marked("Los restos se corrigen por la coordinación forense."))
        holder = _legal_name(session, person) if field in _OF_THE_NAME else person
        _open(session, [holder])
        before = getattr(holder, field.value)
        session.add(_version(person, {field.value: _as_text(before)}, at))
        setattr(holder, field.value, read)
        person.version += 1
        person.changed_at = at
        session.flush()
    note_correction(session, viewer, request, field=field.value, at=at)


def list_corrections(session: Session, viewer: Viewer, person: Record) -> list[Correction]:
    """Tell what a record said before it was corrected, the newest first."""
    if not isinstance(person, MissingPerson):
        return []
    with as_keeper(session, viewer):
        versions = list(
            session.scalars(
                sa.select(MissingPersonVersion)
                .where(MissingPersonVersion.case_id == person.id)
                .order_by(MissingPersonVersion.version.desc())
            )
        )
        _open(session, versions)
        return [
            Correction(field, str(before), each.recorded_at)
            for each in versions
            for field, before in each.content.items()
            if field in set(Correctable) and len(each.content) == 1
        ]


def _version(
    person: MissingPerson, content: Mapping[str, str], at: datetime
) -> MissingPersonVersion:
    return MissingPersonVersion(
        case=person,
        version=person.version,
        content=dict(content),
        content_hash="",
        recorded_at=at,
    )


def _legal_name(session: Session, person: MissingPerson) -> PersonName:
    found = session.scalar(
        sa.select(PersonName)
        .where(PersonName.case_id == person.id)
        .order_by(PersonName.kind != NameKind.LEGAL, PersonName.id)
        .limit(1)
    )
    if found is None:
        raise InvalidInput(marked("El expediente no tiene ningún nombre que corregir."))
    return found


def _open(session: Session, rows: list[Any]) -> None:
    if rows and isinstance(rows[0], SealedRow):
        for group in {each.reveals for each in fields_of(type(rows[0]))}:
            open_fields(session, rows, group)


def _read(field: Correctable, value: str) -> str | date | None:
    text = value.strip()[:LONGEST]
    if field not in _DAYS:
        return text
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(marked("Eso no es un día: escriba 2026-03-09.")) from error


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
