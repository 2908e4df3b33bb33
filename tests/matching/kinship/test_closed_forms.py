"""Ratios that can be written down by hand, as the books have them."""

import math
import time

import pytest

from matching.errors import ImpossiblePedigree, TooMuchToSum
from matching.kinship import Mutation, Pedigree, Person, Settings, elimination
from matching.kinship.loci import Chromosome
from matching.kinship.mutation import MutationModel
from matching.kinship.network import alleles_of, likelihood_of
from tests.matching.kinship.families import (
    FEMALE,
    MALE,
    a_locus,
    likelihood,
    parents_and,
    ratio,
    saw,
)

LOCUS = a_locus({"10": 0.2, "11": 0.3, "12": 0.1, "13": 0.4})
P = dict(zip(LOCUS.alleles, LOCUS.frequencies.tolist(), strict=True))
A, B, C, D = LOCUS.alleles
THETAS = [0.0, 0.01, 0.03, 0.2]


def after(allele, n_alike, n, theta):
    """Chance that one more allele is like `n_alike` of `n` that were drawn."""
    return (n_alike * theta + (1 - theta) * P[allele]) / (1 + (n - 1) * theta)


def test_a_parent_and_child():
    pedigree = parents_and("MP")

    one_shared = ratio(pedigree, "MP", {"FA": (A, B), "MP": (A, C)}, LOCUS)
    twice_the_same = ratio(pedigree, "MP", {"FA": (A, B), "MP": (A, A)}, LOCUS)
    both_alike = ratio(pedigree, "MP", {"FA": (A, B), "MP": (A, B)}, LOCUS)
    nothing_shared = ratio(pedigree, "MP", {"FA": (A, B), "MP": (C, D)}, LOCUS)

    assert one_shared == pytest.approx(1 / (4 * P[A]))
    assert twice_the_same == pytest.approx(1 / (2 * P[A]))
    assert both_alike == pytest.approx((P[A] + P[B]) / (4 * P[A] * P[B]))
    assert nothing_shared == 0


def test_both_parents_and_child():
    found = ratio(parents_and("MP"), "MP", {"FA": (A, B), "MO": (C, C), "MP": (A, C)}, LOCUS)

    assert found == pytest.approx((1 / 2) / (2 * P[A] * P[C]))


# Of two siblings' alleles a quarter share both by descent, a half one, a quarter none.
def test_siblings_share_two_one_or_no_alleles():
    pedigree = parents_and("S", "MP")

    alike = ratio(pedigree, "MP", {"S": (A, B), "MP": (A, B)}, LOCUS)
    one_shared = ratio(pedigree, "MP", {"S": (A, B), "MP": (A, C)}, LOCUS)
    nothing_shared = ratio(pedigree, "MP", {"S": (A, B), "MP": (C, D)}, LOCUS)
    homozygous = ratio(pedigree, "MP", {"S": (A, A), "MP": (A, A)}, LOCUS)

    both = (P[A] + P[B]) / (4 * P[A] * P[B])
    assert alike == pytest.approx(1 / 4 + both / 2 + (1 / 4) / (2 * P[A] * P[B]))
    assert one_shared == pytest.approx(1 / 4 + (1 / 2) / (4 * P[A]))
    assert nothing_shared == pytest.approx(1 / 4)
    assert homozygous == pytest.approx(1 / 4 + (1 / 2) / P[A] + (1 / 4) / P[A] ** 2)


def half_siblings():
    return Pedigree(
        (
            Person("FA", sex=MALE),
            Person("M1", sex=FEMALE),
            Person("M2", sex=FEMALE),
            Person("S", "FA", "M1", FEMALE),
            Person("MP", "FA", "M2", MALE),
        )
    )


def uncle_and_niece():
    return Pedigree(
        (
            *parents_and("S", "BR", sexes={"BR": MALE}).people,
            Person("W", sex=FEMALE),
            Person("MP", "BR", "W", FEMALE),
        )
    )


def grandparent():
    return Pedigree((*parents_and("D").people, Person("H", sex=MALE), Person("MP", "H", "D")))


@pytest.mark.parametrize(
    ("pedigree", "relative"),
    [(half_siblings(), "S"), (uncle_and_niece(), "S"), (grandparent(), "FA")],
    ids=["half sibling", "aunt", "grandfather"],
)
def test_relatives_of_the_second_degree_cannot_be_told_apart(pedigree, relative):
    shared = ratio(pedigree, "MP", {relative: (A, B), "MP": (A, C)}, LOCUS)
    nothing = ratio(pedigree, "MP", {relative: (A, B), "MP": (C, D)}, LOCUS)

    assert shared == pytest.approx(1 / 2 + (1 / 2) / (4 * P[A]))
    assert nothing == pytest.approx(1 / 2)


