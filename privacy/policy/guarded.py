"""Records that policies decide about: how each of their attributes is asked and read.

A slice registers its models in `guarded.py`. An attribute is there twice: as SQL, for
queries, and as a value of a row, for decisions. Tests show on random worlds that the two
agree; where they ever do not, the row is dropped and the log says so.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.errors import UnguardedRecord
from privacy.permissions import Permission, Viewer

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks a query, and when."""

    viewer: Viewer
    at: Any  # an instant, or the database's own clock


@dataclass(frozen=True, slots=True)
class Plain:
    """An attribute with one value: a number, a word, a yes or no. Never NULL."""

    sql: Callable[[Asked], sa.ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Several:
    """An attribute with many values, and how to ask whether it holds one of some."""

    holds_any: Callable[[Asked, Sequence[str]], Condition]


@dataclass(frozen=True, slots=True)
class GrantedTo:
    """Recipients of live grants of one group: asked for several purposes at once."""

    group: str
    purpose: str
    reaches: Callable[[Asked, Collection[str], Sequence[str]], Condition]


Attribute = Plain | Several | GrantedTo
Facts = Mapping[str, Any]
ReadFacts = Callable[[Session, Viewer, Sequence[Any], datetime], list[Facts]]


@dataclass(frozen=True, slots=True)
class Guarded:
    """One kind of record: its model, its name in the schema, its attributes twice."""

    model: type[Any]
    kind: str
    exists: Permission
    attributes: Mapping[str, Attribute]  # by path, such as `circumstance.search`
    facts_of: ReadFacts
    asks: tuple[type[Any], ...] = ()  # other guarded models that its attributes ask


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a guarded record, and open with one group of it."""

    model: type[Any]
    whole: type[Any]
    permission: Permission


_guarded: dict[type[Any], Guarded] = {}
_parts: dict[type[Any], Part] = {}


def guard(guarded: Guarded) -> None:
    """Put a kind of record under the policies."""
    _guarded[guarded.model] = guarded


def guard_part(part: Part) -> None:
    """Put rows that belong to a record under the rule of one of its groups."""
    _parts[part.model] = part


def guarded_of(model: type[Any]) -> Guarded:
    """Give the registration of a model.

    Raises
    ------
    UnguardedRecord
        If no policy speaks of it: nothing may be read then.
    """
    if model not in _guarded:
        raise UnguardedRecord(f"No policy speaks of {model.__name__}.")
    return _guarded[model]


def all_guarded() -> tuple[Guarded, ...]:
    """Give every kind of record under the policies."""
    return tuple(_guarded.values())


def all_parts() -> tuple[Part, ...]:
    """Give every kind of row that opens with a group of a record."""
    return tuple(_parts.values())


def part_of(model: type[Any]) -> Part | None:
    """Give what a model is a part of, if it is no record of its own."""
    return _parts.get(model)


def plain(column: Any) -> Plain:
    """Register a column as it stands.

    Raises
    ------
    UnguardedRecord
        If it may be NULL: an unknown answer must never open a record.
    """
    if column.property.columns[0].nullable:
        raise UnguardedRecord(f"{column} may be NULL; say what that means.")
    return Plain(lambda _asked: column)


def listed(column: Any) -> Several:
    """Register an array column as it stands."""
    if column.property.columns[0].nullable:
        raise UnguardedRecord(f"{column} may be NULL; say what that means.")
    return Several(lambda _asked, values: column.overlap(list(values)))
