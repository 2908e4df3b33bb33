"""Somebody at the door: forms, codes from a telephone, and the clock."""

import re
from datetime import timedelta

import pyotp
import pytest

from casework.signin.enrolment import begin_codes, confirm_codes
from casework.signin.queries import find_account
from privacy.permissions import DOOR

PASSPHRASE = "una frase bastante larga"
HALF_A_MINUTE = timedelta(seconds=30)


def form_token(page: str) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', page)[1]


@pytest.fixture
def telephone(database, noon):
    """Give one of the cast a telephone: a function from an instant to the code it shows."""

    def enrol(name):
        with database.transaction(DOOR) as session:
            account = find_account(session, name)
            secret = begin_codes(session, account)
            confirm_codes(session, account, at=noon)
        return lambda at=noon: pyotp.TOTP(secret).at(at)

    return enrol


@pytest.fixture
def at_the_door(client):
    """Give a name and the right password, and stand before the second step."""

    def come(name, password=PASSPHRASE):
        return client.post("/sign-in", data={"sign_in_name": name, "password": password})

    return come


@pytest.fixture
def show_code(client):
    """Type a code into the second step."""

    def show(code):
        page = client.get("/sign-in/second")
        return client.post(
            "/sign-in/second", data={"form_token": form_token(page.text), "code": code}
        )

    return show


@pytest.fixture
def sign_in_wholly(telephone, at_the_door, show_code):
    """Come in through the real door, by password and code."""

    def enter(name):
        shown = telephone(name)
        at_the_door(name)
        return show_code(shown())

    return enter
