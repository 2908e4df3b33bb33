"""Recording remains. Each function is one deed: allowed, done and recorded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.errors import InvalidInput
from casework.opening import open_envelope
from casework.references import Prefix
from casework.remains.model import Remains
from casework.remains.rules import why_not_recordable
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


def record_remains(
    session: Session,
    viewer: Viewer,
    remains: Remains,
    *,
    domain: str,
    at: datetime,
    sheet: UUID | None = None,
) -> Remains:
    """Record remains that nobody has named; the duty to identify them needs no consent.

    Raises
    ------
    NotPermitted
        If `viewer` does not record remains.
    InvalidInput
        If they come without a post-mortem number.
    """
    demand(viewer, Permission.REMAINS_RECORD)
    if lacking := why_not_recordable(remains):
        raise InvalidInput(next(iter(lacking.values())))
    envelope = open_envelope(
        viewer,
        Prefix.REMAINS,
        SearchConsent.PUBLIC_INTEREST,
        domain=domain,
        at=at,
        sheet=sheet,
    )
    for column, value in envelope.items():
        setattr(remains, column, value)
    session.add(remains)
    session.flush()
    record(session, Deed.REMAINS_RECORDED, by=viewer, about=remains.reference, at=at)
    return remains
