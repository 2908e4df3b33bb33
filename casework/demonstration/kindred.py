"""Invented families who gave their DNA: who descends from whom, and what they inherited.

Alleles of founders are thrown by the frequencies of the table that the demonstration brings,
and every child gets one of each parent's: so remains that are somebody's truly fit their
family, and nobody else does but by chance. Mutations are left out.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casework.demonstration.dice import Dice, Weighted
from casework.families.model import Kinship

SEED = 2026
WITH_DNA = "INV-D-"
"""So begins what these families' reports and remains are called."""

TABLE_FILE = "frequencies_nist1036_hispanic.csv"
# What a usual kit of today reads, the shortest fragments first: degraded DNA loses the last.
LOCI = (
    *("D10S1248", "D22S1045", "D2S441", "D19S433", "D3S1358", "D8S1179", "TH01"),
    *("D16S539", "D1S1656", "D5S818", "vWA", "D13S317", "D21S11", "D12S391"),
    *("TPOX", "D18S51", "D7S820", "CSF1PO", "FGA", "SE33", "D2S1338"),
)
DEGRADED_KEEPS, DEGRADED_LOSES_ONE = 10, ("D5S818", "D1S1656")

Genotypes = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Donor:
    """Somebody who gave a sample: by which name the family's descent knows them."""

    who: str
    kinship: Kinship
    place: str  # the code of the relationship, as a tree is drawn by it
    name: str
    takes_back: bool = False
    only_at_laboratory: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """One missing person of a family, and the remains that truly are theirs, if any."""

    record: str
    who: str
    sex: str
    donors: tuple[Donor, ...]
    remains: str = ""
    is_degraded: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Who has which parents, and who of them is sought; nobody named here ever lived."""

    parents: Mapping[str, tuple[str, str]]
    sought: tuple[Sought, ...]


_MOTHER = Donor("mother", Kinship.MOTHER, "mother", "Marta Inventada")
_SISTER = Donor("sister", Kinship.SIBLING, "sister", "Ana Inventada")
_OF_TWO = ("mother", "father")
_BROTHERS = (_MOTHER, _SISTER)
FAMILIES = (
    Family(
        {"he": _OF_TWO},
        (
            Sought(
                "INV-D-M-01",
                "he",
                "male",
                (
                    _MOTHER,
                    Donor("father", Kinship.FATHER, "father", "Ramón Inventado"),
                ),
                remains="INV-D-R-01",
            ),
        ),
    ),
    Family(
        {"she": _OF_TWO, "sister": _OF_TWO, "brother": _OF_TWO},
        (
            Sought(
                "INV-D-M-02",
                "she",
                "female",
                (_SISTER, Donor("brother", Kinship.SIBLING, "brother", "Luis Inventado")),
                remains="INV-D-R-02",
                is_degraded=True,
            ),
        ),
    ),
    # Two brothers who travelled together: DNA alone cannot say which of them is which.
    Family(
        {"elder": _OF_TWO, "younger": _OF_TWO, "sister": _OF_TWO},
        (
            Sought("INV-D-M-03", "elder", "male", _BROTHERS, remains="INV-D-R-03"),
            Sought("INV-D-M-04", "younger", "male", _BROTHERS, remains="INV-D-R-04"),
        ),
    ),
    # Remains described so that nothing but DNA leads to her.
    Family(
        {"she": _OF_TWO, "daughter": ("she", "partner"), "son": ("she", "another")},
        (
            Sought(
                "INV-D-M-05",
                "she",
                "female",
                (
                    _MOTHER,
                    Donor("daughter", Kinship.CHILD, "daughter", "Nora Inventada"),
                    Donor("son", Kinship.CHILD, "son", "Iván Inventado"),
                ),
                remains="INV-D-R-05",
            ),
        ),
    ),
    # The laboratory keeps this family's profile, and sends its ratio.
    Family(
        {"he": _OF_TWO},
        (
            Sought(
                "INV-D-M-06",
                "he",
                "male",
                (
                    Donor(
                        "mother",
                        Kinship.MOTHER,
                        "mother",
                        "Yadira Inventada",
                        only_at_laboratory=True,
                    ),
                ),
                remains="INV-D-R-06",
            ),
        ),
    ),
    Family(
        {"she": _OF_TWO, "sister": _OF_TWO},
        (Sought("INV-D-M-07", "she", "female", _BROTHERS),),
    ),
    Family(
        {"he": _OF_TWO},
        (
            Sought(
                "INV-D-M-08",
                "he",
                "male",
                (
                    Donor(
                        "father", Kinship.FATHER, "father", "Elías Inventado", takes_back=True
                    ),
                ),
            ),
        ),
    ),
)


@cache
def frequencies() -> Mapping[str, Weighted[str]]:
    """Give the alleles of each locus of the shipped table, each with its share."""
    shares: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(io.StringIO(table_file().decode())):
        shares.setdefault(row["locus"], {})[row["allele"]] = float(row["frequency"])
    return {locus: Weighted.of(alleles) for locus, alleles in shares.items()}


def table_file() -> bytes:
    """Give the table as it is brought."""
    return (files("casework.demonstration") / "data" / TABLE_FILE).read_bytes()


def inherited(number: int) -> dict[str, Genotypes]:
    """Throw what everybody of one family has, by name; the same at every start."""
    dice, drawn = Dice(SEED, f"kindred:{number}"), dict[str, Genotypes]()
    parents = FAMILIES[number].parents
    for child in parents:
        for each in (*parents[child], child):
            if each not in drawn:
                drawn[each] = _born(dice, [drawn[one] for one in parents.get(each, ())])
    return drawn


def of_nobody(number: int) -> Genotypes:
    """Throw the profile of remains that are nobody's of these families."""
    return _born(Dice(SEED, f"nobody:{number}"), [])


def degraded(genotypes: Genotypes) -> Genotypes:
    """Leave what degraded DNA leaves: the short loci, some with one allele only."""
    kept = {locus: list(genotypes[locus]) for locus in LOCI[:DEGRADED_KEEPS]}
    return kept | {locus: kept[locus][:1] for locus in DEGRADED_LOSES_ONE}


def specimen(label: str, genotypes: Genotypes, sex: str) -> bytes:
    """Write one specimen as a laboratory's table: one line for each locus."""
    lines = ["Sample Name\tMarker\tAllele 1\tAllele 2"]
    calls = genotypes | ({"AMEL": ["X", "X" if sex == "female" else "Y"]} if sex else {})
    lines += ["\t".join((label, locus, *alleles)) for locus, alleles in calls.items()]
    return ("\n".join(lines) + "\n").encode()


def _born(dice: Dice, parents: Sequence[Genotypes]) -> Genotypes:
    return {
        locus: sorted(
            [dice.one_of(each[locus]) for each in parents]
            or [dice.draw(frequencies()[locus]) for _ in range(2)],
            key=float,
        )
        for locus in LOCI
    }