# Evett & Weir, Interpreting DNA Evidence (1998), chapter 6: paternity with mother, theta.
@pytest.mark.parametrize("theta", THETAS)
def test_paternity_in_a_subpopulation(theta):
    pedigree, assumed = parents_and("MP"), Settings(theta=theta)

    all_alike = {"FA": (A, A), "MO": (A, A), "MP": (A, A)}
    father_two = {"FA": (A, B), "MO": (A, A), "MP": (A, A)}
    mother_two = {"FA": (B, B), "MO": (A, C), "MP": (A, B)}

    # H2 draws the child's other allele after four of the parents, then both of its own.
    for seen, above, below in (
        (all_alike, 1, after(A, 4, 4, theta) * after(A, 5, 5, theta)),
        (father_two, 1 / 2, after(A, 3, 4, theta) * after(A, 4, 5, theta)),
        (mother_two, 1 / 2, 2 * after(A, 1, 4, theta) * after(B, 2, 5, theta)),
    ):
        assert ratio(pedigree, "MP", seen, LOCUS, assumed) == pytest.approx(above / below)


@pytest.mark.parametrize("theta", THETAS)
def test_a_disputed_father_in_a_subpopulation(theta):
    """The book's own form: the child is the mother's under both hypotheses."""
    trio = parents_and("CH")
    other = Pedigree(
        (
            Person("FA", sex=MALE),
            Person("MO", sex=FEMALE),
            Person("X", sex=MALE),
            Person("CH", "X", "MO"),
        )
    )
    seen = {"FA": (A, A), "MO": (A, A), "CH": (A, A)}
    assumed = Settings(theta=theta)

    found = likelihood(trio, seen, LOCUS, assumed) / likelihood(other, seen, LOCUS, assumed)

    assert found == pytest.approx((1 + 3 * theta) / (4 * theta + (1 - theta) * P[A]))


@pytest.mark.parametrize("theta", THETAS)
def test_the_unknown_parents_of_siblings_are_of_the_subpopulation_too(theta):
    """All four alleles of untyped parents are drawn jointly; shared ones are drawn once."""
    found = likelihood(
        parents_and("S", "MP"), {"S": (A, A), "MP": (A, A)}, LOCUS, Settings(theta=theta)
    )

    alike = [1.0]
    for n in range(4):
        alike.append(alike[-1] * after(A, n, n, theta))
    # By the number of alleles shared by descent: both, one (from either parent), none.
    expected = alike[2] / 4 + alike[3] / 2 + alike[4] / 4
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("kin", "inbreeding"), [("siblings", 1 / 4), ("cousins", 1 / 16)])
def test_children_of_kin_are_homozygous_more_often(kin, inbreeding):
    base = parents_and("X", "Y", sexes={"X": MALE}).people
    if kin == "cousins":
        wed = [Person("W", sex=FEMALE), Person("H", sex=MALE)]
        base = (*base, *wed, Person("X1", "X", "W", MALE), Person("Y1", "H", "Y", FEMALE))
    father, mother = base[-2].id, base[-1].id
    pedigree = Pedigree((*base, Person("MP", father, mother)))

    found = likelihood(pedigree, {"MP": (A, A)}, LOCUS)

    assert found == pytest.approx(P[A] ** 2 + inbreeding * P[A] * (1 - P[A]))


def test_an_x_marker_goes_from_father_to_daughter_and_never_to_a_son():
    locus = a_locus(P, chromosome=Chromosome.X)
    family = parents_and("MP", "SON", sexes={"SON": MALE})

    daughter = ratio(family, "MP", {"FA": (A,), "MP": (A, B)}, locus)
    son = ratio(family, "SON", {"FA": (A,), "SON": (B,)}, locus)
    of_mother = ratio(family, "SON", {"MO": (A, B), "SON": (B,)}, locus)

    assert daughter == pytest.approx(1 / (2 * P[A]))
    assert son == pytest.approx(1)
    assert of_mother == pytest.approx(1 / (2 * P[B]))


def test_an_x_marker_needs_the_sex_of_everybody():
    locus = a_locus(P, chromosome=Chromosome.X)

    with pytest.raises(ImpossiblePedigree, match=r"sex of MP is not recorded.*such as L"):
        ratio(Pedigree((Person("MP"),)), "MP", {"MP": (A, A)}, locus)


