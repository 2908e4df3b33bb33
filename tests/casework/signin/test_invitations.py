"""Letting somebody in takes two people; nobody decides about themselves."""

import contextlib
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.errors import Conflict
from casework.signin import invitations
from casework.signin.credentials import CodeSecret, Invitation
from casework.signin.model import Account
from casework.signin.queries import find_account, token_hash
from privacy.errors import NeedsAnotherPerson, NotPermitted, WrongProof
from privacy.permissions import DOOR, Role
from tests.casework.signin.conftest import PASSPHRASE, form_token

SENTENCE = "el río suena cuando llueve"


@pytest.fixture
def invited(database, admin, noon):
    """Invite one of the cast as `admin`: the link's token and the invitation's number."""
    with database.transaction(admin) as session:
        token = invitations.invite(session, admin, find_account(session, "amal"), at=noon)
        number = session.scalars(sa.select(Invitation.id)).one()
    return token, number


def confirmed(database, viewer, number, noon):
    with database.transaction(viewer) as session:
        invitation = session.get(Invitation, number)
        return invitations.confirm_invitation(session, viewer, invitation, at=noon)


def accept(client, token, code, password=SENTENCE):
    return client.post(f"/invitation/{token}", data={"code": code, "password": password})


def test_link_and_code_together_let_the_person_choose_a_password(
    database, client, dora, invited, noon
):
    token, number = invited
    code = confirmed(database, dora, number, noon)

    answer = accept(client, token, code.lower().replace("-", " "))

    assert answer.url.path == "/sign-in/enrol"


@pytest.mark.parametrize("code", ["", "AAAA-AAAA"])
def test_the_link_alone_opens_nothing(database, client, dora, invited, noon, code):
    token, number = invited
    confirmed(database, dora, number, noon)

    assert accept(client, token, code).status_code == 401


def test_nothing_opens_before_a_second_person_confirmed(client, invited):
    token, _ = invited

    assert accept(client, token, "").status_code == 401


def test_an_invitation_is_accepted_once(database, client, dora, invited, noon):
    token, number = invited
    code = confirmed(database, dora, number, noon)
    accept(client, token, code)
    client.cookies.clear()

    assert accept(client, token, code).status_code == 401


def test_an_invitation_ends_after_three_days(app, database, client, dora, invited, noon):
    token, number = invited
    code = confirmed(database, dora, number, noon)
    app.state.clock = lambda: noon + timedelta(hours=73)

    assert accept(client, token, code).status_code == 401


def test_five_wrong_codes_close_an_invitation(database, client, dora, invited, noon):
    token, number = invited
    code = confirmed(database, dora, number, noon)
    for _ in range(invitations.WRONG_CODES):
        accept(client, token, "ZZZZ-ZZZZ")

    assert accept(client, token, code).status_code == 401


def test_a_known_password_leaves_the_invitation_open(database, client, dora, invited, noon):
    token, number = invited
    code = confirmed(database, dora, number, noon)

    refused = accept(client, token, code, "contraseña contraseña")
    taken = accept(client, token, code)

    assert (refused.status_code, taken.url.path) == (422, "/sign-in/enrol")


def test_whoever_comes_in_again_leaves_nothing_of_the_old_ways_in(
    database, client, dora, telephone, signed_in, invited, noon
):
    telephone("amal")
    signed_in("amal")
    before = client.cookies["reunir_session"]
    client.cookies.clear()
    token, number = invited

    accept(client, token, confirmed(database, dora, number, noon))

    client.cookies.clear()
    client.cookies.set("reunir_session", before, domain="127.0.0.1", path="/")
    with database.transaction(DOOR) as session:
        secrets = session.scalars(sa.select(CodeSecret)).all()
    assert client.get("/me").url.path == "/sign-in"
    assert secrets == []


def test_the_database_holds_neither_link_nor_code(database, dora, invited, noon):
    token, number = invited
    code = confirmed(database, dora, number, noon)

    with database.transaction(DOOR) as session:
        held = session.execute(sa.text("SELECT invitation::text FROM invitation")).scalar()
    assert token not in held
    assert code.replace("-", "") not in held


def test_r10_nobody_confirms_what_they_asked_for(database, admin, invited, noon):
    _, number = invited

    with pytest.raises(NeedsAnotherPerson):
        confirmed(database, admin, number, noon)


def test_r10_the_database_refuses_it_too(database, admin, invited, noon):
    _, number = invited

    with pytest.raises(sa.exc.IntegrityError), database.transaction(admin) as session:
        # The planted fault: a deed that forgot to ask who is who.
        session.execute(
            sa.update(Invitation)
            .where(Invitation.id == number)
            .values(confirmed_by=admin.account_id, confirmed_at=noon, code_hash=b"x" * 32)
        )


def test_r10_nobody_changes_their_own_duty(database, admin, noon):
    with database.transaction(admin) as session, pytest.raises(NeedsAnotherPerson):
        invitations.change_role(
            session,
            admin,
            session.get(Account, admin.account_id),
            Role.DATA_PROTECTION_OFFICER,
            at=noon,
        )


