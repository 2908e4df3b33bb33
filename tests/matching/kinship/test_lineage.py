"""Haplotypes that are counted, and the sex that a profile shows."""

import pytest
from scipy.stats import binom

from matching.errors import ImpossiblePedigree, UnreadableCase, UnusableFrequencies
from matching.kinship import Pedigree, Person, Sex
from matching.kinship.amelogenin import is_amelogenin, sex_shown
from matching.kinship.beside import read_lines
from matching.kinship.lineage import Line, ancestor_of, lineage_ratio, upper_frequency
from tests.matching.kinship.families import FEMALE, MALE

FAMILY = Pedigree(
    (
        Person("GM", sex=FEMALE),
        Person("GF", sex=MALE),
        Person("MO", "GF", "GM", FEMALE),
        Person("UNCLE", "GF", "GM", MALE),
        Person("FA", sex=MALE),
        Person("MP", "FA", "MO", MALE),
        Person("SISTER", "FA", "MO", FEMALE),
    )
)
MITO = {"MP": "16223T 16290T", "UNCLE": " 16223T 16290T ", "SISTER": "16223T", "FA": "16111T"}


@pytest.mark.parametrize(("count", "size"), [(0, 1), (0, 500), (3, 500), (499, 500)])
def test_the_bound_is_where_so_few_would_seldom_be_seen(count, size):
    bound = upper_frequency(count, size)

    assert binom.cdf(count, size, bound) == pytest.approx(0.05)
    assert lineage_ratio(count, size) == 1 / bound


def test_a_haplotype_never_seen_has_a_bound_in_closed_form():
    assert upper_frequency(0, 4000) == pytest.approx(1 - 0.05 ** (1 / 4000))


def test_a_haplotype_that_everybody_has_weighs_nothing():
    assert lineage_ratio(20, 20) == 1


@pytest.mark.parametrize(
    ("count", "size", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (0, 0, 0.95), (0, 5, 1.0)]
)
def test_counts_that_cannot_be_are_refused(count, size, confidence):
    with pytest.raises(UnusableFrequencies, match="cannot be"):
        upper_frequency(count, size, confidence)


def test_lines_go_from_mothers_and_from_fathers_to_sons():
    assert ancestor_of(FAMILY, "MP", Line.MATERNAL) == "GM"
    assert ancestor_of(FAMILY, "UNCLE", Line.MATERNAL) == "GM"
    assert ancestor_of(FAMILY, "MP", Line.PATERNAL) == "FA"
    assert ancestor_of(FAMILY, "SISTER", Line.PATERNAL) is None


def test_relatives_of_one_line_are_held_against_the_remains():
    counts = {"mtDNA": {"count": 2, "size": 900}}
    found = read_lines(
        {"haplotypes": {"mtDNA": MITO}, "haplotype_counts": counts}, FAMILY, "MP"
    )

    uncle, sister = found
    assert (uncle.relative, uncle.agrees, uncle.lr_at_least) == (
        "UNCLE",
        True,
        lineage_ratio(2, 900),
    )
    assert (sister.relative, sister.agrees, sister.lr_at_least) == ("SISTER", False, None)


def test_without_a_count_agreement_is_told_and_not_weighed():
    y = {"MP": "14,13,29", "FA": "14,13,29", "SISTER": "14,13,29", "UNCLE": "14,13,29"}

    (found,) = read_lines({"haplotypes": {"Y": y}}, FAMILY, "MP")

    assert found.as_dict() == {
        "marker": "Y",
        "relative": "FA",
        "agrees": True,
        "count": None,
        "size": None,
        "upper_frequency": None,
        "lr_at_least": None,
    }


def test_where_the_remains_have_no_haplotype_nothing_is_told():
    mito = {"UNCLE": "16223T", "SISTER": "16223T"}

    assert read_lines({"haplotypes": {"mtDNA": mito}}, FAMILY, "MP") == ()
    assert read_lines({"haplotypes": {"Y": {"SISTER": "14"}}}, FAMILY, "SISTER") == ()
    assert read_lines({"haplotypes": {"mtDNA": MITO}}, FAMILY, None) == ()
    assert read_lines({}, FAMILY, "MP") == ()


@pytest.mark.parametrize(
    ("written", "refusal", "names"),
    [
        ({"haplotypes": []}, None, None),
        ({"haplotypes": 5}, UnreadableCase, "are written as"),
        ({"haplotypes": {"X": {}}}, UnreadableCase, "“X” is no line of descent"),
        ({"haplotypes": {"Y": "14"}}, UnreadableCase, "The Y haplotypes"),
        ({"haplotypes": {"Y": {"MP": " "}}}, UnreadableCase, "Y haplotype of MP"),
        ({"haplotypes": {"Y": {"NOBODY": "14"}}}, ImpossiblePedigree, "NOBODY has a Y"),
        (
            {"haplotypes": {"mtDNA": MITO}, "haplotype_counts": {"mtDNA": {"count": 1.5}}},
            UnusableFrequencies,
            "whole numbers",
        ),
        (
            {"haplotypes": {"mtDNA": MITO}, "haplotype_counts": {"mtDNA": 7}},
            UnusableFrequencies,
            "whole numbers",
        ),
    ],
)
def test_haplotypes_that_cannot_be_read_are_refused(written, refusal, names):
    if refusal is None:
        assert read_lines(written, FAMILY, "MP") == ()
        return
    with pytest.raises(refusal, match=names):
        read_lines(written, FAMILY, "MP")


def test_amelogenin_shows_a_sex_or_nothing():
    assert is_amelogenin("AMEL")
    assert is_amelogenin(" Amelogenin")
    assert not is_amelogenin("vWA")
    assert sex_shown(["X", "x"]) is Sex.FEMALE
    assert sex_shown(["X", "Y"]) is Sex.MALE
    assert sex_shown(["Y", "Y"]) is Sex.UNKNOWN
