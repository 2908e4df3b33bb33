"""Mutation matrices, by hand and by what must hold of them."""

from dataclasses import replace

import numpy as np
import pytest

from matching.errors import UnusableMutation
from matching.kinship import Mutation, Sex
from matching.kinship.lumping import gathered_moves, lumped
from matching.kinship.mutation import MutationModel, balanced
from matching.kinship.settings import read_mutation
from tests.matching.kinship.families import a_locus

LADDER = a_locus({"8": 0.1, "9": 0.2, "9.3": 0.05, "10": 0.4, "12": 0.25})
P = LADDER.frequencies
RATE, MICRO, RANGE = 0.02, 0.003, 0.1
STEPWISE = Mutation(MutationModel.STEPWISE, RATE, RATE / 4, RANGE, MICRO)
EVERY = [
    Mutation(MutationModel.EQUAL, RATE, RATE / 4),
    Mutation(MutationModel.PROPORTIONAL, RATE, RATE / 4),
    STEPWISE,
    replace(STEPWISE, is_stationary=True),
    Mutation(MutationModel.EQUAL, RATE, RATE / 4, is_stationary=True),
    Mutation(MutationModel.EQUAL, 0.0, 0.0, is_stationary=True),
]


@pytest.mark.parametrize("mutation", EVERY)
@pytest.mark.parametrize("sex", [Sex.MALE, Sex.FEMALE])
def test_an_allele_becomes_something(mutation, sex):
    matrix = mutation.matrix(LADDER, sex)

    assert matrix.sum(axis=1) == pytest.approx(np.ones(5))
    assert matrix.min() >= 0


def test_equal_moves_anywhere_alike():
    matrix = EVERY[0].matrix(LADDER, Sex.MALE)

    assert matrix[0, 1:] == pytest.approx(np.full(4, RATE / 4))


def test_proportional_moves_to_frequent_alleles_and_keeps_frequencies():
    matrix = EVERY[1].matrix(LADDER, Sex.MALE)

    assert matrix[0, 3] / matrix[0, 1] == pytest.approx(P[3] / P[1])
    assert P @ matrix == pytest.approx(P)
    assert 1 - P @ np.diag(matrix) == pytest.approx(RATE)


def test_stepwise_moves_by_repeats_and_seldom_between_microvariants():
    matrix = STEPWISE.matrix(LADDER, Sex.MALE)

    # From 8 to 9, 10 and 12: one, two and four repeats; to 9.3 all of the other rate.
    parts = np.array([1, RANGE, RANGE**3])
    assert matrix[0, [1, 3, 4]] == pytest.approx(RATE * parts / parts.sum())
    assert matrix[0, 2] == pytest.approx(MICRO)
    # 9.3 has no neighbour by whole repeats: it moves between microvariants only.
    assert matrix[2] == pytest.approx([MICRO / 4, MICRO / 4, 1 - MICRO, MICRO / 4, MICRO / 4])
    assert STEPWISE.matrix(LADDER, Sex.FEMALE)[0, 0] == pytest.approx(1 - RATE / 4 - MICRO)


@pytest.mark.parametrize("mutation", EVERY[3:5])
def test_the_stationary_form_keeps_frequencies_the_rate_and_where_alleles_go(mutation):
    plain = replace(mutation, is_stationary=False).matrix(LADDER, Sex.MALE)
    matrix = mutation.matrix(LADDER, Sex.MALE)

    assert P @ matrix == pytest.approx(P, rel=1e-13)
    assert 1 - P @ np.diag(matrix) == pytest.approx(1 - P @ np.diag(plain), rel=1e-12)
    assert matrix[0, 1] / matrix[0, 3] == pytest.approx(plain[0, 1] / plain[0, 3])


def test_one_allele_alone_goes_nowhere():
    alone = a_locus({"8": 1.0})

    for mutation in EVERY:
        assert mutation.matrix(alone, Sex.MALE).tolist() == [[1.0]]


