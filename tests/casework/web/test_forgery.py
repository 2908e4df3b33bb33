"""A change that another site, or a form without the session's token, asks for is refused."""

import re

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from casework.web.access import PUBLIC, _declared
from casework.web.visit import SAFE_METHODS, check_form
from privacy.permissions import Permission
from tests.conftest import CAST

# Doors have no session's token yet; there the page the form comes from is what counts.
FOREIGN = {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.invalid"}
OURS = {"sec-fetch-site": "same-origin"}


def changes(app):
    """Every route that changes something: (method, path, what it demands)."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            found += [
                (method, re.sub(r"\{[^}]+\}", "1", route.path), _declared[route.endpoint])
                for method in sorted(set(route.methods) - SAFE_METHODS)
            ]
    return found


def someone_who_may(need, viewers):
    """One of the cast whom the route would serve."""
    if not isinstance(need, Permission):
        return "amal"
    return next((name for name in CAST if viewers[name].may(need)), None)


@pytest.fixture
def without_the_check(app):
    """The same application as if somebody had forgotten the check."""
    app.dependency_overrides[check_form] = lambda: None
    yield app
    app.dependency_overrides.clear()


def refused(browser, app, viewers, signed_in, headers, token=""):
    """Send every change with these headers; tell which were answered with anything but 403."""
    let_through = []
    for method, path, need in changes(app):
        name = someone_who_may(need, viewers)
        assert name, f"nobody of the cast may {need}: add one"
        browser.cookies.clear()
        if need is not PUBLIC:
            signed_in(name)
        answer = browser.request(
            method, path, headers=headers, data={"form_token": token}, follow_redirects=False
        )
        if answer.status_code != 403:
            let_through.append((method, path, answer.status_code))
    return let_through


def test_r35_a_change_asked_for_by_another_site_is_refused_on_every_route(
    app, client, viewers, signed_in
):
    assert changes(app)

    assert refused(client, app, viewers, signed_in, FOREIGN) == []


def test_r35_a_change_without_the_sessions_token_is_refused_on_every_route(
    app, client, viewers, signed_in
):
    let_through = refused(client, app, viewers, signed_in, OURS)

    # A door has no session whose token it could ask for.
    doors = {(method, path) for method, path, need in changes(app) if need is PUBLIC}
    assert {(method, path) for method, path, _ in let_through} <= doors


def test_r35_a_token_of_somebody_elses_session_is_refused_on_every_route(
    app, client, viewers, signed_in
):
    let_through = refused(client, app, viewers, signed_in, OURS, token="x" * 43)

    doors = {(method, path) for method, path, need in changes(app) if need is PUBLIC}
    assert {(method, path) for method, path, _ in let_through} <= doors


def test_r35_without_the_check_the_same_requests_would_pass(
    without_the_check, client, viewers, signed_in
):
    let_through = refused(client, without_the_check, viewers, signed_in, FOREIGN)

    assert len(let_through) == len(changes(without_the_check))


def test_reading_needs_no_token(signed_in):
    assert signed_in("ana").get("/incidents", headers=FOREIGN).status_code == 200
