"""What an error says stays out of answers and logs: it may hold a person's name."""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time

import httpx2
import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.web.access import PUBLIC, requires
from casework.web.app import create_app
from casework.web.discretion import DiscreetRecord
from tests.conftest import pace_of_a_test

NAME = "María Inventada"
FULL = f"{NAME} +504 0000-0000"

SERVER = f"""
import sys
from casework.database import Database
from casework.operations import run_server
from casework.signin import pages
from casework.web.access import PUBLIC, requires

@pages.router.get("/planted")
@requires(PUBLIC)
def planted():
    raise ValueError("{FULL}")

run_server(Database(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]))
"""

WORKER = f"""
import sys
from casework import operations
from casework.candidates import running

def planted(*_, **__):
    raise ValueError("{FULL}")

running.run_matching = planted
operations.worker.main([])
"""


@pytest.fixture
def app(database):
    """Pages of this module's own, for a page that falls is planted among them."""
    return create_app(database, pace=pace_of_a_test())


@pytest.fixture
def planted(app, client):
    def fall() -> None:
        raise ValueError(FULL)

    app.get("/planted")(requires(PUBLIC)(fall))
    return client


def test_a_bug_is_answered_and_goes_no_further(planted):
    answer = planted.get("/planted")

    assert answer.status_code == 500
    assert NAME not in answer.text


def test_the_answer_to_a_bug_has_the_safe_headers_too(planted):
    answer = planted.get("/planted")

    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_record_of_the_log_quotes_no_error():
    error = ValueError(FULL)
    attached = record(f"it fell: {error}", (), (ValueError, error, None))
    filled = record("it fell: %s", (error,), None)
    bare = record(error, (), None)

    said = [logging.Formatter().format(each) for each in (attached, filled, bare)]

    assert said == [
        "some.library: ValueError",
        "it fell: ValueError",
        "some.library: ValueError",
    ]


def test_the_server_writes_no_errors_text_to_standard_error(database):
    port = free_port()
    with started(SERVER, url_of(database), str(port)) as (process, said):
        ask_until_it_falls(f"http://127.0.0.1:{port}/planted")
        process.send_signal(signal.SIGTERM)

    assert "ValueError at" in said()
    assert NAME not in said()


def test_the_worker_writes_no_errors_text_to_standard_error(database, bruno, noon):
    with database.transaction(bruno) as session:
        request_matching(session, bruno, at=noon)

    with started(WORKER, REUNIR_DATABASE_URL=url_of(database)) as (process, said):
        wait_until_a_job_failed(database)
        process.send_signal(signal.SIGTERM)

    assert "ValueError at" in said()
    assert NAME not in said()


def record(message, arguments, error):
    return DiscreetRecord("some.library", logging.ERROR, "", 1, message, arguments, error)


def url_of(database):
    return sa.make_url(database.url).render_as_string(hide_password=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def started(code, *words, **env):
    """Start Python, and hand out what it wrote to standard error once it has ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
    )
    written = []
    try:
        yield process, lambda: written[0]
        written.append(process.communicate(timeout=120)[1])
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def ask_until_it_falls(url):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx2.TransportError):
            assert httpx2.get(url).status_code == 500
            return
        time.sleep(0.1)
    pytest.fail("the server never answered")


def wait_until_a_job_failed(database):
    failed = sa.text("SELECT count(*) FROM queue.procrastinate_jobs WHERE status = 'failed'")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with database.engine.connect() as connection:
            if connection.scalar(failed):
                return
        time.sleep(0.2)
    pytest.fail("the worker never took the job")
