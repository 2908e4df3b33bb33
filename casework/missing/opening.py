"""Opening the groups of missing persons' files: asked of the policies, then of the seals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casework.missing.model import MissingPerson
from casework.missing.names import sought_token
from casework.openings import Openings, openings_of, record_listed, record_read
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

NEEDS: Mapping[Reveals, Permission] = {
    Reveals.CIRCUMSTANCE: Permission.MISSING_READ,
    Reveals.IDENTITY: Permission.MISSING_IDENTITY_READ,
    Reveals.CONTACT: Permission.MISSING_CONTACT_READ,
    Reveals.BODY: Permission.MISSING_BODY_READ,
    Reveals.DNA: Permission.MISSING_DNA_READ,
}
# What a list shows of each person, as far as it is open.
LISTED = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)


def open_people(
    session: Session,
    viewer: Viewer,
    people: Sequence[MissingPerson],
    *,
    at: datetime,
    groups: Iterable[Reveals] = tuple(NEEDS),
    says_why: bool = False,
    unread: Collection[Reveals] = (),
) -> dict[int, Openings]:
    """Decide which groups are open to `viewer`, and open those, all people at once.

    Of `unread` nothing is shown: they are only decided.
    """
    needs = {group: NEEDS[group] for group in groups}
    return openings_of(session, viewer, people, needs, at=at, says_why=says_why, unread=unread)


def open_listed(
    session: Session,
    viewer: Viewer,
    rows: Sequence[MissingPerson],
    *,
    at: datetime,
    words: Sequence[str] = (),
    says_why: bool = False,
) -> dict[int, Openings]:
    """Open what one page of a list shows: one deed, with everybody whom it concerns.

    What was searched stands in the log as a token: equal searches are equal, nobody is named.
    """
    openings = open_people(session, viewer, rows, at=at, groups=LISTED, says_why=says_why)
    record_listed(
        session,
        viewer,
        Deed.MISSING_LISTED,
        openings,
        rows=rows,
        at=at,
        **({"sought": sought_token(session, words)} if words else {}),
    )
    return openings


def open_person(
    session: Session, viewer: Viewer, person: MissingPerson, *, at: datetime
) -> Openings:
    """Open one file as far as it goes, and say what the rest lacks: one deed."""
    openings = open_people(session, viewer, [person], at=at, says_why=True)
    opened = openings[person.id]
    record_read(session, viewer, Deed.MISSING_READ, person, openings=opened, at=at)
    return opened
