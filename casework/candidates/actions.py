"""Asking for a matching run, and stopping one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import MatchingRun, MatchingState
from casework.candidates.queries import get_run, latest_run
from casework.candidates.rules import refusal_to_begin, refusal_to_cancel
from casework.jobs.deferring import defer
from casework.jobs.tasks import is_being_done
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

TASK = "run_matching"
ONE_AT_A_TIME = "reunir: one matching run at a time"


def request_matching(session: Session, viewer: Viewer, *, at: datetime) -> MatchingRun:
    """Ask for a new weighing of everybody; the worker takes it from the queue.

    Raises
    ------
    NotPermitted
        If `viewer` is neither a coordinator nor the engine.
    Conflict
        If a run already waits or works.
    """
    demand(viewer, Permission.MATCHING_RUN)
    # Two coordinators who press at the same moment stand in line here.
    session.execute(
        sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(ONE_AT_A_TIME, 0)))
    )
    if refusal := refusal_to_begin(latest_run(session, viewer)):
        raise refusal
    run = MatchingRun(
        state=MatchingState.QUEUED,
        requested_at=at,
        requested_by=viewer.account_id or None,
    )
    session.add(run)
    session.flush()
    defer(session, TASK, run_id=run.id)
    record(session, Deed.MATCHING_REQUESTED, by=viewer, about=f"matching_run:{run.id}", at=at)
    return run


def cancel_matching(
    session: Session, viewer: Viewer, run_id: int, *, at: datetime
) -> MatchingRun:
    """Ask a run to stop; the proposals stay as they were before it.

    Raises
    ------
    NotPermitted
        If `viewer` is not a coordinator.
    NotFound
        If there is no such run.
    Conflict
        If it has already ended.
    """
    demand(viewer, Permission.MATCHING_RUN)
    run = get_run(session, viewer, run_id, for_update=True)
    if refusal := refusal_to_cancel(run):
        raise refusal
    run.cancel_requested = True
    if not is_being_done(session, TASK, run.id):
        # It waits, or its worker died: nobody would hear the request, so it ends here.
        run.state, run.finished_at = MatchingState.CANCELLED, at
    record(session, Deed.MATCHING_CANCELLED, by=viewer, about=f"matching_run:{run.id}", at=at)
    return run
