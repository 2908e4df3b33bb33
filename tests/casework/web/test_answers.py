"""Refusals in the reader's language, the gallery's door, and outlines read beside the start."""

import threading
import time

import pytest

from casework.web.maps import warm_up

AT_ONCE = 0.05  # seconds: what was read before is only handed over; reading takes over one


def test_a_refusals_own_words_are_said_in_the_readers_language(signed_in):
    browser = signed_in("dora")

    spanish = browser.get("/log?day=ayer")
    english = browser.get("/log?day=ayer", headers={"accept-language": "en"})

    assert (spanish.status_code, english.status_code) == (422, 422)
    assert "Eso no es un día: escriba 2026-03-09." in spanish.text
    assert "That is not a day: write 2026-03-09." in english.text


def test_a_refusal_for_a_machine_is_said_in_its_language_too(signed_in):
    browser = signed_in("amal")

    answer = browser.get("/api/v1/missing/MP-0000-0000", headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert answer.json()["title"] == "Not found"


def test_a_program_is_told_what_to_look_at_and_by_what_method_not(signed_in):
    browser = signed_in("amal")

    misfit = browser.get("/api/v1/missing?page=none", headers={"accept-language": "en"})
    closed = browser.get("/api/v1/missing", headers={"authorization": "Bearer none"})
    posted = browser.put("/api/v1/incidents", headers={"accept-language": "en"})

    assert misfit.json()["detail"] == "Look at what is said in: page."
    assert (closed.status_code, closed.json()["title"]) == (401, "Esa llave no abre")
    assert posted.status_code == 405
    assert "/api/v1/openapi.json" in posted.json()["detail"]


def test_the_gallery_is_for_administrators(signed_in):
    page = signed_in("admin").get("/components")

    assert page.status_code == 200
    assert "Nadie de esta página existe." in page.text


@pytest.mark.parametrize("name", ["amal", "ana"])
def test_the_gallery_is_for_nobody_else(signed_in, name):
    assert signed_in(name).get("/components").status_code == 403


def test_the_outlines_are_read_beside_the_first_requests(client):
    reading = [each for each in threading.enumerate() if each.name == "outlines"]

    assert client.get("/health").status_code == 200
    for each in reading:
        each.join(timeout=30)
    assert _seconds_to_warm_up() < AT_ONCE


def _seconds_to_warm_up():
    began = time.perf_counter()
    warm_up()
    return time.perf_counter() - began
