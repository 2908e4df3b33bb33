"""A family tree is made of kinships, refuses what cannot be, and is drawn without overlap."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.pedigree.drawing import Spoken, draw
from casework.pedigree.kin_words import kin_code, kin_words
from casework.pedigree.layout import lay_out, spread
from casework.pedigree.sketch import PLACES, Kin, placed, sketch
from casework.pedigree.tree import (
    MISSING,
    Contradiction,
    Member,
    Parent,
    Sampling,
    Tree,
    TreeSex,
    Twins,
    changed,
    with_child,
    with_parent,
    with_sibling,
    without,
)
from casework.pedigree.written import read_back, with_founders, written

FAMILIES = st.lists(st.sampled_from(sorted(PLACES)), max_size=14)


def family_of(*relationships):
    return sketch(TreeSex.MALE, [Kin(n, each) for n, each in enumerate(relationships, 100)])


def at(family, relative_id):
    return family.tree.of_relative(relative_id)


def test_a_registered_mother_and_sister_make_a_tree_with_an_unnamed_father():
    family = family_of("sister", "mother")

    sister, mother = at(family, 100), at(family, 101)
    assert sister.mother == mother.number
    assert sister.father == family.tree.member(MISSING).father
    assert family.tree.member(sister.father).relative_id is None


def test_a_maternal_aunt_hangs_on_grandparents_whom_nobody_named():
    family = family_of("aunt_uncle_maternal")

    mother = family.tree.member(family.tree.member(MISSING).mother)
    assert at(family, 100).parents == mother.parents
    assert len(mother.parents) == 2


def test_a_half_sibling_shares_one_parent_and_no_other():
    family = family_of("half_sibling_paternal", "mother", "father")

    half = at(family, 100)
    assert (half.mother, half.father) == (None, at(family, 102).number)
    assert kin_code(family.tree, half) == "half_sibling_paternal"


def test_two_mothers_contradict_each_other_and_that_is_told():
    family = family_of("mother", "mother")

    assert [(each.kin.relative_id, each.why) for each in family.unplaced] == [
        (101, "Ya tiene una madre en el árbol.")
    ]


def test_a_friend_or_other_kin_is_not_put_anywhere_by_guessing():
    family = family_of("other", "mother")

    assert [each.kin.relative_id for each in family.unplaced] == [100]


@pytest.mark.parametrize("relationship", sorted(set(PLACES) - {"spouse", "child", "sibling"}))
def test_what_somebody_is_can_be_read_off_the_place_they_were_put_in(relationship):
    tree = placed(Tree(), relationship, relative_id=7)

    told = kin_code(tree, tree.of_relative(7))
    wider = {"grandmother": "grandparent", "grandfather": "grandparent"}
    for narrow, wide in wider.items():
        relationship = relationship.replace(narrow, wide)
    assert told == relationship.removesuffix("_maternal").removesuffix("_paternal") or (
        told == relationship
    )


def mother_and_child():
    tree, mother = with_parent(Tree(), MISSING, Parent.MOTHER)
    return tree, mother.number


def test_nobody_descends_from_themselves():
    tree, mother = mother_and_child()

    with pytest.raises(Contradiction, match="descender de sí mismo"):
        changed(tree, mother, mother=None, father=MISSING)


def test_a_mother_is_not_a_man():
    tree, mother = mother_and_child()

    with pytest.raises(Contradiction, match="anotada como hombre"):
        changed(tree, mother, sex=TreeSex.MALE)


def test_a_mother_is_older_than_her_child_by_years_that_can_be():
    tree, mother = mother_and_child()
    tree = changed(tree, MISSING, born=1990)

    with pytest.raises(Contradiction, match="años de nacimiento"):
        changed(tree, mother, born=1985)
    assert changed(tree, mother, born=1970).member(mother).born == 1970


def test_twins_have_the_same_parents():
    tree, _ = mother_and_child()
    tree, sister = with_sibling(tree, MISSING)
    tree, half = with_sibling(tree, MISSING, [Parent.MOTHER])

    assert changed(tree, sister.number, twin_of=MISSING).member(sister.number).twin_of
    with pytest.raises(Contradiction, match="Los gemelos"):
        changed(tree, half.number, twin_of=MISSING)


def test_of_two_parents_one_is_the_mother_whichever_is_named_first():
    tree, mother = mother_and_child()
    tree, father = with_parent(tree, MISSING, Parent.FATHER)

    _, one = with_child(tree, mother, father.number)
    _, other = with_child(tree, father.number, mother)
    assert one.parents == other.parents == (mother, father.number)
    with pytest.raises(Contradiction):
        with_child(tree, mother, mother)


def test_who_is_taken_out_leaves_the_others_and_the_missing_person_stays():
    tree, mother = mother_and_child()

    assert without(tree, mother).member(MISSING).parents == ()
    with pytest.raises(Contradiction):
        without(tree, MISSING)


@given(FAMILIES)
def test_every_family_that_can_be_sketched_is_read_back_as_it_was_written(relationships):
    tree = family_of(*relationships).tree

    assert read_back(written(tree)) == tree


@given(FAMILIES)
def test_nobody_stands_on_somebody_else_and_children_stand_below(relationships):
    tree = family_of(*relationships).tree

    places = lay_out(tree)

    for one, other in combinations(places.values(), 2):
        assert one.row != other.row or abs(one.x - other.x) > 0.999
    for each in tree.members:
        assert all(places[parent].row < places[each.number].row for parent in each.parents)


@given(FAMILIES)
def test_a_computation_gets_two_parents_or_none_and_a_sex_for_every_parent(relationships):
    rows = {each["id"]: each for each in with_founders(family_of(*relationships).tree)}

    for each in rows.values():
        assert (each["mother"] is None) == (each["father"] is None)
        if each["mother"]:
            assert rows[each["mother"]]["sex"] != "male"
            assert rows[each["father"]]["sex"] != "female"


def test_places_are_as_near_to_the_wanted_as_the_gap_allows():
    # Two who want the same place end half a gap to either side of it: least squares.
    assert spread([3.0, 3.0, 9.0]) == [2.5, 3.5, 9.0]


def test_the_chart_marks_the_dead_the_sampled_and_twins_of_one_egg():
    tree, sister = with_sibling(Tree(), MISSING, sex=TreeSex.FEMALE, is_dead=True)
    tree = changed(tree, sister.number, twin_of=MISSING, twins=Twins.IDENTICAL)
    spoken = {n: Spoken("", kin_words(tree, each), "") for n, each in tree.by_number.items()}

    chart = draw(tree, spoken, sampled={sister.number})

    (drawn,) = [each for each in chart.symbols if each.number == sister.number]
    assert (drawn.sex, drawn.is_dead, drawn.is_sampled) == ("female", True, True)
    assert [each.kind for each in chart.lines] == ["couple", "descent", "twins"]


def test_what_says_nothing_is_not_written():
    tree = Tree((replace(Member(MISSING), sampling=Sampling.REFUSED),))

    assert written(tree) == [{"number": 1, "sampling": Sampling.REFUSED}]
