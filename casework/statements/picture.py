"""The current picture of a record: what of all that was said still stands.

An assertion stands until another one replaces it by name. Whoever contradicts somebody else
replaces nothing, so both stand side by side, and the surer one comes first, unless somebody
decided which to go by. An edit that its writer took back counts for nothing, and neither does
what it had replaced: that stands again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.dataset.values import NONE, Value
from casework.statements.columns import Certainty, Method

# What takes an assertion back without putting another in its place.
WITHDRAWN = {NONE: "withdrawn"}
_SUREST = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True, slots=True)
class Decision:
    """Which of several words to go by: who decided it, when, why, and seeing which of them."""

    by: int
    at: datetime
    why: str
    among: frozenset[int]


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
    written_at: datetime | None = None  # of this very answer; none of what nobody typed here
    undoes: frozenset[int] = frozenset()  # statements whose word on this path is taken back
    goes_by: int | None = None  # no word of its own: it says which one to go by
    why: str = ""
    among: frozenset[int] = frozenset()  # what stood there when that was decided
    decision: Decision | None = None  # in a picture: that it was decided to go by this word


Picture = Mapping[str, tuple[Assertion, ...]]


def picture_of(assertions: Iterable[Assertion]) -> Picture:
    """Lay together what stands: by path, the surest first, the latest among equally sure."""
    by_path: dict[str, list[Assertion]] = defaultdict(list)
    for each in assertions:
        by_path[each.path].append(each)
    standing = {path: _standing(said) for path, said in by_path.items()}
    return {path: said for path, said in standing.items() if said}


def by_statement(assertions: Iterable[Assertion]) -> dict[int, list[Assertion]]:
    """Lay what was said apart by statement, in the order in which they come."""
    said: dict[int, list[Assertion]] = {}
    for each in assertions:
        said.setdefault(each.statement, []).append(each)
    return said


def replaced_words(assertions: Iterable[Assertion]) -> frozenset[tuple[str, int]]:
    """Name every word that another one replaced: its path, and the statement it stood in."""
    said = list(assertions)
    undone = {(each.path, number) for each in said for number in each.undoes}
    in_force = (each for each in said if (each.path, each.statement) not in undone)
    return frozenset(undone | {(each.path, n) for each in in_force for n in each.replaces})


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


def all_words_in(picture: Picture, field: str) -> list[tuple[str, Value]]:
    """Give what everybody says of each entry of a repeated field, by its number."""
    return [
        (number, said.value)
        for number in entries_in(picture, field)
        for said in picture[f"{field}/{number}"]
    ]


def is_contradicted(picture: Picture, path: str) -> bool:
    """Say whether different values of one path stand side by side."""
    said = picture.get(path, ())
    return any(each.value != said[0].value for each in said[1:])


def is_settled(picture: Picture, path: str) -> bool:
    """Say whether somebody decided which to go by who had all before them that stands now."""
    said = picture.get(path, ())
    decision = said[0].decision if said else None
    return decision is not None and {each.statement for each in said} <= decision.among


def _standing(said: list[Assertion]) -> tuple[Assertion, ...]:
    gone = replaced_words(said)
    in_force = [each for each in said if (each.path, each.statement) not in gone]
    words = [each for each in in_force if each.value != WITHDRAWN and each.goes_by is None]
    latest_first = sorted(words, key=_when, reverse=True)
    surest_first = sorted(latest_first, key=lambda each: _SUREST[each.certainty])
    for decided in sorted(in_force, key=_when, reverse=True):
        if any(each.statement == decided.goes_by for each in words):
            return _as_decided(surest_first, decided)
    return tuple(surest_first)


def _as_decided(words: list[Assertion], decided: Assertion) -> tuple[Assertion, ...]:
    at = decided.written_at or decided.entered_at
    decision = Decision(decided.entered_by, at, decided.why, decided.among)
    return (
        *(
            replace(each, decision=decision)
            for each in words
            if each.statement == decided.goes_by
        ),
        *(each for each in words if each.statement != decided.goes_by),
    )


def _when(said: Assertion) -> tuple[datetime, int]:
    return said.entered_at, said.statement
