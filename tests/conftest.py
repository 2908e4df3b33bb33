"""What every test may use: a real database, a client, a clock, and a small standing cast."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

from casework import embedded, migrating
from casework.database import Database
from casework.keys import sealing_for
from casework.lasting import lasting
from casework.settings import settings
from casework.signin.actions import add_account, add_institution, let_in
from casework.signin.model import Account, Institution, InstitutionKind
from casework.signin.queries import find_account, viewer_of
from privacy.passwords import hash_password
from privacy.permissions import DOOR, Permission, Purpose, Role, Viewer
from privacy.sealing.key_file import make_key_file
from tests.again import Serving
from tests.division import ByFile, by_length

# The first call of a numba kernel compiles it; a deadline would blame the second example.
hypothesis_settings.register_profile("reunir", deadline=None, max_examples=60)
hypothesis_settings.load_profile("reunir")

# What is measured is what runs in the tests' own processes. A program that one of them starts
# is watched from outside; to count its lines as well makes its compiling take minutes.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# Nothing that a test signs or writes lands in the checkout, where the next one would find it.
DATA = Path(tempfile.mkdtemp(prefix="reunir-data-"))
os.environ["REUNIR_DATA_DIR"] = str(DATA)
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

# The keys of sealed fields stand apart from every database, in the tests as in earnest.
KEYS = Path(tempfile.mkdtemp(prefix="reunir-keys-"))
os.environ["REUNIR_KEYS"] = f"file:{KEYS}"
make_key_file(KEYS)
atexit.register(shutil.rmtree, KEYS, ignore_errors=True)

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
PASSPHRASE = "una frase bastante larga"

# A memory disk smaller than this is left alone: our choice, some ten times what one run takes.
ROOM_FOR_DATABASES = 3 * 2**30

INSTITUTIONS = {
    "forense": (InstitutionKind.FORENSIC_SERVICE, "MX"),
    "forense_gt": (InstitutionKind.FORENSIC_SERVICE, "GT"),
    "comite": (InstitutionKind.FAMILY_ORGANISATION, "HN"),
    "consulado_hn": (InstitutionKind.CONSULATE, "HN"),
    "consulado_gt": (InstitutionKind.CONSULATE, "GT"),
    "observatorio": (InstitutionKind.OBSERVATORY, "CR"),
    "registro": (InstitutionKind.REGISTRY, "CR"),
    "proteccion": (InstitutionKind.DATA_PROTECTION_AUTHORITY, "CR"),
}
CAST = {
    "amal": ("forense", Role.FORENSIC_EXAMINER),
    "bruno": ("forense", Role.FORENSIC_COORDINATOR),
    "gloria": ("forense_gt", Role.FORENSIC_COORDINATOR),
    "lidia": ("comite", Role.LIAISON_OFFICER),
    "carlos": ("consulado_hn", Role.CONSULAR_OFFICER),
    "cora": ("consulado_gt", Role.CONSULAR_OFFICER),
    "ana": ("observatorio", Role.ANALYST),
    "admin": ("registro", Role.ADMINISTRATOR),
    "dora": ("proteccion", Role.DATA_PROTECTION_OFFICER),
}


def pytest_collection_modifyitems(items):
    """Begin with what takes longest; the rest stays in its random order."""
    by_length(items)


def pytest_configure():
    """Read the tests, and all that they import, without looking for garbage meanwhile."""
    gc.disable()


def pytest_collection_finish():
    """Never look again through what was read: it is there until the end."""
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config, log):
    """Divide `--dist loadfile` between workers as `tests/division.py` says."""
    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def server() -> Iterator[embedded.EmbeddedPostgres]:
    """The same PostgreSQL that ships, started once for the whole run.

    Not in pytest's own folder: as root, the server runs as another user, and each new run
    of pytest locks everybody else out of that folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="reunir-test-", dir=_in_memory()))
    folder.chmod(0o755)
    running = embedded.start(folder)
    _hurry(running)
    yield running
    embedded.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> str | None:
    """Where a file costs no disk, if there is room: a database is four hundred of them."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of a new name is made in it
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        return None
    return str(memory) if shutil.disk_usage(memory).free > ROOM_FOR_DATABASES else None


def _hurry(running: embedded.EmbeddedPostgres) -> None:
    """Tests may lose their databases when the power fails.

    Among a handful of records one way is as good as another, and looking for the best takes
    longer than going it. What is asked of plans is asked by EXPLAIN, which plans anew.
    """
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _as_maker(running, f"ALTER SYSTEM SET {setting} = off")
    _as_maker(running, "ALTER SYSTEM SET plan_cache_mode = force_generic_plan")
    _as_maker(running, "SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def template_database(server: embedded.EmbeddedPostgres) -> str:
    """A migrated database with the standing cast, copied for each test that writes."""
    name = f"template_{os.getpid()}"
    embedded.create_database(server, name)
    migrating.migrate(server.url(embedded.OWNER, name))
    database = Database(server.url(embedded.APP, name))
    _enter_the_cast(database)
    database.engine.dispose()
    return name


@pytest.fixture(scope="session")
def serving() -> Iterator[dict[str, Serving]]:
    """The database that serves one test after the other, for each that is copied."""
    kept: dict[str, Serving] = {}
    yield kept
    for each in kept.values():
        each.close()


@pytest.fixture
def database(
    serving: dict[str, Serving], server: embedded.EmbeddedPostgres, template_database: str
) -> Iterator[Database]:
    """A database as if of this test's own: what it writes is undone afterwards."""
    if template_database not in serving:
        name = f"test_{os.getpid()}_{next(_counter)}"
        copy_database(server, template_database, name)
        serving[template_database] = Serving(server, name)
    used = serving[template_database]
    used.database.sealing = sealing_for(settings())
    yield used.database
    if not used.as_before():
        serving.pop(template_database).close()
        _as_maker(server, f'DROP DATABASE "{used.name}" WITH (FORCE)')


