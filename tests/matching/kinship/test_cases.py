"""A case is read as it was meant, or refused in one sentence that says where to look."""

import copy
import math

import pytest

from matching.errors import (
    ImpossiblePedigree,
    MatchingError,
    UndefinedRatio,
    UnreadableCase,
    UnusableFrequencies,
    UnusableProfile,
)
from matching.kinship import read_case, read_tables
from matching.kinship.cases import case_id_of

TABLES = read_tables(
    {
        "HERE": {
            "vWA": {"14": 0.2, "16": 0.3, "17": 0.5},
            "Penta D": {"9": 0.4, "9.3": 0.6},
            "D12S391": {"18": 0.5, "19": 0.5},
            "CUT": {"1": 0.4, "2": 0.598},
            "SHORT": {"1": 0.4, "2": 0.4},
        }
    }
)
CASE = {
    "case_id": "c1",
    "frequency_set": "HERE",
    "loci": ["vWA", "Penta D"],
    "pedigree": [
        {"id": "FA", "father": None, "mother": None, "sex": "male"},
        {"id": "MO", "father": None, "mother": None, "sex": "female"},
        {"id": "MP", "father": "FA", "mother": "MO", "sex": "male"},
    ],
    "missing_id": "MP",
    "typed": ["FA", "MP"],
    "genotypes": {
        "FA": {"vWA": ["14", "16"], "Penta D": ["9", "9"]},
        "MP": {"vWA": ["14", "17"], "Penta D": ["9", "9.3"]},
    },
}


def a_case(**changes):
    """The case with some of its fields written otherwise; None takes one out."""
    case = copy.deepcopy(CASE)
    for name, value in changes.items():
        where, _, key = name.rpartition("__")
        place = case
        for step in where.split("__") if where else []:
            place = place[step]
        if value is None:
            del place[key]
        else:
            place[key] = value
    return case


def weighed(**changes):
    return read_case(a_case(**changes), TABLES).weighed()


def ratios(**changes):
    return weighed(**changes).ratios.by_locus


def test_a_case_is_weighed_locus_by_locus_and_in_total():
    found = weighed()

    # A father's allele shared: 1 / 4p; the child of a homozygote: 1 / 2p.
    expected = {"vWA": 1 / (4 * 0.2), "Penta D": 1 / (2 * 0.4)}
    assert found.ratios.by_locus == pytest.approx(expected)
    assert found.ratios.total_log10 == pytest.approx(math.log10(math.prod(expected.values())))
    assert found.warnings == ()


def test_what_is_assumed_stands_beside_the_result():
    text = " ".join(
        weighed(
            theta=0.01,
            silent_freq=0.005,
            dropout_d=0.1,
            dropin_c=0.01,
            loci=["vWA", "D12S391"],
            mutation={
                "model": "stepwise",
                "rate_male": 0.002,
                "rate_female": 0.0005,
                "range": 0.1,
                "rate2": 1e-6,
                "by_locus": {"vWA": {"rate_male": 0.003}},
            },
        ).assumptions
    )

    for words in (
        "unrelated to the family",
        "frequencies: HERE",
        "theta 0.01",
        "extended stepwise, rate 0.002 from fathers and 0.0005 from mothers, range 0.1",
        "Own mutation rates at vWA",
        "untyped founders are kept",
        "Silent alleles: frequency 0.005",
        "lost with chance 0.1",
        "Drop-in: with chance 0.01",
        "Loci are independent",
        "vWA and D12S391 lie near",
    ):
        assert words in text


def test_a_stationary_model_needs_no_convention_about_founders():
    rates = {"model": "equal", "rate_male": 0.01, "rate_female": 0.01, "stabilization": "PM"}

    text = " ".join(weighed(mutation=rates).assumptions)

    assert "equal, balanced to keep frequencies (PM)" in text
    assert "untyped founders" not in text


def test_a_parent_who_is_not_named_is_told():
    text = " ".join(
        weighed(pedigree=[CASE["pedigree"][0], {"id": "MP", "father": "FA"}]).assumptions
    )

    assert "MP (mother, not named) is taken to be an untyped founder" in text


