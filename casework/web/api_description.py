"""The description of the API: how programs come in, and an example for every answer.

Examples are made from the shapes themselves, so that none is forgotten and none grows old; what
a model or a field gives as its own example goes before what is made here. All are invented.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI

Schema = Mapping[str, Any]
JSON = "application/json"
HOW_PROGRAMS_COME_IN = (
    "The registry's API. The same rules as the pages; the same answers.\n\n"
    "A program of an institution comes in by its token: `Authorization: Bearer reunir_…`, and "
    "says with each request what it opens files for: `X-Purpose: search`. It never reaches "
    "further than its institution, its duty and the scope it was given; what asks for proof "
    "that somebody is there stays closed to it. People come in by their session's cookie, and "
    "send its token in `X-Form-Token` with what changes something."
)
# By the name of a field: what reads as such a value does, and is nobody's.
_BY_NAME: Mapping[str, Any] = {
    "reference": "MP-7K3Q-D9XT",
    "other": "MP-4H2M-W8RB",
    "remains": "RH-5N6T-K3VC",
    "missing": "MP-7K3Q-D9XT",
    "said_by": "Rosa Inventada, la madre",
    "name": "María Inventada",
    "country": "HN",
    "owner_country": "HN",
    "language": "es",
    "version": 3,
    "lat": 14.9,
    "lon": -92.26,
    "next": None,
}
_BY_FORMAT: Mapping[str, Any] = {
    "date": "2026-03-09",
    "date-time": "2026-03-09T12:00:00Z",
    "uuid": "5f0c1f8e-5f3c-4c52-9d0a-0f6f6a3d7b11",
    "uri": "https://registro.example/",
}
_DEEPEST = 12


def describe_api(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Give the function that describes the API of `app`, examples and all; it is made once."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(plain())
        return plain()

    return described


def operations_in(schema: Schema) -> Iterator[dict[str, Any]]:
    """Go through every operation of a description."""
    for path in schema["paths"].values():
        for method in ("get", "post", "put", "patch", "delete"):
            if method in path:
                yield path[method]


def example_of(schema: Schema, known: Schema, name: str = "", depth: int = 0) -> Any:
    """Make a value of a shape; `known` are the shapes that it may name."""
    shape = _resolved(schema, known)
    given = _given(shape)
    if given is not None or depth > _DEEPEST:
        return _completed(given, shape, known, depth)
    if "anyOf" in shape or "oneOf" in shape:
        kinds = [each for each in shape.get("anyOf", shape.get("oneOf")) if not _is_null(each)]
        return example_of(kinds[0], known, name, depth + 1) if kinds else None
    match shape.get("type"):
        case "object":
            return _object(shape, known, depth)
        case "array":
            return [example_of(shape.get("items", {}), known, name, depth + 1)]
        case kind:
            return _BY_NAME[name] if _fits(kind, name) else _plain(kind, shape)


def _complete(schema: dict[str, Any]) -> None:
    known = schema.get("components", {}).get("schemas", {})
    ways_in = {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "reunir_…"}}
    schema.setdefault("components", {})["securitySchemes"] = ways_in
    schema["security"] = [{"token": []}]
    for operation in operations_in(schema):
        answers = (
            answer for status, answer in operation["responses"].items() if status < "300"
        )
        for each in (operation.get("requestBody", {}), *answers):
            told = each.get("content", {}).get(JSON)
            if told and "example" not in told and "examples" not in told:
                told["example"] = example_of(told.get("schema", {}), known)


def _resolved(schema: Schema, known: Schema) -> Schema:
    while True:
        if "$ref" in schema:
            schema = known[str(schema["$ref"]).rpartition("/")[2]]
        elif len(schema.get("allOf", ())) == 1:
            schema = schema["allOf"][0]
        else:
            return schema


def _given(shape: Schema) -> Any:
    """Give what a shape says of itself: its own example, its only value, its first code."""
    for key in ("examples", "enum"):
        if shape.get(key):
            return shape[key][0]
    return shape.get("example", shape.get("const"))


def _completed(given: Any, shape: Schema, known: Schema, depth: int) -> Any:
    """Add what an example leaves out: FastAPI drops nulls, and a base knows not its heirs."""
    if not isinstance(given, Mapping):
        return given
    fields = shape.get("properties", {})
    wanting = (name for name in shape.get("required", ()) if name not in given)
    return dict(given) | {
        name: None
        if any(map(_is_null, fields[name].get("anyOf", ())))
        else example_of(fields[name], known, name, depth + 1)
        for name in wanting
    }


def _object(shape: Schema, known: Schema, depth: int) -> dict[str, Any]:
    made = {
        name: example_of(each, known, name, depth + 1)
        for name, each in shape.get("properties", {}).items()
    }
    rest = shape.get("additionalProperties")
    if isinstance(rest, Mapping) and rest:
        key = example_of(shape.get("propertyNames", {"type": "string"}), known, "", depth + 1)
        made[str(key)] = example_of(rest, known, "", depth + 1)
    return made


def _plain(kind: str | None, shape: Schema) -> Any:
    match kind:
        case "string":
            words = _BY_FORMAT.get(shape.get("format", ""), "…")
            return words.ljust(shape.get("minLength", 0), "…")
        case "integer" | "number":
            return max(1, shape.get("minimum", 1))
        case "boolean":
            return False
        case _:
            return None


def _fits(kind: str | None, name: str) -> bool:
    kinds = {"string": str, "integer": int, "number": int | float}
    return name in _BY_NAME and isinstance(_BY_NAME[name], kinds.get(kind or "", ()))


def _is_null(shape: Schema) -> bool:
    return shape.get("type") == "null"
