"""A search by DNA: the true pairs first, chance beside them, bad profiles named."""

from casework.demonstration import kindred
from casework.dna_search.weighing import OfFamily, OfRemains, searched
from casework.frequencies.reading import read_table
from casework.kinship.computing import Asked, computed
from casework.pedigree.sketch import placed
from casework.pedigree.tree import MISSING, Member, Tree, TreeSex

TABLE = ("Inventada", read_table(kindred.table_file()).loci)
MOTHER, FATHER = 2, 3


def a_family(number=0):
    tree = Tree((Member(MISSING, sex=TreeSex.MALE),))
    tree = placed(placed(tree, "mother"), "father")
    drawn = kindred.inherited(number)
    family = OfFamily("MP-1", tree, {MOTHER: drawn["mother"], FATHER: drawn["father"]})
    return family, drawn["he"]


def test_a_pair_has_the_ratio_that_computing_it_alone_gives_with_theta():
    family, he = a_family()
    crowd = [OfRemains(f"HR-{at}", "unknown", kindred.of_nobody(at)) for at in range(5)]

    found = searched([family], [*crowd, OfRemains("HR-he", "female", he)], TABLE, 0.01)

    alone = computed(
        Asked(
            tree=family.tree,
            family=family.genotypes,
            own=None,
            remains=he,
            table=TABLE[0],
            population="nadie",
            loci=TABLE[1],
            theta=0.01,
        )
    )
    first = found.hits[0]
    assert (first.remains, first.person, first.sexes_differ) == ("HR-he", "MP-1", True)
    assert abs(first.log10_lr - alone.log10_lr) < 1e-9
    assert first.by_chance < 1e-9
    assert (found.compared, found.against, found.families) == (6, 5, 1)


def test_remains_that_cannot_be_read_are_named_and_the_others_go_on():
    family, he = a_family()
    broken = OfRemains("HR-x", "male", {"TH01": ["99", "99"]})

    found = searched([family], [broken, OfRemains("HR-he", "male", he)], TABLE, 0.0)

    assert [each.remains for each in found.hits] == ["HR-he"]
    ((who, why),) = found.refused
    assert who == "HR-x"
    assert "99" in why
