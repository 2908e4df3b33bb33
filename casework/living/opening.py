"""Opening the groups of files about the living: asked of the policies, then of the seals."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casework.living.model import LivingPerson
from casework.openings import Openings, openings_of, record_listed, record_read
from privacy.audit.log import Deed
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
    record_listed(session, viewer, Deed.LIVING_LISTED, openings, rows=rows, at=at)
    return openings


def open_living(
    session: Session, viewer: Viewer, person: LivingPerson, *, at: datetime
) -> Openings:
    """Open one file as far as it goes, and say what the rest lacks: one deed."""
    openings = openings_of(session, viewer, [person], LivingPerson.opened_by, at=at)
    opened = openings[person.id]
    record_read(session, viewer, Deed.LIVING_READ, person, openings=opened, at=at)
    return opened
