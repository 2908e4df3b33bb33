"""What the database cannot hold is refused in words, and is no fault of ours."""

import re

import pytest

BEYOND = 2**70
"""Beyond every integer of the database, whose largest is 2**63 - 1."""


@pytest.mark.parametrize("path", ["/missing/%00", "/remains/%00", "/api/v1/missing/%00"])
def test_a_nul_in_an_address_is_an_address_that_is_not_there(signed_in, path):
    assert signed_in("bruno").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/missing?q=%00", "/remains?q=%00", "/pairings?q=%00"])
def test_a_nul_in_a_search_is_refused(signed_in, path):
    assert signed_in("bruno").get(path).status_code == 422


def test_a_nul_in_a_name_at_the_door_is_refused(client):
    answer = client.post("/sign-in", data={"sign_in_name": "a\x00b", "password": "x"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        f"/pairings/{BEYOND}",
        f"/pairings/runs/{BEYOND}",
        f"/pairings/runs/{BEYOND}/progress",
        f"/api/v1/pairings/{BEYOND}",
        f"/api/v1/matching-runs/{BEYOND}",
    ],
)
def test_a_number_beyond_every_record_is_refused(signed_in, path):
    assert signed_in("bruno").get(path).status_code in {404, 422}


def test_an_account_beyond_every_number_is_refused(signed_in):
    browser = signed_in("admin")

    answer = browser.post(
        f"/accounts/{BEYOND}/disable", data={"form_token": form_token(browser)}
    )

    assert answer.status_code in {404, 422}


def form_token(browser):
    return re.search(r'name="form_token" value="([^"]+)"', browser.get("/").text)[1]