def test_opposite_homozygotes_may_be_a_silent_allele():
    s = 0.02
    found = ratio(
        parents_and("MP"), "MP", {"MO": (A, A), "MP": (B, B)}, LOCUS, Settings(silent=s)
    )

    p, q = P[A] * (1 - s), P[B] * (1 - s)
    mother_is_a_silent = 2 * s * p / (p**2 + 2 * s * p)
    assert found == pytest.approx(mother_is_a_silent / 2 * q / (q**2 + 2 * s * q))


def test_one_allele_seen_may_be_a_homozygote_or_a_loss():
    d = 0.3
    look = saw(LOCUS, A, dropout=d)

    found = likelihood(parents_and("MP"), {"MP": look}, LOCUS)

    assert found == pytest.approx(P[A] ** 2 * (1 - d**2) + 2 * P[A] * (1 - P[A]) * d * (1 - d))


def test_an_allele_dropped_in_is_drawn_by_its_frequency():
    c = 0.05
    extra = saw(LOCUS, A, B, C, dropin=c)
    family = {"FA": (A, A), "MO": (B, B)}

    found = likelihood(parents_and("MP"), family | {"MP": extra}, LOCUS)
    alone = likelihood(parents_and("MP"), family | {"MP": saw(LOCUS, A, B, dropin=c)}, LOCUS)

    certain = likelihood(parents_and("MP"), family, LOCUS)
    assert found == pytest.approx(certain * c * P[C])
    assert alone == pytest.approx(certain * (1 - c + c * (P[A] + P[B])))


def test_two_looks_at_one_person_are_as_good_as_the_clearer():
    look = [saw(LOCUS, A, B), saw(LOCUS, A, dropout=0.5)]
    pedigree = Pedigree((Person("MP"),))

    assert likelihood_of_looks(pedigree, look) == pytest.approx(2 * P[A] * P[B] * 0.5 * 0.5)


def likelihood_of_looks(pedigree, looks):
    return likelihood_of(pedigree, {"MP": looks}, alleles_of(LOCUS, Settings(), {0, 1}))


def test_untyped_parents_are_kept_where_mutation_shifts_frequencies():
    """pedprobr's convention: a child of untyped parents has p·M, not p."""
    moving = Settings(Mutation(MutationModel.EQUAL, 0.3, 0.3))

    found = likelihood(parents_and("MP"), {"MP": (A, A)}, LOCUS, moving)

    handed_on = P[A] * (1 - 0.3) + (1 - P[A]) * 0.3 / 3
    assert found == pytest.approx(handed_on**2)


def test_a_loop_with_stepwise_mutation_on_a_long_ladder_takes_no_time():
    """Parents who are cousins, thirty alleles; others need minutes for seven."""
    ladder = a_locus({str(8 + at): 1 / 30 for at in range(30)})
    base = parents_and("X", "Y", sexes={"X": MALE}).people
    wed = (Person("W", sex=FEMALE), Person("H", sex=MALE))
    cousins = (Person("X1", "X", "W", MALE), Person("Y1", "H", "Y", FEMALE))
    children = (Person("S", "X1", "Y1"), Person("MP", "X1", "Y1"))
    pedigree = Pedigree((*base, *wed, *cousins, *children))
    moving = Settings(Mutation(MutationModel.STEPWISE, 0.002, 0.0005, 0.1, 1e-6))
    began = time.process_time()

    found = ratio(pedigree, "MP", {"S": ("12", "14"), "MP": ("12", "15")}, ladder, moving)

    assert math.isfinite(found)
    assert time.process_time() - began < 1


def test_a_sum_that_does_not_fit_is_refused_by_locus(monkeypatch):
    monkeypatch.setattr(elimination, "MOST_NUMBERS", 1 << 8)
    monkeypatch.setattr(elimination, "LARGE", 1 << 4)
    seen = {"S": (A, B), "MP": (C, D)}

    with pytest.raises(TooMuchToSum, match="At L the exact sum"):
        likelihood(parents_and("S", "MP"), seen, LOCUS, Settings(theta=0.1, silent=0.1))


def test_large_tables_are_summed_as_small_ones(monkeypatch):
    pedigree, seen = uncle_and_niece(), {"S": (A, B), "MP": (A, C)}
    moving = Settings(Mutation(MutationModel.STEPWISE, 0.02, 0.01, 0.1, 1e-3))
    at_once = likelihood(pedigree, seen, LOCUS, moving)
    monkeypatch.setattr(elimination, "LARGE", 1)

    assert likelihood(pedigree, seen, LOCUS, moving) == pytest.approx(at_once, rel=1e-13)
