"""A passkey answers to one origin, one challenge and its own holder, and to nothing else."""

import pytest
from starlette.testclient import TestClient
from webauthn.helpers import bytes_to_base64url

from casework.settings import settings
from casework.signin.credentials import Passkey
from casework.signin.invitations import change_role
from casework.signin.queries import find_account
from privacy.permissions import DOOR, Role
from privacy.second_factor.passkeys import RelyingParty, handle_of
from tests.casework.signin.authenticator import PRESENT, VERIFIED, Authenticator
from tests.casework.signin.conftest import form_token

HERE = "http://localhost"
ELSEWHERE = [
    "https://elsewhere.example",
    "http://localhost.elsewhere.example",
    "http://localhost:81",
    "https://localhost",
    "null",
]


@pytest.fixture
def door(monkeypatch, app):
    """A browser at the registry's name, as people type it."""

    monkeypatch.setenv("REUNIR_PUBLIC_URL", HERE)
    settings.cache_clear()
    with TestClient(app, base_url=HERE) as client:
        client.headers["origin"] = HERE
        yield client
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def enrol(door):
    """Come with a password and add a passkey, made for some origin."""

    def add(authenticator, origin=HERE, name="amal", flags=PRESENT | VERIFIED):
        door.cookies.clear()
        page = door.post(
            "/sign-in",
            data={"sign_in_name": name, "password": "una frase bastante larga"},
        )
        token = form_token(page.text)
        options = door.post("/factors/passkey/question", headers={"x-form-token": token}).json()
        return door.post(
            "/factors/passkey",
            data={
                "form_token": token,
                "answer": authenticator.make(options, origin, flags),
                "label": "llave",
            },
        )

    return add


@pytest.fixture
def come_in(door):
    """Come with a passkey alone, proving for some origin."""

    def come(authenticator, origin=HERE, **how):
        door.cookies.clear()
        options = door.post("/passkeys/question").json()
        return door.post(
            "/sign-in/passkey", data={"answer": authenticator.prove(options, origin, **how)}
        )

    return come


def test_r31_a_passkey_made_here_opens_here(enrol, come_in):
    authenticator = Authenticator()
    added = enrol(authenticator)

    answer = come_in(authenticator)

    assert (added.url.path, answer.url.path) == ("/purpose", "/purpose")


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_r31_a_passkey_made_for_another_origin_is_not_kept(enrol, database, origin):
    answer = enrol(Authenticator(), origin)

    with database.transaction(DOOR) as session:
        kept = session.query(Passkey).count()
    assert (answer.status_code, kept) == (401, 0)


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_r31_a_proof_given_to_another_origin_opens_nothing(enrol, come_in, origin):
    authenticator = Authenticator()
    enrol(authenticator)

    assert come_in(authenticator, origin).status_code == 401


def test_r31_a_proof_that_names_another_account_opens_nothing(enrol, come_in):
    authenticator = Authenticator()
    enrol(authenticator)
    authenticator.handle = bytes_to_base64url(handle_of(2**40))

    assert come_in(authenticator).status_code == 401


def test_r31_a_check_that_took_any_origin_would_be_noticed(enrol, come_in, monkeypatch):
    authenticator = Authenticator()
    enrol(authenticator)
    # The planted fault: the relying party believes what the proof says of itself.
    monkeypatch.setattr(
        "casework.signin.pages.relying_party",
        lambda: RelyingParty("localhost", "https://elsewhere.example"),
    )

    assert come_in(authenticator, "https://elsewhere.example").url.path == "/purpose"


def test_r31_a_passkey_of_another_name_opens_nothing(enrol, come_in):
    authenticator = Authenticator()
    enrol(authenticator)
    authenticator.host = "elsewhere.example"

    assert come_in(authenticator).status_code == 401


