"""One matching run from its queue to its proposals: open, weigh, propose, and say how it went.

Progress and failure are written in transactions of their own, so that people see them while
the work goes on. The proposals come in one transaction at the end: a run that is killed,
cancelled or fails leaves those of the run before it untouched.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.by_hand import weigh_all_again
from casework.candidates.due import notes_so_far, settle_for_run
from casework.candidates.lists import wait_to_write
from casework.candidates.model import MatchingRun, MatchingState
from casework.candidates.proposing import propose, retire_all_but
from casework.candidates.rules import FAULT, NOTHING_TO_COMPARE, is_under_way
from casework.candidates.weighing import (
    Weighed,
    commonness_of,
    model_in_force,
    open_all_searchable,
    weigh,
)
from casework.candidates.worlds import Opened
from casework.database import Database
from privacy.audit.log import Deed, record
from privacy.permissions import MATCHER

Clock = Callable[[], datetime]
BETWEEN_NOTES = timedelta(seconds=1)

logger = logging.getLogger("reunir.matching")


class Cancelled(Exception):
    """A coordinator asked the run to stop."""


def run_matching(database: Database, run_id: int, clock: Clock) -> None:
    """Do one run to its end. Called again for a run that has ended, do nothing."""
    if not _begin(database, run_id, clock()):
        return
    try:
        _weigh_and_propose(database, run_id, clock)
    except Cancelled:
        _end(database, run_id, MatchingState.CANCELLED, at=clock())
    except Exception as fault:  # noqa: BLE001 - whatever it was, the run must not stay open
        # Only the kind of fault: its text may quote a record.
        logger.error("matching run %s failed: %s", run_id, type(fault).__name__)  # noqa: TRY400
        _end(database, run_id, MatchingState.FAILED, at=clock(), failure=_sentence(fault))


def _begin(database: Database, run_id: int, at: datetime) -> bool:
    """Take the run; one whose worker died is begun again from the start."""
    with database.transaction(MATCHER) as session:
        run = session.get(MatchingRun, run_id, with_for_update=True)
        if run is None or not is_under_way(run):
            return False
        run.state, run.started_at, run.done, run.total = MatchingState.RUNNING, at, 0, None
        return True


def _weigh_and_propose(database: Database, run_id: int, clock: Clock) -> None:
    with database.transaction(MATCHER) as session:
        notes_seen = notes_so_far(session)
        model = model_in_force(session)
        opened = open_all_searchable(session, MATCHER, run_id=run_id, at=clock())
    if not opened.pairs:
        raise NothingToCompare
    notes = ProgressNotes(database, run_id, clock, total=opened.pairs)
    weighed = weigh(opened, model, jobs=_cores(), progress=notes.note)
    notes.look_for_cancellation()
    with database.transaction(MATCHER) as session:
        wait_to_write(session)  # a worker may be at the same lists
        _put_down(session, run_id, opened, weighed, at=clock())
        settle_for_run(session, notes_seen)


def _put_down(
    session: Session, run_id: int, opened: Opened, weighed: tuple[Weighed, ...], *, at: datetime
) -> None:
    """Propose, and close the run, in one transaction."""
    for each in weighed:
        propose(session, run_id, each, at=at)
    retire_all_but(session, run_id)
    run = session.get_one(MatchingRun, run_id, with_for_update=True)
    if run.cancel_requested:
        raise Cancelled
    pairs = sum(each.pairs for each in weighed)
    first = weighed[0].ranking
    run.state, run.finished_at, run.done, run.total = MatchingState.FINISHED, at, pairs, pairs
    run.model_name, run.model_version = first.model_name, first.model_version
    run.model_hash, run.inputs_hash = first.model_hash, opened.inputs_hash
    run.missing_count, run.remains_count = opened.missing_count, opened.remains_count
    run.pairs_scored = sum(each.ranking.pairs_scored for each in weighed)
    run.pairs_skipped = sum(each.ranking.pairs_skipped for each in weighed)
    run.expected_true_matches = sum(
        each.ranking.prior.expected_true_matches for each in weighed
    )
    run.prior, run.prior_basis = run.expected_true_matches / pairs, first.prior.basis
    run.commonness = commonness_of(weighed)
    session.flush()
    weigh_all_again(session, run, opened.worlds, at=at)
    record(
        session,
        Deed.MATCHING_FINISHED,
        by=MATCHER,
        about=f"matching_run:{run_id}",
        at=at,
        proposed=sum(len(each.ranking) for each in weighed),
    )


@dataclass(slots=True)
class ProgressNotes:
    """Writes how far a run is, now and then, and hears whether it should stop."""

    database: Database
    run_id: int
    clock: Clock
    total: int
    last: datetime | None = field(default=None)

    def note(self, done: int) -> None:
        """Write the progress if the last note is old enough.

        Raises
        ------
        Cancelled
            If somebody asked the run to stop.
        """
        now = self.clock()
        if self.last is not None and now - self.last < BETWEEN_NOTES and done < self.total:
            return
        self.last = now
        self._write(done=done, total=self.total)

    def look_for_cancellation(self) -> None:
        """Hear of a cancellation that came after the last note.

        Raises
        ------
        Cancelled
            If there was one.
        """
        self._write(done=self.total, total=self.total)

    def _write(self, **progress: int) -> None:
        with self.database.transaction(MATCHER) as session:
            stop = session.scalar(
                sa.update(MatchingRun)
                .where(MatchingRun.id == self.run_id)
                .values(**progress)
                .returning(MatchingRun.cancel_requested)
            )
        if stop:
            raise Cancelled


def _end(
    database: Database,
    run_id: int,
    state: MatchingState,
    *,
    at: datetime,
    failure: str | None = None,
) -> None:
    with database.transaction(MATCHER) as session:
        run = session.get_one(MatchingRun, run_id, with_for_update=True)
        run.state, run.finished_at, run.failure = state, at, failure


class NothingToCompare(Exception):
    """One side is empty in every world."""


def _sentence(fault: Exception) -> str:
    return NOTHING_TO_COMPARE if isinstance(fault, NothingToCompare) else FAULT


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
