"""Every route says who may use it; a route that says nothing serves nobody."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from privacy.errors import NotSignedIn
from privacy.permissions import Permission, Viewer, demand

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
PUBLIC = None

_declared: dict[Callable[..., Any], Permission | str | None] = {}
ANY_DUTY = "any duty"


class UndeclaredAccess(RuntimeError):
    """A programming mistake: an endpoint never said who may use it."""


def requires(permission: Permission | str | None) -> Callable[[Endpoint], Endpoint]:
    """Declare the permission an endpoint needs, `ANY_DUTY` for all signed in, or `PUBLIC`."""

    def declare(endpoint: Endpoint) -> Endpoint:
        _declared[endpoint] = permission
        return endpoint

    return declare


def enforce(endpoint: Callable[..., Any], viewer: Viewer | None) -> None:
    """Guard a request before its endpoint runs.

    Raises
    ------
    UndeclaredAccess
        If the endpoint never said who may use it.
    NotSignedIn
        If it needs somebody and nobody is there.
    NotPermitted
        If the viewer's duty does not include what it needs.
    """
    if endpoint not in _declared:
        raise UndeclaredAccess(endpoint.__qualname__)
    permission = _declared[endpoint]
    if permission is PUBLIC:
        return
    if viewer is None:
        raise NotSignedIn
    if isinstance(permission, Permission):
        demand(viewer, permission)


def undeclared(app: FastAPI) -> Iterator[str]:
    """Name each endpoint of `app` that never said who may use it."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and route.endpoint not in _declared:
            yield route.endpoint.__qualname__
