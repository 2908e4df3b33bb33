"""Entering missing persons. Each function is one deed: allowed, done and recorded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.errors import InvalidInput
from casework.missing.model import MissingPerson
from casework.missing.rules import why_not_fileable
from casework.opening import open_envelope
from casework.references import Prefix
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


def file_report(
    session: Session,
    viewer: Viewer,
    report: MissingPerson,
    *,
    consent: SearchConsent,
    domain: str,
    at: datetime,
    sheet: UUID | None = None,
) -> MissingPerson:
    """Keep the report of a missing person, however little it says.

    Raises
    ------
    NotPermitted
        If `viewer` does not take reports.
    InvalidInput
        If it names nobody in any way, or leaves open what was said about the search.
    """
    demand(viewer, Permission.MISSING_REPORT)
    if lacking := why_not_fileable(report, consent):
        raise InvalidInput(next(iter(lacking.values())))
    envelope = open_envelope(
        viewer, Prefix.MISSING_PERSON, consent, domain=domain, at=at, sheet=sheet
    )
    for column, value in envelope.items():
        setattr(report, column, value)
    # Whether somebody fears their own country is not known on the first call.
    report.protected = True
    session.add(report)
    session.flush()
    record(
        session,
        Deed.MISSING_REPORTED,
        by=viewer,
        about=report.reference,
        at=at,
    )
    return report
