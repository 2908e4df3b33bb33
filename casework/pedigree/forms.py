"""The forms of a family tree: what was typed, and the tree that it makes."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from casework.pedigree.queries import Family
from casework.pedigree.sketch import placed
from casework.pedigree.tree import (
    Member,
    Parent,
    Sampling,
    Tree,
    TreeSex,
    Twins,
    changed,
    checked,
    with_child,
    with_parent,
    with_partner,
    with_sibling,
)

_Number = Annotated[
    int | None,
    Field(ge=1, le=10_000),
    BeforeValidator(lambda typed: None if typed == "" else typed),
]
Name = Annotated[str, StringConstraints(max_length=120)]
Added = Literal["mother", "father", "child", "sibling", "half_mother", "half_father", "partner"]
SHARES = {
    "sibling": (Parent.MOTHER, Parent.FATHER),
    "half_mother": (Parent.MOTHER,),
    "half_father": (Parent.FATHER,),
}


class OfPerson(BaseModel):
    """What is said of somebody of the tree, as typed."""

    model_config = ConfigDict(extra="ignore")

    version: Annotated[int, Field(ge=0, le=10**6)] = 0
    name: Name = ""
    sex: TreeSex = TreeSex.UNKNOWN
    sampling: Sampling = Sampling.NOT_ASKED
    is_dead: Literal["", "yes"] = ""
    born: _Number = None

    def said(self) -> dict[str, Any]:
        return {
            "sex": self.sex,
            "sampling": self.sampling,
            "is_dead": self.is_dead == "yes",
            "born": self.born,
        }


class AddForm(OfPerson):
    """Somebody new, and what they are to whom."""

    person: Annotated[int, Field(ge=1, le=10_000)] = 1
    added: Added = "mother"
    other: _Number = None


class ChangeForm(OfPerson):
    """What is said anew of somebody, their parents and their twin too."""

    mother: _Number = None
    father: _Number = None
    twin_of: _Number = None
    twins: Twins = Twins.UNKNOWN

    @classmethod
    def of(cls, member: Member, family: Family) -> "ChangeForm":
        """Fill the form with what stands."""
        return cls(
            version=family.version,
            name=family.names.get(member.number, ""),
            sex=member.sex,
            sampling=member.sampling,
            is_dead="yes" if member.is_dead else "",
            born=member.born,
            mother=member.mother,
            father=member.father,
            twin_of=member.twin_of,
            twins=member.twins,
        )


class PlaceForm(BaseModel):
    """Where somebody registered stands."""

    version: Annotated[int, Field(ge=0, le=10**6)] = 0
    relative_id: int = Field(ge=1, le=2**62)
    relationship: Annotated[str, StringConstraints(max_length=40)] = ""


Drawn = tuple[Tree, dict[int, str]]


def with_added(family: Family, form: AddForm) -> tuple[Drawn, int]:
    """Make the tree with somebody new, and say who they are.

    Raises
    ------
    Contradiction
        If it cannot be.
    """
    tree, said = family.tree, form.said()
    if form.added in {"mother", "father"}:
        which = Parent(form.added)
        del said["sex"]  # a mother is a woman, a father a man
        tree, added = with_parent(tree, form.person, which, **said)
    elif form.added == "child":
        tree, added = with_child(tree, form.person, form.other, **said)
    elif form.added == "partner":
        tree, added = with_partner(tree, form.person, **said)
    else:
        tree, added = with_sibling(tree, form.person, SHARES[form.added], **said)
    names = {**family.names, added.number: form.name}
    return (checked(tree), names), added.number


def with_changed(family: Family, number: int, form: ChangeForm) -> Drawn:
    """Make the tree with somebody changed.

    Raises
    ------
    Contradiction
        If it cannot be.
    """
    tree = changed(
        family.tree,
        number,
        **form.said(),
        mother=form.mother,
        father=form.father,
        twin_of=form.twin_of,
        twins=form.twins,
    )
    return tree, {**family.names, number: form.name}


def with_placed(family: Family, form: PlaceForm) -> Drawn:
    """Make the tree with somebody registered in their place.

    Raises
    ------
    Contradiction
        If the place is taken.
    """
    tree = placed(family.tree, form.relationship, relative_id=form.relative_id)
    return tree, dict(family.names)
