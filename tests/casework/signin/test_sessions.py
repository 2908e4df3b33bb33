"""Sessions end: at sign-out, with another duty, with the account, with a new factor."""

import pyotp
import pytest
import sqlalchemy as sa

from casework.signin.actions import disable_account
from casework.signin.credentials import CodeSecret, Passkey
from casework.signin.invitations import change_role
from casework.signin.model import SignInSession
from casework.signin.queries import find_account
from privacy.permissions import DOOR, Role
from tests.casework.signin.conftest import form_token
from tests.conftest import NOON

KEY = b"a passkey's number"


def path_after(client, path):
    answer = client.get(path)
    return 401 if answer.status_code == 401 else answer.url.path


def change(database, admin, deed):
    with database.transaction(admin) as session:
        deed(session, find_account(session, "amal"))


def test_r11_another_duty_ends_the_sessions_of_the_old_one(signed_in, database, admin, noon):
    client = signed_in("amal")

    change(
        database,
        admin,
        lambda session, account: change_role(
            session, admin, account, Role.FORENSIC_COORDINATOR, at=noon
        ),
    )

    assert path_after(client, "/pairings") == "/sign-in"


def test_r11_a_change_that_let_sessions_go_on_would_be_noticed(
    signed_in, database, admin, noon
):
    client = signed_in("amal")

    def forgetful(session, account):
        change_role(session, admin, account, Role.FORENSIC_COORDINATOR, at=noon)
        account.epoch -= 1  # the planted fault

    change(database, admin, forgetful)

    assert path_after(client, "/pairings") == "/pairings"


def test_r33_sessions_end_when_the_account_is_taken(signed_in, database, admin, noon):
    client = signed_in("amal")

    change(
        database,
        admin,
        lambda session, account: disable_account(session, admin, account, at=noon),
    )

    assert path_after(client, "/missing") == "/sign-in"


def test_r33_a_new_password_ends_the_other_sessions(telephone, signed_in, client):
    telephone("amal")
    signed_in("amal")
    elsewhere = client.cookies["reunir_session"]
    signed_in("amal")
    page = client.get("/me").text

    client.post(
        "/me/password",
        data={"form_token": form_token(page), "password": "otra frase, también larga"},
    )
    here = path_after(client, "/me")
    client.cookies.set("reunir_session", elsewhere, domain="127.0.0.1", path="/")

    assert (here, path_after(client, "/me")) == ("/me", "/sign-in")


def adds_a_telephone(client):
    page = client.get("/factors/code").text
    secret = page.split("<code>")[1].split("</code>")[0].replace(" ", "")
    code = pyotp.TOTP(secret).at(NOON)
    return client.post("/factors/code", data={"form_token": form_token(page), "code": code})


def takes_the_telephone_away(client):
    token = form_token(client.get("/me").text)
    return client.post("/factors/code/remove", data={"form_token": token})


def takes_a_passkey_away(client):
    token = form_token(client.get("/me").text)
    return client.post(f"/factors/passkey/{KEY.hex()}/remove", data={"form_token": token})


@pytest.mark.parametrize(
    ("before", "deed"),
    [
        (None, adds_a_telephone),
        (adds_a_telephone, takes_the_telephone_away),
        (adds_a_telephone, takes_a_passkey_away),
    ],
)
def test_r33_a_new_factor_ends_the_other_sessions(signed_in, database, amal, before, deed):
    passkey = Passkey(
        credential_id=KEY,
        account_id=amal.account_id,
        public_key=b"p",
        sign_count=0,
        label="Llave",
        made_at=NOON,
    )
    with database.transaction(DOOR) as session:
        session.add(passkey)
    client = signed_in("amal")
    if before is not None:
        before(client)
    here = client.cookies["reunir_session"]
    elsewhere = signed_in("amal").cookies["reunir_session"]
    client.cookies.set("reunir_session", here, domain="127.0.0.1", path="/")

    deed(client)

    assert path_after(client, "/me") == "/me"
    client.cookies.set("reunir_session", elsewhere, domain="127.0.0.1", path="/")
    assert path_after(client, "/me") == "/sign-in"


def test_r33_signing_out_ends_the_session_for_whoever_kept_its_token(signed_in):
    client = signed_in("amal")
    token = sign_out_and_keep_the_token(client)

    client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")

    assert path_after(client, "/me") == "/sign-in"


def test_r33_a_session_that_outlived_its_end_would_be_noticed(signed_in, database):
    client = signed_in("amal")
    token = sign_out_and_keep_the_token(client)
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(ended_at=None))  # the planted fault

    client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")

    assert path_after(client, "/me") == "/me"


def sign_out_and_keep_the_token(client):
    token = client.cookies["reunir_session"]
    client.post("/sign-out", data={"form_token": form_token(client.get("/me").text)})
    return token


def test_one_sees_and_ends_only_ones_own_sessions(signed_in, client):
    signed_in("bruno")
    other = client.cookies["reunir_session"]
    signed_in("amal")
    mine = client.cookies["reunir_session"]
    signed_in("amal")

    page = client.get("/me").text
    client.post("/me/sessions/end", data={"form_token": form_token(page)})

    found = []
    for token in (mine, other):
        client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")
        found.append(path_after(client, "/me"))
    assert found == ["/sign-in", "/me"]


def test_the_database_lets_nobody_read_anothers_sessions_or_factors(
    telephone, signed_in, database, bruno
):
    telephone("amal")
    signed_in("amal")

    with database.transaction(bruno) as session:
        found = [
            session.scalar(sa.select(sa.func.count()).select_from(kind))
            for kind in (SignInSession, CodeSecret)
        ]

    assert found == [0, 0]
