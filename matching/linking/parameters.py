"""The model file of linking, read into frozen numbers and refused if one is missing."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import isclose, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import UnknownModel, UnreadableModel
from matching.linking.kinds import LEVELS, MOST_LEVELS, Kind

DEFAULT_LINKING_MODEL = "linking-2026.2"
GRADES = ("R", "M", "own")
RELATIVES = "relatives"
NUMBERS = {
    "prior": ("matches_a_record", "relatives_a_record"),
    "learning": ("weight_of_prior", "least_matches", "most_rounds"),
    "chance": (
        "nickname",
        "id_number",
        "id_number_near",
        "phone",
        "known_records",
        "rarest",
    ),
}
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LinkingModel:
    """All numbers of a linking model.

    Attributes
    ----------
    name, version, hash : str
        As the file says; SHA-256 of its bytes.
    one_person : float array, shape (n_kinds, MOST_LEVELS)
        Probability of each level given one person and what could be compared; 1 for level 0
        and where a kind has no such level.
    relatives : float array, shape (MOST_LEVELS,)
        The same for births of brothers and sisters.
    numbers : mapping of str to float
        Everything else, as ``table.name``.
    """

    name: str
    version: str
    hash: str
    one_person: Table
    relatives: Table
    numbers: Mapping[str, float]


def load_linking_model(name: str | None = None) -> LinkingModel:
    """Load a shipped model of linking.

    Parameters
    ----------
    name : str, optional
        `DEFAULT_LINKING_MODEL` if omitted.

    Returns
    -------
    LinkingModel

    Raises
    ------
    UnknownModel
        If no linking model of that name is shipped.
    UnreadableModel
        If the file lacks a number or a source, or a table does not sum to one.
    """
    name = name or DEFAULT_LINKING_MODEL
    file = files("matching.models").joinpath(f"{name}.toml")
    if not name.startswith("linking-") or not file.is_file():
        raise UnknownModel(
            f"there is no linking model “{name}”; {DEFAULT_LINKING_MODEL} is one"
        )
    return read_linking_model(file.read_bytes())


def read_linking_model(content: bytes) -> LinkingModel:
    """Read the bytes of a linking model.

    Parameters
    ----------
    content : bytes
        TOML in UTF-8.

    Returns
    -------
    LinkingModel

    Raises
    ------
    UnreadableModel
        As `load_linking_model`; the message names the number.
    """
    try:
        tables = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UnreadableModel(f"the model file is not TOML in UTF-8: {fault}") from fault
    for word in ("name", "version"):
        if not isinstance(tables.get(word), str):
            raise UnreadableModel(f"the model file does not say its {word}")
    one_person = np.ones((len(Kind), MOST_LEVELS))
    for kind in Kind:
        one_person[kind] = _levels(tables, kind.word, kind)
    return LinkingModel(
        name=tables["name"],
        version=tables["version"],
        hash=hashlib.sha256(content).hexdigest(),
        one_person=one_person,
        relatives=_levels(tables, RELATIVES, Kind.BIRTH),
        numbers={
            f"{table}.{name}": _number(_table(tables, table), table, name)
            for table, names in NUMBERS.items()
            for name in names
        },
    )


def _levels(tables: dict[str, Any], word: str, kind: Kind) -> Table:
    row = np.ones(MOST_LEVELS)
    groups: dict[str, float] = {}
    for at, level in enumerate(LEVELS[kind], start=1):
        path = f"{word}.{level.group}"
        row[at] = _number(
            _table(_plain_table(tables, word), level.group, path), path, level.name
        )
        if not 0 < row[at] < 1:
            raise UnreadableModel(f"“{path}.{level.name}” must lie between 0 and 1")
        groups[path] = groups.get(path, 0.0) + row[at]
    for path, total in groups.items():
        if not isclose(total, 1.0, abs_tol=1e-9):
            raise UnreadableModel(f"the probabilities of “{path}” sum to {total:g}, not to 1")
    return row


def _plain_table(tables: dict[str, Any], word: str) -> dict[str, Any]:
    if not isinstance(tables.get(word), dict):
        raise UnreadableModel(f"the model file has no table “{word}”")
    found: dict[str, Any] = tables[word]
    return found


def _table(tables: dict[str, Any], word: str, path: str | None = None) -> dict[str, Any]:
    found = _plain_table(tables, word)
    if not found.get("source") or found.get("grade") not in GRADES:
        raise UnreadableModel(f"the numbers of “{path or word}” need a source and a grade")
    return found


def _number(table: dict[str, Any], path: str, name: str) -> float:
    value = table.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise UnreadableModel(f"the model file has no number for “{path}.{name}”")
    if value <= 0:
        raise UnreadableModel(f"“{path}.{name}” is {value:g}, and must be above 0")
    return float(value)
