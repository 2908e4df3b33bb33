"""A small invented world, loaded like the demonstration and served to a real browser."""

from contextlib import contextmanager

import pytest

from tests.journeys.serving import served, sign_in, small_world


@pytest.fixture(scope="session")
def world(server, tmp_path_factory):
    """Load a small demonstration, matched, into a database of its own."""
    with small_world(server, tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.fixture(scope="session")
def address(world):
    """Serve the world on a free port until the last journey has ended."""
    with served(world.database) as where:
        yield where


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
        sign_in(world, context, name, address)
        page.goto("/")
        return page

    yield open_as
    for context in contexts:
        context.close()


def _note(complaints, said):
    # A part of a page, opened alone, names no icon; the browser then asks for one by itself.
    if said.type in {"error", "warning"} and not said.location["url"].endswith("/favicon.ico"):
        complaints.append(f"{said.text} {said.location['url']}".strip())
