"""Families that can be, and sentences for those that cannot."""

import pytest

from matching.errors import ImpossiblePedigree
from matching.kinship import Pedigree, Person
from tests.matching.kinship.families import FEMALE, MALE, parents_and


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([Person("A"), Person("A")], "A stands 2 times"),
        ([Person("A", "B", "C"), Person("C")], "B, father of A, does not stand"),
        ([Person("A", "B", "C"), Person("B")], "C, mother of A, does not stand"),
        (
            [Person("A", "B", "C"), Person("B", sex=FEMALE), Person("C")],
            "B is female and stands as father of A",
        ),
        (
            [Person("A", "B", "C"), Person("B"), Person("C", sex=MALE)],
            "C is male and stands as mother of A",
        ),
        ([Person("A", "B", "B"), Person("B")], "B is both parents of A"),
        (
            [Person("A", "B", "M"), Person("B", "A", "M"), Person("M"), Person("C", "A", "M")],
            "in a circle: each of A, B descends",
        ),
        ([Person("A", "A", "M"), Person("M")], "in a circle: each of A descends"),
    ],
)
def test_a_family_that_cannot_be_is_refused_by_name(people, names):
    with pytest.raises(ImpossiblePedigree, match=names):
        Pedigree(tuple(people))


def test_a_parent_who_is_not_named_is_a_founder_without_other_children():
    pedigree = Pedigree(
        (
            Person("MO", sex=FEMALE),
            Person("FA", sex=MALE),
            Person("A", None, "MO"),
            Person("B", "FA", None),
        )
    )

    assert pedigree.implied == ("A (father, not named)", "B (mother, not named)")
    assert pedigree.by_id["A"].father == "A (father, not named)"
    assert pedigree.by_id["B"].mother == "B (mother, not named)"


def test_ancestors_are_kept_and_others_left_out():
    pedigree = parents_and("A", "B").with_stranger(Person("X"))

    assert [person.id for person in pedigree.relevant(["A"]).people] == ["FA", "MO", "A"]
