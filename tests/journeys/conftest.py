"""A small invented world, loaded like the demonstration and served to a real browser."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import uvicorn

from casework import embedded, migrating
from casework.candidates.running import run_matching
from casework.database import Database
from casework.demonstration.cast import enter_the_cast, noted_passwords
from casework.demonstration.invention import Sizes
from casework.demonstration.loading import load
from casework.signin.actions import let_in
from casework.signin.commands import OPERATOR
from casework.signin.queries import find_account
from casework.web.app import create_app
from privacy.permissions import DOOR
from tests.conftest import NOON, pace_of_a_test

SMALL = Sizes(missing=120, remains=80, incidents=30)


@pytest.fixture(scope="session")
def world(server, tmp_path_factory):
    """Load a small demonstration, matched, into a database of its own."""
    folder = tmp_path_factory.mktemp("demo")
    name = f"journey_{folder.name.replace('-', '_')}"
    embedded.create_database(server, name)
    migrating.migrate(server.url(embedded.OWNER, name))
    database = Database(server.url(embedded.APP, name))
    with database.transaction(OPERATOR) as session:
        enter_the_cast(session, folder, at=NOON)
    load(database, at=NOON, step=lambda _text: None, sizes=SMALL)
    run_matching(database, 1, lambda: NOON)
    yield SimpleNamespace(database=database, folder=folder, passwords=noted_passwords(folder))
    database.engine.dispose()


@pytest.fixture(scope="session")
def application(world):
    """Put the pages together over the world."""
    return create_app(world.database, pace=pace_of_a_test())


@pytest.fixture(scope="session")
def address(application):
    """Serve the world on a free port until the last journey has ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def visit(browser, address, world):
    """Let somebody of the cast in, in a window of a given width, and watch for complaints."""
    with visitors(browser, address, world) as open_as:
        yield open_as


@contextmanager
def visitors(browser, address, world):
    """Open windows as people of the cast; all are closed together."""
    contexts = []

    def open_as(name, *, width=1280, javascript=True, locale="es-MX", scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=locale,
            color_scheme=scheme,
            base_url=address,
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: _note(page.complaints, said))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if name is None:
            return page
        with world.database.transaction(DOOR) as session:
            at = datetime.now(UTC)
            token, _ = let_in(session, find_account(session, name), at=at, second_factor=True)
        context.add_cookies([{"name": "reunir_session", "value": token, "url": address}])
        page.goto("/")
        return page

    yield open_as
    for context in contexts:
        context.close()


def _note(complaints, said):
    if said.type in {"error", "warning"}:
        complaints.append(f"{said.text} {said.location['url']}".strip())
