"""Every GET route of the application, with the values that a curious person would try."""

import re
from itertools import product

from fastapi.routing import APIRoute, iter_route_contexts

PLACES = re.compile(r"{(\w+)(?::\w+)?}")


def addresses(app, guesses, *, fallback):
    """Write each GET route with each guess for its parameters; none is left out."""
    for path in get_paths(app):
        names = PLACES.findall(path)
        for values in product(*(guesses.get(name, fallback) for name in names)):
            yield filled(path, dict(zip(names, values, strict=True)))


def filled(path, values):
    """Put values into the places of a path."""
    return PLACES.sub(lambda place: str(values[place[1]]), path)


def get_paths(app):
    """List the paths of the GET routes: pages, API, documents, tables to download."""
    return [
        context.path
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute) and "GET" in context.methods
    ]
