"""What would mislead: families told wrongly, somebody else of the family, one profile twice."""

import math

import pytest

from matching.errors import MatchingError
from matching.kinship import read_case, read_tables
from matching.kinship.alike import Alike, Profile, alike_in, markers_of
from matching.kinship.checks import THETAS, Check, check
from matching.kinship.doubts import Consistency, Doubt, Told
from tests.matching.kinship.written import CASE, TABLES, a_case

P = {"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.4}
TEN = [f"L{n}" for n in range(12)]
OTHER = {"L0": {"A": 0.4, "B": 0.3, "C": 0.3}, "L1": {"A": 1.0}}
MANY = read_tables({"S": dict.fromkeys(TEN, P), "OTHER": OTHER, "NONE": {}})
FAMILY = [
    *CASE["pedigree"],
    {"id": "S", "father": "FA", "mother": "MO", "sex": "female"},
]


def everywhere(first, second):
    return {name: [first, second] for name in TEN}


def a_family(**changes):
    return {
        "case_id": "c",
        "frequency_set": "S",
        "pedigree": FAMILY,
        "missing_id": "MP",
        "genotypes": {},
    } | changes


def doubts_of(genotypes, **changes):
    found = check(a_family(genotypes=genotypes, **changes), MANY)
    return found, {(doubt.told, doubt.people): doubt for doubt in found.consistency.doubts}


def test_a_father_who_cannot_be_is_doubted_by_as_much_as_weighing_it_gives():
    mutation = {"model": "equal", "rate_male": 0.002, "rate_female": 0.0005}
    found, doubts = doubts_of({"FA": everywhere("A", "A"), "S": everywhere("B", "C")})
    as_case = a_family(
        missing_id="S",
        genotypes={"FA": everywhere("A", "A"), "S": everywhere("B", "C")},
        mutation=mutation,
    )
    ratio = read_case(as_case, MANY).weighed().ratios.total_log10

    assert found.consistency.contradicted == tuple(TEN)
    assert doubts[Told.UNRELATED, ("S",)].log10_times == pytest.approx(-ratio)
    # Another father's allele may mutate as well, which somebody unrelated's does not.
    other_father = doubts[Told.OTHER_FATHER, ("S", "FA")]
    assert other_father.log10_times == pytest.approx(-ratio, rel=1e-3)
    assert (Told.OTHER_MOTHER, ("S", "MO")) not in doubts
    text = " ".join(found.findings())
    assert "Without a mutation the family's profiles cannot be at L0, L1" in text
    assert "times as probable if S had another father than FA" in text


def test_exchanged_samples_are_found():
    _, doubts = doubts_of(
        {
            "FA": everywhere("A", "C"),
            "MO": everywhere("C", "C"),
            "S": everywhere("A", "A"),
        }
    )

    worst = next(iter(doubts.values()))
    assert (worst.told, set(worst.people)) == (Told.EXCHANGED, {"FA", "S"})
    assert worst.log10_times > 10
    assert "were exchanged" in worst.sentence


def test_a_sound_family_gives_no_cause_for_doubt():
    found, doubts = doubts_of({"FA": everywhere("A", "B"), "S": everywhere("A", "C")})

    assert found.consistency.contradicted == ()
    # To exchange a father and a child says the same but for what mutates.
    assert all(doubt.log10_times < 0.01 for doubt in doubts.values())
    assert list(found.findings()) == []


def test_one_profile_agrees_with_itself_and_what_is_impossible_is_told_so():
    found, doubts = doubts_of({"FA": everywhere("A", "B")})

    assert doubts == {}
    assert list(Check(found.consistency, ("MP",)).findings()) == []
    impossible = Doubt(Told.OTHER_MOTHER, ("S", "MO"), math.inf)
    assert impossible.sentence == (
        "The profiles are possible only if S had another mother than MO."
    )
    assert Consistency((), (impossible,)).doubts[0] is impossible


def test_others_of_the_family_are_weighed_beside_the_missing_person():
    found = check(a_case(), TABLES)

    ratios = {each.who: each.log10_lr for each in found.alternatives}
    own = read_case(a_case(), TABLES).weighed().ratios.total_log10
    assert ratios["MP"] == pytest.approx(own)
    # The father alone is typed: any child of his is as likely, one of the mother says nothing.
    assert ratios["a full sibling of MP"] == pytest.approx(own)
    assert ratios["a half-sibling of MP, by the father"] == pytest.approx(own)
    assert ratios["a half-sibling of MP, by the mother"] == pytest.approx(0, abs=1e-12)
    # The second degree is half unrelated: (1 + LR) / 2 at each locus.
    of_child = [0.5 + 1 / (8 * 0.2), 0.5 + 1 / (4 * 0.4)]
    assert ratios["a child of MP"] == pytest.approx(math.log10(math.prod(of_child)))
    assert "MO" not in ratios
    assert ratios["an uncle or aunt of MP, by the mother"] == pytest.approx(0, abs=1e-12)
    # A brother or sister of the one who is typed: nothing in common, one allele, or two.
    of_sibling = [0.25 + 0.5 / (4 * 0.2), 0.25 + 0.5 / (2 * 0.4)]
    uncle = ratios["an uncle or aunt of MP, by the father"]
    assert uncle == pytest.approx(math.log10(math.prod(of_sibling)))
    assert "may as well be" not in " ".join(found.findings())


def test_a_sibling_who_is_as_likely_is_named():
    case = a_family(genotypes={"FA": everywhere("A", "B"), "MP": everywhere("A", "C")})

    found = check(case, MANY)

    says = list(found.findings())
    assert says[0].startswith(
        "These relatives cannot tell MP from a full sibling of MP or a half"
    )
    assert any(
        text.startswith("The remains may as well be a child of MP: 10^") for text in says
    )


def test_an_untyped_relative_of_the_sex_may_be_the_remains():
    woman = [*CASE["pedigree"][:2], CASE["pedigree"][2] | {"sex": None}, FAMILY[3]]
    case = a_family(
        pedigree=woman, genotypes={"S": everywhere("A", "B"), "MP": everywhere("A", "C")}
    )

    ratios = {each.who: each.log10_lr for each in check(case, MANY).alternatives}

    assert {"FA", "MO"} <= ratios.keys()
    assert "a child of MP" not in ratios
    # A child and its parent: 1 / 4p where one allele is shared.
    assert ratios["MO"] == pytest.approx(12 * math.log10(1 / (4 * 0.1)))


def test_the_ratio_is_told_for_every_table_and_theta():
    case = a_family(
        theta=0.02, genotypes={"FA": everywhere("A", "B"), "MP": everywhere("A", "C")}
    )

    found = check(case, MANY)

    told = {(each.frequency_set, each.theta): each for each in found.sensitivity}
    assert [theta for name, theta in told if name == "S"] == sorted({*THETAS, 0.02})
    at_0 = read_case(case | {"theta": 0}, MANY).weighed().ratios.total_log10
    assert told["S", 0.0].log10_lr == pytest.approx(at_0)
    assert told["S", 0.03].log10_lr < at_0
    other = told["OTHER", 0.0]
    assert other.loci == 1
    assert 10**other.log10_lr == pytest.approx(1 / (4 * 0.4))
    assert 10**other.log10_lr_here == pytest.approx(1 / (4 * 0.1))
    by_theta, by_table = list(found.findings())[-2:]
    assert by_theta.startswith("By theta the ratio lies between")
    assert f"changes it by up to 10^{math.log10(4):.2f} on the loci" in by_table


def test_an_own_sample_and_lossy_remains_are_checked():
    case = a_family(
        group="direct_match",
        genotypes={"MP": everywhere("A", "B"), "FA": everywhere("A", "A")},
        pm_observed=everywhere("A", "A"),
        dropout_d=0.2,
        typed=["FA", "MP"],
    )

    found = check(case, MANY)

    assert "MP" in [each.who for each in found.alternatives]
    assert found.consistency.doubts == ()


def test_several_missing_are_checked_as_a_family():
    found = check(a_family(missing_id=["MP", "S"], genotypes={}), MANY)

    assert found.missing == ("MP", "S")
    assert found.sensitivity == found.alternatives == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"genotypes": []}, "genotypes is not"), ({"chromosome": "X"}, "only autosomal loci")],
)
def test_a_case_that_cannot_be_checked_says_why(changes, says):
    with pytest.raises(MatchingError, match=says):
        check(a_family(**changes), MANY)


