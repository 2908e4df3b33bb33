"""Y chromosome and mitochondrial DNA: handed down whole, compared and counted, not multiplied.

Everybody of one line has the same haplotype, so agreement says no more than "of this line";
how much that is depends on how often the haplotype is seen in a database. Only what both
profiles hold is compared. Derived in docs/methods/kinship.md, "In the registry".
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.kinship.told import Agreement, LineTold
from casework.pedigree.tree import MISSING, Tree, TreeSex
from casework.pedigree.written import member_id, with_founders
from casework.web.languages import marked
from matching.kinship.lineage import Line, lineage_ratio, relatives_of_line, upper_frequency
from matching.kinship.reading import pedigree_in

_SPAN = re.compile(r"(\d{1,5})\s*[-–]\s*(\d{1,5})")
_POSITION = re.compile(r"\d{1,5}")
MOST_PEOPLE = 10_000_000
NOT_COUNTED = marked(
    "Cuántas veces se vio un haplotipo y entre cuántas personas: escriba los dos con cifras, "
    "y no se puede ver más veces que personas hay."
)

__all__ = ["Counted", "Haplotype", "Line", "LineAsked", "Uncountable", "compared", "counted"]


class Uncountable(ValueError):
    """What was said of a database cannot be."""


@dataclass(frozen=True, slots=True)
class Haplotype:
    """What was read of one line of one person; `span` is the stretch of mtDNA, if it is said.

    `loci` holds the loci of a Y, or under one name the differences of mtDNA.
    """

    loci: Mapping[str, Sequence[str]] = field(repr=False)
    span: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a haplotype was seen, among how many people, in which database."""

    count: int
    size: int
    database: str


@dataclass(frozen=True, slots=True)
class LineAsked:
    """One line to compare: the remains', and the family's by number in the tree.

    An own sample of the missing person stands under their own number.
    """

    line: Line
    remains: Haplotype
    family: Mapping[int, Haplotype]


def counted(count: str, size: str, database: str) -> Counted | None:
    """Read what was typed of a database; None where nothing was.

    Raises
    ------
    Uncountable
        If it is no count.
    """
    typed = "".join(count.split()), "".join(size.split())
    if not any(typed):
        return None
    if not all(each.isdigit() for each in typed):
        raise Uncountable(NOT_COUNTED)
    times, people = (int(each) for each in typed)
    if not 1 <= people <= MOST_PEOPLE or times > people:
        raise Uncountable(NOT_COUNTED)
    return Counted(times, people, database.strip())


def compared(asked: LineAsked, tree: Tree, seen: Counted | None) -> tuple[LineTold, ...]:
    """Hold the remains' haplotype against everybody's whose own was read.

    A count is used only where haplotypes agree; a difference is told and not weighed, since it
    may be one mutation, or another family.
    """
    of_line = _of_line(asked, tree)
    return tuple(_told(asked, number, of_line, seen) for number in sorted(asked.family))


def _of_line(asked: LineAsked, tree: Tree) -> set[str]:
    """Name those of one line with the missing person; whoever has a Y is a man."""
    if asked.line is Line.PATERNAL and tree.member(MISSING).sex is TreeSex.UNKNOWN:
        him = replace(tree.member(MISSING), sex=TreeSex.MALE)
        tree = Tree(tuple(him if each.number == MISSING else each for each in tree.members))
    pedigree = pedigree_in({"pedigree": with_founders(tree)}, "pedigree")
    people = [member_id(number) for number in asked.family]
    found = relatives_of_line(pedigree, asked.line, people, member_id(MISSING))
    return {member_id(MISSING), *found}


def _told(asked: LineAsked, number: int, of_line: set[str], seen: Counted | None) -> LineTold:
    whose = asked.family[number]
    plain = LineTold(marker=asked.line.value, who=number, agreement=Agreement.OTHER_LINE)
    if member_id(number) not in of_line:
        return plain
    if asked.line is Line.MATERNAL:
        shared, differing = _mitochondrial(asked.remains, whose)
    else:
        shared, differing = _paternal(asked.remains, whose)
    if shared == 0:
        return replace(plain, agreement=Agreement.NOT_COMPARABLE)
    told = replace(plain, shared=shared, differing=tuple(differing))
    if differing:
        return replace(told, agreement=Agreement.DIFFERS)
    told = replace(told, agreement=Agreement.AGREES)
    if seen is None:
        return told
    return replace(
        told,
        count=seen.count,
        size=seen.size,
        database=seen.database,
        upper=upper_frequency(seen.count, seen.size),
        log10_at_least=math.log10(lineage_ratio(seen.count, seen.size)),
    )


def _paternal(one: Haplotype, other: Haplotype) -> tuple[int, list[str]]:
    """Count the loci that both have, and name those that differ."""
    shared = [name for name in one.loci if name in other.loci]
    return len(shared), [
        name for name in shared if set(one.loci[name]) != set(other.loci[name])
    ]


def _mitochondrial(one: Haplotype, other: Haplotype) -> tuple[int, list[str]]:
    """Count the positions that both have read, and name the differences between them.

    Where a stretch is not said, both are taken to have read the same, which is told (-1).
    """
    spans = [_spans(each.span) for each in (one, other)]
    differing = sorted(_differences(one) ^ _differences(other), key=_position)
    if not all(spans):
        return -1, differing
    both = set(_positions(spans[0])) & set(_positions(spans[1]))
    return len(both), [each for each in differing if _position(each) in both]


def _differences(haplotype: Haplotype) -> set[str]:
    return {each for own in haplotype.loci.values() for each in own}


def _position(difference: str) -> int:
    found = _POSITION.search(difference)
    return int(found[0]) if found else 0


def _spans(written: str) -> list[tuple[int, int]]:
    return [(int(first), int(last)) for first, last in _SPAN.findall(written)]


def _positions(spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    for first, last in spans:
        yield from range(first, last + 1)
