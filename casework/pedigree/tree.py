"""A family tree: who is whose mother and father, and what may be drawn.

Nothing here knows of pages or of the database. A tree is never changed; each act gives a new
one, or says in one sentence why it cannot be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from casework.errors import InvalidInput
from casework.web.languages import marked

MISSING = 1  # the number of the missing person in every tree
MOST_MEMBERS = 80
YOUNGEST_PARENT, OLDEST_MOTHER, OLDEST_FATHER = 10, 60, 90  # years; ours, wide on purpose
FIRST_YEAR, LAST_YEAR = 1850, 2100


class TreeSex(StrEnum):
    """What decides the symbol, and whether somebody is a mother or a father."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Sampling(StrEnum):
    """How it stands with somebody's sample (minimum data set, group 13)."""

    NOT_ASKED = "not_asked"
    AVAILABLE = "available"
    SAMPLED = "sampled"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Twins(StrEnum):
    """Whether two were born together, and from one egg."""

    IDENTICAL = "identical"
    FRATERNAL = "fraternal"
    UNKNOWN = "unknown"


class Parent(StrEnum):
    """One of the two."""

    MOTHER = "mother"
    FATHER = "father"


PARENT_SEX = {Parent.MOTHER: TreeSex.FEMALE, Parent.FATHER: TreeSex.MALE}


class Contradiction(InvalidInput):
    """A tree that cannot be; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the family; `relative_id` if they are registered as giving information."""

    number: int
    mother: int | None = None
    father: int | None = None
    sex: TreeSex = TreeSex.UNKNOWN
    sampling: Sampling = Sampling.NOT_ASKED
    is_dead: bool = False
    born: int | None = None
    relative_id: int | None = None
    partner_of: int | None = None
    twin_of: int | None = None
    twins: Twins = Twins.UNKNOWN

    @property
    def parents(self) -> tuple[int, ...]:
        """Give the numbers of those who are known."""
        return tuple(each for each in (self.mother, self.father) if each is not None)

    def parent(self, which: Parent) -> int | None:
        return self.mother if which is Parent.MOTHER else self.father


@dataclass(frozen=True, slots=True)
class Tree:
    """A family; the missing person is always in it."""

    members: tuple[Member, ...] = field(default_factory=lambda: (Member(MISSING),))

    @property
    def by_number(self) -> Mapping[int, Member]:
        return {each.number: each for each in self.members}

    def member(self, number: int) -> Member:
        """Find somebody.

        Raises
        ------
        Contradiction
            If nobody has that number.
        """
        found = self.by_number.get(number)
        if found is None:
            raise Contradiction(marked("Esa persona ya no está en el árbol."))
        return found

    def of_relative(self, relative_id: int) -> Member | None:
        """Find the place of somebody who is registered."""
        return next((each for each in self.members if each.relative_id == relative_id), None)

    def children(self, number: int) -> tuple[Member, ...]:
        return tuple(each for each in self.members if number in each.parents)

    def with_member(self, member: Member) -> "Tree":
        """Put somebody in, or in the place of who had their number."""
        others = {**self.by_number, member.number: member}
        return Tree(tuple(others[number] for number in sorted(others)))

    def next_number(self) -> int:
        return max(each.number for each in self.members) + 1


def with_new(tree: Tree, **said: Any) -> tuple[Tree, Member]:
    """Put somebody new into the tree."""
    added = Member(tree.next_number(), **said)
    return tree.with_member(added), added


def with_parent(tree: Tree, number: int, which: Parent, **said: Any) -> tuple[Tree, Member]:
    """Give somebody their mother or their father.

    Raises
    ------
    Contradiction
        If there is one already.
    """
    child = tree.member(number)
    if child.parent(which) is not None:
        if which is Parent.MOTHER:
            raise Contradiction(marked("Ya tiene una madre en el árbol."))
        raise Contradiction(marked("Ya tiene un padre en el árbol."))
    tree, added = with_new(tree, **{"sex": PARENT_SEX[which], **said})
    if which is Parent.MOTHER:
        return tree.with_member(replace(child, mother=added.number)), added
    return tree.with_member(replace(child, father=added.number)), added


def with_child(
    tree: Tree, number: int, other: int | None = None, **said: Any
) -> tuple[Tree, Member]:
    """Give somebody a child, with the other parent if that is known."""
    slots = parent_slots(tree, number, other)
    return with_new(tree, **slots, **said)


