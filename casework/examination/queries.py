"""Lists of what presses: acts that cannot be undone, and people whose family was not found."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.examination.acts import SOON
from casework.remains.model import Remains
from casework.remains.queries import count_of, readable_remains, without_family
from privacy.door import recheck
from privacy.permissions import Permission, Viewer

MOST_SHOWN = 50


def planned_remains(
    session: Session, viewer: Viewer, *, at: datetime, most: int = MOST_SHOWN
) -> Sequence[Remains]:
    """List remains with an act planned, the first one first, as far as `viewer` may read."""
    first = Remains.irreversible_act_planned_from.asc().nulls_last()
    found = session.scalars(_planned(viewer, at).order_by(first, Remains.id).limit(most)).all()
    return recheck(session, viewer, Permission.REMAINS_READ, found, at)


def count_pressing(session: Session, viewer: Viewer, *, at: datetime) -> int:
    """Count the acts that the viewer's own institution has to look at: past, soon, undated."""
    soon = at.date() + timedelta(days=SOON)
    when = Remains.irreversible_act_planned_from
    pressing = _planned(viewer, at).where(
        Remains.owner_institution_id == viewer.institution_id,
        sa.or_(when.is_(None), when <= soon),
    )
    return count_of(session, pressing)


def unclaimed_remains(
    session: Session, viewer: Viewer, *, at: datetime, page: int
) -> Sequence[Remains]:
    """List people with a name and without a family, of whom `viewer` may read the names."""
    query = readable_remains(viewer, at, also=[Permission.REMAINS_IDENTITY_READ])
    found = session.scalars(
        query.where(without_family())
        .order_by(Remains.found_from.desc().nulls_last(), Remains.id)
        .limit(MOST_SHOWN)
        .offset((page - 1) * MOST_SHOWN)
    ).all()
    return recheck(session, viewer, Permission.REMAINS_READ, found, at)


def _planned(viewer: Viewer, at: datetime) -> sa.Select[Remains]:
    return readable_remains(viewer, at).where(Remains.irreversible_act_planned != "")
