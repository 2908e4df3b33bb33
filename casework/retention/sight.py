"""Going on as the keeper: for what a person decides and only the machine may carry out.

Who decides does not read: a data-protection officer may order that a file be erased, or a
report of it be made for the person it is about, without its content passing under their eyes.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from privacy.context import go_on_as, see_as
from privacy.errors import LogUnavailable
from privacy.permissions import MATCHER, Purpose, Role, Viewer


def keeper_for(viewer: Viewer) -> Viewer:
    """Give the keeper who acts on `viewer`'s word; the log keeps naming `viewer`."""
    return replace(
        viewer, role=Role.ENGINE, purpose=Purpose.KEEP, second_factor=True, stepped_up=True
    )


@contextmanager
def as_keeper(session: Session, viewer: Viewer) -> Iterator[Viewer]:
    """Read and write as the keeper; afterwards `session` is `viewer`'s again."""
    with _meanwhile(session, viewer, keeper_for(viewer)) as keeper:
        yield keeper


@contextmanager
def as_matcher(session: Session, viewer: Viewer) -> Iterator[Viewer]:
    """Write as the engine that proposes pairings: nobody else may change one."""
    with _meanwhile(session, viewer, MATCHER) as matcher:
        yield matcher


@contextmanager
def _meanwhile(session: Session, viewer: Viewer, other: Viewer) -> Iterator[Viewer]:
    """Go on as `other`, and as `viewer` again whatever happens: a page may catch a refusal."""
    go_on_as(session, other)
    try:
        yield other
        session.flush()
    except BaseException:
        # What the database cannot be told any more it does not answer any more either.
        with suppress(SQLAlchemyError, LogUnavailable):
            go_on_as(session, viewer)
        see_as(session, viewer)
        raise
    go_on_as(session, viewer)
