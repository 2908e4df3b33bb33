"""What cannot be weighed is refused in one sentence that says where to look."""

import copy

import pytest

from matching.errors import (
    ImpossiblePedigree,
    MatchingError,
    UnreadableCase,
    UnusableFrequencies,
    UnusableProfile,
)
from matching.kinship import read_case, read_tables
from matching.kinship.cases import case_id_of
from tests.matching.kinship.written import CASE, TABLES


@pytest.mark.parametrize(
    ("changes", "refusal", "names"),
    [
        ({"case_id": " "}, UnreadableCase, "no case_id"),
        ({"frequency_set": "THERE"}, UnusableFrequencies, "“THERE”; there are: HERE"),
        ({"chromosome": "Y"}, UnreadableCase, "chromosome is “Y”"),
        ({"theta": 1}, UnreadableCase, r"theta \(theta\) is 1,"),
        ({"silent_freq": "0.1"}, UnreadableCase, "silent_freq"),
        ({"dropout_d": True}, UnreadableCase, "dropout_d"),
        ({"pedigree": []}, UnreadableCase, "The pedigree is not a list"),
        ({"pedigree": ["MP"]}, UnreadableCase, "person of the pedigree is not written"),
        ({"pedigree__2": {"father": "FA"}}, UnreadableCase, "has no id"),
        ({"pedigree__2__father": 7}, UnreadableCase, "7, a parent of MP"),
        (
            {"pedigree__0__sex": "female"},
            ImpossiblePedigree,
            "FA is female and stands as father",
        ),
        ({"pedigree__0__sex": "m"}, ImpossiblePedigree, "sex of FA is “m”"),
        ({"missing_id": "NOBODY"}, ImpossiblePedigree, "NOBODY stands in no pedigree"),
        ({"missing_id": None}, UnreadableCase, "neither a missing_id nor a pedigree_H2"),
        ({"typed": ["FA"]}, UnusableProfile, "MP has no allele at any locus"),
        ({"genotypes__MP": {}}, UnusableProfile, "MP has no allele at any locus"),
        ({"typed": ["FA", "X", "MP"]}, ImpossiblePedigree, "X is typed and stands in no"),
        ({"typed": 7}, UnreadableCase, "7 is no list of names"),
        ({"genotypes": []}, UnreadableCase, "genotypes is not written"),
        ({"genotypes__MP": ["14"]}, UnreadableCase, "profile of MP"),
        ({"genotypes__MP__vWA": ["14", "15"]}, UnusableProfile, "MP has allele 15 at vWA"),
        ({"genotypes__MP__vWA": ["14", "OL"]}, UnusableProfile, "MP has allele OL at vWA"),
        (
            {"genotypes__MP__vWA": ["14", "16", "17"]},
            UnusableProfile,
            r"MP shows 3 alleles at vWA \(14, 16, 17\); a person has two",
        ),
        ({"genotypes__MP__vWA": ["14"]}, UnusableProfile, r"MP has 1 alleles at vWA \(14\)"),
        ({"genotypes__MP__vWA": ["14", None]}, UnusableProfile, "MP at vWA: one of two"),
        ({"genotypes__MP__vWA": {"a": 1}}, UnusableProfile, "MP at vWA"),
        ({"genotypes__MP__vWA": ["14", True]}, UnusableProfile, "True is no allele"),
        ({"genotypes__MP__VWA": ["14", "14"]}, UnusableProfile, "MP has vWA twice"),
        (
            {"loci__1": "D99", "genotypes__FA__D99": ["1", "2"]},
            UnusableFrequencies,
            r"FA is typed at D99 \(1, 2\)",
        ),
        (
            {"loci__1": "SHORT", "genotypes__FA__SHORT": ["1", "2"]},
            UnusableFrequencies,
            "SHORT of HERE.*sum to 0.8",
        ),
        ({"loci": ["vWA", "VWA"]}, UnreadableCase, "vWA is listed twice, once as VWA"),
        (
            {"chromosome": "X", "genotypes__MP__vWA": ["14", "17"]},
            UnusableProfile,
            "FA shows 2 alleles at vWA.*one X",
        ),
        ({"pedigree_H2": [{"id": "FA", "sex": "male"}]}, ImpossiblePedigree, "MP is typed and"),
        (
            {"pedigree_H2": [{"id": "FA"}, {"id": "MP", "sex": "male"}]},
            ImpossiblePedigree,
            "FA is male in the pedigree and unknown in",
        ),
    ],
)
def test_bad_input_is_refused_in_a_sentence_that_names_it(changes, refusal, names):
    with pytest.raises(refusal, match=names):
        read_case(with_lists(changes), TABLES)


def with_lists(changes):
    """As `a_case`, where a step of a name may be a place in a list."""
    case = copy.deepcopy(CASE)
    for name, value in changes.items():
        *steps, key = [int(step) if step.isdigit() else step for step in name.split("__")]
        place = case
        for step in steps:
            place = place[step]
        place[key] = value
    return case


def test_something_that_is_no_case_is_refused():
    with pytest.raises(MatchingError, match="not written as an object"):
        read_case([1], TABLES)
    assert case_id_of([1]) is None
    assert case_id_of({"case_id": 7}) == "7"
    assert case_id_of({}) is None


@pytest.mark.parametrize(
    ("alleles", "names"),
    [
        ([], "L of S has no alleles"),
        ({}, "L of S has no alleles"),
        ({"1": 1.5}, "allele 1 is 1.5, not between"),
        ({"1": "0.5"}, "allele 1 is 0.5, not between"),
        ({"silent": 1.0}, "called “silent”"),
        ({"1": 0.5, "2": 0.4}, "sum to 0.9, not to 1"),
    ],
)
def test_frequencies_that_cannot_be_used_are_kept_as_their_refusal(alleles, names):
    locus = read_tables({"S": {"L": alleles}}).set_named("S")["L"]

    assert isinstance(locus, UnusableFrequencies)
    assert names in str(locus)


@pytest.mark.parametrize("written", [[], {"S": []}])
def test_frequencies_of_another_shape_are_refused(written):
    with pytest.raises(UnusableFrequencies, match="are read as"):
        read_tables(written)


def test_alleles_stand_in_the_order_of_the_ladder_and_never_seen_ones_are_none():
    table = read_tables({"S": {"L": {"OL": 0.1, "10": 0.5, "9.3": 0.4, "7": 0}}})

    assert table.set_named("S")["L"].alleles == ("9.3", "10", "OL")
