"""The whole API, asked what nobody thought of, by every duty and by a stranger.

schemathesis reads our own OpenAPI description and makes up requests that fit it and requests
that do not. None may end in a fault, and none may be answered with what the description does
not announce.
"""

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casework.web.errors import REFUSALS
from tests.builders import a_missing_person, an_incident, remains_found
from tests.conftest import CAST

STRANGER = "nobody"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


# Seconds: how long an answer takes is measured elsewhere, on a machine that does nothing else.
PATIENCE = 600


def ask_everything(app, cookies, *, examples):
    """Ask every operation of the API; return how many requests were made."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case):
            nonlocal asked
            asked += 1
            case.call_and_validate(cookies=cookies, checks=CHECKS, timeout=PATIENCE)

        ask()
    return asked


@pytest.fixture
def someone(client, signed_in, database, amal, lidia, ana):
    """Sign somebody in to a registry that holds a little of everything."""
    with database.transaction(lidia) as session:
        a_missing_person(session, lidia)
    with database.transaction(amal) as session:
        remains_found(session, amal)
    with database.transaction(ana) as session:
        an_incident(session)

    def enter(name):
        if name != STRANGER:
            signed_in(name)
        return dict(client.cookies)

    return enter


@pytest.mark.parametrize("name", [*CAST, STRANGER])
def test_r37_no_request_to_the_api_ends_in_a_fault_or_an_undeclared_answer(app, someone, name):
    assert ask_everything(app, someone(name), examples=1) > 10


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CAST, STRANGER])
def test_r37_nor_do_many_more_requests(app, someone, name):
    assert ask_everything(app, someone(name), examples=150) > 1_000


@pytest.mark.parametrize("fault", ["a fault", "an undeclared answer"])
def test_r37_a_planted_fault_would_be_noticed(fault):
    app = FastAPI(openapi_url="/api/v1/openapi.json", responses=REFUSALS)

    @app.get("/api/v1/planted")
    def planted(number: int) -> dict[str, int]:
        if fault == "a fault":
            return {"answer": 1 // (number - number)}
        from fastapi.responses import JSONResponse  # noqa: PLC0415 - the fault itself

        return JSONResponse({"answer": number}, status_code=418)

    with pytest.raises((FailureGroup, ZeroDivisionError)):
        ask_everything(app, {}, examples=5)
