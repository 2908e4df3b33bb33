"""A route that says nothing about access serves nobody, at start-up and at request time."""

import re

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.testclient import TestClient

from casework.web import access
from casework.web.access import PUBLIC, UndeclaredAccess, requires, undeclared
from casework.web.app import create_app, route_modules
from casework.web.visit import guard
from privacy.permissions import Permission
from tests.architecture.the_code import sources
from tests.builders import a_missing_person

# Whoever is not signed in sees the door, what it needs, and nothing of anybody. `/` sends them
# to the door; `/health` answers whoever watches over the service, `/verify` whoever holds a
# paper.
SERVED_TO_ALL = {
    "/",
    "/credits",
    "/health",
    "/sign-in",
    "/sign-out",
    "/language",
    "/status",
    "/verify",
}
# Steps of the door: each looks for somebody who gave a right password, or holds an invitation.
STEPS_OF_THE_DOOR = {
    "/sign-in/second",
    "/sign-in/enrol",
    "/sign-in/passkey",
    "/passkeys/question",
    "/factors/passkey/question",
    "/factors/passkey",
    "/factors/code",
    "/invitation/{token}",
    "/invitation/{token}/institution",
    "/sign-in/institution/{institution_id}",
    "/sign-in/institution/back",
}
DECLARED = access._declared  # noqa: SLF001 - the register itself is what is tested


@pytest.fixture
def planted():
    router = APIRouter()

    @router.get("/open")
    @requires(PUBLIC)
    def open_page(): ...

    @router.get("/forgotten")
    def forgotten(): ...

    @router.post("/forgotten")
    @requires(PUBLIC)
    def remembered(): ...

    app = FastAPI(dependencies=[Depends(guard)])
    app.include_router(router, prefix="/x")
    return app


def routes_of(app):
    return [
        context.original_route
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
    ]


def need_of(endpoint):
    return DECLARED[endpoint]


def test_the_start_up_check_finds_a_planted_omission(planted):
    assert [name.rsplit(".", 1)[-1] for name in undeclared(planted)] == ["forgotten"]


def test_a_forgotten_route_serves_nobody(planted):
    with pytest.raises(UndeclaredAccess):
        TestClient(planted).get("/x/forgotten")


def test_a_public_route_serves_everybody(planted):
    assert TestClient(planted).get("/x/open").status_code == 200


def test_the_application_does_not_start_with_a_forgotten_route(database, monkeypatch):
    pages = "casework.signin.pages"
    assert pages in route_modules()
    create_app(database)
    forgotten = next(each for each in DECLARED if each.__module__ == pages)
    monkeypatch.delitem(DECLARED, forgotten)

    with pytest.raises(UndeclaredAccess, match=forgotten.__name__):
        create_app(database)


def test_every_endpoint_says_who_may_use_it(app):
    assert routes_of(app)
    assert list(undeclared(app)) == []


def test_only_the_door_is_served_to_everybody(app):
    public = {route.path for route in routes_of(app) if need_of(route.endpoint) is PUBLIC}

    assert public <= SERVED_TO_ALL | STEPS_OF_THE_DOOR


def test_what_everybody_is_served_names_nobody(client, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, given_names="Zulmabela")

    for path in SERVED_TO_ALL - {"/sign-out", "/language"}:
        answer = client.get(path)

        assert answer.status_code == 200, path
        assert "Zulmabela" not in answer.text
        assert person.reference not in answer.text


def test_everything_else_sends_a_stranger_to_the_door(app, client):
    for route in routes_of(app):
        if need_of(route.endpoint) is PUBLIC:
            continue
        path = re.sub(r"\{[^}]+\}", "1", route.path)

        for method in route.methods:
            answer = client.request(method, path, follow_redirects=False)

            assert answer.status_code in {303, 401}, path


def test_every_slice_with_pages_is_served(app):
    served = {route.endpoint.__module__ for route in routes_of(app)}
    written = {
        source.path.removesuffix(".py").replace("/", ".")
        for source in sources("casework")
        if source.path.endswith(("/pages.py", "/api.py")) and source.path.count("/") == 2
    }

    assert written <= served


def test_every_declared_need_is_a_permission_or_one_of_two_words():
    needs = set(DECLARED.values()) - {PUBLIC, access.ANY_DUTY}

    assert all(isinstance(need, Permission) for need in needs)