@contextmanager
def on_a_copy(
    server: embedded.EmbeddedPostgres, template: str, name: str
) -> Iterator[Database]:
    """Open a copy, to enter once what all tests of a file need: each is given a copy of it."""
    copy_database(server, template, name)
    opened = Database(server.url(embedded.APP, name))
    yield opened
    opened.engine.dispose()


def copy_database(server: embedded.EmbeddedPostgres, template: str, name: str) -> None:
    """Make a database of what another holds."""
    _as_maker(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def _as_maker(server: embedded.EmbeddedPostgres, order: str) -> None:
    engine = sa.create_engine(
        server.url("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        connection.execute(sa.text(order))


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def viewers(database: Database) -> dict[str, Viewer]:
    """The standing cast, as viewers who came in with a second factor a moment ago."""
    return viewers_of(database)


def viewers_of(database: Database) -> dict[str, Viewer]:
    with database.transaction(ADMINISTRATOR) as session:
        return {
            account.sign_in_name: replace(
                viewer_of(account), second_factor=True, stepped_up=True
            )
            for account in session.scalars(sa.select(Account))
        }


def _one_of_the_cast(name: str):
    @pytest.fixture(name=name)
    def member(viewers: dict[str, Viewer]) -> Viewer:
        return viewers[name]

    return member


amal, bruno, gloria, lidia, carlos, cora, ana, admin, dora = map(_one_of_the_cast, CAST)

ADMINISTRATOR = Viewer(
    account_id=0,
    role=Role.ADMINISTRATOR,
    institution_id=0,
    country="",
    purpose=Purpose.OVERSIGHT,
)


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_counter = _numbers()


def _enter_the_cast(database: Database) -> None:
    assert ADMINISTRATOR.may(Permission.ACCOUNT_ADMINISTER)
    with database.transaction(ADMINISTRATOR) as session:
        institutions: dict[str, Institution] = {}
        for key, (kind, country) in INSTITUTIONS.items():
            institutions[key] = add_institution(
                session,
                ADMINISTRATOR,
                name=f"Institución inventada {key}",
                kind=kind,
                country=country,
                invented=True,
                at=NOON,
            )
        for name, (institution, role) in CAST.items():
            add_account(
                session,
                ADMINISTRATOR,
                institutions[institution],
                sign_in_name=name,
                display_name=name.capitalize(),
                role=role,
                at=NOON,
            )
    _give_passwords(database)


def _give_passwords(database: Database) -> None:
    """Everybody has the same, hashed once; only the door may write it."""
    hashed = hash_password(PASSPHRASE)
    with database.transaction(DOOR) as session:
        for account in session.scalars(sa.select(Account)):
            account.password_hash = hashed


def pace_of_a_test():
    """A test may ask faster than hands can; the real limits have tests of their own."""
    from limits import RateLimitItemPerMinute  # noqa: PLC0415 - as above

    from casework.web.pace import Pace  # noqa: PLC0415 - as above

    much = RateLimitItemPerMinute(1_000_000)
    return Pace(person=much, network=much)


@pytest.fixture(scope="session")
def built_app(server: embedded.EmbeddedPostgres):
    """All pages, put together once: it takes longer than most of what is asked of them.

    Over a database that is not there: each test brings its own.
    """
    with lasting():
        from casework.web.app import create_app  # noqa: PLC0415 - only where a test wants pages

        return create_app(Database(server.url(embedded.APP, "nowhere")))


@pytest.fixture
def app(built_app, database: Database):
    """The pages over this test's database, with a pace and a clock of this test's own."""
    before = _as_built(built_app)
    with over(built_app, database):
        yield built_app
    assert _as_built(built_app) == before, "a test that changes the pages builds its own"


@contextmanager
def over(app, database: Database):
    """Put built pages over a database; forget afterwards what was said of them meanwhile."""
    from starlette.datastructures import State  # noqa: PLC0415 - as above

    built = app.state
    own = {"database": database, "pace": pace_of_a_test(), "clock": lambda: NOON}
    app.state = State({name: getattr(built, name) for name in built} | own)
    yield
    app.state = built


def _as_built(app):
    """What a test might change of the pages and leave to the next one."""
    return (
        list(app.routes),
        dict(app.dependency_overrides),
        dict(app.exception_handlers),
        list(app.user_middleware),
    )


@pytest.fixture
def client(app):
    """A browser without JavaScript, not signed in, that follows redirects."""
    from starlette.testclient import TestClient  # noqa: PLC0415 - as above

    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.headers["accept-language"] = "es"
        client.headers["origin"] = "http://127.0.0.1"
        yield client


@pytest.fixture
def signed_in(client, database):
    """Let one of the cast in, with a second factor, and hand back the browser.

    The door itself is tried in `tests/casework/signin`; here nobody waits for its hashing.
    """

    def sign_in(name: str, *, second_factor: bool = True, purpose: Purpose | None = None):
        with database.transaction(DOOR) as session:
            token, opened = let_in(
                session, find_account(session, name), at=NOON, second_factor=second_factor
            )
            opened.purpose = purpose or opened.purpose
        client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")
        return client

    return sign_in


@pytest.fixture(scope="module")
def browser():
    """Start a real Chromium; without one these tests fail and say what to install."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is used

    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("Chromium is not installed: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        yield running
        running.close()
