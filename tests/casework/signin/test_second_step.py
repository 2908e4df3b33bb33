"""A password alone opens nothing; a code opens once; sessions end when they should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from casework.signin import entering
from casework.signin.credentials import CodeSecret
from casework.signin.enrolment import begin_codes
from casework.signin.entering import use_code
from casework.signin.model import SignInSession
from casework.signin.queries import find_account, viewer_in
from casework.signin.secret_codes import opened_secret
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import BrokenSeal, ClockWentBack, WrongProof
from privacy.permissions import DOOR
from tests.casework.signin.conftest import HALF_A_MINUTE, PASSPHRASE, form_token
from tests.conftest import NOON

PLACES = [
    "/",
    "/missing",
    "/remains",
    "/pairings",
    "/incidents",
    "/me",
    "/purpose",
    "/api/v1/missing",
]


def path_after(client, path):
    answer = client.get(path)
    return 401 if answer.status_code == 401 else answer.url.path


def test_r31_a_password_alone_opens_no_page(telephone, at_the_door, client):
    telephone("amal")

    at_the_door("amal")

    assert {path_after(client, path) for path in PLACES} == {"/sign-in/second", 401}


def test_r31_a_door_that_forgot_the_second_step_would_be_noticed(
    telephone, at_the_door, client, monkeypatch
):
    # The planted fault: every session counts as one with a second factor.
    monkeypatch.setattr(
        "casework.web.visit.viewer_in",
        viewer_in_with_factor,
    )
    telephone("amal")

    at_the_door("amal")

    assert path_after(client, "/me") == "/me"


def viewer_in_with_factor(opened, at):
    opened.second_factor_at = at
    return viewer_in(opened, at=at)


def test_r31_somebody_without_a_second_factor_is_led_to_add_one(at_the_door, client):
    answer = at_the_door("amal")

    assert answer.url.path == "/sign-in/enrol"
    assert {path_after(client, path) for path in PLACES} == {"/sign-in/enrol", 401}


def test_a_telephone_is_added_at_the_door_and_lets_its_holder_in(at_the_door, client):
    at_the_door("amal")
    page = client.get("/factors/code").text
    secret = page.split("<code>")[1].split("</code>")[0].replace(" ", "")

    answer = client.post(
        "/factors/code",
        data={"form_token": form_token(page), "code": pyotp.TOTP(secret).at(NOON)},
    )

    assert answer.url.path == "/purpose"


def test_a_code_opens_and_the_purpose_is_asked(sign_in_wholly, client):
    answer = sign_in_wholly("amal")

    assert answer.url.path == "/purpose"
    assert path_after(client, "/missing") == "/missing"


def test_the_chosen_purpose_is_kept_and_logged(sign_in_wholly, client, database, dora):
    page = sign_in_wholly("amal").text

    client.post("/purpose", data={"form_token": form_token(page), "purpose": "identify"})

    with database.transaction(dora) as session:
        entry = session.scalars(sa.select(Entry).where(Entry.deed == Deed.PURPOSE_CHOSEN)).one()
    assert entry.purpose == "identify"


def test_a_purpose_that_the_duty_does_not_carry_is_refused(signed_in):
    client = signed_in("lidia")
    page = client.get("/purpose").text

    answer = client.post(
        "/purpose", data={"form_token": form_token(page), "purpose": "justice"}
    )

    assert answer.status_code == 422


def test_r31_a_secret_that_nobody_confirmed_opens_nothing(database, at_the_door, client, noon):
    with database.transaction(DOOR) as session:
        secret = begin_codes(session, find_account(session, "amal"))
    shown = pyotp.TOTP(secret).at(noon)
    at_the_door("amal")

    page = client.get("/sign-in/enrol").text
    answer = client.post(
        "/sign-in/second", data={"form_token": form_token(page), "code": shown}
    )

    assert answer.status_code == 401
    with database.transaction(DOOR) as session:
        account = find_account(session, "amal")
        with pytest.raises(WrongProof):
            use_code(session, account.id, shown, at=noon)
        # The planted fault: it would have been the right one.
        use_code(session, account.id, shown, at=noon, is_first=True)


def test_r32_a_code_works_once(telephone, client, at_the_door, show_code):
    shown = telephone("amal")
    code = shown()
    at_the_door("amal")
    first = show_code(code)
    client.post("/sign-out", data={"form_token": form_token(first.text)})

    at_the_door("amal")
    second = show_code(code)

    assert (first.url.path, second.status_code) == ("/purpose", 401)


def test_r32_a_code_that_worked_twice_would_be_noticed(telephone, database, noon):
    code = telephone("amal")()
    with database.transaction(DOOR) as session:
        account_id = find_account(session, "amal").id
        use_code(session, account_id, code, at=noon)

        # The planted fault: the step that was used is forgotten.
        session.get(CodeSecret, account_id).last_step = 0
        session.flush()

        use_code(session, account_id, code, at=noon)


def test_r32_of_many_that_come_at_once_with_one_code_one_is_let_in(telephone, database, noon):
    code = telephone("amal")()

    def come(_number):
        try:
            with database.transaction(DOOR) as session:
                use_code(session, find_account(session, "amal").id, code, at=noon)
        except WrongProof:
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        let_in = list(crowd.map(come, range(8)))

    assert sum(let_in) == 1


@pytest.mark.parametrize(
    ("late", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_is_taken_one_step_early_or_late_and_no_more(
    telephone, database, noon, late, is_taken
):
    code = telephone("amal")(noon)
    with database.transaction(DOOR) as session:
        account_id = find_account(session, "amal").id
        try:
            use_code(session, account_id, code, at=noon + late * HALF_A_MINUTE)
        except WrongProof:
            assert not is_taken
        else:
            assert is_taken


def test_an_earlier_code_is_refused_after_a_later_one(telephone, database, noon):
    shown = telephone("amal")
    with database.transaction(DOOR) as session:
        account_id = find_account(session, "amal").id
        use_code(session, account_id, shown(noon + HALF_A_MINUTE), at=noon)

        with pytest.raises(WrongProof):
            use_code(session, account_id, shown(noon), at=noon)


def test_a_clock_that_goes_back_is_noticed_and_codes_are_refused(telephone, database, noon):
    shown = telephone("amal")
    with database.transaction(DOOR) as session:
        account_id = find_account(session, "amal").id
        use_code(session, account_id, shown(noon), at=noon)
        earlier = noon - timedelta(hours=1)

        with pytest.raises(ClockWentBack):
            use_code(session, account_id, shown(earlier), at=earlier)


def test_the_token_changes_with_every_proof(telephone, at_the_door, show_code, client):
    shown = telephone("amal")
    at_the_door("amal")
    before = client.cookies["reunir_session"]

    show_code(shown())
    after = client.cookies["reunir_session"]
    client.cookies.set("reunir_session", before, domain="127.0.0.1", path="/")

    assert before != after
    assert path_after(client, "/me") == "/sign-in"


@pytest.mark.parametrize("minutes", [29, 31])
def test_a_step_up_lasts_half_an_hour(signed_in, database, noon, minutes):
    signed_in("amal")
    with database.transaction(DOOR) as session:
        opened = session.scalars(sa.select(SignInSession)).one()
        later = noon + timedelta(minutes=minutes)

        assert viewer_in(opened, at=later).stepped_up == (minutes < 30)


def test_a_step_up_goes_back_to_where_it_was_needed(telephone, signed_in, noon, app):
    shown = telephone("amal")
    client = signed_in("amal")
    app.state.clock = lambda: noon + timedelta(minutes=29)
    client.get("/me")
    later = noon + timedelta(minutes=31)
    app.state.clock = lambda: later

    asked = client.get("/factors/code")
    answer = client.post(
        "/step-up",
        data={"form_token": form_token(asked.text), "code": shown(later), "next": "/incidents"},
    )

    assert (asked.url.path, answer.url.path) == ("/step-up", "/incidents")


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example", "//elsewhere.example", "/\\x.example"]
)
def test_a_step_up_leads_to_no_other_site(telephone, signed_in, noon, wanted):
    shown = telephone("amal")
    client = signed_in("amal")
    page = client.get("/step-up", params={"next": wanted})

    answer = client.post(
        "/step-up",
        data={"form_token": form_token(page.text), "code": shown(noon), "next": wanted},
        follow_redirects=False,
    )

    assert answer.headers["location"] == "/"


def test_the_last_factor_cannot_be_taken_away(telephone, signed_in):
    telephone("amal")
    client = signed_in("amal")

    answer = client.post(
        "/factors/code/remove", data={"form_token": form_token(client.get("/me").text)}
    )

    assert answer.status_code == 409


def test_a_hash_below_todays_cost_is_renewed_when_its_holder_comes_in(database, noon):
    cheap = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(PASSPHRASE)
    with database.transaction(DOOR) as session:
        account = find_account(session, "amal")
        account.password_hash = cheap
        session.flush()

        entering.come_to_the_door(session, sign_in_name="amal", password=PASSPHRASE, at=noon)

        assert "m=65536,t=3,p=4" in account.password_hash


def test_the_secret_of_codes_lies_sealed_and_opens_in_no_other_row(telephone, database):
    telephone("amal")
    telephone("bruno")
    with database.transaction(DOOR) as session:
        hers, his = (
            session.get(CodeSecret, find_account(session, name).id)
            for name in ("amal", "bruno")
        )
        clear = opened_secret(session, hers)

        assert clear.encode() not in hers.secret
        hers.secret = his.secret  # the planted fault: moved to another row
        with pytest.raises(BrokenSeal):
            opened_secret(session, hers)
