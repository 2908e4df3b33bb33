"""How often somebody may ask: each person, and each network that nobody has signed in from."""

import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from starlette.testclient import TestClient

from casework.web.app import create_app
from casework.web.networks import network_of
from casework.web.pace import NETWORK, PERSON, Pace

FEW = RateLimitItemPerMinute(3)
MANY = RateLimitItemPerMinute(1_000)


def request_from(host):
    return Request({"type": "http", "client": (host, 4711)})


@pytest.fixture
def hurried(app):
    """The application, with limits that a test reaches."""
    app.state.pace = Pace(person=FEW, network=FEW)
    return app


@pytest.mark.usefixtures("hurried")
def test_a_person_who_asks_too_often_is_told_when_to_go_on(signed_in):
    browser = signed_in("ana")

    answers = [browser.get("/incidents") for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert "Espere un minuto" in answers[-1].text


@pytest.mark.usefixtures("hurried")
def test_a_person_who_asks_too_often_holds_up_nobody_else(signed_in):
    for _ in range(4):
        signed_in("ana").get("/incidents")

    assert signed_in("amal").get("/incidents").status_code == 200


@pytest.mark.usefixtures("hurried")
def test_a_network_nobody_signed_in_from_is_held_up_too(client):
    answers = [client.get("/sign-in").status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


@pytest.mark.usefixtures("hurried")
def test_strangers_of_a_network_do_not_hold_up_who_is_signed_in(client, signed_in):
    for _ in range(4):
        client.get("/sign-in")

    assert signed_in("ana").get("/incidents").status_code == 200


@pytest.mark.usefixtures("hurried")
def test_the_api_says_so_in_json(signed_in):
    browser = signed_in("ana")

    answer = [browser.get("/api/v1/incidents") for _ in range(4)][-1]

    assert answer.status_code == 429
    assert answer.json()["title"] == "Demasiado seguido"


def test_without_the_limit_nobody_would_be_held_up(app, client):
    app.state.pace = Pace(person=MANY, network=MANY)

    assert {client.get("/sign-in").status_code for _ in range(6)} == {200}


def test_what_is_served_keeps_the_usual_pace(database):
    app = create_app(database)

    with TestClient(app, base_url="http://127.0.0.1") as stranger:
        answers = {stranger.get("/sign-in").status_code for _ in range(NETWORK.amount + 1)}

    assert answers == {200, 429}
    assert PERSON.amount > NETWORK.amount


def test_one_customer_of_ipv6_is_one_network():
    here = network_of(request_from("2001:db8:1:2:aaaa::1"))

    assert here == network_of(request_from("2001:db8:1:2:bbbb::9"))
    assert here != network_of(request_from("2001:db8:1:3::1"))


def test_an_address_of_ipv4_is_itself():
    assert network_of(request_from("192.0.2.7")) == "192.0.2.7"
