"""Accounts are given by administrators, one duty each, and taken at once."""

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput
from casework.signin.actions import add_account
from casework.signin.model import Account, Institution
from casework.signin.queries import find_account
from privacy.errors import NotPermitted
from privacy.permissions import Role
from tests.casework.signin.conftest import form_token


def institution_named(session, part):
    return session.scalars(
        sa.select(Institution).where(Institution.name.contains(part))
    ).first()


def give(session, viewer, institution, noon, **changes):
    stated = {
        "sign_in_name": "rosa",
        "display_name": "Rosa",
        "role": Role.LIAISON_OFFICER,
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


def test_a_taken_account_ends_its_open_sessions(signed_in, database, admin, noon):
    client = signed_in("amal")

    with database.transaction(admin) as session:
        account = session.scalars(
            sa.select(Account).where(Account.sign_in_name == "amal")
        ).one()
        account.disabled_at = noon

    assert client.get("/").url.path == "/sign-in"


def test_an_account_just_given_opens_to_no_password(database, client, admin, noon):
    with database.transaction(admin) as session:
        give(session, admin, institution_named(session, "comite"), noon)

    answer = client.post("/sign-in", data={"sign_in_name": "rosa", "password": ""})

    assert answer.status_code == 401


def test_an_administrator_hands_out_no_password(signed_in, database, admin):
    client = signed_in("admin")
    with database.transaction(admin) as session:
        institution_id = institution_named(session, "comite").id

    answer = client.post(
        "/accounts",
        data={
            "form_token": form_token(client.get("/accounts").text),
            "sign_in_name": "Rosa",
            "display_name": "Rosa M.",
            "institution_id": institution_id,
            "role": "liaison_officer",
        },
    )

    with database.transaction(admin) as session:
        account = find_account(session, "rosa")
    assert "/invitation/" in answer.text
    assert account.password_hash is None


def test_whoever_administers_accounts_reads_no_case(signed_in):
    client = signed_in("admin")

    answers = [client.get(path).status_code for path in ("/log", "/accounts")]

    assert answers == [403, 200]
