"""The engine gives what adding up every possibility gives, on families drawn at random."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matching.kinship import Mutation, Observation, Pedigree, Person, Settings
from matching.kinship.elimination import Factor, eliminate
from matching.kinship.loci import Chromosome
from matching.kinship.mutation import MutationModel
from matching.kinship.network import alleles_of, likelihood_of, table_of
from tests.matching.kinship.enumeration import enumerated
from tests.matching.kinship.families import FEMALE, MALE, a_locus

LADDER = {"9": 0.1, "9.3": 0.2, "10": 0.3, "12": 0.4}


@st.composite
def families(draw):
    """Two or three founders and up to three descendants of any of them, loops included.

    Parents come from all who stand before: brothers marry sisters, and mothers sons, more
    often than anywhere, so that loops are met in most draws.
    """
    people = [Person("A", sex=MALE), Person("B", sex=FEMALE)]
    if draw(st.booleans()):
        people.append(Person("C", sex=draw(st.sampled_from([MALE, FEMALE]))))
    for at in range(draw(st.integers(1, 5 - len(people)))):
        fathers = [p.id for p in people if p.sex is MALE]
        mothers = [p.id for p in people if p.sex is FEMALE]
        father, mother = draw(st.sampled_from(fathers)), draw(st.sampled_from(mothers))
        sex = draw(st.sampled_from([MALE, FEMALE]))
        people.append(Person(f"child {at}", father, mother, sex))
    return Pedigree(tuple(draw(st.permutations(people))))


@st.composite
def worlds(draw):
    """A family, a locus, what is assumed, and what was seen of some: often shared alleles."""
    pedigree = draw(families())
    count = draw(st.integers(2, 3))
    names = draw(st.permutations(list(LADDER)))[:count]
    parts = {name: LADDER[name] for name in names}
    locus = a_locus(
        {name: part / sum(parts.values()) for name, part in parts.items()},
        chromosome=draw(st.sampled_from(list(Chromosome))),
    )
    assumed = Settings(
        draw(st.sampled_from([None, *map(a_mutation, MutationModel), a_stationary()])),
        draw(st.sampled_from([0.0, 0.03, 0.4])),
        draw(st.sampled_from([0.0, 0.05])) if len(pedigree.people) + count < 8 else 0.0,
    )
    people = [person.id for person in pedigree.people]
    looks = st.builds(
        Observation,
        st.frozensets(st.integers(0, count - 1), min_size=1, max_size=2),
        st.sampled_from([0.0, 0.0, 0.3]),
        st.sampled_from([0.0, 0.0, 0.05]),
    )
    typed = draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True))
    seen = {who: draw(st.lists(looks, min_size=1, max_size=2)) for who in typed}
    return pedigree, locus, assumed, seen


def a_mutation(model):
    return Mutation(model, 0.05, 0.01, 0.1, 0.002)


def a_stationary():
    return replace(a_mutation(MutationModel.STEPWISE), is_stationary=True)


def shown_in(seen):
    return {allele for looks in seen.values() for look in looks for allele in look.seen}


@given(worlds())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_the_engine_adds_up_every_possibility(world):
    pedigree, locus, assumed, seen = world

    found = likelihood_of(pedigree, seen, alleles_of(locus, assumed, shown_in(seen)))

    expected = enumerated(pedigree, seen, locus, assumed)
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-300)


@given(worlds(), st.data())
def test_a_table_of_somebody_holds_every_likelihood_with_them(world, data):
    pedigree, locus, assumed, seen = world
    somebody = data.draw(
        st.sampled_from([p.id for p in pedigree.people if p.id not in seen] or [""])
    )
    assume(somebody)
    alleles = alleles_of(locus, assumed, set(range(len(locus.alleles))))

    table = table_of(pedigree, seen, alleles, somebody)

    look = Observation(frozenset({0, 1}), 0.1, 0.01)
    given_all = look.chance_given_two if table.ndim == 2 else look.chance_given_one
    chances = given_all(locus.frequencies, alleles.classes)
    with_look = likelihood_of(pedigree, seen | {somebody: [look]}, alleles)
    assert table.sum() == pytest.approx(likelihood_of(pedigree, seen, alleles), rel=1e-11)
    assert (table * chances).sum() == pytest.approx(with_look, rel=1e-11)


@given(worlds(), st.randoms(use_true_random=False))
def test_names_and_the_order_of_people_change_nothing(world, chance):
    pedigree, locus, assumed, seen = world
    new = {person.id: f"x{at}" for at, person in enumerate(pedigree.people)} | {None: None}
    renamed = [Person(new[p.id], new[p.father], new[p.mother], p.sex) for p in pedigree.people]
    chance.shuffle(renamed)
    alleles = alleles_of(locus, assumed, shown_in(seen))

    found = likelihood_of(
        Pedigree(tuple(renamed)), {new[who]: looks for who, looks in seen.items()}, alleles
    )

    assert found == pytest.approx(likelihood_of(pedigree, seen, alleles), rel=1e-12)


@given(st.integers(0, 10_000), st.permutations(range(5)))
def test_the_order_of_summing_changes_nothing(seed, order):
    chance = np.random.default_rng(seed)
    scopes = [(0, 1), (1, 2, 3), (3, 4), (0, 4), (2,)]
    sizes = {unknown: 2 + unknown % 2 for unknown in range(5)}
    factors = [
        Factor(scope, chance.random((1 if at else 3, *(sizes[each] for each in scope))), not at)
        for at, scope in enumerate(scopes)
    ]

    found = eliminate(factors, sizes, 3, order=order)

    greedy = eliminate(factors, sizes, 3)
    assert found.table == pytest.approx(greedy.table, rel=1e-13)


@given(worlds())
def test_all_that_can_be_seen_of_somebody_adds_up_to_what_is_seen_of_the_others(world):
    pedigree, locus, assumed, seen = world
    somebody = pedigree.people[-1].id
    others = {who: looks for who, looks in seen.items() if who != somebody}
    alleles = alleles_of(locus, assumed, set(range(len(locus.alleles))))
    everything = [
        Observation(
            frozenset(at for at in range(len(locus.alleles)) if number >> at & 1), 0.2, 0.1
        )
        for number in range(1 << len(locus.alleles))
    ]

    total = sum(
        likelihood_of(pedigree, others | {somebody: [each]}, alleles) for each in everything
    )

    assert total == pytest.approx(likelihood_of(pedigree, others, alleles), rel=1e-11)
