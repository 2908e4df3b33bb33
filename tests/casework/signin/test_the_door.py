"""Signing in and out, as a browser sees it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.settings import settings
from casework.signin.model import SignInSession
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import DOOR

PASSPHRASE = "una frase bastante larga"


def test_whoever_is_not_signed_in_is_shown_the_door(client):
    answer = client.get("/")

    assert answer.url.path == "/sign-in"
    assert "Iniciar sesión" in answer.text


def test_a_right_password_opens_the_home_page(signed_in):
    answer = signed_in("amal").get("/")

    assert answer.status_code == 200
    assert "Amal" in answer.text


@pytest.mark.parametrize("name", ["amal", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, name):
    answer = client.post(
        "/sign-in", data={"sign_in_name": name, "password": "not the right sentence"}
    )

    assert answer.status_code == 401
    assert "El nombre o la contraseña no son correctos." in answer.text


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(client):
    answer = client.post(
        "/sign-in",
        data={"sign_in_name": "amal", "password": PASSPHRASE},
        follow_redirects=False,
    )

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_database_holds_only_a_hash_of_the_token(signed_in, database):
    client = signed_in("amal")

    with database.transaction(DOOR) as session:
        held = session.scalars(sa.select(SignInSession.token_hash)).all()
    assert client.cookies["reunir_session"].encode() not in held
    assert [len(each) for each in held] == [32]


def test_a_session_left_alone_ends(app, signed_in, noon):
    client = signed_in("amal")

    app.state.clock = lambda: noon + timedelta(minutes=31)

    assert client.get("/").url.path == "/sign-in"


def test_signing_out_ends_the_session_on_the_servers_side(signed_in):
    client = signed_in("amal")
    token = client.cookies["reunir_session"]

    client.post("/sign-out", data={"form_token": form_token(client)})
    client.cookies.set("reunir_session", token)

    assert client.get("/").url.path == "/sign-in"


def test_a_form_without_the_sessions_token_changes_nothing(signed_in):
    client = signed_in("amal")

    answer = client.post("/sign-out")

    assert answer.status_code == 403
    assert client.get("/").url.path == "/"


def test_a_form_of_another_site_changes_nothing(signed_in):
    client = signed_in("amal")

    answer = client.post(
        "/sign-out",
        data={"form_token": form_token(client)},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "https://elsewhere.example/page"},
        {},
    ],
)
def test_a_sign_in_that_does_not_come_from_our_own_page_is_refused(client, headers):
    del client.headers["origin"]

    answer = client.post(
        "/sign-in", data={"sign_in_name": "amal", "password": PASSPHRASE}, headers=headers
    )

    assert answer.status_code == 403
    assert "reunir_session" not in client.cookies


@pytest.mark.parametrize(
    "headers",
    [{"referer": "http://127.0.0.1/sign-in"}, {"sec-fetch-site": "same-origin"}],
)
def test_a_sign_in_from_our_own_page_is_let_in(client, headers):
    del client.headers["origin"]

    client.post(
        "/sign-in", data={"sign_in_name": "amal", "password": PASSPHRASE}, headers=headers
    )

    assert "reunir_session" in client.cookies


def test_a_client_that_names_no_page_passes_with_the_sessions_token(signed_in):
    client = signed_in("amal")
    token = form_token(client)
    del client.headers["origin"]

    answer = client.post("/sign-out", data={"form_token": token})

    assert answer.url.path == "/sign-in"


def test_over_https_only_the_name_that_the_browser_guards_is_read(signed_in, over_https):
    client = signed_in("amal")
    token = client.cookies["reunir_session"]

    over_https()
    unguarded = client.get("/", headers={"cookie": f"reunir_session={token}"})
    client.cookies.clear()
    guarded = client.get("/", headers={"cookie": f"__Host-reunir_session={token}"})

    assert (unguarded.url.path, guarded.url.path) == ("/sign-in", "/")


@pytest.fixture
def over_https(monkeypatch):
    """Let the registry be one that people reach over https, until the test ends."""

    def begin():
        monkeypatch.setenv("REUNIR_PUBLIC_URL", "https://registro.example")
        settings.cache_clear()

    yield begin
    monkeypatch.undo()
    settings.cache_clear()


def test_signing_in_is_recorded(signed_in, database, dora):
    signed_in("amal")

    with database.transaction(dora) as session:
        deeds = session.scalars(sa.select(Entry.deed).order_by(Entry.position)).all()
    assert Deed.SIGNED_IN in deeds


def test_every_answer_forbids_foreign_scripts_and_keeping_copies(client):
    answer = client.get("/sign-in")

    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def form_token(client) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', client.get("/").text)[1]
