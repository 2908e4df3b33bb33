"""Opening the groups of remains' files: asked of the policies, then of the seals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casework.openings import Openings, openings_of, record_listed, record_read
from casework.remains.model import Remains
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

NEEDS: Mapping[Reveals, Permission] = {
    Reveals.CIRCUMSTANCE: Permission.REMAINS_READ,
    Reveals.IDENTITY: Permission.REMAINS_IDENTITY_READ,
    Reveals.BODY: Permission.REMAINS_BODY_READ,
    Reveals.DNA: Permission.REMAINS_DNA_READ,
}
# What a list shows of each record, as far as it is open.
LISTED = (Reveals.CIRCUMSTANCE, Reveals.BODY)


def open_all_remains(
    session: Session,
    viewer: Viewer,
    found: Sequence[Remains],
    *,
    at: datetime,
    groups: Iterable[Reveals] = tuple(NEEDS),
    says_why: bool = False,
    unread: Collection[Reveals] = (),
) -> dict[int, Openings]:
    """Decide which groups are open to `viewer`, and open those, all records at once.

    Of `unread` nothing is shown: they are only decided.
    """
    needs = {group: NEEDS[group] for group in groups}
    return openings_of(session, viewer, found, needs, at=at, says_why=says_why, unread=unread)


def open_listed(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Remains],
    *,
    at: datetime,
    says_why: bool = False,
    sought: str = "",
) -> dict[int, Openings]:
    """Open what one page of a list shows: one deed, with everybody whom it concerns.

    `sought` stands in the log for what was searched, if it may have been a name.
    """
    openings = open_all_remains(session, viewer, rows, at=at, groups=LISTED, says_why=says_why)
    record_listed(
        session,
        viewer,
        Deed.REMAINS_LISTED,
        openings,
        rows=rows,
        at=at,
        **({"sought": sought} if sought else {}),
    )
    return openings


def open_remains(
    session: Session, viewer: Viewer, remains: Remains, *, at: datetime
) -> Openings:
    """Open one file as far as it goes, and say what the rest lacks: one deed."""
    openings = open_all_remains(session, viewer, [remains], at=at, says_why=True)
    opened = openings[remains.id]
    record_read(session, viewer, Deed.REMAINS_READ, remains, openings=opened, at=at)
    return opened
