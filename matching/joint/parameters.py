"""The model file of joint reasoning, read into frozen numbers and refused if one is missing."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from math import isfinite
from typing import Any

from matching.errors import UnreadableModel

SHIPPED = "joint-2026.1.toml"
GRADES = ("R", "M", "own")
MOST_REPORTS = 10_000


@dataclass(frozen=True, slots=True)
class JointModel:
    """The numbers of joint reasoning.

    Attributes
    ----------
    name, version, hash : str
        As the file says; SHA-256 of its bytes.
    together : float
        Probability that two recovered companions were recovered in one event, in (0, 1).
    phone_at_most : int
        Reports that may share a telephone and be a company by it, at least 2.
    same_person : float
        Expected other parts in the registry for each part of a person, in (0, 1).
    """

    name: str
    version: str
    hash: str
    together: float
    phone_at_most: int
    same_person: float


def load_joint_model() -> JointModel:
    """Load the shipped model; see `read_joint_model`."""
    return read_joint_model(files("matching.joint").joinpath(SHIPPED).read_bytes())


def read_joint_model(content: bytes) -> JointModel:
    """Read the bytes of a model of joint reasoning.

    Parameters
    ----------
    content : bytes
        TOML in UTF-8, as the shipped file shows.

    Returns
    -------
    JointModel

    Raises
    ------
    UnreadableModel
        If it is not TOML, or lacks a number, its bounds or its source; the message names it.
    """
    try:
        tables = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UnreadableModel(f"the model file is not TOML in UTF-8: {fault}") from fault
    for word in ("name", "version"):
        if not isinstance(tables.get(word), str):
            raise UnreadableModel(f"the model file does not say its {word}")
    return JointModel(
        name=tables["name"],
        version=tables["version"],
        hash=hashlib.sha256(content).hexdigest(),
        together=_number(tables, "companions", "together", (0.0, 1.0)),
        phone_at_most=int(_number(tables, "companions", "phone_at_most", (1.0, MOST_REPORTS))),
        same_person=_number(tables, "parts", "same_person", (0.0, 1.0)),
    )


def _number(
    tables: dict[str, Any], table: str, name: str, between: tuple[float, float]
) -> float:
    """Read a number strictly between two others, from a table that names its source."""
    numbers = tables.get(table, {})
    if not numbers.get("source") or numbers.get("grade") not in GRADES:
        raise UnreadableModel(
            f"the numbers of “{table}” need a source and a grade of {', '.join(GRADES)}"
        )
    value = numbers.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise UnreadableModel(f"the model file has no number for “{table}.{name}”")
    if not between[0] < value < between[1]:
        raise UnreadableModel(
            f"“{table}.{name}” is {value:g}, not between {between[0]:g} and {between[1]:g}"
        )
    return float(value)