def test_x_markers_are_told_and_weighed_as_such():
    profiles = {"FA": {"vWA": ["14", "14"]}, "MP": {"vWA": ["17"]}}

    found = weighed(chromosome="x", genotypes=profiles)

    assert found.ratios.by_locus["vWA"] == pytest.approx(1)
    assert any("X markers" in each for each in found.assumptions)


def test_two_pedigrees_are_held_against_each_other():
    unrelated = [{"id": "FA", "sex": "male"}, {"id": "MP", "sex": "male"}]

    found = weighed(pedigree_H2=unrelated, missing_id=None)

    assert found.ratios.by_locus == pytest.approx(ratios())
    assert found.assumptions[0].endswith("pedigree_H2 says.")


def test_where_the_second_pedigree_cannot_be_the_ratio_is_infinite():
    alone = [{"id": "FA", "sex": "male"}, {"id": "MP", "sex": "male"}]
    differ = {"MP": {"vWA": ["17", "17"], "Penta D": ["9.3", "9.3"]}}

    found = weighed(
        pedigree=alone,
        pedigree_H2=CASE["pedigree"],
        genotypes=CASE["genotypes"] | differ,
        missing_id=None,
    )

    assert found.ratios.by_locus["vWA"] == math.inf
    assert found.ratios.total_log10 == math.inf
    assert "cannot be under the second hypothesis" in found.warnings[0]


def test_where_each_hypothesis_is_excluded_somewhere_there_is_no_total():
    child_of_mother = [
        {"id": "FA", "sex": "male"},
        {"id": "MO", "sex": "female"},
        {"id": "MP", "mother": "MO", "sex": "male"},
    ]
    profiles = {
        "FA": {"vWA": ["14", "14"], "Penta D": ["9", "9"]},
        "MO": {"vWA": ["16", "16"], "Penta D": ["9", "9"]},
        "MP": {"vWA": ["14", "17"], "Penta D": ["9.3", "9"]},
    }
    child_of_father = [*child_of_mother[:2], {"id": "MP", "father": "FA", "sex": "male"}]
    swapped = copy.deepcopy(profiles)
    swapped["FA"]["Penta D"] = ["9.3", "9.3"]
    swapped["MO"]["Penta D"] = ["9", "9"]
    swapped["MP"]["Penta D"] = ["9", "9"]

    found = weighed(
        pedigree=child_of_father,
        pedigree_H2=child_of_mother,
        genotypes=swapped,
        typed=["FA", "MO", "MP"],
        missing_id=None,
    )

    assert found.ratios.by_locus == {"vWA": math.inf, "Penta D": 0}
    assert math.isnan(found.ratios.total_log10)
    assert "there is no total" in found.warnings[-1]


def test_a_reference_sample_is_held_against_the_remains():
    own = {"MP": {"vWA": ["14", "17"]}}
    alone = [{"id": "MP", "sex": "male"}]

    found = weighed(pedigree=alone, typed="MP", genotypes=own)
    seen = weighed(
        group="direct_match",
        typed="MP",
        genotypes=own,
        pm_observed={"vWA": "14"},
        dropout_d=0.2,
    )
    lossy = weighed(pedigree=alone, typed="MP", genotypes=own, dropout_d=0.2)

    p, q = 0.2, 0.5
    assert found.ratios.by_locus["vWA"] == pytest.approx(1 / (2 * p * q))
    one_of_two = 0.8 * 0.2
    anybody = p**2 * (1 - 0.2**2) + 2 * p * (1 - p) * one_of_two
    assert seen.ratios.by_locus["vWA"] == pytest.approx(one_of_two / anybody)
    assert lossy.ratios.by_locus["vWA"] == pytest.approx(1 / (2 * p * q))
    assert found.ratios.by_locus["Penta D"] == 1
    assert "both profiles are of one person" in found.assumptions[0]


def test_a_locus_where_the_remains_are_not_typed_weighs_nothing_even_in_a_torn_family():
    profiles = {
        "FA": {"vWA": ["14", "14"], "Penta D": ["9", "9"]},
        "S": {"vWA": ["17", "17"]},
        "MP": {"Penta D": ["9", "9"]},
    }
    sister = {"id": "S", "father": "FA", "mother": "MO", "sex": "female"}

    found = ratios(
        genotypes=profiles, typed=["FA", "S", "MP"], pedigree=[*CASE["pedigree"], sister]
    )

    assert found["vWA"] == 1


