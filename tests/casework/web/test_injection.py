"""sqlmap tries to get into the database through every search; it finds nothing.

It is first let loose on a search that really pastes what was typed into SQL, and gets in.
"""

import subprocess
import threading
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from tests.builders import a_missing_person, an_incident, remains_found

SQLMAP = Path(__file__).parents[3] / ".venv-tools" / "bin" / "sqlmap"
GOT_IN = "sqlmap identified the following injection point"
GAVE_UP = "all tested parameters do not appear to be injectable"

# Every address that searches, with something in each of its fields.
SEARCHES = {
    "/missing": {"q": "Inventada", "country": "MX", "sex": "female", "nationality": "HN",
                 "status": "open", "seen_from": "2025-01-01", "sort": "-entered", "page": "1"},
    "/remains": {"q": "Arriaga", "country": "MX", "sex": "female", "sort": "-entered"},
    "/incidents": {"q": "Turquesa", "country": "PA", "sort": "-date", "page": "1"},
    "/pairings": {"q": "Arriaga", "country": "MX", "sex": "female", "least": "1", "page": "1"},
    "/api/v1/missing": {"q": "Inventada", "country": "MX", "page": "1"},
    "/api/v1/remains": {"q": "Arriaga", "country": "MX", "page": "1"},
    "/api/v1/incidents": {"q": "Turquesa", "country": "PA", "page": "1"},
    "/api/v1/pairings": {"q": "Arriaga", "country": "MX", "page": "1"},
}  # fmt: skip


@pytest.fixture
def put_up():
    """Serve applications on this machine until the test ends; gives each one's address."""
    servers = []

    def serve(app):
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
            assert thread.is_alive()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join(10)


def try_to_get_in(address, folder, *, cookie="", level=1):
    """Let sqlmap try; give what it said."""
    run = subprocess.run(
        [
            *(str(SQLMAP), "--batch", "--disable-coloring", "--dbms", "PostgreSQL"),
            *("--level", str(level), "--risk", "1", "--technique", "BEUST", "--time-sec", "2"),
            *("--output-dir", str(folder), "--flush-session", "--threads", "2"),
            *(("--cookie", cookie) if cookie else ()),
            *("--url", address),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )
    return run.stdout


@pytest.fixture
def filled(database, amal, lidia, ana):
    with database.transaction(lidia) as session:
        a_missing_person(session, lidia)
    with database.transaction(amal) as session:
        remains_found(session, amal)
    with database.transaction(ana) as session:
        an_incident(session)


@pytest.mark.slow
def test_r37_a_search_that_pastes_what_was_typed_would_be_broken_into(
    database, put_up, tmp_path
):
    careless = FastAPI()

    @careless.get("/search")
    def search(q: str) -> HTMLResponse:
        pasted = f"SELECT name FROM unnest(ARRAY['a']) AS name WHERE name = '{q}'"  # noqa: S608 - planted
        with database.engine.connect() as connection:
            found = connection.exec_driver_sql(pasted.replace("%", "%%")).all()
        return HTMLResponse(f"<p>{found}</p>")

    said = try_to_get_in(f"{put_up(careless)}/search?q=a", tmp_path)

    assert GOT_IN in said, said[-2000:]


@pytest.mark.slow
@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", SEARCHES)
def test_r37_nobody_gets_into_the_database_through_a_search(
    app, signed_in, put_up, tmp_path, path
):
    token = signed_in("bruno").cookies["reunir_session"]
    address = f"{put_up(app)}{path}?{urlencode(SEARCHES[path])}"

    said = try_to_get_in(address, tmp_path, cookie=f"reunir_session={token}")

    assert GOT_IN not in said
    assert GAVE_UP in said, said[-2000:]
