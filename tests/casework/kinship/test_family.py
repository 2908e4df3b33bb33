"""Before anybody is compared: a family held against its own tree, and whom to sample next."""

from dataclasses import replace

import pytest

from casework.kinship.computing import CannotCompute
from casework.kinship.family import FamilyAsked, looked_at
from casework.kinship.family_words import shown_family
from casework.pedigree.next_sample import next_to_ask
from casework.pedigree.tree import MISSING, Member, Parent, Sampling, Tree, with_parent
from casework.web.described import teller_for

SPANISH = teller_for("es")
SHARES = {str(allele): 0.1 for allele in range(10, 20)}
NAMES = [f"D{number}S{number}" for number in range(1, 9)]
LOCI = dict.fromkeys(NAMES, SHARES)
TREE, MOTHER = with_parent(Tree(), MISSING, Parent.MOTHER)
TREE, FATHER = with_parent(TREE, MISSING, Parent.FATHER)
SISTER = Member(4, mother=MOTHER.number, father=FATHER.number)
TREE = Tree((*TREE.members, SISTER))


def asked(family, available=(), loci=LOCI):
    own = {number: dict.fromkeys(NAMES, alleles) for number, alleles in family.items()}
    return FamilyAsked(TREE, own, available, "Inventada", loci)


def test_a_family_that_is_as_its_tree_says_raises_no_doubt():
    found = looked_at(asked({MOTHER.number: ["10", "11"], SISTER.number: ["10", "12"]}))

    assert (found.contradicted, found.doubts) == ((), ())


def test_a_tube_that_is_somebody_elses_is_told_without_accusing_anybody():
    found = looked_at(asked({MOTHER.number: ["10", "11"], SISTER.number: ["15", "16"]}))

    assert found.contradicted == tuple(NAMES)
    assert {each.told for each in found.doubts} >= {"unrelated", "other_mother"}
    told = shown_family(found, TREE, SPANISH)
    assert any("la muestra no fuera de quien se cree" in each for each in told.doubts)
    assert any("madre (2)" in each for each in told.doubts)


def test_who_would_help_most_comes_first_and_the_bars_grow():
    found = looked_at(asked({SISTER.number: ["10", "12"]}, (MOTHER.number, FATHER.number)))

    assert {each.who for each in found.next} == {MOTHER.number, FATHER.number}
    assert all(each.often >= found.now.often for each in found.next)
    # Eight loci of ten even alleles: the father of a typed daughter and the mother weigh alike.
    assert found.next[0].often == pytest.approx(found.next[1].often, abs=0.1)
    told = shown_family(found, TREE, SPANISH)
    assert told.bars[0].who == "Con los perfiles que hay hoy"
    assert told.bars[1].words.endswith("de cada 100")
    assert told.loci == len(NAMES)


def test_where_nobody_was_typed_a_parent_is_worth_more_than_nothing():
    found = looked_at(asked({}, (MOTHER.number,)))

    assert found.now.often == 0
    assert found.next[0].median > found.now.median == pytest.approx(0, abs=0.05)


def test_what_the_table_does_not_hold_is_refused_with_what_the_engine_said():
    with pytest.raises(CannotCompute) as refused:
        looked_at(asked({MOTHER.number: ["10", "99"]}))

    assert refused.value.engine.code == "allele_not_in_table"


def test_a_telling_without_which_nothing_fits_is_told_as_such():
    found = looked_at(asked({MOTHER.number: ["10", "11"], SISTER.number: ["15", "16"]}))
    only = replace(found, doubts=(replace(found.doubts[0], log10_times=float("inf")),))

    (told,) = shown_family(only, TREE, SPANISH).doubts

    assert told.startswith("Los perfiles solo pueden darse si")


def test_the_tree_alone_names_whom_the_reckoning_puts_first():
    tree, grandmother = with_parent(TREE, MOTHER.number, Parent.MOTHER)
    for typed in ((), (MOTHER.number,)):
        told = [each.number for each in next_to_ask(tree, typed)]
        family = {each: ["10", "11"] for each in typed}
        few = dict.fromkeys(NAMES[:4], SHARES)
        reckoned = looked_at(replace(asked(family, told, few), tree=tree))

        assert told[0] == (FATHER if typed else MOTHER).number
        by_number = {each.who: each.median for each in reckoned.next}
        assert [by_number[each] for each in told] == sorted(by_number.values(), reverse=True)
        # Behind who gave a sample there is nothing more to learn.
        assert (grandmother.number in told) is not bool(typed)


def test_who_died_said_no_or_is_out_of_reach_is_not_named_and_who_offered_comes_first():
    mother, father, sister = TREE.members[1:]
    offers = Member(5, father=MISSING, sampling=Sampling.AVAILABLE)
    child = Member(6, father=MISSING)
    refused = replace(father, sampling=Sampling.REFUSED)
    tree = Tree(
        (TREE.members[0], replace(mother, is_dead=True), refused, sister, child, offers)
    )

    assert [each.number for each in next_to_ask(tree, ())] == [5, 6, sister.number]
    assert next_to_ask(tree, (5, 6, sister.number)) == ()