def test_a_locus_may_have_rates_of_its_own():
    own = {"L": {"rate_male": 0.1}, "M": {"model": "none"}}
    mutation = read_mutation(
        {"model": "equal", "rate_male": RATE, "rate_female": 0.001, "by_locus": own}
    )

    assert mutation.matrix(LADDER, Sex.MALE)[0, 0] == pytest.approx(0.9)
    assert mutation.matrix(LADDER, Sex.FEMALE)[0, 0] == pytest.approx(0.999)
    assert mutation.matrix(replace(LADDER, name="M"), Sex.MALE)[0, 0] == 1
    assert mutation.matrix(replace(LADDER, name="N"), Sex.MALE)[0, 0] == pytest.approx(1 - RATE)


@pytest.mark.parametrize(
    ("mutation", "names"),
    [
        (replace(STEPWISE, rate_male=0.9999), "allele 8 would mutate"),
        (replace(STEPWISE, rate2=0.0, is_stationary=True), "no stationary form"),
    ],
)
def test_a_model_that_cannot_be_at_a_locus_is_refused_by_its_name(mutation, names):
    with pytest.raises(UnusableMutation, match=names):
        mutation.matrix(LADDER, Sex.MALE)


def test_moves_that_lead_one_way_only_keep_nothing():
    with pytest.raises(UnusableMutation, match="At L some alleles are never reached"):
        balanced(np.array([[0, 0.1], [0, 0]]), np.array([0.5, 0.5]), "L")


@pytest.mark.parametrize("allele", ["OL", "9.35", "<8"])
def test_stepwise_needs_numbers_of_repeats(allele):
    locus = a_locus({"9": 0.5, allele: 0.5})

    with pytest.raises(UnusableMutation, match=f"At L allele {allele} is not a number"):
        STEPWISE.matrix(locus, Sex.MALE)


def test_what_nobody_showed_is_one_class_where_moves_are_alike():
    matrices = [EVERY[0].matrix(LADDER, sex) for sex in (Sex.MALE, Sex.FEMALE)]

    classes = lumped(5, {1, 3}, matrices)

    assert classes.tolist() == [0, 1, 0, 2, 0]
    small = gathered_moves(matrices[0], classes)
    assert small[1] == pytest.approx([3 * RATE / 4, 1 - RATE, RATE / 4])
    assert small[0, 0] == pytest.approx(1 - 2 * RATE / 4)


def test_stepwise_alleles_stay_apart():
    assert len(set(lumped(5, {1}, [STEPWISE.matrix(LADDER, Sex.MALE)]).tolist())) == 5


def test_alleles_that_stand_alike_on_the_ladder_are_one():
    """Two ends of a symmetrical ladder move alike as long as only the middle was seen."""
    ladder = a_locus({"8": 0.25, "9": 0.5, "10": 0.25})
    matrix = replace(STEPWISE, rate2=0.0).matrix(ladder, Sex.MALE)

    assert lumped(3, {1}, [matrix]).tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ([], "not written as an object"),
        ({"model": "infinite"}, "called “infinite”; there are: none, equal"),
        ({"model": "equal", "rate_male": 0.1}, "rate_female is None"),
        ({"model": "equal", "rate_male": True, "rate_female": 0}, "rate_male is True"),
        (
            {"model": "equal", "rate_male": 1, "rate_female": 0},
            "rate_male is 1.0, not a chance",
        ),
        (
            {"model": "stepwise", "rate_male": 0, "rate_female": 0, "range": 0.1},
            "rate2 is None",
        ),
        (
            {"model": "stepwise", "rate_male": 0, "rate_female": 0, "range": 2, "rate2": 0},
            "range is 2",
        ),
        ({"model": "equal", "rate": 0.1}, "has rate, which is not known"),
        ({"model": "equal", "stabilization": "DP"}, "“DP”; only “PM”"),
        ({"model": "equal", "rate_male": 0, "rate_female": 0, "by_locus": []}, "by_locus"),
        ({"model": "equal", "rate_male": 0, "rate_female": 0, "by_locus": {"L": 1}}, "of L"),
    ],
)
def test_a_model_that_is_not_understood_is_refused(written, names):
    with pytest.raises(UnusableMutation, match=names):
        read_mutation(written)


def test_no_model_is_no_mutation():
    assert read_mutation(None) is None
    assert read_mutation({"model": "none"}) is None
    assert read_mutation({"model": None}) is None
