"""Finding whom a request goes to and what it is about, by what somebody typed."""

from datetime import datetime

from sqlalchemy.orm import Session

from casework.desk.queries import list_offices
from casework.desk.rules import NO_SUCH_OFFICE, NO_SUCH_RECORD
from casework.errors import InvalidInput, NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.references import Prefix
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.signin.model import Institution
from privacy.permissions import Permission, Viewer


def find_record(
    session: Session, viewer: Viewer, typed: str, *, at: datetime
) -> MissingPerson | Remains | None:
    """Find the record of a reference; nothing typed is about nobody.

    Raises
    ------
    NotFound
        If there is none, or `viewer` may not know of it: nobody can tell which.
    """
    reference = typed.strip().upper()
    if not reference:
        return None
    is_of_remains = reference.startswith(Prefix.REMAINS.value)
    try:
        if not is_of_remains:
            return get_missing_person(session, viewer, reference, at=at)
        if viewer.may(Permission.REMAINS_READ):
            return get_remains(session, viewer, reference, at=at)
    except NotFound:
        pass
    raise NotFound(NO_SUCH_RECORD)


def find_office(session: Session, viewer: Viewer, typed: str) -> Institution:
    """Find the institution that was chosen.

    Raises
    ------
    InvalidInput
        If nothing can be asked of it.
    """
    for each in list_offices(session, viewer):
        if str(each.id) == typed.strip():
            return each
    raise InvalidInput(NO_SUCH_OFFICE)