@pytest.mark.parametrize("name", ["admin", "bruno", "dora"])
def test_r10_the_database_lets_nobody_write_their_own_duty(database, viewers, name):
    viewer = viewers[name]

    def write():
        with database.transaction(viewer) as session:
            # The planted fault: a deed that forgot to ask.
            return session.execute(
                sa.update(Account)
                .where(Account.id == viewer.account_id)
                .values(role=Role.FORENSIC_COORDINATOR)
            ).rowcount

    # Either the row's own guard raises, or the policies show no row to write.
    with contextlib.suppress(sa.exc.ProgrammingError):
        assert write() == 0
    with database.transaction(DOOR) as session:
        assert session.get(Account, viewer.account_id).role == viewer.role


def test_r10_an_administrator_writes_nobodys_password(database, admin):
    with (
        pytest.raises(sa.exc.ProgrammingError, match="at the door"),
        database.transaction(admin) as session,
    ):
        session.execute(sa.update(Account).values(password_hash="theirs"))


def test_r10_nobody_is_invited_by_themselves(database, admin, noon):
    with database.transaction(admin) as session, pytest.raises(NeedsAnotherPerson):
        invitations.invite(session, admin, session.get(Account, admin.account_id), at=noon)


@pytest.mark.parametrize("name", ["amal", "bruno", "lidia", "carlos", "ana"])
def test_nobody_else_confirms(database, viewers, noon, name):
    viewer = viewers[name]
    with database.transaction(viewer) as session:
        invitation = Invitation(account_id=1)

        with pytest.raises(NotPermitted):
            invitations.confirm_invitation(session, viewer, invitation, at=noon)


def test_an_invitation_is_confirmed_once(database, dora, invited, noon):
    _, number = invited
    confirmed(database, dora, number, noon)

    with pytest.raises(Conflict):
        confirmed(database, dora, number, noon)


def test_the_pages_show_link_and_code_once_to_two_people(signed_in, client):
    page = signed_in("admin").get("/accounts").text
    number = re.search(r"/accounts/(\d+)/invite", page)[1]
    sheet = client.post(f"/accounts/{number}/invite", data={"form_token": form_token(page)})
    own_list = client.get("/invitations").text
    signed_in("dora")
    waiting = client.get("/invitations")
    where = re.search(r"/invitations/\d+/confirm", waiting.text)[0]

    told = client.post(where, data={"form_token": form_token(waiting.text)})

    assert re.search(r"/invitation/[\w-]{43}", sheet.text)
    assert "/confirm" not in own_list
    assert re.search(r">[2-9A-Z]{4}-[2-9A-Z]{4}<", told.text)
    assert "/confirm" not in client.get("/invitations").text


def comes_in(client, name):
    return client.post("/sign-in", data={"sign_in_name": name, "password": PASSPHRASE})


def test_r10_another_duty_lets_nobody_in_until_a_second_person_confirmed_it(
    signed_in, client, database, dora, noon
):
    page = signed_in("admin").get("/accounts").text
    number = re.search(r"/accounts/(\d+)/role[\s\S]*?amal", page)[1]

    sheet = client.post(
        f"/accounts/{number}/role",
        data={"form_token": form_token(page), "role": "forensic_coordinator"},
    )

    token = re.search(r"/invitation/([\w-]{43})", sheet.text)[1]
    client.cookies.clear()
    assert comes_in(client, "amal").status_code == 401
    with database.transaction(dora) as session:
        invitation = session.scalars(sa.select(Invitation)).one()
        code = invitations.confirm_invitation(session, dora, invitation, at=noon)
    assert accept(client, token, code).url.path == "/sign-in/enrol"


def test_r10_a_duty_written_past_the_deed_opens_to_no_old_password(
    database, client, admin, amal
):
    with database.transaction(admin) as session:
        # The planted fault: an administrator who writes the row and asks nobody.
        session.execute(
            sa.update(Account)
            .where(Account.id == amal.account_id)
            .values(role=Role.FORENSIC_COORDINATOR)
        )

    assert comes_in(client, "amal").status_code == 401


def test_r10_an_invitation_confirmed_for_one_duty_opens_no_other(
    database, client, admin, dora, invited, noon
):
    token, number = invited
    code = confirmed(database, dora, number, noon)

    with database.transaction(admin) as session:
        account = find_account(session, "amal")
        invitations.change_role(session, admin, account, Role.FORENSIC_COORDINATOR, at=noon)

    assert accept(client, token, code).status_code == 401


def test_a_link_that_was_never_given_answers_like_one_that_is_over(client, invited):
    token, _ = invited

    never = accept(client, "x" * 43, "AAAA-AAAA")
    waiting = accept(client, token, "AAAA-AAAA")

    assert never.text.replace("x" * 43, "") == waiting.text.replace(token, "")
    assert token_hash(token) != token_hash("x" * 43)


def test_an_unknown_invitation_cannot_be_taken_up(database, noon):
    with database.transaction(DOOR) as session, pytest.raises(WrongProof):
        invitations.check_code(session, "nothing", "AAAA-AAAA", at=noon)
