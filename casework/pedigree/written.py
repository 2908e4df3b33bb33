"""A tree as it is kept and handed to programs, and back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from casework.pedigree.tree import (
    MISSING,
    Contradiction,
    Member,
    Sampling,
    Tree,
    TreeSex,
    Twins,
    checked,
)
from casework.web.languages import marked

_USUAL = asdict(Member(0))
_CODES: Mapping[str, type[StrEnum]] = {"sex": TreeSex, "sampling": Sampling, "twins": Twins}


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


def tree_of_words(entries: Iterable[Mapping[str, Any]]) -> Tree:
    """Read a tree of the words of the minimum data set, `dna_family`, as a copy holds it.

    Raises
    ------
    Contradiction
        If it cannot be, or the missing person is not in it, or somebody is there twice.
    """
    members = [_member_of(each) for each in entries]
    numbers = [each.number for each in members]
    if MISSING not in numbers or len(set(numbers)) < len(numbers):
        raise Contradiction(_NOBODY)
    return checked(Tree(tuple(sorted(members, key=lambda each: each.number))))


_NOBODY = marked("Esa persona ya no está en el árbol.")


def _member_of(told: Mapping[str, Any]) -> Member:
    number = _number_of(told.get("person"))
    if number is None:
        raise Contradiction(_NOBODY)
    availability = told.get("availability")
    born = told.get("born")
    return Member(
        number=number,
        mother=_number_of(told.get("mother")),
        father=_number_of(told.get("father")),
        sex=_coded_or("sex", told.get("sex"), TreeSex.UNKNOWN),
        sampling=_coded_or("sampling", availability, Sampling.NOT_ASKED),
        is_dead=told.get("dead") is True or availability == "dead",
        born=int(born["min"]) if isinstance(born, Mapping) and "min" in born else None,
        partner_of=_number_of(told.get("partner_of")),
        twin_of=_number_of(told.get("twin_of")),
        twins=_coded_or("twins", told.get("twins"), Twins.UNKNOWN),
    )


def _number_of(person: Any) -> int | None:
    """Read `MP` or `P12`; what names nobody in that way stands for nobody."""
    if not isinstance(person, str):
        return None
    found = re.fullmatch(r"MP|P([1-9]\d{0,3})", person)
    if found is None:
        raise Contradiction(_NOBODY)
    return int(found[1]) if found[1] else MISSING


def _coded_or(name: str, said: Any, nothing: Any) -> Any:
    return next((each for each in _CODES[name] if each.value == said), nothing)


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
