"""Accounts are given by administrators, one duty each, and taken at once."""

import re

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput
from casework.signin.actions import add_account
from casework.signin.model import Account, Institution
from privacy.errors import NotPermitted, UnsafePassword
from privacy.permissions import Role

SENTENCE = "otra frase bastante larga"


def institution_named(session, part):
    return session.scalars(
        sa.select(Institution).where(Institution.name.contains(part))
    ).first()


def give(session, viewer, institution, noon, **changes):
    stated = {
        "sign_in_name": "rosa",
        "display_name": "Rosa",
        "role": Role.LIAISON_OFFICER,
        "password": SENTENCE,
        "at": noon,
    }
    return add_account(session, viewer, institution, **{**stated, **changes})


def test_an_administrator_gives_an_account(database, admin, noon):
    with database.transaction(admin) as session:
        account = give(session, admin, institution_named(session, "comite"), noon)

    assert account.role == Role.LIAISON_OFFICER


def test_nobody_else_gives_accounts(database, bruno, noon):
    with database.transaction(bruno) as session, pytest.raises(NotPermitted):
        give(session, bruno, institution_named(session, "comite"), noon)


def test_a_consulate_cannot_have_an_examiner(database, admin, noon):
    with database.transaction(admin) as session, pytest.raises(InvalidInput):
        give(
            session,
            admin,
            institution_named(session, "consulado_hn"),
            noon,
            role=Role.FORENSIC_EXAMINER,
        )


def test_a_name_is_given_once_whatever_its_capitals(database, admin, noon):
    with database.transaction(admin) as session:
        institution = institution_named(session, "comite")
        give(session, admin, institution, noon)

        with pytest.raises(Conflict):
            give(session, admin, institution, noon, sign_in_name="ROSA")


def test_a_short_password_is_refused(database, admin, noon):
    with database.transaction(admin) as session, pytest.raises(UnsafePassword):
        give(session, admin, institution_named(session, "comite"), noon, password="corta")


def test_a_taken_account_ends_its_open_sessions(signed_in, database, admin, noon):
    client = signed_in("amal")

    with database.transaction(admin) as session:
        account = session.scalars(
            sa.select(Account).where(Account.sign_in_name == "amal")
        ).one()
        account.disabled_at = noon

    assert client.get("/").url.path == "/sign-in"


def test_the_page_gives_an_account_that_lets_its_holder_in(signed_in, database, admin):
    client = signed_in("admin")
    page = client.get("/accounts").text
    with database.transaction(admin) as session:
        institution_id = institution_named(session, "comite").id

    answer = client.post(
        "/accounts",
        data={
            "form_token": re.search(r'name="form_token" value="([^"]+)"', page)[1],
            "sign_in_name": "Rosa",
            "display_name": "Rosa M.",
            "institution_id": institution_id,
            "role": "liaison_officer",
        },
    )

    password = re.search(r"(?:[0-9a-f]{4}-){4}[0-9a-f]{4}", answer.text)[0]
    client.cookies.clear()
    answer = client.post("/sign-in", data={"sign_in_name": "rosa", "password": password})
    assert answer.url.path == "/"


def test_whoever_administers_accounts_reads_no_case(signed_in):
    client = signed_in("admin")

    answers = [client.get(path).status_code for path in ("/log", "/accounts")]

    assert answers == [403, 200]
