"""Going on as the keeper: for what a person decides and only the machine may carry out.

Who decides does not read: a data-protection officer may order that a file be erased, or a
report of it be made for the person it is about, without its content passing under their eyes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy.orm import Session

from privacy.context import go_on_as
from privacy.permissions import MATCHER, Purpose, Role, Viewer


def keeper_for(viewer: Viewer) -> Viewer:
    """Give the keeper who acts on `viewer`'s word; the log keeps naming `viewer`."""
    return replace(
        viewer, role=Role.ENGINE, purpose=Purpose.KEEP, second_factor=True, stepped_up=True
    )


@contextmanager
def as_keeper(session: Session, viewer: Viewer) -> Iterator[Viewer]:
    """Read and write as the keeper; afterwards `session` is `viewer`'s again.

    A refusal in between undoes the whole transaction, so there is nothing to put back then.
    """
    keeper = keeper_for(viewer)
    go_on_as(session, keeper)
    yield keeper
    session.flush()
    go_on_as(session, viewer)


@contextmanager
def as_matcher(session: Session, viewer: Viewer) -> Iterator[Viewer]:
    """Write as the engine that proposes pairings: nobody else may change one."""
    go_on_as(session, MATCHER)
    yield MATCHER
    session.flush()
    go_on_as(session, viewer)
