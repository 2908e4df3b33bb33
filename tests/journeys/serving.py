"""A small world loaded like the demonstration, and its server: for journeys and measures."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

import uvicorn

from casework import embedded, migrating
from casework.database import Database
from casework.demonstration.cast import enter_the_cast, noted_passwords
from casework.demonstration.invention import Sizes
from casework.demonstration.loading import load, tell_of_dna
from casework.signin.actions import let_in
from casework.signin.commands import OPERATOR
from casework.signin.queries import find_account
from casework.sought.running import run_matching
from casework.web.app import create_app
from privacy.permissions import DOOR
from tests.conftest import NOON, pace_of_a_test

SMALL = Sizes(missing=120, remains=80, incidents=30)


@contextmanager
def small_world(server, folder):
    """Load a small demonstration, matched, into a database of its own."""
    name = f"journey_{folder.name.replace('-', '_')}"
    embedded.create_database(server, name)
    migrating.migrate(server.url(embedded.OWNER, name))
    database = Database(server.url(embedded.APP, name))
    with database.transaction(OPERATOR) as session:
        enter_the_cast(session, folder, at=NOON)
    load(database, at=NOON, step=lambda _text: None, sizes=SMALL)
    run_matching(database, 1, lambda: NOON)
    tell_of_dna(database, NOON)
    yield SimpleNamespace(database=database, folder=folder, passwords=noted_passwords(folder))
    database.engine.dispose()


@contextmanager
def served(database, *, seen_as=lambda app: app):
    """Serve a registry on a free port, as `seen_as` makes it, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(database, pace=pace_of_a_test())
    server = uvicorn.Server(uvicorn.Config(seen_as(app), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def sign_in(world, context, name, address):
    """Put a session of somebody of the cast into a browser's context."""
    with world.database.transaction(DOOR) as session:
        at = datetime.now(UTC)
        token, _ = let_in(session, find_account(session, name), at=at, second_factor=True)
    context.add_cookies([{"name": "reunir_session", "value": token, "url": address}])
