"""Jobs are asked for in a deed's own transaction, and a dead worker's job is taken up again."""

import os
import signal
import subprocess
import sys
import time
from importlib import import_module

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import MatchingRun, MatchingState, Pairing
from casework.jobs import deferring
from casework.jobs.tasks import TASKS, HeldElsewhere, Work, perform
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found

HURRY = deferring.Patience(heartbeat_s=0.2, stalled_after_s=1.0, retry_after_s=1)
JOBS = sa.table("procrastinate_jobs", sa.column("status"), schema="queue")

# A worker that stops breathing in the middle of a run: it writes that it has begun, and hangs.
HANGING_WORKER = """
import sys, time
from casework.candidates import running
from casework.database import Database
from casework.jobs import deferring

def hang(*_, **__):
    print("begun", flush=True)
    time.sleep(60)

running.weigh = hang
deferring.run_worker(Database(sys.argv[1]), patience=deferring.Patience(0.2, 1.0, 1))
"""


def waiting(database):
    with database.transaction(MATCHER) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(JOBS))


def work_off(database, noon):
    deferring.run_worker(
        database, clock=lambda: noon, wait=False, patience=HURRY, handles_signals=False
    )


def ask_and_fail(session, bruno, noon):
    request_matching(session, bruno, at=noon)
    raise InterruptedError


def test_a_job_is_undone_with_the_deed_that_asked_for_it(database, bruno, noon):
    with pytest.raises(InterruptedError), database.transaction(bruno) as session:
        ask_and_fail(session, bruno, noon)

    assert waiting(database) == 0


def test_a_job_waits_once_its_deed_is_done(database, bruno, noon):
    with database.transaction(bruno) as session:
        request_matching(session, bruno, at=noon)

    assert waiting(database) == 1


def test_a_task_that_nobody_knows_is_refused_before_anything_is_queued(database, bruno):
    with pytest.raises(KeyError), database.transaction(bruno) as session:
        deferring.defer(session, "run_away", run_id=1)

    assert waiting(database) == 0


def test_a_worker_does_what_waits(database, bruno, noon):
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon)

    work_off(database, noon)

    with database.transaction(bruno) as session:
        assert session.get_one(MatchingRun, run.id).finished_at == noon


def test_a_job_somebody_still_does_is_left_to_them(database, noon):
    key = sa.func.hashtextextended("run_matching:7", 0)
    with database.engine.connect() as held:
        held.execute(sa.select(sa.func.pg_advisory_lock(key)))

        with pytest.raises(HeldElsewhere):
            perform("run_matching", database, lambda: noon, run_id=7)


def test_a_task_that_wants_an_instant_gets_one(database, noon, monkeypatch, capsys):
    monkeypatch.setitem(TASKS, "tell", Work("builtins:print"))

    perform("tell", database, lambda: noon, run_id=3)

    assert capsys.readouterr().out.endswith(f" 3 {noon}\n")


def test_a_killed_workers_run_is_taken_up_again_and_leaves_no_duplicate(database, bruno, noon):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno)
        remains_found(session, bruno)
    with database.transaction(bruno) as session:
        run = request_matching(session, bruno, at=noon)
    kill_a_worker_in_the_middle(database)

    work_off_when_it_fell_silent(database, noon)

    with database.transaction(MATCHER) as session:
        assert session.get_one(MatchingRun, run.id).state is MatchingState.FINISHED
        assert session.scalar(sa.select(sa.func.count()).select_from(Pairing)) == 1


def kill_a_worker_in_the_middle(database):
    url = sa.make_url(database.url).render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING_WORKER, url],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "default"},
    )
    assert worker.stdout.readline().strip() == "begun", "the worker ended before it began"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()


def work_off_when_it_fell_silent(database, noon):
    time.sleep(HURRY.stalled_after_s + 0.3)
    work_off(database, noon)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_names_a_function_that_is_there(task):
    module, _, name = TASKS[task].function.partition(":")

    assert callable(getattr(import_module(module), name))