def test_markers_are_read_however_they_are_spelt():
    assert markers_of(
        {"D3 S1358": [15, "16.0"], "AMEL": ["X", "Y"], "vWA": "14", "FGA": []}
    ) == {
        "d3s1358": frozenset({"15", "16"}),
        "vwa": frozenset({"14"}),
    }
    assert markers_of(None) == {}
    assert markers_of({"TH01": ["9.3", "R"]}) == {"th01": frozenset({"9.3", "R"})}


def test_profiles_that_agree_but_for_a_locus_are_found_and_others_are_not():
    one = everywhere("A", "B")
    profiles = [
        Profile("c1", "MP", markers_of(one)),
        Profile("c2", "S", markers_of(one | {"L0": ["C", "C"]})),
        Profile("c3", "FA", markers_of(one | {"L0": ["C", "D"], "L1": ["D", "D"]})),
        Profile("c4", "MO", markers_of({name: one[name] for name in TEN[:9]})),
    ]

    assert list(alike_in(profiles)) == [Alike(0, 1, 12, 1)]
    assert list(alike_in([])) == []


def test_all_that_a_lossy_profile_shows_may_be_another_s():
    whole = Profile("staff", "P", markers_of(everywhere("A", "B")))
    part = Profile("c1", "MP", markers_of(everywhere("A", "A")), may_have_lost=True)
    other = Profile("c2", "MP", markers_of(everywhere("C", "C")), may_have_lost=True)
    same = Profile("c3", "MP", whole.markers, may_have_lost=True)

    assert list(alike_in([whole, part, other])) == [Alike(1, 0, 12, 0, is_part=True)]
    assert list(alike_in([whole, same])) == [Alike(0, 1, 12, 0)]


def test_a_table_that_cannot_be_weighed_by_says_why():
    tables = read_tables(
        {"S": {"L": {"10": 0.5, "11": 0.5}}, "T": {"L": {"10": 0.9, "R": 0.1}}}
    )
    stepwise = {"model": "stepwise", "rate_male": 0.01, "rate_female": 0.01}
    case = a_family(
        genotypes={"FA": {"L": ["10", "10"]}, "MP": {"L": ["10", "10"]}},
        mutation=stepwise | {"range": 0.1, "rate2": 0.0},
    )

    refusals = [each.refusal for each in check(case, tables).sensitivity]
    torn = {"FA": {"L": ["10", "10"]}, "S": {"L": ["11", "11"]}, "MP": {"L": ["10", "11"]}}
    of_torn = check(case | {"genotypes": torn, "mutation": None}, tables)

    assert refusals[0] is None
    assert "cannot be under either hypothesis" in of_torn.sensitivity[0].refusal
    assert of_torn.alternatives == ()
    assert "At L allele R is not a number of repeats" in refusals[1]
    assert refusals[2] is None