def parent_slots(tree: Tree, one: int, other: int | None) -> dict[str, int | None]:
    """Say who of two is the mother and who the father; of one whose sex is not known, either.

    Raises
    ------
    Contradiction
        If both are the mother, or both the father.
    """
    first = tree.member(one)
    second = tree.member(other) if other is not None else None
    is_mother = first.sex is TreeSex.FEMALE or (
        second is not None and second.sex is TreeSex.MALE and first.sex is not TreeSex.MALE
    )
    if second is not None:
        same = first.sex is second.sex and first.sex is not TreeSex.UNKNOWN
        if same or first.number == second.number:
            raise Contradiction(marked("Una madre y un padre: los dos no pueden ser lo mismo."))
    if is_mother:
        return {"mother": one, "father": other}
    return {"mother": other, "father": one}


def with_sibling(
    tree: Tree, number: int, shares: Iterable[Parent] = tuple(Parent), **said: Any
) -> tuple[Tree, Member]:
    """Give somebody a brother or sister by both parents or by one; who is lacking is added."""
    wanted = frozenset(shares)
    for which in Parent:
        if which in wanted and tree.member(number).parent(which) is None:
            tree, _ = with_parent(tree, number, which)
    own = tree.member(number)
    slots = {which.value: own.parent(which) for which in Parent if which in wanted}
    return with_new(tree, **slots, **said)


def with_partner(tree: Tree, number: int, **said: Any) -> tuple[Tree, Member]:
    """Give somebody a partner."""
    tree.member(number)
    return with_new(tree, partner_of=number, **said)


def changed(tree: Tree, number: int, **said: Any) -> Tree:
    """Say something else of somebody.

    Raises
    ------
    Contradiction
        If they are not there, or the tree could not be so.
    """
    return checked(tree.with_member(replace(tree.member(number), **said)))


def without(tree: Tree, number: int) -> Tree:
    """Take somebody out; who hung on them stays, with that parent unknown.

    Raises
    ------
    Contradiction
        If it is the missing person.
    """
    if number == MISSING:
        raise Contradiction(marked("El árbol es de la persona desaparecida: no se quita."))
    tree.member(number)

    def loosened(each: Member) -> Member:
        links = ("mother", "father", "partner_of", "twin_of")
        gone: Any = {name: None for name in links if getattr(each, name) == number}
        return replace(each, **gone)

    return Tree(tuple(loosened(each) for each in tree.members if each.number != number))


def checked(tree: Tree) -> Tree:
    """Give the tree back if it can be.

    Raises
    ------
    Contradiction
        If it cannot: somebody their own ancestor, a mother who is a man, a child older than
        its mother, too many people.
    """
    if len(tree.members) > MOST_MEMBERS:
        raise Contradiction(marked("El árbol ya tiene ochenta personas."))
    for each in tree.members:
        _check_links(tree, each)
        _check_years(tree, each)
    _check_descent(tree)
    return tree


def _check_links(tree: Tree, each: Member) -> None:
    for number in (*each.parents, each.partner_of, each.twin_of):
        if number is not None:
            tree.member(number)
    if each.mother is not None and tree.member(each.mother).sex is TreeSex.MALE:
        raise Contradiction(marked("Una madre no puede estar anotada como hombre."))
    if each.father is not None and tree.member(each.father).sex is TreeSex.FEMALE:
        raise Contradiction(marked("Un padre no puede estar anotado como mujer."))
    if each.mother is not None and each.mother == each.father:
        raise Contradiction(marked("Una madre y un padre: los dos no pueden ser lo mismo."))
    if each.twin_of is not None:
        other = tree.member(each.twin_of)
        if other.number == each.number or other.parents != each.parents or not each.parents:
            raise Contradiction(marked("Los gemelos tienen la misma madre y el mismo padre."))


def _check_years(tree: Tree, each: Member) -> None:
    if each.born is None:
        return
    if not FIRST_YEAR <= each.born <= LAST_YEAR:
        raise Contradiction(marked("El año de nacimiento no puede ser ese."))
    for which, oldest in ((Parent.MOTHER, OLDEST_MOTHER), (Parent.FATHER, OLDEST_FATHER)):
        number = each.parent(which)
        born = tree.member(number).born if number is not None else None
        if born is not None and not YOUNGEST_PARENT <= each.born - born <= oldest:
            raise Contradiction(
                marked("Con esos años de nacimiento no puede ser su madre o su padre.")
            )


def _check_descent(tree: Tree) -> None:
    """Follow everybody upwards: nobody is their own ancestor."""
    known = tree.by_number
    for each in tree.members:
        above, waiting = set[int](), list(each.parents)
        while waiting:
            number = waiting.pop()
            if number == each.number:
                raise Contradiction(marked("Nadie puede descender de sí mismo."))
            if number not in above:
                above.add(number)
                waiting += known[number].parents