def test_r31_without_its_holder_a_passkey_opens_nothing(enrol, come_in):
    authenticator = Authenticator()
    enrol(authenticator)

    assert come_in(authenticator, flags=PRESENT).status_code == 401


def test_a_passkey_made_without_its_holder_is_not_kept(enrol):
    assert enrol(Authenticator(), flags=PRESENT).status_code == 401


def test_r10_a_passkey_opens_nothing_to_a_duty_that_nobody_confirmed(
    enrol, come_in, database, admin, noon
):
    authenticator = Authenticator()
    enrol(authenticator)

    with database.transaction(admin) as session:
        account = find_account(session, "amal")
        change_role(session, admin, account, Role.FORENSIC_COORDINATOR, at=noon)

    assert come_in(authenticator).status_code == 401


def test_an_answer_opens_once(door, enrol):
    authenticator = Authenticator()
    enrol(authenticator)
    door.cookies.clear()
    options = door.post("/passkeys/question").json()
    answer = authenticator.prove(options, HERE)
    ceremony = door.cookies["reunir_ceremony"]

    first = door.post("/sign-in/passkey", data={"answer": answer})
    door.cookies.clear()
    door.cookies.set("reunir_ceremony", ceremony, domain="localhost.local", path="/")
    second = door.post("/sign-in/passkey", data={"answer": answer})

    assert (first.url.path, second.status_code) == ("/purpose", 401)


def test_an_answer_to_another_browsers_question_opens_nothing(door, enrol):
    authenticator = Authenticator()
    enrol(authenticator)
    door.cookies.clear()
    asked_elsewhere = door.post("/passkeys/question").json()
    door.cookies.clear()
    door.post("/passkeys/question")

    answer = door.post(
        "/sign-in/passkey", data={"answer": authenticator.prove(asked_elsewhere, HERE)}
    )

    assert answer.status_code == 401


def test_a_copy_whose_count_fell_behind_opens_nothing(enrol, come_in):
    authenticator = Authenticator()
    enrol(authenticator)
    come_in(authenticator, count=7)

    assert come_in(authenticator, count=7).status_code == 401


def test_another_key_under_a_known_number_opens_nothing(enrol, come_in):
    authenticator, thief = Authenticator(), Authenticator()
    enrol(authenticator)
    thief.credential_id, thief.handle = authenticator.credential_id, authenticator.handle

    assert come_in(thief).status_code == 401


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "nothing", '{"rawId": "AA"}', '{"rawId": 5}']
)
def test_what_is_no_answer_is_refused(door, answer):
    door.post("/passkeys/question")

    assert door.post("/sign-in/passkey", data={"answer": answer}).status_code == 401


def test_a_step_up_with_somebody_elses_passkey_is_refused(door, enrol):
    hers, his = Authenticator(), Authenticator()
    enrol(his, name="bruno")
    enrol(hers, name="amal")
    page = door.get("/step-up")
    token = form_token(page.text)
    options = door.post("/passkeys/question", headers={"x-form-token": token}).json()

    answer = door.post(
        "/step-up", data={"form_token": token, "answer": his.prove(options, HERE)}
    )

    assert answer.status_code == 401


def test_somebody_with_a_factor_adds_none_by_a_password_alone(door, enrol):
    enrol(Authenticator())

    answer = enrol_question(door)

    assert "challenge" not in answer.text


def enrol_question(door):
    door.cookies.clear()
    page = door.post(
        "/sign-in", data={"sign_in_name": "amal", "password": "una frase bastante larga"}
    )
    token = form_token(page.text)
    return door.post("/factors/passkey/question", headers={"x-form-token": token})


@pytest.mark.parametrize(
    ("address", "possible"),
    [
        ("https://registro.example", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("http://registro.example", False),
        ("https://192.0.2.7", False),
        ("https://[::1]", False),
    ],
)
def test_passkeys_are_offered_only_where_browsers_make_them(address, possible):
    assert RelyingParty.at(address).can_have_passkeys == possible
