"""What every answer tells the browser: run nothing foreign, keep nothing, frame nothing."""

import re
from html.parser import HTMLParser

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.testclient import TestClient

from casework.settings import settings
from casework.web.access import PUBLIC, _declared
from casework.web.app import create_app
from casework.web.headers import CONTENT_SECURITY_POLICY
from privacy.permissions import Permission
from tests.builders import a_missing_person, an_incident, remains_found
from tests.conftest import CAST

# What would let a page run what it did not bring, or be laid under somebody else's.
LOOSE = re.compile(r"unsafe-inline|unsafe-eval|unsafe-hashes|\*|https?:")


class Inline(HTMLParser):
    """Finds what a strict policy would block: styles, scripts and handlers in the page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {name}"
            for name, value in attrs
            if name == "style"
            or name.startswith("on")
            or (value or "").startswith("javascript:")
        ]


def inline_parts(page):
    parser = Inline()
    parser.feed(page)
    return parser.found


def pages(app):
    """Every page that can be read: (path, what it demands)."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and "GET" in route.methods:
            yield route.path, _declared[route.endpoint]


@pytest.fixture(scope="module")
def answered():
    """Every answer, asked for by the first test that reads them: nothing changes them after."""
    return {}


@pytest.fixture
def answers(answered, request):
    """The answer to every readable route, asked by somebody whom it serves."""
    if not answered:
        answered |= request.getfixturevalue("asked_for")
    return answered


@pytest.fixture
def asked_for(app, client, signed_in, viewers, database, amal, lidia, ana):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
    with database.transaction(amal) as session:
        remains = remains_found(session, amal)
    with database.transaction(ana) as session:
        incident = an_incident(session)
    known = {
        "missing": person.reference,
        "remains": remains.reference,
        "incidents": incident.reference,
    }
    found = {}
    for path, need in pages(app):
        area = next((part for part in path.split("/") if part in known), "")
        address = re.sub(r"\{reference[^}]*\}", known.get(area, "1"), path)
        address = re.sub(r"\{[^}]+\}", "1", address)
        names = [n for n in CAST if not isinstance(need, Permission) or viewers[n].may(need)]
        client.cookies.clear()
        if need is not PUBLIC:
            signed_in(names[0] if names else "amal")
        found[path] = client.get(address, follow_redirects=False)
    return found


def test_planted_inline_parts_are_found():
    planted = (
        "<style>p{}</style><script>1</script>"
        '<p style="x" onclick="y"></p><a href="javascript:z">'
    )

    assert inline_parts(planted) == ["<style>", "<script>", "p style", "p onclick", "a href"]


def test_r36_the_policy_is_strict_and_nothing_in_it_is_loose():
    assert LOOSE.search("script-src 'self' 'unsafe-inline'")

    assert not LOOSE.search(CONTENT_SECURITY_POLICY)
    for kept in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert kept in CONTENT_SECURITY_POLICY


TOLD = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def untold(answer):
    """Name what an answer forgot to tell the browser."""
    return {name for name, words in TOLD.items() if answer.headers.get(name) != words}


def test_r36_every_answer_carries_the_policy_and_is_kept_by_nobody(answers):
    assert len(answers) > 20
    assert {path: untold(answer) for path, answer in answers.items() if untold(answer)} == {}


def test_r36_an_answer_that_forgot_it_would_be_noticed(database, monkeypatch):
    # The planted fault: an application that lets answers go out as they are.
    monkeypatch.setattr("casework.web.app.SafeHeaders", lambda app, **_: app)

    with TestClient(create_app(database), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/sign-in")

    assert untold(answer) == set(TOLD)


def test_r36_no_page_holds_a_script_a_style_or_a_handler_of_its_own(answers):
    read = {
        path: answer
        for path, answer in answers.items()
        if answer.headers.get("content-type", "").startswith("text/html")
    }

    assert len([each for each in read.values() if each.status_code == 200]) > 8
    assert {
        path: found for path, each in read.items() if (found := inline_parts(each.text))
    } == {}


def test_r36_signing_out_clears_what_the_browser_holds(signed_in):
    browser = signed_in("amal")
    page = browser.get("/").text
    token = re.search(r'name="form_token" value="([^"]+)"', page).group(1)

    answer = browser.post("/sign-out", data={"form_token": token}, follow_redirects=False)

    assert '"cache"' in answer.headers["clear-site-data"]
    assert '"storage"' in answer.headers["clear-site-data"]
    assert 'reunir_session=""' in answer.headers["set-cookie"]


def test_over_https_the_browser_is_told_never_to_ask_in_the_clear(database, monkeypatch):
    monkeypatch.setenv("REUNIR_PUBLIC_URL", "https://registro.invalid")
    settings.cache_clear()

    with TestClient(create_app(database), base_url="https://registro.invalid") as browser:
        answer = browser.get("/sign-in")
    settings.cache_clear()

    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")


def test_in_the_clear_nothing_is_said_of_https(client):
    assert "strict-transport-security" not in client.get("/sign-in").headers


def test_no_answer_says_what_serves_it(answers):
    for path, answer in answers.items():
        assert "server" not in answer.headers, path
        assert "x-powered-by" not in answer.headers, path
