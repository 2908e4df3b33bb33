"""Mitochondrial DNA and Y chromosome: one haplotype handed down whole, weighed by counting.

A haplotype is not a product of loci: its frequency can only be counted in a database, and most
were never seen there. So the count is turned into an upper bound of the frequency (Clopper &
Pearson 1934), and the ratio is a lower bound of the evidence for one lineage.
"""

from collections.abc import Iterable
from enum import StrEnum

from matching.errors import UnusableFrequencies
from matching.kinship.pedigree import Pedigree, Sex

CONFIDENCE = 0.95
"""One-sided; as SWGDAM's guidelines for Y and for mtDNA report it (docs/methods/kinship.md)."""


class Line(StrEnum):
    """What is handed down whole, and by whom."""

    MATERNAL = "mtDNA"
    PATERNAL = "Y"


def upper_frequency(count: int, size: int, confidence: float = CONFIDENCE) -> float:
    """Bound the frequency of a haplotype seen `count` times among `size` people.

    The exact (Clopper–Pearson) one-sided bound: the frequency at which so few or fewer would
    be seen with a chance of ``1 - confidence``. For a count of 0 it is ``1 - (1-c)^(1/size)``.

    Raises
    ------
    UnusableFrequencies
        If the counts or the confidence cannot be.
    """
    if not 0 <= count <= size or size < 1 or not 0 < confidence < 1:
        raise UnusableFrequencies(
            f"A haplotype seen {count} times among {size} people, bounded with a confidence of "
            f"{confidence}, cannot be."
        )
    if count == size:
        return 1.0
    from scipy.special import betaincinv  # noqa: PLC0415 - half of what a search loads

    return float(betaincinv(count + 1, size - count, confidence))


def lineage_ratio(count: int, size: int, confidence: float = CONFIDENCE) -> float:
    """Give the least that an agreeing haplotype weighs: one over the bound of its frequency.

    For relatives of one line without mutation. Disagreement is not weighed here: one
    difference may be a mutation or heteroplasmy, and takes an expert.
    """
    return 1 / upper_frequency(count, size, confidence)


def relatives_of_line(
    pedigree: Pedigree, line: Line, people: Iterable[str], missing: str
) -> list[str]:
    """Give those who have one line with the missing person, as far as the pedigree goes.

    Relatives of other lines have haplotypes of their own, which say nothing.
    """
    own = ancestor_of(pedigree, missing, line)
    if own is None:
        return []
    return [
        each for each in people if each != missing and ancestor_of(pedigree, each, line) == own
    ]


def ancestor_of(pedigree: Pedigree, person: str, line: Line) -> str | None:
    """Follow a line up to the founder it comes from; None for a woman's Y."""
    member = pedigree.by_id[person]
    if line is Line.PATERNAL and member.sex is not Sex.MALE:
        return None
    while True:
        parent = member.father if line is Line.PATERNAL else member.mother
        if parent is None:
            return member.id
        member = pedigree.by_id[parent]
