"""What stands beside a ratio: haplotypes of a whole line, and the sex that a profile shows."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matching.errors import ImpossiblePedigree, UnreadableCase, UnusableFrequencies
from matching.kinship.lineage import Line, lineage_ratio, relatives_of_line, upper_frequency
from matching.kinship.pedigree import Pedigree


@dataclass(frozen=True, slots=True)
class LineResult:
    """What the mtDNA or Y of one relative of the same line says.

    ``lr_at_least`` is given where haplotypes agree and a database was counted; where they
    differ nothing is weighed.
    """

    marker: str
    relative: str
    agrees: bool
    count: int | None = None
    size: int | None = None
    upper_frequency: float | None = None
    lr_at_least: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_lines(
    written: Mapping[str, Any], pedigree: Pedigree, missing: str | None
) -> tuple[LineResult, ...]:
    """Read ``haplotypes`` and ``haplotype_counts`` of a case, and hold them side by side.

    Raises
    ------
    UnreadableCase, UnusableFrequencies, ImpossiblePedigree
        If they are not written as such, or name nobody of the pedigree.
    """
    haplotypes = written.get("haplotypes") or {}
    counts = written.get("haplotype_counts") or {}
    if not isinstance(haplotypes, dict) or not isinstance(counts, dict):
        raise UnreadableCase(
            "haplotypes and haplotype_counts are written as {mtDNA or Y: {…}}."
        )
    for name in (*haplotypes, *counts):
        if name not in list(Line):
            raise UnreadableCase(
                f"“{name}” is no line of descent; there are: {', '.join(Line)}."
            )
    found: list[LineResult] = []
    for line in Line:
        own = haplotypes.get(line.value)
        if own is not None and missing is not None:
            _refuse_strangers(own, line, pedigree)
            found += _of_line(line, own, counts.get(line.value), (pedigree, missing))
    return tuple(found)


def _refuse_strangers(haplotypes: Any, line: Line, pedigree: Pedigree) -> None:
    if not isinstance(haplotypes, dict):
        raise UnreadableCase(f"The {line} haplotypes are not written as {{person: haplotype}}.")
    for person, haplotype in haplotypes.items():
        if person not in pedigree.by_id:
            raise ImpossiblePedigree(
                f"{person} has a {line} haplotype and stands in no pedigree."
            )
        if not isinstance(haplotype, str) or not haplotype.strip():
            raise UnreadableCase(f"The {line} haplotype of {person} is no text.")


def _of_line(
    line: Line, haplotypes: dict[str, str], counts: Any, whose: tuple[Pedigree, str]
) -> Iterator[LineResult]:
    pedigree, missing = whose
    if missing not in haplotypes:
        return
    own = haplotypes[missing].strip()
    for relative in relatives_of_line(pedigree, line, haplotypes, missing):
        is_same = haplotypes[relative].strip() == own
        if not is_same or counts is None:
            yield LineResult(line.value, relative, is_same)
            continue
        count, size = _counted(counts, line)
        bound, ratio = upper_frequency(count, size), lineage_ratio(count, size)
        yield LineResult(line.value, relative, is_same, count, size, bound, ratio)


def _counted(counts: Any, line: Line) -> tuple[int, int]:
    said = counts if isinstance(counts, dict) else {}
    count, size = said.get("count"), said.get("size")
    if type(count) is not int or type(size) is not int:
        raise UnusableFrequencies(
            f"How often the {line} haplotype was seen is not written as "
            '{"count": …, "size": …} in whole numbers.'
        )
    return count, size
