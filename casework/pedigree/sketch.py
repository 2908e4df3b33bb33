"""The first sketch of a family, made of what each registered relative is to the person.

Whoever stands between and is not registered is put in without a name. What cannot both be
true is told, and nobody is put in a place that was only guessed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casework.pedigree.tree import (
    MISSING,
    PARENT_SEX,
    Contradiction,
    Member,
    Parent,
    Tree,
    TreeSex,
    checked,
    with_child,
    with_parent,
    with_partner,
    with_sibling,
)
from casework.web.languages import marked

MOTHER, FATHER = Parent.MOTHER, Parent.FATHER
# Parents first: who comes later hangs on them.
_IN_ORDER = ("mother", "father")


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody, and what they are to the missing person, by the codes of the data set."""

    relative_id: int
    relationship: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody who is not in the sketch, and why not."""

    kin: Kin
    why: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A first tree, and who could not be put into it."""

    tree: Tree
    unplaced: tuple[Unplaced, ...]


def sketch(sex: TreeSex, family: Sequence[Kin], *, born: int | None = None) -> Sketch:
    """Draw a family from what each is to the missing person."""
    tree = Tree((Member(MISSING, sex=sex, born=born),))
    unplaced = []
    for kin in sorted(family, key=lambda each: each.relationship not in _IN_ORDER):
        try:
            tree = placed(tree, kin.relationship, relative_id=kin.relative_id)
        except Contradiction as why:
            unplaced.append(Unplaced(kin, str(why)))
    return Sketch(tree, tuple(unplaced))


def placed(tree: Tree, relationship: str, **said: Any) -> Tree:
    """Put somebody where that relationship stands; who is lacking in between is added.

    Raises
    ------
    Contradiction
        If the place is taken, or the relationship does not say which place.
    """
    place = PLACES.get(relationship)
    if place is None:
        raise Contradiction(
            marked("Esa relación no dice dónde va en el árbol: elija el parentesco.")
        )
    return checked(place(tree, said)[0])


Placed = tuple[Tree, Member]
Place = Callable[[Tree, dict[str, Any]], Placed]


def _filled(tree: Tree, number: int, which: Parent, said: dict[str, Any]) -> Placed:
    """Put somebody in the place of a parent: a new one, or one who had no name so far."""
    there = tree.member(number).parent(which)
    if there is None:
        return with_parent(tree, number, which, **said)
    member = tree.member(there)
    if member.relative_id is not None:
        return with_parent(tree, number, which, **said)  # refused there, in its words
    named = replace(member, **{"sex": PARENT_SEX[which], **said})
    return tree.with_member(named), named


def _parent(which: Parent) -> Place:
    return lambda tree, said: _filled(tree, MISSING, which, said)


def _there(tree: Tree, number: int, which: Parent) -> tuple[Tree, int]:
    """Make sure that somebody has that parent."""
    found = tree.member(number).parent(which)
    if found is not None:
        return tree, found
    tree, added = with_parent(tree, number, which)
    return tree, added.number


def _sibling(sex: TreeSex, *shares: Parent) -> Place:
    return lambda tree, said: with_sibling(tree, MISSING, shares, **{"sex": sex, **said})


def _child(sex: TreeSex) -> Place:
    return lambda tree, said: with_child(tree, MISSING, **{"sex": sex, **said})


def _grandparent(side: Parent, which: Parent) -> Place:
    def place(tree: Tree, said: dict[str, Any]) -> Placed:
        tree, parent = _there(tree, MISSING, side)
        return _filled(tree, parent, which, said)

    return place


def _either_grandparent(side: Parent) -> Place:
    """Put in somebody of whom only the side is known, where there is room."""

    def place(tree: Tree, said: dict[str, Any]) -> Placed:
        tree, parent = _there(tree, MISSING, side)
        free = [each for each in Parent if tree.member(parent).parent(each) is None]
        sex = {"sex": TreeSex.UNKNOWN, **said}
        return with_parent(tree, parent, (free or [MOTHER])[0], **sex)

    return place


def _aunt_or_uncle(side: Parent, sex: TreeSex) -> Place:
    def place(tree: Tree, said: dict[str, Any]) -> Placed:
        tree, parent = _there(tree, MISSING, side)
        return with_sibling(tree, parent, **{"sex": sex, **said})

    return place


def _cousin(side: Parent) -> Place:
    def place(tree: Tree, said: dict[str, Any]) -> Placed:
        tree, aunt = _aunt_or_uncle(side, TreeSex.UNKNOWN)(tree, {})
        return with_child(tree, aunt.number, **said)

    return place


def _niece_or_nephew(tree: Tree, said: dict[str, Any]) -> Placed:
    tree, sibling = with_sibling(tree, MISSING)
    return with_child(tree, sibling.number, **said)


def _grandchild(tree: Tree, said: dict[str, Any]) -> Placed:
    tree, child = with_child(tree, MISSING)
    return with_child(tree, child.number, **said)


_ANY, _SHE, _HE = TreeSex.UNKNOWN, TreeSex.FEMALE, TreeSex.MALE
# The codes of the data set's list of relationships, and where its words are wider than a
# place in a tree, the places they may mean.
PLACES: dict[str, Place] = {
    "mother": _parent(MOTHER),
    "father": _parent(FATHER),
    "daughter": _child(_SHE),
    "son": _child(_HE),
    "child": _child(_ANY),
    "sister": _sibling(_SHE, MOTHER, FATHER),
    "brother": _sibling(_HE, MOTHER, FATHER),
    "sibling": _sibling(_ANY, MOTHER, FATHER),
    "half_sibling_maternal": _sibling(_ANY, MOTHER),
    "half_sibling_paternal": _sibling(_ANY, FATHER),
    "grandmother_maternal": _grandparent(MOTHER, MOTHER),
    "grandfather_maternal": _grandparent(MOTHER, FATHER),
    "grandmother_paternal": _grandparent(FATHER, MOTHER),
    "grandfather_paternal": _grandparent(FATHER, FATHER),
    "grandparent_maternal": _either_grandparent(MOTHER),
    "grandparent_paternal": _either_grandparent(FATHER),
    "aunt_uncle_maternal": _aunt_or_uncle(MOTHER, _ANY),
    "aunt_uncle_paternal": _aunt_or_uncle(FATHER, _ANY),
    "cousin_maternal": _cousin(MOTHER),
    "cousin_paternal": _cousin(FATHER),
    "niece_nephew": _niece_or_nephew,
    "grandchild": _grandchild,
    "spouse": lambda tree, said: with_partner(tree, MISSING, **said),
    "partner": lambda tree, said: with_partner(tree, MISSING, **said),
}