def test_a_family_that_contradicts_itself_is_told_by_locus():
    profiles = {
        "FA": {"vWA": ["14", "14"]},
        "S": {"vWA": ["17", "17"]},
        "MP": {"vWA": ["14", "17"]},
    }
    sister = {"id": "S", "father": "FA", "mother": "MO", "sex": "female"}

    with pytest.raises(UndefinedRatio, match="At vWA what was seen cannot be under either"):
        weighed(
            genotypes=profiles, typed=["FA", "S", "MP"], pedigree=[*CASE["pedigree"], sister]
        )


def test_an_exclusion_names_its_loci():
    found = weighed(genotypes__MP={"vWA": ["17", "17"]})

    assert found.ratios.total_log10 == -math.inf
    assert "What was seen at vWA cannot be under the first" in found.warnings[0]


@pytest.mark.parametrize("name", ["VWA", "vwa ", "v-WA"])
def test_a_locus_written_otherwise_is_read_and_told(name):
    found = weighed(genotypes__FA={name: ["14", "16"]}, genotypes__MP={name: ["14", "17"]})

    assert found.ratios.by_locus["vWA"] == pytest.approx(1 / (4 * 0.2))
    assert found.warnings == (f"{name} was read as vWA, as HERE spells it.",)


def test_alleles_may_be_numbers_and_untyped_ones_empty():
    profile = {"vWA": [14, 16.0], "Penta D": [9.3, "9.30"], "D12S391": [None, ""], "CUT": None}

    found = weighed(genotypes__FA=profile)

    assert found.ratios.by_locus["Penta D"] == pytest.approx(1 / (2 * 0.6))


def test_three_alleles_are_read_where_one_may_have_dropped_in():
    seen = {"vWA": ["14", "16", "17"]}

    found = ratios(pm_observed=seen, dropin_c=0.05)

    assert found["vWA"] > 0
    with pytest.raises(UnusableProfile, match="MP shows 3 alleles at vWA"):
        weighed(pm_observed=seen, dropout_d=0.05)


def test_a_rounded_table_is_scaled_and_told():
    own = {"FA": {"CUT": ["1", "2"]}, "MP": {"CUT": ["1", "1"]}}

    found = weighed(genotypes=own, loci=["CUT"])

    assert found.ratios.by_locus["CUT"] == pytest.approx(1 / (2 * 0.4 / 0.998))
    assert found.warnings == (
        "The frequencies of CUT in HERE sum to 0.998; they were scaled to 1.",
    )


def test_without_a_list_all_typed_loci_are_weighed():
    assert list(ratios(loci=None)) == ["vWA", "Penta D"]


def test_what_is_left_out_is_told():
    sexed = {"AMEL": ["X", "X"], "vWA": ["14", "17"], "D12S391": ["18", "19"]}

    found = weighed(
        loci=["vWA", "AMEL", "D3S1358"],
        genotypes__MP=sexed,
        genotypes__MO={"vWA": ["14", "14"]},
        typed=["FA", "MP"],
    )

    assert list(found.ratios.by_locus) == ["vWA"]
    text = " ".join(found.warnings)
    assert "MO has a profile but is not listed as typed" in text
    assert "D3S1358 has no frequencies in HERE and nobody is typed there" in text
    assert "Penta D, D12S391: left out" in text
    assert "MP is recorded as male and AMEL shows X, X, female" in text


def test_people_typed_nowhere_are_told():
    found = weighed(genotypes__FA={"AMEL": ["X", "Y"]}, typed=["FA", "MO", "MP"])

    assert set(found.ratios.by_locus.values()) == {1}
    assert "MO is listed as typed and has no allele at any locus." in found.warnings
    assert "No locus is typed both in MP and in the family" in " ".join(found.warnings)


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
            {"genotypes__FA__D99": ["1", "2"]},
            UnusableFrequencies,
            r"FA is typed at D99 \(1, 2\)",
        ),
        (
            {"genotypes__FA__SHORT": ["1", "2"]},
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
