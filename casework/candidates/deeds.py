"""One line of the log about a proposal, whatever was done with it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from privacy.audit.log import Deed, record
from privacy.permissions import Viewer


def record_about(
    session: Session,
    deed: Deed,
    viewer: Viewer,
    proposal: Proposal,
    *,
    at: datetime,
    **more: Any,
) -> None:
    """Write one line that names both records; `more`: details that the log may hold."""
    record(
        session,
        deed,
        by=viewer,
        at=at,
        about=f"pairing:{proposal.pairing.id}",
        missing=proposal.person.reference,
        remains=proposal.remains.reference,
        **more,
    )
