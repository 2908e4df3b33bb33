"""Y, mtDNA and X: what both profiles hold is compared, counted, and not multiplied."""

import math
from dataclasses import replace

import pytest

from casework.kinship.computing import MUTATION, Asked, Chromosome, computed_on_x
from casework.kinship.line_words import line_words
from casework.kinship.lines import (
    Counted,
    Haplotype,
    Line,
    LineAsked,
    Uncountable,
    compared,
    counted,
)
from casework.kinship.told import Agreement, LineTold, Outcome, Told, read_back, written
from casework.pedigree.tree import MISSING, Parent, Tree, TreeSex, with_parent
from casework.web.described import teller_for

SPANISH = teller_for("es")
TREE, MOTHER = with_parent(Tree(), MISSING, Parent.MOTHER)
TREE, FATHER = with_parent(TREE, MISSING, Parent.FATHER)
REMAINS = Haplotype({"DYS391": ["10"], "DYS385": ["11", "14"], "DYS19": ["13"]})
SEEN = Counted(0, 1_000, "una base inventada")


def paternal(who, loci, seen=None):
    asked = LineAsked(Line.PATERNAL, REMAINS, {who: Haplotype(loci)})
    (told,) = compared(asked, TREE, seen)
    return told


def maternal(one, other, who=MOTHER.number, seen=None):
    remains, family = (Haplotype({"mtDNA": own}, span) for own, span in (one, other))
    (told,) = compared(LineAsked(Line.MATERNAL, remains, {who: family}), TREE, seen)
    return told


def test_a_y_that_agrees_where_both_were_typed_weighs_one_over_the_bound_of_its_frequency():
    told = paternal(FATHER.number, {"DYS391": ["10"], "DYS385": ["14", "11"]}, SEEN)

    never_seen = 1 - 0.05 ** (1 / 1_000)  # Clopper-Pearson, one-sided
    assert (told.agreement, told.shared) == (Agreement.AGREES, 2)
    assert told.upper == pytest.approx(never_seen)
    assert 10**told.log10_at_least == pytest.approx(1 / never_seen)
    words = " ".join(line_words(told, TREE, SPANISH).words)
    assert "Se vio 0 veces entre 1,000 personas" in words
    assert "al menos 330 veces más probables si los restos son de esta línea" in words
    assert "No distingue entre ellos" in words


def test_a_difference_is_named_and_not_weighed_whatever_was_counted():
    told = paternal(FATHER.number, {"DYS391": ["11"], "DYS19": ["13"]}, SEEN)

    assert (told.agreement, told.differing) == (Agreement.DIFFERS, ("DYS391",))
    assert told.upper is None
    assert "difiere en DYS391" in line_words(told, TREE, SPANISH).words[0]


def test_who_is_of_another_line_or_has_no_locus_in_common_says_nothing():
    stranger = paternal(MOTHER.number, {"DYS391": ["10"]})
    apart = paternal(FATHER.number, {"DYS438": ["9"]})

    assert stranger.agreement is Agreement.OTHER_LINE
    assert apart.agreement is Agreement.NOT_COMPARABLE
    assert maternal((["263G"], ""), (["263G"], ""), FATHER.number).agreement is (
        Agreement.OTHER_LINE
    )


def test_mitochondrial_dna_is_compared_where_both_were_read():
    short, long = "16024-16365", "16024-16569, 1-576"
    same = maternal((["16223T"], short), (["16223T", "263G"], long))
    other = maternal((["16223T"], short), (["16189C", "263G"], long))
    apart = maternal((["263G"], "1-576"), (["16223T"], short))
    unsaid = maternal((["263G"], ""), (["263G"], short))

    assert (same.agreement, same.shared) == (Agreement.AGREES, 16365 - 16024 + 1)
    assert (other.agreement, other.differing) == (Agreement.DIFFERS, ("16189C", "16223T"))
    assert apart.agreement is Agreement.NOT_COMPARABLE
    assert unsaid.agreement is Agreement.AGREES
    assert "no consta qué tramo" in line_words(unsaid, TREE, SPANISH).words[0]
    assert "falta buscarlo en una base de datos" in line_words(same, TREE, SPANISH).words[1]


def test_the_persons_own_haplotype_is_held_against_the_remains_as_well():
    assert paternal(MISSING, {"DYS391": ["10"]}).agreement is Agreement.AGREES


@pytest.mark.parametrize(
    "typed", [("3", ""), ("", "10"), ("11", "10"), ("0", "0"), ("-1", "9")]
)
def test_a_count_that_cannot_be_is_refused(typed):
    with pytest.raises(Uncountable):
        counted(*typed, "")
    assert counted(" ", "", "x") is None
    assert counted("3", "1 200", " y ") == Counted(3, 1_200, "y")


def test_what_the_lines_say_is_kept_and_read_back_whole():
    line = LineTold(marker="Y", who=2, agreement=Agreement.DIFFERS, differing=("DYS391",))
    told = Told(outcome=Outcome.NO_NUMBER, lines=(line,))

    assert read_back(written(told)).lines == (line,)


def test_the_x_of_a_son_is_his_mothers():
    tree, mother = with_parent(Tree(), MISSING, Parent.MOTHER)
    son = replace(tree.member(MISSING), sex=TreeSex.MALE)
    tree = Tree((son, mother))
    shares = {"14": 0.1, "15": 0.9}
    told = computed_on_x(
        Asked(
            tree=tree,
            family={mother.number: {"DXS7132": ["14", "14"]}},
            own=None,
            remains={"DXS7132": ["14"]},
            table="X",
            population="nadie",
            loci={"DXS7132": shares},
            theta=0.0,
            chromosome=Chromosome.X,
        )
    )

    moving = sum(share * (1 - share) for share in shares.values())
    stays = 1 - MUTATION["rate_female"] * (1 - 0.1) / moving
    assert told.log10_lr == pytest.approx(math.log10(stays / 0.1), rel=1e-9)
    assert read_back(written(Told(outcome=Outcome.NO_NUMBER, on_x=told))).on_x == told
