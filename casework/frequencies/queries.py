"""Reading frequency tables: they are nobody's, and open to whoever computes with them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.frequencies.model import FrequencyTable
from privacy.permissions import Permission, Viewer, demand


def list_tables(session: Session, viewer: Viewer) -> Sequence[FrequencyTable]:
    """List the tables, by name.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    return session.scalars(sa.select(FrequencyTable).order_by(FrequencyTable.name)).all()


def get_table(session: Session, viewer: Viewer, number: int) -> FrequencyTable:
    """Give one table.

    Raises
    ------
    NotPermitted
        As `list_tables`.
    NotFound
        If there is none of that number.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    found = session.get(FrequencyTable, number)
    if found is None:
        raise NotFound("frequency table")
    return found
