"""What changed from one version of a model to the next: number by number, each with its source.

The files say all of it; this lays two of them side by side, so that whoever reads a weight can
see since when it is what it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matching.model_file import IDENTITY, PROVENANCE, load_model, shipped_models, tables_of


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """One table of a model file that the version before did not have, or had otherwise.

    Attributes
    ----------
    path : str
        Its name in the file, as ``sex.accuracy.pelvis``.
    source, grade : str
        Where its numbers come from and how well that is known; empty where a table of tables
        has none of its own.
    is_new : bool
        False if the version before had other numbers there.
    numbers : int
        How many of its numbers are new or changed; a list counts as one.
    """

    path: str
    source: str
    grade: str
    is_new: bool
    numbers: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a model.

    Attributes
    ----------
    name : str
        Name of the file, as `load_model` takes it.
    version, hash : str
        As the file says, and the identity of its numbers.
    after : str
        Name of the version before it; empty for the first.
    kinds : tuple of str
        The kinds of evidence it weighs.
    numbers : int
        How many numbers it has in all.
    changed : tuple of ChangedTable
        In the order of the file; every table if there is no version before it.
    lost : tuple of str
        Tables that the version before had.
    """

    name: str
    version: str
    hash: str
    after: str
    kinds: tuple[str, ...]
    numbers: int
    changed: tuple[ChangedTable, ...]
    lost: tuple[str, ...]


def history_of(kind: str) -> tuple[Edition, ...]:
    """Lay the shipped versions of one kind of pairing side by side.

    Parameters
    ----------
    kind : str
        A kind of pairing, as ``missing-remains``.

    Returns
    -------
    tuple of Edition
        The newest first; empty if no model of that kind is shipped.
    """
    names = [name for name in shipped_models() if load_model(name).kind == kind]
    editions = [_edition(name, after) for after, name in pairwise(["", *names])]
    return tuple(reversed(editions))


def _edition(name: str, after: str) -> Edition:
    model = load_model(name)
    tables = dict(_numbers(tables_of(name)))
    old = dict(_numbers(tables_of(after))) if after else {}
    sources = dict(_sources(tables_of(name)))
    return Edition(
        name=name,
        version=model.version,
        hash=model.hash,
        after=after,
        kinds=tuple(kind.value for kind in model.kinds),
        numbers=sum(map(len, tables.values())),
        changed=tuple(
            ChangedTable(path, *sources[path], path not in old, changes)
            for path, numbers in tables.items()
            if (changes := _changes(numbers, old.get(path, {})))
        ),
        lost=tuple(path for path in old if path not in tables),
    )


def _changes(numbers: Mapping[str, Any], old: Mapping[str, Any]) -> int:
    return sum(old.get(name) != number for name, number in numbers.items())


Table = Mapping[str, Any]


def _numbers(table: Table, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each table with numbers of its own, under its path."""
    own = {name: value for name, value in table.items() if not _is_word(name, value)}
    if path and own:
        yield path, own
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{path}.{name}" if path else name)


def _is_word(name: str, value: object) -> bool:
    return isinstance(value, Mapping) or name in (*PROVENANCE, *IDENTITY)


def _sources(table: Table, path: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    yield path, (str(table.get("source", "")), str(table.get("grade", "")))
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _sources(value, f"{path}.{name}" if path else name)
