"""Imports as the worker does them: killed, stopped, asked for twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from casework.imports import running
from casework.imports.actions import cancel_import, receive_file, start_import
from casework.imports.model import ImportFile, ImportProblem, ImportRun, RunState
from casework.incidents.model import Incident
from casework.jobs import deferring
from tests.casework.imports.imported import (
    NOON,
    counts,
    iom_csv,
    receive,
    rules_of_run,
    run_of,
    stored,
)

HURRY = deferring.Patience(heartbeat_s=0.2, stalled_after_s=1.0, retry_after_s=1)
MANY = iom_csv(*({"id": f"m{n}", "incident_id": f"m{n}"} for n in range(1_200)))

# A worker that stops breathing when a thousand rows are written and the rest is not.
HANGING_WORKER = """
import sys, time
from casework.database import Database
from casework.imports import running
from casework.jobs import deferring

teller = running._teller

def hanging(*arguments):
    tell = teller(*arguments)
    def tell_and_hang(done, total):
        tell(done, total)
        if done:
            print("begun", flush=True)
            time.sleep(60)
    return tell_and_hang

running._teller = hanging
deferring.run_worker(Database(sys.argv[1]), patience=deferring.Patience(0.2, 1.0, 1))
"""


@pytest.fixture
def started(database, ana):
    with database.transaction(ana) as session:
        run = receive_file(
            session, ana, file_name="muchos.csv", content=MANY, profile=None, at=NOON
        )
        start_import(session, ana, run, at=NOON)
        return run.id


def test_a_killed_workers_import_is_taken_up_again_and_leaves_no_duplicate(database, started):
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
    assert run_of(database, started).rows_done == 1_000

    time.sleep(HURRY.stalled_after_s + 0.3)
    deferring.run_worker(
        database, clock=lambda: NOON, wait=False, patience=HURRY, handles_signals=False
    )

    run = run_of(database, started)
    assert (run.state, counts(run)) == (RunState.FINISHED, {"accepted": 1_200})
    assert len(stored(database, Incident, Incident.id)) == 1_200
    assert rules_of_run(database, run) == []


def test_an_import_asked_to_stop_in_the_middle_keeps_nothing(database, ana, started):
    def stop_after_the_first_thousand(done, _total):
        if done == 1_000:
            with database.transaction(ana) as session:
                run = session.get_one(ImportRun, started)
                cancel_import(session, ana, run, at=NOON)

    running.run_import(database, started, NOON, progress=stop_after_the_first_thousand)

    assert run_of(database, started).state is RunState.CANCELLED
    assert stored(database, Incident) == stored(database, ImportProblem) == []
    assert stored(database, ImportFile, ImportFile.import_run_id) == []


def test_an_import_done_twice_is_done_once(database, ana):
    run_id = receive(database, ana, iom_csv({}))
    running.run_import(database, run_id, NOON)

    running.run_import(database, run_id, NOON)

    assert stored(database, Incident, Incident.version) == [(1,)]


def test_a_fault_of_ours_is_owned_and_keeps_nothing(database, ana, monkeypatch):
    run_id = receive(database, ana, iom_csv({}))
    monkeypatch.setattr(running, "store_rows", lambda *_, **__: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        running.run_import(database, run_id, NOON)

    run = run_of(database, run_id)
    assert (run.state, run.failure) == (RunState.FAILED, running.FAULT)
    assert stored(database, ImportFile, ImportFile.import_run_id) == []


def test_one_key_in_two_files_is_one_record(database, ana):
    first = receive(database, ana, iom_csv({"dead": "1"}), "uno.csv")
    second = receive(database, ana, iom_csv({"dead": "2", "total": "2"}), "dos.csv")

    running.run_import(database, first, NOON)
    running.run_import(database, second, NOON)

    assert stored(database, Incident, Incident.dead, Incident.version) == [(2, 2)]
