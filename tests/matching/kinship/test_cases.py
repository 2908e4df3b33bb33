"""A case is read as it was meant, or refused in one sentence that says where to look."""

import copy
import math

import pytest

from matching.errors import UndefinedRatio, UnusableProfile
from matching.kinship import read_case
from tests.matching.kinship.written import CASE, TABLES, a_case


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


def test_a_locus_that_is_not_listed_decides_nothing():
    """Whoever leaves a locus out may have no frequencies for it, or alleles off its ladder."""
    more = {"D99": ["1", "2"], "D12S391": ["7", "7"], "vWA": ["14", "16"]}

    found = weighed(
        loci=["vWA"], genotypes__FA=more, genotypes__MP={"vWA": ["14", "17"], "D99": []}
    )

    assert found.ratios.by_locus == pytest.approx({"vWA": 1 / (4 * 0.2)})
    assert found.warnings == ("Typed but not listed in loci: D99, D12S391: left out.",)


def test_people_typed_nowhere_are_told():
    found = weighed(genotypes__FA={"AMEL": ["X", "Y"]}, typed=["FA", "MO", "MP"])

    assert set(found.ratios.by_locus.values()) == {1}
    assert "MO is listed as typed and has no allele at any locus." in found.warnings
    assert "No locus is typed both in MP and in the family" in " ".join(found.warnings)
