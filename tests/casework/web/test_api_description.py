"""The API is described whole: what each operation does, with examples that its shapes take."""

import re

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, TypeAdapter, ValidationError

from casework.web.api_description import JSON, example_of

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def described(built_app):
    """Give each operation of the API with its route, what it takes and what it answers."""
    paths = built_app.openapi()["paths"]
    found = []
    for context in iter_route_contexts(built_app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or not context.include_in_schema:
            continue
        operations = paths[re.sub(r":\w+}", "}", context.path)]
        found += [(route, operations[each.lower()]) for each in set(context.methods) & METHODS]
    return found


def examples(route, operation):
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if body:
        (taken,) = route.dependant.body_params
        yield taken.field_info.annotation, body["example"]
    for status, answer in operation["responses"].items():
        told = answer.get("content", {}).get(JSON)
        if status < "300" and told and route.response_model is not None:
            yield route.response_model, told["example"]


def test_every_operation_says_what_it_does_and_gives_examples_that_its_shapes_take(described):
    seen = 0
    for route, operation in described:
        assert operation["summary"], route.path
        assert operation["description"], route.path
        for shape, example in examples(route, operation):
            TypeAdapter(shape).validate_python(example)
            seen += 1

    assert seen >= len(described) > 0


def test_an_example_that_its_shape_refuses_would_be_noticed():
    class Planted(BaseModel):
        day: int

    with pytest.raises(ValidationError):
        TypeAdapter(Planted).validate_python({"day": "x"})


def test_programs_read_how_to_come_in(built_app):
    told = built_app.openapi()

    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert "X-Purpose" in told["info"]["description"]


def test_a_shape_that_names_itself_ends():
    known = {"Tree": {"type": "object", "properties": {"of": {"$ref": "#/Tree"}}}}

    assert example_of({"$ref": "#/Tree"}, known)["of"]["of"]
