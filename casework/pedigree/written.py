"""A tree as it is kept and handed to programs, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from casework.pedigree.tree import Member, Sampling, Tree, TreeSex, Twins, checked

_USUAL = asdict(Member(0))
_CODES = {"sex": TreeSex, "sampling": Sampling, "twins": Twins}


def written(tree: Tree) -> list[dict[str, Any]]:
    """Write a tree as plain values; what says nothing is left out."""
    return [
        {
            name: value
            for name, value in asdict(each).items()
            if name == "number" or value != _USUAL[name]
        }
        for each in tree.members
    ]


def read_back(rows: Sequence[Mapping[str, Any]]) -> Tree:
    """Read a tree that was written.

    Raises
    ------
    Contradiction
        If it cannot be.
    """
    members = [Member(**_coded(row)) for row in rows]
    return checked(Tree(tuple(sorted(members, key=lambda each: each.number))))


def _coded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _CODES[name](value) if name in _CODES else value for name, value in row.items()
    }


def with_founders(tree: Tree) -> list[dict[str, str | None]]:
    """Write who descends from whom for a computation of kinship.

    There everybody has two parents or none, so a parent who is not known is put in without
    a name, and everybody has a sex. `MP` is the missing person.
    """
    rows: list[dict[str, str | None]] = []
    founders: list[dict[str, str | None]] = []
    for each in tree.members:
        parents = {"mother": _id(each.mother), "father": _id(each.father)}
        if each.parents:
            for which, sex in (("mother", "female"), ("father", "male")):
                if parents[which] is None:
                    parents[which] = f"U{len(founders) + 1}"
                    founders.append(
                        {"id": parents[which], "mother": None, "father": None, "sex": sex}
                    )
        rows.append({"id": _id(each.number), **parents, "sex": sex_of(tree, each)})
    return [*rows, *founders]


def sex_of(tree: Tree, member: Member) -> str:
    """Say somebody's sex; a mother is a woman and a father a man, also where nobody said so."""
    if member.sex is TreeSex.UNKNOWN:
        children = tree.children(member.number)
        if any(each.mother == member.number for each in children):
            return TreeSex.FEMALE.value
        if children:
            return TreeSex.MALE.value
    return member.sex.value


def member_id(number: int) -> str:
    """Name somebody for a program: `MP` is the missing person."""
    return "MP" if number == 1 else f"P{number}"


def _id(number: int | None) -> str | None:
    return None if number is None else member_id(number)
