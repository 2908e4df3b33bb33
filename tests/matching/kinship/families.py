"""Small families and loci to try the engine on."""

import numpy as np

from matching.kinship import Hypothesis, Locus, Observation, Pedigree, Person, Settings, Sex
from matching.kinship.loci import Chromosome
from matching.kinship.network import alleles_of, likelihood_of

FEMALE, MALE = Sex.FEMALE, Sex.MALE


def a_locus(frequencies=None, name="L", chromosome=Chromosome.AUTOSOMAL):
    frequencies = frequencies or {"10": 0.2, "11": 0.3, "12": 0.5}
    return Locus(name, tuple(frequencies), np.array(list(frequencies.values())), chromosome)


def parents_and(*children, sexes=None):
    """A couple and their children, daughters unless said otherwise."""
    sexes = sexes or {}
    return Pedigree(
        (
            Person("FA", sex=MALE),
            Person("MO", sex=FEMALE),
            *(Person(each, "FA", "MO", sexes.get(each, FEMALE)) for each in children),
        )
    )


def saw(locus, *alleles, **loss):
    return Observation(frozenset(locus.index[each] for each in alleles), **loss)


def likelihood(pedigree, seen, locus, settings=Settings()):  # noqa: B008 - frozen
    """The probability of what was seen, `seen` being {person: alleles} at one locus."""
    looks = {
        who: [what if isinstance(what, Observation) else saw(locus, *what)]
        for who, what in seen.items()
    }
    shown = {allele for look in looks.values() for each in look for allele in each.seen}
    return likelihood_of(pedigree, looks, alleles_of(locus, settings, shown))


def ratio(pedigree, missing, seen, locus, settings=Settings()):  # noqa: B008 - frozen
    """The ratio of "the profile is the missing person's" and "it is a stranger's"."""
    stranger = Person("a stranger", sex=pedigree.by_id[missing].sex)
    wider = pedigree.with_stranger(stranger)
    otherwise = {who: what for who, what in seen.items() if who != missing}
    otherwise[stranger.id] = seen[missing]
    above = likelihood(pedigree, seen, locus, settings)
    return above / likelihood(wider, otherwise, locus, settings)


def hypothesis(pedigree, seen, locus):
    looks = {who: {locus.name: [saw(locus, *what)]} for who, what in seen.items()}
    return Hypothesis(pedigree, looks)
