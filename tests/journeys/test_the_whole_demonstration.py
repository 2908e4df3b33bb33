"""`reunir demo` from nothing, interrupted, and again: slow, because nothing in it is small."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path_factory):
    """A data folder that the database's own user may reach."""
    made = tmp_path_factory.mktemp("demonstration")
    for each in (made, *made.parents):
        if "pytest" in each.name or each == made:
            each.chmod(0o755)
    return made


@pytest.fixture
def demo(folder):
    """Start the demonstration and wait until it answers; stop it as Ctrl-C does."""
    started = []

    def start():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "casework.cli", "demo", "--port", str(port)],
            env={**os.environ, "REUNIR_DATA_DIR": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        wait_for(port, process)
        return process

    yield start
    for process in started:
        process.kill()


def wait_for(port, process, patience_s=400):
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the demonstration does not answer")


def stop(process):
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=60)[0]


def test_a_second_start_is_quick_and_finds_everything_as_it_was(demo, folder):
    first = stop(demo())
    began = time.monotonic()
    second_process = demo()
    took = time.monotonic() - began
    second = stop(second_process)

    accounts = [line for line in first.splitlines() if line.startswith("  ")]
    assert "examiner" in first
    assert [line for line in second.splitlines() if line.startswith("  ")] == accounts
    assert oct((folder / "demo" / "accounts.txt").stat().st_mode)[-3:] == "600"
    # Not a measure of speed: loading again would take ten times as long.
    assert took < 60


def test_an_interrupted_first_start_goes_on_where_it_stopped(demo, folder):
    process = subprocess.Popen(
        [sys.executable, "-m", "casework.cli", "demo", "--port", "0"],
        env={**os.environ, "REUNIR_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(8)
    process.terminate()
    process.wait(timeout=60)

    said = stop(demo())

    assert "examiner" in said
