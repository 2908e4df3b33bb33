"""What reunir computes from kept profiles is what the engine computes, and its closed forms."""

import math

import pytest

from casework.kinship.computing import MUTATION, Asked, CannotCompute, computed
from casework.kinship.told import Outcome
from casework.pedigree.tree import MISSING, Parent, Tree, with_parent

LOCI = {"D3S1358": {"14": 0.1, "15": 0.3, "16": 0.6}, "TH01": {"6": 0.25, "9.3": 0.75}}
TREE, MOTHER = with_parent(Tree(), MISSING, Parent.MOTHER)


def asked(**said):
    plain = {
        "tree": TREE,
        "family": {MOTHER.number: {"D3S1358": ["14", "14"]}},
        "own": None,
        "remains": {"D3S1358": ["14", "14"]},
        "table": "Inventada",
        "population": "nadie",
        "loci": LOCI,
        "theta": 0.0,
    }
    return Asked(**(plain | said))


def kept_with(rate, locus, allele):
    """Chance that an allele is handed on as it is, in the proportional model."""
    shares = LOCI[locus]
    moving = sum(share * (1 - share) for share in shares.values())
    return 1 - rate * (1 - shares[allele]) / moving


def test_a_parent_and_a_child_who_share_one_homozygous_allele_give_one_over_its_frequency():
    told = computed(asked())

    ratio = kept_with(MUTATION["rate_female"], "D3S1358", "14") / LOCI["D3S1358"]["14"]
    ratio += 0  # the other allele comes from the father, whom nobody knows: p on both sides
    assert 10**told.log10_lr == pytest.approx(ratio, rel=1e-9)
    assert told.outcome is Outcome.RATIO
    assert told.typed == [MOTHER.number]


def test_the_persons_own_sample_is_held_against_the_remains_directly():
    same = {"TH01": ["6", "9.3"]}

    told = computed(asked(family={}, own=same, remains=same))

    assert 10**told.log10_lr == pytest.approx(1 / (2 * 0.25 * 0.75), rel=1e-9)


def test_amelogenin_is_no_part_of_the_total_and_a_contradiction_is_told():
    plain = computed(asked())
    sexed = computed(
        asked(
            family={MOTHER.number: {"D3S1358": ["14", "14"], "AMEL": ["X", "X"]}},
            remains={"D3S1358": ["14", "14"], "AMEL": ["X", "Y"]},
        )
    )

    assert sexed.log10_lr == plain.log10_lr
    assert [each.name for each in sexed.loci] == ["D3S1358"]


def test_other_places_in_the_family_and_other_thetas_are_told_with_all_that_is_assumed():
    told = computed(asked(theta=0.01))

    others = {each.what: each.log10_lr for each in told.alternatives}
    # To the mother alone a full sibling of the missing person is as much a child.
    assert others["a full sibling of MP"] == pytest.approx(told.log10_lr, rel=1e-9)
    assert [each.what for each in told.sensitivity] == ["theta 0", "theta 0.03"]
    assert told.sensitivity[0].log10_lr > told.log10_lr > told.sensitivity[1].log10_lr
    assert told.assumptions


def test_a_locus_that_the_table_does_not_have_is_left_out():
    more = {"D3S1358": ["14", "14"], "SE33": ["20", "21"]}

    told = computed(asked(family={MOTHER.number: more}, remains=more))

    assert told.log10_lr == computed(asked()).log10_lr


def test_nothing_is_computed_without_a_family_or_with_an_allele_nobody_counted():
    with pytest.raises(CannotCompute):
        computed(asked(family={}))
    with pytest.raises(CannotCompute) as refused:
        computed(asked(remains={"D3S1358": ["14", "99"]}))
    said = refused.value.engine
    assert (said.code, said.values["locus"]) == ("allele_not_in_table", "D3S1358")
    assert not math.isnan(computed(asked()).log10_lr)
