"""Invented families inherit what they show: the true remains fit, and nobody else need to."""

from collections import Counter

import pytest

from casework.demonstration.kindred import (
    DEGRADED_KEEPS,
    DEGRADED_LOSES_ONE,
    FAMILIES,
    LOCI,
    degraded,
    frequencies,
    inherited,
    of_nobody,
    specimen,
    table_file,
)
from casework.frequencies.reading import read_table
from casework.profiles.model import MarkerKind
from casework.profiles.reading import read_profiles
from casework.profiles.weighing import Single, assemble


@pytest.mark.parametrize("number", range(len(FAMILIES)))
def test_every_child_has_one_allele_of_each_parent(number):
    drawn = inherited(number)

    for child, parents in FAMILIES[number].parents.items():
        for locus in LOCI:
            one, other = drawn[child][locus]
            hers, his = (drawn[each][locus] for each in parents)
            assert (one in hers and other in his) or (one in his and other in hers)


def test_the_same_families_are_thrown_at_every_start_and_no_two_alike():
    everybody = [each for number in range(len(FAMILIES)) for each in inherited(number).values()]
    everybody += [of_nobody(number) for number in range(20)]

    again = [each for number in range(len(FAMILIES)) for each in inherited(number).values()]
    assert everybody[: len(again)] == again
    assert max(Counter(map(repr, everybody)).values()) == 1


def test_the_shipped_table_is_read_whole_and_has_every_allele_that_is_thrown():
    table = read_table(table_file()).loci

    assert all(abs(sum(table[locus].values()) - 1) < 1e-9 for locus in LOCI)
    assert all(set(frequencies()[locus].items) == set(table[locus]) for locus in LOCI)


def test_a_laboratorys_file_is_read_as_it_was_thrown_and_degraded_dna_leaves_a_part():
    whole = inherited(0)["he"]

    (read,) = read_profiles(specimen("R-01", whole, "male")).specimens
    (lossy,) = read_profiles(specimen("R-02", degraded(whole), "male")).specimens
    kept = assemble(read.calls).genotypes[MarkerKind.AUTOSOMAL_STR]
    part = assemble(lossy.calls, Single.LEFT_OUT)

    assert {locus: kept[locus] for locus in LOCI} == whole
    assert kept["AMEL"] == ["X", "Y"]
    left = set(part.genotypes[MarkerKind.AUTOSOMAL_STR]) - {"AMEL"}
    assert left == set(LOCI[:DEGRADED_KEEPS]) - set(DEGRADED_LOSES_ONE)
    assert part.is_partial(lossy, MarkerKind.AUTOSOMAL_STR)
