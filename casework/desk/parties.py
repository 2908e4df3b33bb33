"""Who asks what: for the keeper, who shows nobody any of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.desk.model import OfficeRequest
from casework.desk.queries import is_pending, readable_requests
from privacy.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two offices of a request."""

    request: int
    office: int


def all_parties(session: Session, remains_id: int) -> Sequence[Party]:
    """Name the offices that ever asked, or were asked, about remains."""
    return _parties(session, OfficeRequest.__table__.c.remains_id == remains_id)


def parties_to(session: Session, numbers: Collection[int]) -> Sequence[Party]:
    """Name the two offices of each of some requests, who asked first."""
    return _parties(session, OfficeRequest.__table__.c.id.in_(list(numbers)))


def waits_for(session: Session, reader: Viewer, request: int, *, at: datetime) -> bool:
    """Say whether a request still waits and may be read by such a reader."""
    asked = readable_requests(reader, at).where(OfficeRequest.id == request, is_pending())
    return session.scalar(asked.with_only_columns(OfficeRequest.id)) is not None


def _parties(session: Session, asked: sa.ColumnElement[bool]) -> Sequence[Party]:
    requests = OfficeRequest.__table__.c
    rows = session.execute(
        sa.select(requests.id, requests.from_institution_id, requests.to_institution_id).where(
            asked
        )
    )
    return [Party(number, office) for number, *offices in rows for office in offices]
