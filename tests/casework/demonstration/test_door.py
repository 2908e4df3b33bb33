"""The demonstration has a button for each of the cast; a registry in earnest has none."""

import inspect

import pyotp
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from casework import embedded
from casework.database import Database
from casework.demonstration import serving
from casework.demonstration.cast import MEMBERS, enter_cast, enter_the_cast, noted
from casework.demonstration.door import CAST, open_demonstration_door
from casework.operations import serve
from casework.signin.commands import OPERATOR
from casework.signin.entering import use_code
from casework.signin.model import Account, Institution
from casework.signin.queries import find_account
from casework.web.app import create_app
from privacy.permissions import DOOR
from tests.conftest import NOON, on_a_copy, over

HERE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where it is noted by what the invented cast comes in."""
    return tmp_path_factory.mktemp("cast")


@pytest.fixture(scope="module")
def template_database(server, template_database, folder):
    """The invented cast, entered beside the one of the tests: its hashes take two seconds."""
    name = f"{template_database}_demonstration"
    with (
        on_a_copy(server, template_database, name) as database,
        database.transaction(OPERATOR) as session,
    ):
        enter_cast(session, folder, at=NOON)
    return name


@pytest.fixture(scope="module")
def demonstration(server):
    """The pages with the demonstration's door, over a database that each test brings."""
    return with_the_door(Database(server.url(embedded.APP, "nowhere")))


def with_the_door(database):
    app = create_app(database)
    open_demonstration_door(app)
    return app


@pytest.fixture
def visitor(demonstration, database):
    """Somebody of this machine at the door of the demonstration."""
    with (
        over(demonstration, database),
        TestClient(demonstration, base_url=HERE, client=("127.0.0.1", 5000)) as client,
    ):
        client.headers["origin"] = HERE
        yield client


def enter(client, name):
    return client.post("/demonstration/enter", data={"sign_in_name": name})


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.sign_in_name)
def test_each_of_the_cast_comes_in_by_one_button(visitor, member):
    door = visitor.get("/sign-in").text

    answer = enter(visitor, member.sign_in_name)

    assert f'value="{member.sign_in_name}"' in door
    assert (answer.status_code, answer.url.path) == (200, "/")
    assert member.display_name in answer.text


def test_the_door_says_that_it_is_a_demonstration(visitor):
    assert "Esto solo existe en la demostración" in visitor.get("/sign-in").text


def test_a_registry_in_earnest_has_no_such_door(client):
    answer = enter(client, "examiner")

    assert (answer.status_code, "demonstration" in client.get("/sign-in").text) == (404, False)


def test_such_a_door_in_earnest_would_be_noticed(database):
    # The planted fault: the application of `reunir serve` opens it.
    with TestClient(with_the_door(database), base_url=HERE) as client:
        assert "/demonstration/enter" in client.get("/sign-in").text


def test_only_the_demonstration_opens_it():
    assert "open_demonstration_door" in inspect.getsource(serving.demo.callback)
    assert "prepare" not in inspect.getsource(serve.callback)


@pytest.mark.parametrize("name", ["amal", "admin", "nobody", ""])
def test_nobody_but_the_cast_comes_in_by_it(visitor, name):
    assert name not in CAST
    assert enter(visitor, name).status_code in {404, 422}


def test_a_real_institutions_account_of_the_same_name_does_not(visitor, database):
    with database.transaction(OPERATOR) as session:
        session.execute(sa.update(Institution).values(invented=False))

    assert enter(visitor, "examiner").status_code == 404


def test_nobody_comes_in_by_it_from_another_machine(visitor):
    with TestClient(visitor.app, base_url=HERE, client=("192.0.2.7", 5000)) as stranger:
        stranger.headers["origin"] = HERE

        assert enter(stranger, "examiner").status_code == 404


def test_another_sites_form_does_not_enter(visitor):
    del visitor.headers["origin"]

    assert enter(visitor, "examiner").status_code == 403


def test_what_is_noted_opens_the_real_door(database, folder, noon):
    note = noted(folder)["examiner"]
    with database.transaction(DOOR) as session:
        account = find_account(session, "examiner")

        use_code(session, account.id, pyotp.TOTP(note.code_secret).at(noon), at=noon)

    assert (folder / "accounts.txt").stat().st_mode & 0o077 == 0


def test_the_cast_is_entered_once(database, folder, noon):
    with database.transaction(OPERATOR) as session:
        before = session.scalar(sa.select(sa.func.count()).select_from(Account))
        enter_the_cast(session, folder, at=noon)

        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == before
