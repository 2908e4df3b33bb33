"""Opening a record: its reference, its lasting id, whose it is, and until when it is kept."""

from datetime import date, datetime
from typing import TypedDict, TypeVar
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import wait_for_turn
from casework.envelope import EnvelopeColumns, SearchConsent
from casework.references import Prefix, new_reference
from privacy.permissions import Viewer
from privacy.sealing.columns import SealedRow

Row = TypeVar("Row", bound=SealedRow)

# Minimum data set, group 1: looked at again after a year, kept five (PlassData's longest).
REVIEWED_AFTER_YEARS = 1
KEPT_YEARS = 5


class Envelope(TypedDict):
    """The columns of `EnvelopeColumns` that nobody types."""

    reference: str
    record_id: str
    owner_institution_id: int
    owner_country: str
    entered_at: datetime
    changed_at: datetime
    review_due_on: date
    expires_on: date
    search_consent: SearchConsent


def open_envelope(
    owner: Viewer,
    prefix: Prefix,
    consent: SearchConsent,
    *,
    domain: str,
    at: datetime,
    sheet: UUID | None = None,
) -> Envelope:
    """Open the envelope of a new record of `owner`'s institution.

    `sheet`: the number of the form it was typed into, if it was. The same sheet makes the same
    record, however often it is sent (`entered_before`).
    """
    return Envelope(
        reference=new_reference(prefix),
        record_id=_record_id(owner, sheet or uuid4(), domain),
        owner_institution_id=owner.institution_id,
        owner_country=owner.country,
        entered_at=at,
        changed_at=at,
        review_due_on=years_after(at.date(), REVIEWED_AFTER_YEARS),
        expires_on=years_after(at.date(), KEPT_YEARS),
        search_consent=consent,
    )


def entered_before(
    session: Session,
    viewer: Viewer,
    kind: type[EnvelopeColumns],
    sheet: UUID,
    *,
    domain: str,
) -> str | None:
    """Give the reference of the record that a sheet already made, waiting for who enters it."""
    record_id = _record_id(viewer, sheet, domain)
    wait_for_turn(session, record_id)
    return session.scalar(sa.select(kind.reference).where(kind.record_id == record_id))


def number_of(viewer: Viewer, sheet: UUID) -> UUID:
    """Give the number of what somebody writes on a sheet: the same sheet, the same number."""
    # Of the person too: a number that somebody else's sheet has makes no record of theirs.
    return uuid5(sheet, str(viewer.account_id))


def _record_id(owner: Viewer, sheet: UUID, domain: str) -> str:
    return f"{domain}/{number_of(owner, sheet)}"


def years_after(day: date, years: int) -> date:
    """Give the same day some years on; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
