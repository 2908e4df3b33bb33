"""Which function does which job, by dotted path: slices ask for jobs, jobs find slices."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database

logger = logging.getLogger("reunir.jobs")


@dataclass(frozen=True, slots=True)
class Work:
    """A function (database, run_id, time): the time is one instant, or the clock itself."""

    function: str
    reads_clock: bool = False


# Each may be called twice for one run: the second time it finishes, or finds nothing left to
# do. Imported only when it is done, so that a page which asks for a job loads no engine.
TASKS: Mapping[str, Work] = {
    "run_matching": Work("casework.sought.running:run_matching", reads_clock=True),
    "run_import": Work("casework.imports.running:run_import"),
    # Its run is the report that was asked for.
    "make_learning_report": Work("casework.learning.running:make_report"),
    # Their run is the record that was changed.
    "weigh_agreed": Work("casework.sought.running:weigh_agreed"),
    "tell_of_planned_act": Work("casework.examination.telling:tell_of_planned_act"),
    "tell_of_act_on_named": Work("casework.identifications.acts_on_named:tell_of_act_on_named"),
    # Its run is the person for whose keeper a service signs from now on.
    "tell_who_signs_now": Work("casework.identifications.waiting:tell_who_signs_now"),
    "call_back_missing_person": Work("casework.families.calling_back:of_missing_person"),
    "call_back_remains": Work("casework.families.calling_back:of_remains"),
    "call_back_living_person": Work("casework.families.calling_back:of_living_person"),
    "mend_words_of_person": Work("casework.finding.standing:mend_words_of_person"),
    "mend_words_of_remains": Work("casework.finding.standing:mend_words_of_remains"),
}


@dataclass(frozen=True, slots=True)
class Regular:
    """A function (database, time) and when it is done, as `cron` writes it, in UTC."""

    function: str
    cron: str


# Done by whichever worker is there; each finds out for itself what there is to do, so that
# a time that was missed, or two workers at once, do no harm.
REGULAR: Mapping[str, Regular] = {
    "sign_log": Regular(
        "casework.oversight.checkpoints:sign_now_and_then", cron="*/15 * * * *"
    ),
    # At night, so that a warning lies there in the morning.
    "retention": Regular("casework.retention.rounds:go_round", cron="17 3 * * *"),
    "notifications": Regular("casework.notifications.rounds:go_round", cron="7 * * * *"),
    "telling": Regular("casework.telling.rounds:go_round", cron="9 * * * *"),
    "mails": Regular(
        "casework.notifications.sending:write_to_those_who_wait", cron="*/10 * * * *"
    ),
    # What was saved during the day is laid beside people alive before anybody comes to work.
    "living": Regular("casework.sought.running:weigh_living", cron="37 2 * * *"),
    # A report saved at noon does not wait for the night: it waits for the next full hour.
    "living_by_day": Regular("casework.sought.running:weigh_by_day", cron="3 * * * *"),
    # An exclusion ends when a fact changes that it rests on; what no record tells, at night.
    "changed_facts": Regular(
        "casework.identifications.reopening:reopen_lately_changed", cron="*/5 * * * *"
    ),
    "changed_facts_by_night": Regular(
        "casework.identifications.reopening:reopen_all_changed", cron="52 2 * * *"
    ),
    # Nobody is shown them any more; their rows go soon after.
    "expired_consents": Regular(
        "casework.candidates.new_records:close_expired", cron="*/10 * * * *"
    ),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """A channel of the database, and a class (database, clock) that hears of it: `hear`."""

    channel: str
    hearer: str


# Heard by one worker at a time, as long as it lives: what it keeps in memory is large.
WATCHED: Mapping[str, Watch] = {
    "new_records": Watch("weighing_due", "casework.candidates.new_records:NewRecords"),
}


class Hearer(Protocol):
    """Does what a channel calls for; called at the start, when called, and now and then."""

    def hear(self) -> None: ...


def hearer_of(name: str, database: Database, clock: Callable[[], datetime]) -> Hearer:
    """Make what hears one channel."""
    module, _, maker = WATCHED[name].hearer.partition(":")
    hearer: Hearer = getattr(import_module(module), maker)(database, clock)
    return hearer


class HeldElsewhere(Exception):
    """Another worker still does this job; look again later."""


def perform(
    task: str, database: Database, clock: Callable[[], datetime], *, run_id: int
) -> None:
    """Do one job, unless a worker that was thought dead still does it.

    Raises
    ------
    HeldElsewhere
        If so; the queue asks again after a while.
    """
    work = TASKS[task]
    module, _, name = work.function.partition(":")
    with _alone(database, task, run_id):
        function = getattr(import_module(module), name)
        try:
            function(database, run_id, clock if work.reads_clock else clock())
        except Exception:
            # Which job it was; the queue's own line then says kind and place.
            logger.error("job %s:%s fell", task, run_id)  # noqa: TRY400 - its text stays out
            raise


def perform_regularly(name: str, database: Database, clock: Callable[[], datetime]) -> None:
    """Do what is due at this time.

    Raises
    ------
    HeldElsewhere
        If another worker is still at it; the next time comes soon.
    """
    module, _, function = REGULAR[name].function.partition(":")
    with _alone(database, name, 0):
        try:
            getattr(import_module(module), function)(database, clock())
        except Exception:
            logger.error("regular job %s fell", name)  # noqa: TRY400 - its text stays out
            raise


def is_being_done(session: Session, task: str, run_id: int) -> bool:
    """Say whether a worker that lives is at this job; if not, none begins it meanwhile."""
    return not session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_key(task, run_id))))


@contextmanager
def _alone(database: Database, task: str, run_id: int) -> Iterator[None]:
    """Hold a lock on the server's side as long as this process lives and works on the job."""
    number = _key(task, run_id)
    with database.engine.connect() as connection:
        held = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(number)))
        connection.commit()  # the lock belongs to the session, not to this transaction
        if not held:
            raise HeldElsewhere(f"{task}:{run_id}")
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
            connection.commit()


def _key(task: str, run_id: int) -> sa.ColumnElement[int]:
    """Name one job as a lock on the server."""
    return sa.func.hashtextextended(f"{task}:{run_id}", 0)
