"""The current picture of a record: what of all that was said still stands.

An assertion stands until another one replaces it by name. Whoever contradicts somebody else
replaces nothing, so both stand side by side, and the surer one comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.dataset.values import NONE, Value
from casework.statements.columns import Certainty, Method

# What takes an assertion back without putting another in its place.
WITHDRAWN = {NONE: "withdrawn"}
_SUREST = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True, slots=True)
class Assertion:
    """One value of one field, as one statement says it."""

    path: str
    value: Value
    statement: int
    method: Method
    entered_at: datetime
    entered_by: int
    said_by: str = ""
    said_on: date | None = None
    certainty: Certainty = Certainty.CERTAIN
    replaces: frozenset[int] = frozenset()  # statements whose word on this path it replaces
    earlier: tuple[Value, ...] = ()  # what its writer had put there before, in the same sitting


Picture = Mapping[str, tuple[Assertion, ...]]


def picture_of(assertions: Iterable[Assertion]) -> Picture:
    """Lay together what stands: by path, the surest first, the latest among equally sure."""
    by_path: dict[str, list[Assertion]] = defaultdict(list)
    for each in assertions:
        by_path[each.path].append(each)
    standing = {path: _standing(said) for path, said in by_path.items()}
    return {path: said for path, said in standing.items() if said}


def preferred(picture: Picture, path: str) -> Value:
    """Give the value to work with, or `None` where nothing was said."""
    said = picture.get(path, ())
    return said[0].value if said else None


def entries_in(picture: Picture, field: str) -> dict[str, Value]:
    """Give the entries of a repeated field by their numbers, in the order of entering."""
    start = f"{field}/"
    firsts = {path: said[0] for path, said in picture.items() if path.startswith(start)}
    by_age = sorted(firsts, key=lambda path: (min(s.entered_at for s in picture[path]), path))
    return {path.removeprefix(start): firsts[path].value for path in by_age}


def is_contradicted(picture: Picture, path: str) -> bool:
    """Say whether different values of one path stand side by side."""
    said = picture.get(path, ())
    return any(each.value != said[0].value for each in said[1:])


def _standing(said: list[Assertion]) -> tuple[Assertion, ...]:
    replaced = {statement for each in said for statement in each.replaces}
    left = [each for each in said if each.statement not in replaced and each.value != WITHDRAWN]
    latest_first = sorted(
        left, key=lambda each: (each.entered_at, each.statement), reverse=True
    )
    return tuple(sorted(latest_first, key=lambda each: _SUREST[each.certainty]))
