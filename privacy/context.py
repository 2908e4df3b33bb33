"""Tells PostgreSQL in whose name a transaction reads, for its row-level security.

The settings are local to the transaction (`set_config(..., true)`), so a pooled connection
cannot carry one person's sight into another person's request. No context, no rows.
"""

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from privacy.audit.log import write_pending
from privacy.permissions import Viewer

_VIEWER = "viewer"


def see_as(session: Session, viewer: Viewer | None) -> None:
    """Make every transaction of `session` read as `viewer`; `None` reads nobody's rows."""
    session.info[_VIEWER] = viewer


def viewer_of(session: Session) -> Viewer | None:
    """Give in whose name `session` reads."""
    viewer: Viewer | None = session.info.get(_VIEWER)
    return viewer


def go_on_as(session: Session, viewer: Viewer) -> None:
    """Change in whose name `session` reads, in the middle of its transaction.

    For deeds that begin in a person's name and are carried out by a part of the machine.
    """
    # What was done so far is logged in the name in which it was done.
    write_pending(session)
    session.flush()
    see_as(session, viewer)
    _tell(session.connection(), viewer)


def settings_of(viewer: Viewer) -> dict[str, str]:
    """Give what the policies in the database are told about `viewer`."""
    return {
        "reunir.account": str(viewer.account_id),
        "reunir.role": viewer.role.value,
        "reunir.institution": str(viewer.institution_id),
        "reunir.country": viewer.country,
        "reunir.purpose": viewer.purpose.value,
        "reunir.second_factor": "yes" if viewer.second_factor else "no",
        "reunir.stepped_up": "yes" if viewer.stepped_up else "no",
        "reunir.recipients": ",".join(sorted(viewer.recipients)),
    }


@event.listens_for(Session, "after_begin")
def _tell_the_database(
    session: Session, _transaction: SessionTransaction, connection: sa.Connection
) -> None:
    viewer: Viewer | None = session.info.get(_VIEWER)
    if viewer is not None:
        _tell(connection, viewer)


def _tell(connection: sa.Connection, viewer: Viewer) -> None:
    wanted = settings_of(viewer)
    local = sa.true()
    connection.execute(
        sa.select(*(sa.func.set_config(name, value, local) for name, value in wanted.items()))
    )
