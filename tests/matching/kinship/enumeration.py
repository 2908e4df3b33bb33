"""The definition of a likelihood, written out: every way alleles can have gone, added up.

It shares nothing with the engine but the mutation matrices and the chance of an observation:
founders draw from an urn, one allele after the other; each child draws one allele of each
parent, which may become any other.
"""

import itertools

import numpy as np

from matching.kinship.loci import Chromosome
from matching.kinship.network import alleles_of
from matching.kinship.pedigree import Sex


def enumerated(pedigree, seen, locus, settings):
    """Add up over everybody's ordered alleles; no lumping, no pruning, no elimination."""
    alleles = alleles_of(locus, settings, set(range(len(locus.alleles))))
    people = _parents_first(pedigree)
    is_x = locus.chromosome is Chromosome.X

    def seen_chance(person, genes):
        chance = 1.0
        for look in seen.get(person.id, ()):
            given = look.chance_given_one if len(genes) == 1 else look.chance_given_two
            chance *= given(locus.frequencies, alleles.classes)[genes]
        return chance

    def further(at, known, urn):
        if at == len(people):
            return 1.0
        person = people[at]
        copies = 1 if is_x and person.sex is Sex.MALE else 2
        total = 0.0
        for genes in itertools.product(range(alleles.count), repeat=copies):
            chance = seen_chance(person, genes)
            if chance == 0:
                continue
            if person.is_founder:
                drawn, after = _drawn(genes, urn, alleles)
                chance *= drawn
            else:
                chance *= _handed_on(person, genes, known, alleles)
                after = urn
            if chance:
                total += chance * further(at + 1, known | {person.id: genes}, after)
        return total

    return further(0, {}, (0,) * alleles.count)


def _drawn(genes, urn, alleles):
    """Each allele drawn makes its like more likely: Balding & Nichols, one by one."""
    chance, counts, theta = 1.0, list(urn), alleles.theta
    for gene in genes:
        n = sum(counts)
        above = counts[gene] * theta + (1 - theta) * alleles.frequencies[gene]
        chance *= above / (1 + (n - 1) * theta)
        counts[gene] += 1
    return chance, tuple(counts)


def _handed_on(person, genes, known, alleles):
    chance = 1.0
    of_parents = [(person.father, Sex.MALE), (person.mother, Sex.FEMALE)]
    for gene, (parent, sex) in zip(reversed(genes), reversed(of_parents), strict=False):
        theirs = known[parent]
        chance *= np.mean([alleles.moves[sex][each, gene] for each in theirs])
    return chance


def _parents_first(pedigree):
    placed, waiting = [], list(pedigree.people)
    while waiting:
        ready = [p for p in waiting if all(q in {x.id for x in placed} for q in p.parents)]
        placed += ready
        waiting = [p for p in waiting if p not in ready]
    return placed
