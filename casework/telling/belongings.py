"""What was found with the remains, for whoever may read it: so that no object is forgotten."""

from datetime import datetime

from sqlalchemy.orm import Session

from casework.remains.model import Remains
from casework.remains.opening import open_listed
from casework.remains.queries import readable_remains
from casework.telling.queries import Telling
from casework.web.code_words import article_words
from casework.web.described import Teller
from privacy.permissions import Permission, Viewer


def found_with(
    session: Session, viewer: Viewer, telling: Telling, teller: Teller, *, at: datetime
) -> tuple[str, ...]:
    """Name clothing and belongings on the remains' record; nothing to who may not read it."""
    if not viewer.may(Permission.REMAINS_READ):
        return ()
    query = readable_remains(viewer, at).where(Remains.id == telling.release.remains_id)
    remains = session.scalars(query).one_or_none()
    if remains is None:
        return ()
    open_listed(session, viewer, [remains], at=at)
    return tuple(article_words(each, teller.gettext) for each in remains.articles)
