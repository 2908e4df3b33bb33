"""Objects, lists and pedigrees of JSON, read strictly."""

from typing import Any

from matching.errors import ImpossiblePedigree, UnreadableCase
from matching.kinship.pedigree import Pedigree, Person, Sex


def object_in(written: Any, what: str) -> dict[str, Any]:
    """Give what is written as an object, or refuse it by what it should be."""
    if not isinstance(written, dict):
        raise UnreadableCase(f"{what} is not written as an object {{…}}.")
    return written


def listed_in(written: Any) -> list[str]:
    """Give a list of names, each once; one name alone is a list of it."""
    if isinstance(written, str):
        return [written]
    if not isinstance(written, list) or not all(isinstance(each, str) for each in written):
        raise UnreadableCase(f"{written} is no list of names.")
    return list(dict.fromkeys(written))


def pedigree_in(written: dict[str, Any], key: str) -> Pedigree:
    """Read the people of a pedigree, from under a key."""
    rows = written.get(key)
    if not isinstance(rows, list) or not rows:
        raise UnreadableCase(f"The {key} is not a list of people.")
    return Pedigree(tuple(_person(row) for row in rows))


def _person(row: Any) -> Person:
    found = object_in(row, "A person of the pedigree")
    if not isinstance(found.get("id"), str) or not found["id"].strip():
        raise UnreadableCase("A person of the pedigree has no id.")
    sex = found.get("sex") or Sex.UNKNOWN.value
    if sex not in list(Sex):
        raise ImpossiblePedigree(f"The sex of {found['id']} is “{sex}”, not female or male.")
    parents = [found.get(word) for word in ("father", "mother")]
    for parent in parents:
        if parent is not None and not isinstance(parent, str):
            raise UnreadableCase(f"{parent}, a parent of {found['id']}, is no id.")
    father, mother = (parent or None for parent in parents)
    return Person(found["id"], father, mother, Sex(sex))
