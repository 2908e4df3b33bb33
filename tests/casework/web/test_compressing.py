"""Answers are packed for their way, but never where another site may have chosen words."""

import gzip

import pytest

from tests.builders import a_missing_person

OURS = {"sec-fetch-site": "same-origin"}


def is_packed(answer):
    return answer.headers.get("content-encoding") == "gzip"


@pytest.fixture
def browser(client, signed_in, database, lidia):
    with database.transaction(lidia) as session:
        a_missing_person(session, lidia)
    signed_in("lidia")
    client.headers["accept-encoding"] = "gzip"
    return client


def test_a_page_is_packed_only_where_the_browser_says_that_nobody_else_asked(browser):
    asked = "/missing?q=Marisol"
    named = {
        site: browser.get(asked, headers={"sec-fetch-site": site})
        for site in ("same-origin", "none", "same-site", "cross-site")
    }
    unsaid = browser.get(asked)

    assert [site for site, each in named.items() if is_packed(each)] == ["same-origin", "none"]
    assert not is_packed(unsaid)
    assert "Marisol" in named["same-origin"].text
    assert named["same-origin"].text == unsaid.text
    assert named["same-origin"].headers["vary"] == "accept-encoding"


def test_a_packed_page_is_much_shorter(browser):
    with browser.stream("GET", "/missing/new", headers=OURS) as answer:
        sent = b"".join(answer.iter_raw())

    assert len(sent) * 4 < len(gzip.decompress(sent))


def test_files_of_ours_are_packed_for_everybody_and_data_for_nobody(browser):
    assert is_packed(browser.get("/static/reunir.css"))
    assert not is_packed(browser.get("/static/mark.svg"))  # too short to be worth it
    assert not is_packed(browser.get("/api/v1/missing", headers=OURS))
    assert not is_packed(browser.head("/static/reunir.css"))
    part = browser.get("/static/reunir.css", headers={"range": "bytes=0-2000"})
    assert (part.status_code, is_packed(part)) == (206, False)


def test_a_browser_that_cannot_unpack_is_sent_the_page_as_it_is(browser):
    answer = browser.get("/missing", headers=OURS | {"accept-encoding": "identity"})

    assert not is_packed(answer)
    assert "Marisol" in answer.text
