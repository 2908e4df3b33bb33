"""Finding codes: by the relative for who keeps the file, by what was typed at the door."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.families.model import Relative
from casework.signin.model import Institution
from casework.signin.queries import token_hash
from casework.status.model import PublicLine, StatusCode

NO_LETTERS = str.maketrans("", "", " -–—.·")


def code_of(session: Session, relative_id: int) -> StatusCode | None:
    """Give the code that a relative has now."""
    return session.scalar(
        sa.select(StatusCode).where(
            StatusCode.relative_id == relative_id, StatusCode.revoked_at.is_(None)
        )
    )


def get_code(session: Session, relative: Relative) -> StatusCode:
    """Give the code that a relative has now.

    Raises
    ------
    NotFound
        If they have none.
    """
    found = code_of(session, relative.id)
    if found is None:
        raise NotFound("status code")
    return found


def hold_code(session: Session, relative: Relative) -> StatusCode:
    """Give the code that a relative has now, and keep others from ending it meanwhile.

    Raises
    ------
    NotFound
        If they have none.
    """
    found = get_code(session, relative)
    session.refresh(found, with_for_update={"read": True})
    if found.revoked_at is not None:
        raise NotFound("status code")
    return found


def find_typed(session: Session, typed: str) -> StatusCode | None:
    """Find a code that somebody typed at the door, whatever its hyphens and capitals."""
    return session.scalar(
        sa.select(StatusCode).where(
            StatusCode.code_hash == token_hash(plain_code(typed)),
            StatusCode.revoked_at.is_(None),
        )
    )


def plain_code(typed: str) -> str:
    """Read a code as it was drawn."""
    return typed.translate(NO_LETTERS).upper()


def line_of(session: Session, institution_id: int) -> PublicLine | None:
    """Give by what an institution is reached."""
    return session.get(PublicLine, institution_id)


def institution_name(session: Session, institution_id: int) -> str:
    """Name an institution; of none, nothing."""
    found = session.get(Institution, institution_id)
    return found.name if found else ""
