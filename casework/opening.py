"""Opening a record: its reference, its lasting id, whose it is, and until when it is kept."""

from datetime import date, datetime
from typing import TypedDict
from uuid import uuid4

from casework.envelope import SearchConsent
from casework.references import Prefix, new_reference
from privacy.permissions import Viewer

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
    owner: Viewer, prefix: Prefix, consent: SearchConsent, *, domain: str, at: datetime
) -> Envelope:
    """Open the envelope of a new record of `owner`'s institution."""
    return Envelope(
        reference=new_reference(prefix),
        record_id=f"{domain}/{uuid4()}",
        owner_institution_id=owner.institution_id,
        owner_country=owner.country,
        entered_at=at,
        changed_at=at,
        review_due_on=years_after(at.date(), REVIEWED_AFTER_YEARS),
        expires_on=years_after(at.date(), KEPT_YEARS),
        search_consent=consent,
    )


def years_after(day: date, years: int) -> date:
    """Give the same day some years on; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
