"""Frozen figures as plain lists and dictionaries for JSON, and back, digit by digit."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

# Nearly all that is read: asked first, a registry's figures are read in half the time.
AS_STORED = frozenset({str, int, float})


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, mappings as lists of pairs, tuples as lists."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return [[plain(key), plain(one)] for key, one in value.items()]
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def figures(kind: Any, stored: Any) -> Any:
    """Read what `plain` gave as the type it was; an unknown name raises `TypeError`."""
    if kind in AS_STORED:
        return stored
    types, origin, arguments = _told_by(kind)
    if types is not None:
        return kind(**{name: figures(types.get(name), one) for name, one in stored.items()})
    if origin is Mapping:
        key, one = arguments
        return {figures(key, name): figures(one, number) for name, number in stored}
    if origin is tuple:
        return tuple(figures(one, part) for one, part in zip(arguments, stored, strict=True))
    return stored


@cache
def _told_by(kind: Any) -> tuple[dict[str, Any] | None, Any, tuple[Any, ...]]:
    """Give the types of a dataclass's fields, or what a type is of; asked of each type once."""
    if is_dataclass(kind) and isinstance(kind, type):
        return get_type_hints(kind), None, ()
    return None, get_origin(kind), get_args(kind)
