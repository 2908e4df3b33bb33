"""Asking for a job once a transaction is whole: where texts are written nothing may be flushed.

Asked for twice in one transaction, it is done once; undone with the transaction.
"""

from sqlalchemy import event
from sqlalchemy.orm import Session

from casework.jobs.deferring import defer_each

_ASKED = "jobs_asked_at_commit"


def ask_at_commit(session: Session, task: str, run_id: int) -> None:
    """Ask for a job when the transaction of `session` is committed."""
    session.info.setdefault(_ASKED, set()).add((task, run_id))


@event.listens_for(Session, "before_commit")
def _ask(session: Session) -> None:
    session.flush()  # what is written last may ask as well
    by_task: dict[str, list[int]] = {}
    for task, run_id in sorted(session.info.pop(_ASKED, set())):
        by_task.setdefault(task, []).append(run_id)
    for task, run_ids in by_task.items():
        defer_each(session, task, run_ids)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _ended: object) -> None:
    session.info.pop(_ASKED, None)
