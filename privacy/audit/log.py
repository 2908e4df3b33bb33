"""Writing the action log, in the transaction of the deed it records."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.model import Entry
from privacy.permissions import Viewer


class Deed(StrEnum):
    """What may stand in the log: `<resource>:<part>:<past participle>`."""

    SIGNED_IN = "session:opened"
    SIGN_IN_FAILED = "session:refused"
    SIGNED_OUT = "session:closed"
    ACCESS_REFUSED = "access:refused"
    ACCOUNT_CREATED = "account:created"
    ACCOUNT_DISABLED = "account:disabled"
    INSTITUTION_CREATED = "institution:created"
    MISSING_LISTED = "missing:list:read"
    MISSING_READ = "missing:file:read"
    MISSING_REPORTED = "missing:file:reported"
    REMAINS_LISTED = "remains:list:read"
    REMAINS_READ = "remains:file:read"
    REMAINS_RECORDED = "remains:file:recorded"
    INCIDENT_LISTED = "incident:list:read"
    INCIDENT_READ = "incident:file:read"
    FILE_UPLOADED = "import:file:uploaded"
    IMPORT_STARTED = "import:run:started"
    IMPORT_CANCELLED = "import:run:cancelled"
    IMPORT_FINISHED = "import:run:finished"
    IMPORT_READ = "import:report:read"
    MATCHING_REQUESTED = "matching:run:requested"
    MATCHING_OPENED_CASES = "matching:cases:opened"
    MATCHING_FINISHED = "matching:run:finished"
    MATCHING_CANCELLED = "matching:run:cancelled"
    PAIRING_LISTED = "pairing:queue:read"
    PAIRING_READ = "pairing:comparison:read"
    PAIRING_PRINTED = "pairing:sheet:printed"
    LOG_READ = "log:read"


def record(
    session: Session,
    deed: Deed,
    *,
    by: Viewer,
    at: datetime,
    about: str | None = None,
    **details: float | str | list[str] | None,
) -> None:
    """Write one line; it stands or falls with the transaction of `session`."""
    session.execute(
        sa.insert(Entry).values(
            id=uuid4(),
            at=at,
            account_id=by.account_id,
            role=by.role,
            institution_id=by.institution_id,
            purpose=by.purpose.value,
            deed=deed.value,
            about=about,
            details=details,
        )
    )
