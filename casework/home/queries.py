"""What waits for one viewer today: only counts of what they may see anyway."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from casework.candidates.blinded import count_blinded
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import Measure, Proposal, list_proposals, measure
from casework.contacts.queries import Due, count_due
from casework.examination.queries import count_pressing
from casework.imports.queries import count_runs
from casework.incidents import queries as incidents
from casework.missing import queries as missing
from casework.oversight.queries import LogFilter, count_log
from casework.remains import queries as remains
from casework.signin.api_tokens import is_let_in, list_tokens
from casework.signin.queries import list_accounts, list_institutions
from casework.unblinding.queries import count_waiting
from privacy.audit.log import Deed
from privacy.permissions import Permission, Viewer

PROPOSALS_SHOWN = 5
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts for the home page; `None` where the viewer's duty does not open the place."""

    missing: int | None
    remains: int | None
    incidents: int | None
    proposals: Measure | None
    first_proposals: list[Proposal]
    blinded: int
    openings: int  # of blinded pairs, asked of the viewer's institution
    imports: int | None
    deeds_this_week: int | None
    refusals_this_week: int | None
    accounts: int | None
    institutions: int | None
    programs: int | None  # that are let in now
    promises: Due | None  # what the viewer's institution owes to families
    acts: int | None  # that cannot be undone and press on the viewer's institution


def waiting_for(session: Session, viewer: Viewer, *, at: datetime) -> Waiting:
    """Count what waits for `viewer`."""
    reads_pairings = viewer.may(Permission.PAIRING_READ)
    proposals = measure(session, viewer, Wanted(), at=at) if reads_pairings else None
    return Waiting(
        missing=missing.count_of(session, missing.readable_missing(viewer, at))
        if viewer.may(Permission.MISSING_READ)
        else None,
        remains=remains.count_of(session, remains.readable_remains(viewer, at))
        if viewer.may(Permission.REMAINS_READ)
        else None,
        incidents=incidents.count_of(session, incidents.readable_incidents(viewer))
        if viewer.may(Permission.INCIDENT_READ)
        else None,
        proposals=proposals,
        first_proposals=list_proposals(session, viewer, proposals, at=at, size=PROPOSALS_SHOWN)
        if proposals
        else [],
        blinded=count_blinded(session, viewer, at=at) if reads_pairings else 0,
        openings=count_waiting(session, viewer, at=at),
        imports=count_runs(session, viewer) if viewer.may(Permission.FILE_IMPORT) else None,
        deeds_this_week=_logged(session, viewer, at),
        refusals_this_week=_logged(session, viewer, at, Deed.ACCESS_REFUSED),
        accounts=len(list_accounts(session, viewer))
        if viewer.may(Permission.ACCOUNT_ADMINISTER)
        else None,
        institutions=len(list_institutions(session))
        if viewer.may(Permission.ACCOUNT_ADMINISTER)
        else None,
        programs=sum(is_let_in(each, at=at) for each in list_tokens(session, viewer))
        if viewer.may(Permission.ACCOUNT_CONFIRM)
        else None,
        promises=count_due(session, viewer, at=at)
        if viewer.may(Permission.CONTACT_KEEP)
        else None,
        acts=_acts(session, viewer, at=at),
    )


def _acts(session: Session, viewer: Viewer, *, at: datetime) -> int | None:
    keeps = viewer.may(Permission.REMAINS_RECORD)
    return count_pressing(session, viewer, at=at) if keeps else None


def _logged(session: Session, viewer: Viewer, at: datetime, deed: str = "") -> int | None:
    if not viewer.may(Permission.LOG_READ):
        return None
    return count_log(session, viewer, LogFilter(since=at - A_WEEK, deed=deed))
