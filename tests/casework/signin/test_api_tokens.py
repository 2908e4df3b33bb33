"""Programs come in by a token of their institution: asked by one, confirmed by another."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.signin import api_tokens
from casework.signin.api_tokens import Asked
from casework.signin.credentials import ApiToken
from casework.signin.model import Account, Institution
from privacy.audit.model import Entry
from privacy.errors import NeedsAnotherPerson, NotPermitted
from privacy.permissions import DOOR, Permission, Role
from tests.builders import a_missing_person
from tests.casework.signin.conftest import form_token

READS = (Permission.MISSING_READ, Permission.MISSING_BODY_READ)


@pytest.fixture
def committee(database, lidia):
    with database.transaction(lidia) as session:
        return session.get_one(Institution, lidia.institution_id).id


@pytest.fixture
def asked(database, admin, committee, noon):
    """Ask, as `admin`, for a program of the family committee; give its token and number."""

    def ask(scope=READS, ends_at=None):
        with database.transaction(admin) as session:
            program = Asked("Nuestro programa", Role.LIAISON_OFFICER, scope, ends_at)
            institution = session.get_one(Institution, committee)
            text = api_tokens.ask_for_token(session, admin, institution, program, at=noon)
            return text, api_tokens.number_in(text)

    return ask


@pytest.fixture
def program(database, client, dora, asked, noon):
    """Ask as a confirmed program does: with its token, saying what for."""

    def use(scope=READS, **header):
        text, number = asked(scope)
        confirm(database, dora, number, noon)
        known = {"authorization": f"Bearer {text}", "x-purpose": "search"} | header

        def get(address, **more):
            return client.get(address, headers=known | more)

        get.headers, get.number = known, number
        return get

    return use


def confirm(database, viewer, number, at):
    with database.transaction(viewer) as session:
        token = session.get_one(ApiToken, number)
        api_tokens.confirm_token(session, viewer, token, at=at)


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, hair="black").reference


def test_a_program_reads_what_its_institution_keeps_within_its_scope_and_for_a_purpose(
    database, dora, program, person
):
    get = program()

    record = get(f"/api/v1/missing/{person}/record").json()

    assert record["values"]["hair"]["told"][0]["value"] == "black"
    assert record["closed"]["identity"] == "duty"
    assert get("/api/v1/remains").status_code == 403
    assert get("/api/v1/missing", **{"x-purpose": ""}).status_code == 422
    assert get("/api/v1/missing", **{"x-purpose": "justice"}).status_code == 422
    with database.transaction(dora) as session:
        (who,) = session.scalars(
            sa.select(Account.id).join(ApiToken).where(ApiToken.id == get.number)
        )
        used = session.scalars(
            sa.select(Entry).where(Entry.deed == "token:used").order_by(Entry.position)
        ).all()
    assert {each.account_id for each in used} == {who}
    assert used[0].details["page"] == "GET /api/v1/missing/{reference}/record"


def test_a_program_never_reads_what_its_institution_does_not(database, bruno, program):
    with database.transaction(bruno) as session:
        elsewhere = a_missing_person(session, bruno).reference

    assert program()(f"/api/v1/missing/{elsewhere}/record").status_code == 404


def test_a_program_that_may_write_says_things_in_its_own_name_and_needs_no_form(
    client, program, person
):
    get = program((*READS, Permission.MISSING_CONTACT_READ, Permission.MISSING_REPORT))
    told = {"method": "document", "assertions": {"eyes": {"value": "brown"}}}

    answer = client.post(f"/api/v1/missing/{person}/statements", json=told, headers=get.headers)

    assert answer.status_code == 200
    values = get(f"/api/v1/missing/{person}/record").json()["values"]
    assert values["eyes"]["told"][0]["value"] == "brown"


def test_nobody_confirms_what_they_asked_for_and_until_then_it_opens_nothing(
    database, client, admin, asked, noon
):
    text, number = asked()

    with pytest.raises(NeedsAnotherPerson):
        confirm(database, admin, number, noon)

    known = {"authorization": f"Bearer {text}", "x-purpose": "search"}
    assert client.get("/api/v1/missing", headers=known).status_code == 401


def test_a_token_that_is_revoked_over_or_wrong_is_one_answer_and_no_page_takes_it(
    database, client, dora, program, asked, noon
):
    get = program()
    assert get("/missing").url.path == "/sign-in"
    with database.transaction(dora) as session:
        token = session.get_one(ApiToken, get.number)
        api_tokens.revoke_token(session, dora, token, at=noon)
    old, number = asked(ends_at=noon + timedelta(seconds=1))
    confirm(database, dora, number, noon)
    with database.transaction(DOOR) as session:
        assert api_tokens.find_token(session, old, at=noon)
        assert api_tokens.find_token(session, old, at=noon + timedelta(seconds=1)) is None

    answers = [get("/api/v1/missing")] + [
        client.get("/api/v1/missing", headers={"authorization": f"Bearer {each}"})
        for each in (f"{old}x", "reunir_9_x", "reunir__", "x")
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_guessing_at_a_token_is_slow(client, asked):
    _, number = asked()
    guess = {"authorization": f"Bearer reunir_{number}_x"}

    answers = [client.get("/api/v1/missing", headers=guess) for _ in range(7)]

    assert [answer.status_code for answer in answers][-1] == 429


def test_what_a_token_opens_is_never_changed(database, admin, asked):
    asked()

    with database.transaction(admin) as session, pytest.raises(sa.exc.ProgrammingError):
        session.execute(sa.text("UPDATE api_token SET scope = '{missing:dna:read}'"))


def test_only_the_administration_asks_and_only_for_what_a_duty_opens(
    database, lidia, admin, committee, noon
):
    program = Asked("x", Role.LIAISON_OFFICER, [Permission.REMAINS_READ])
    for viewer, refusal in ((lidia, NotPermitted), (admin, api_tokens.InvalidInput)):
        with database.transaction(viewer) as session:
            institution = session.get_one(Institution, committee)
            with pytest.raises(refusal):
                api_tokens.ask_for_token(session, viewer, institution, program, at=noon)


def test_on_its_page_a_token_is_shown_once_and_confirmed_by_another(signed_in, committee):
    administrator = signed_in("admin")
    asking = {
        "name": "Nuestro programa",
        "institution_id": str(committee),
        "role": "liaison_officer",
        "scope": ["missing:read", "remains:read"],
        "ends_on": "2027-03-01",
    }

    token = {"form_token": form_token(administrator.get("/tokens").text)}
    given = administrator.post("/tokens", data=asking | token)
    refused = administrator.post("/tokens", data=asking | token | {"ends_on": "2020-01-01"})
    page = administrator.get("/tokens").text
    text = re.search(r'class="secret">(reunir_\d+_[\w-]+)<', given.text).group(1)
    assert refused.status_code == 422
    assert text not in page
    assert "lo confirma otra persona" in page

    officer, number = signed_in("dora"), api_tokens.number_in(text)
    token = {"form_token": form_token(officer.get("/tokens").text)}
    assert "abierto" in officer.post(f"/tokens/{number}/confirm", data=token).text
    assert "cerrado" in officer.post(f"/tokens/{number}/revoke", data=token).text
