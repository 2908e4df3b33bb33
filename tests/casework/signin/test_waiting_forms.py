"""A form that meets the question who one is waits beside it, and loses nothing."""

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from casework.signin.credentials import ApiToken
from casework.signin.model import Institution
from privacy.permissions import DOOR
from tests.casework.signin.conftest import form_token

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', re.DOTALL)
NAME = "«El nuestro»; <b>uno</b>"


def fields_of(page, action):
    """Every hidden field of the form that goes somewhere, as a browser would send it."""
    form = page.text.split(f'action="{action}"')[-1].partition("</form>")[0]
    sent = {}
    for name, text in HIDDEN.findall(form):
        sent.setdefault(name, []).append(unescape(text))
    return sent


@pytest.fixture
def browser(app, telephone, signed_in, noon):
    """An administrator whose proof of being there has just run out, and their telephone."""
    shown = telephone("admin")
    client = signed_in("admin")
    app.state.clock = lambda: noon + timedelta(minutes=29)
    client.token = form_token(client.get("/tokens").text)
    later = noon + timedelta(minutes=31)
    app.state.clock = lambda: later
    client.code = shown(later)
    return client


@pytest.fixture
def typed(browser, database):
    with database.transaction(DOOR) as session:
        institution = session.scalar(sa.select(Institution.id).order_by(Institution.id))
    return {
        "form_token": browser.token,
        "name": NAME,
        "institution_id": str(institution),
        "role": "liaison_officer",
        "scope": ["missing:read", "missing:body:read"],
        "ends_on": "2020-01-01",  # over: what comes of it is said once it is sent
    }


def count(database):
    with database.transaction(DOOR) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ApiToken))


def test_what_was_typed_waits_through_a_wrong_code_and_comes_back_after_the_right_one(
    browser, typed, database
):
    asked = browser.post("/tokens", data=typed, headers={"referer": "http://127.0.0.1/tokens"})
    waiting = fields_of(asked, "/step-up")
    slip = browser.post("/step-up", data=waiting | {"code": "000000"})
    proved = browser.post("/step-up", data=waiting | {"code": browser.code})
    back = fields_of(proved, "/tokens")
    sent = browser.post("/tokens", data=back)

    assert (asked.status_code, slip.status_code, proved.status_code) == (403, 401, 200)
    assert "Lo que escribió sigue aquí" in asked.text
    assert fields_of(slip, "/step-up") == waiting
    given = {name: each if isinstance(each, list) else [each] for name, each in typed.items()}
    assert back.pop("form_token") != [given.pop("form_token")]
    assert back == given
    assert sent.status_code == 422, "sent under the token that the session goes on with"
    assert count(database) == 0


def test_the_rest_of_the_page_that_comes_back_works_too(browser, typed):
    asked = browser.post("/tokens", data=typed)
    proved = browser.post(
        "/step-up", data=fields_of(asked, "/step-up") | {"code": browser.code}
    )

    chosen = browser.post(
        "/language", data={"form_token": form_token(proved.text), "language": "en"}
    )

    assert chosen.status_code == 200


def test_a_form_without_a_word_in_it_is_asked_for_again_on_its_own_page(browser):
    answer = browser.post(
        "/factors/code/remove",
        data={"form_token": browser.token},
        headers={"referer": "http://127.0.0.1/me"},
        follow_redirects=False,
    )

    assert answer.headers["location"] == "/step-up?next=%2Fme"


def test_a_password_does_not_wait(browser):
    answer = browser.post(
        "/me/password",
        data={"form_token": browser.token, "password": "una frase larga"},
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert "una frase larga" not in answer.text


def test_what_waited_goes_to_no_other_site(browser, typed):
    waiting = fields_of(browser.post("/tokens", data=typed), "/step-up")

    proved = browser.post(
        "/step-up", data=waiting | {"code": browser.code, "again": "//elsewhere.example"}
    )

    assert 'action="/"' in proved.text
    assert "elsewhere.example" not in proved.text
