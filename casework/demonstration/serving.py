"""`reunir demo`: everything at once, on this machine alone, with invented people."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from casework.candidates.model import MatchingState
from casework.database import Database, open_database, owner_url
from casework.demonstration.cast import MEMBERS, NOTE, enter_the_cast
from casework.demonstration.door import open_demonstration_door
from casework.demonstration.loading import load, matching_progress, tell_of_dna
from casework.documents.pdf import documents_reason
from casework.errors import Unavailable
from casework.key_care import prepare_keys
from casework.migrating import migrate
from casework.operations import LOOPBACK, demand_free_port, run_server
from casework.progress import progress
from casework.settings import Settings, settings
from casework.signin.commands import OPERATOR

PATIENCE_S = 600
BETWEEN_LOOKS_S = 0.3


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def demo(port: int) -> None:
    """Show reunir with invented people and real, published incidents.

    The first start fills a database in the data folder; later starts find it as it was left.

    Example: reunir demo --port 8001
    """
    demand_free_port(LOOPBACK, port)
    # Told to stop, it leaves by the same door as Ctrl-C, and takes its worker along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # What pages and slips tell people to type is where it listens; so does its worker.
    os.environ.setdefault("REUNIR_PUBLIC_URL", f"http://{LOOPBACK}:{port}")
    chosen = demonstration_settings(settings())
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    _say("Starting the database")
    migrate(owner_url(chosen))
    database = open_database(chosen)
    prepare_keys(database, at=datetime.now(UTC))
    with database.transaction(OPERATOR) as session:
        enter_the_cast(session, chosen.data_dir, at=datetime.now(UTC))
    with _worker(chosen.data_dir) as worker:
        load(database, at=datetime.now(UTC), step=lambda text: _say(text.capitalize()))
        _wait_for_proposals(database, worker)
        tell_of_dna(database, datetime.now(UTC))
        _greet(chosen.data_dir, port)
        run_server(database, host=LOOPBACK, port=port, prepare=open_demonstration_door)


def demonstration_settings(chosen: Settings) -> Settings:
    """Keep the demonstration apart: its own folder, and never an institution's server."""
    return chosen.model_copy(
        update={
            "data_dir": chosen.data_dir.absolute() / "demo",
            "database_url": None,
            "owner_database_url": None,
        }
    )


@contextmanager
def _worker(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let a second process do the long work, as in earnest, for as long as pages are served."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"REUNIR_DATABASE_URL", "REUNIR_OWNER_DATABASE_URL"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "casework.cli", "worker"],
        env={**kept, "REUNIR_DATA_DIR": str(data_dir)},
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for_proposals(database: Database, worker: subprocess.Popen[bytes]) -> None:
    """Wait until every missing person has been compared with all remains."""
    deadline = time.monotonic() + PATIENCE_S
    with progress("Comparing everybody with all remains") as told:
        while time.monotonic() < deadline:
            state, done, total = matching_progress(database)
            if state is MatchingState.FINISHED:
                return
            if worker.poll() is not None:
                raise Unavailable(
                    "The worker stopped. Run `reunir doctor` to see what is amiss."
                )
            told(done, total)
            time.sleep(BETWEEN_LOOKS_S)
    raise Unavailable("Comparing takes too long on this machine. Run the demonstration again.")


def _say(text: str) -> None:
    """Tell somebody at a terminal what is happening; a pipe gets the result only."""
    if sys.stderr.isatty():
        click.echo(f"{text} …", err=True)


def _greet(data_dir: Path, port: int) -> None:
    click.echo(f"\nreunir is served on http://{LOOPBACK}:{port}  (Ctrl-C ends it)\n")
    click.echo("Everybody in it is invented; the incidents named IOM are real and published.\n")
    width = max(len(each.sign_in_name) for each in MEMBERS)
    for each in MEMBERS:
        click.echo(f"  {each.sign_in_name:<{width}}  {each.hint}")
    click.echo("\nIts door, on this machine only, has a button for each of them.")
    click.echo("What to look at first: enter as the examiner and open the first proposal.")
    click.echo(f"Passwords and secrets of codes, for the real door: {data_dir / NOTE}")
    if reason := documents_reason():
        click.echo(f"\n{reason}")
