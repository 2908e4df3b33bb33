"""Nobody fills the disk from outside: what a request carries is counted before it is kept."""

import pytest

from casework.web.bodies import LARGE, SMALL

FORM = "application/x-www-form-urlencoded"


def in_pieces(size):
    piece = b"x" * 2**16
    return (piece for _ in range(size // len(piece) + 1))


@pytest.mark.parametrize("path", ["/sign-in", "/imports", "/language"])
def test_a_stranger_may_send_little(client, path):
    answer = client.post(path, content=b"x" * (SMALL + 1), headers={"content-type": FORM})

    assert answer.status_code == 413
    assert "Demasiado grande" in answer.text


@pytest.mark.parametrize("path", ["/sign-in", "/language"])
def test_what_is_not_announced_is_counted_as_it_arrives(client, path):
    answer = client.post(path, content=in_pieces(SMALL), headers={"content-type": FORM})

    assert answer.status_code == 413
    assert "Demasiado grande" in answer.text


def test_a_made_up_cookie_opens_no_larger_door(client):
    client.cookies.set("reunir_session", "made up")

    answer = client.post("/imports", content=b"x" * (SMALL + 1), headers={"content-type": FORM})

    assert answer.status_code == 413


def test_who_may_bring_files_may_send_a_large_one(signed_in):
    browser = signed_in("bruno")

    large = browser.post("/imports", files={"file": b"x" * (2 * SMALL)})
    too_large = browser.post(
        "/imports", content=b"", headers={"content-length": str(LARGE + 1)}
    )

    assert large.status_code == 403, "read whole, and refused for want of a form token"
    assert too_large.status_code == 413


def test_a_machine_is_refused_in_json(client):
    answer = client.post("/api/v1/missing", content=b"x" * (SMALL + 1))

    assert answer.status_code == 413
    assert answer.json()["title"] == "Demasiado grande"
