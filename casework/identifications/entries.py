"""What stands on record for the gate of a pair: now, and on the day a decision was signed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.identifications.model import Decision, GateEntry, GateKind
from casework.identifications.rules import Entry
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group


def entries_of(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> tuple[Entry, ...]:
    """Read what stands of each kind: the newest, unless it was withdrawn."""
    of_pair = (proposal.person.id, proposal.remains.id)
    return _entries(session, viewer, of_pair, until=at, at=at)


def entries_at(
    session: Session, viewer: Viewer, decision: Decision, *, until: datetime, at: datetime
) -> tuple[Entry, ...]:
    """Read what stood of each kind on the day a decision was signed."""
    of_pair = (decision.case_id, decision.remains_id)
    return _entries(session, viewer, of_pair, until=until, at=at)


def _entries(
    session: Session,
    viewer: Viewer,
    of_pair: tuple[int, int],
    *,
    until: datetime,
    at: datetime,
) -> tuple[Entry, ...]:
    rows = session.scalars(
        sa.select(GateEntry)
        .where(
            GateEntry.case_id == of_pair[0],
            GateEntry.remains_id == of_pair[1],
            GateEntry.entered_at <= until,
        )
        .order_by(GateEntry.id)
    ).all()
    newest: dict[tuple[GateKind, str], GateEntry] = {
        (each.kind, each.about): each for each in rows
    }
    standing = [each for each in newest.values() if not each.is_withdrawn]
    open_group(session, viewer, standing, Reveals.IDENTITY, at=at)
    return tuple(Entry(each.kind, each.about, each.told, each.id) for each in standing)
