"""Opening the groups of files about the living: asked of the policies, then of the seals."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casework.living.model import LivingPerson
from casework.openings import Openings, opened_in, openings_of
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Viewer

# What a list shows of each person, as far as it is open: never where they are.
LISTED = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)


def open_listed(
    session: Session,
    viewer: Viewer,
    rows: Sequence[LivingPerson],
    *,
    at: datetime,
    says_why: bool = False,
) -> dict[int, Openings]:
    """Open what one page of a list shows: one deed, with everybody whom it concerns."""
    needs = {group: LivingPerson.opened_by[group] for group in LISTED}
    openings = openings_of(session, viewer, rows, needs, at=at, says_why=says_why)
    record(
        session,
        Deed.LIVING_LISTED,
        by=viewer,
        at=at,
        concerning=[row.reference for row in rows],
        shown=len(rows),
        **opened_in(rows, openings),
    )
    return openings


def open_living(
    session: Session, viewer: Viewer, person: LivingPerson, *, at: datetime
) -> Openings:
    """Open one file as far as it goes, and say what the rest lacks: one deed."""
    openings = openings_of(session, viewer, [person], LivingPerson.opened_by, at=at)
    record(
        session,
        Deed.LIVING_READ,
        by=viewer,
        at=at,
        about=person.reference,
        **opened_in([person], openings),
    )
    return openings[person.id]
