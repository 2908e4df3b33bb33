"""Calls of a laboratory made into genotypes as the engine reads them, each doubt told.

What cannot be read at one locus leaves that locus out, and never the whole specimen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from casework.profiles.model import MarkerKind
from casework.profiles.specimens import Call, Specimen
from matching.kinship.amelogenin import sex_shown
from matching.kinship.markers import (
    AMELOGENIN,
    Lies,
    Marker,
    allele_as_written,
    known_marker,
)
from matching.kinship.pedigree import Sex

MITOCHONDRIAL = "mtDNA"
_KINDS = {
    Lies.AUTOSOMAL: MarkerKind.AUTOSOMAL_STR,
    Lies.X: MarkerKind.X_STR,
    Lies.Y: MarkerKind.Y_STR,
}
_DIFFERENCE = re.compile(r"[ACGT]?\d{1,5}(\.\d{1,2})?([ACGTRYSWKMBDHVN]|DEL)")
_NOT_TYPED = frozenset({"", "-", "0", "NR", "N/A", "NA"})
OFF_LADDER = frozenset({"OL", "OL?", "?OL", "OFFLADDER"})


class Single(StrEnum):
    """What one allele alone means, where two could be seen."""

    HOMOZYGOTE = "homozygote"
    LEFT_OUT = "left_out"  # the other may have been lost


class Remark(StrEnum):
    """What was noticed at one locus."""

    RENAMED = "renamed"
    REREAD = "reread"
    SINGLE_TAKEN = "single_taken"
    # From here on the locus is left out.
    SINGLE_LEFT_OUT = "single_left_out"
    NOT_TYPED = "not_typed"
    UNKNOWN = "unknown"
    OFF_LADDER = "off_ladder"
    UNREAD = "unread"
    TOO_MANY = "too_many"
    TWICE = "twice"

    @property
    def leaves_out(self) -> bool:
        return self not in {Remark.RENAMED, Remark.REREAD, Remark.SINGLE_TAKEN}


@dataclass(frozen=True, slots=True)
class Noticed:
    """A remark about one locus: as it is written, what it says, and as what it was read."""

    remark: Remark
    locus: str
    alleles: tuple[str, ...] = field(repr=False)
    read_as: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Assembled:
    """One specimen as genotypes, by kind of markers, with everything that was noticed."""

    genotypes: dict[MarkerKind, dict[str, list[str]]] = field(repr=False)
    noticed: tuple[Noticed, ...] = field(repr=False)

    def is_partial(self, specimen: Specimen, kind: MarkerKind) -> bool:
        """Say whether a locus of this kind could not be read, or the file says so."""
        return specimen.is_partial or any(
            each.remark.leaves_out and _kind_of(each.locus) is kind for each in self.noticed
        )


def _kind_of(locus: str) -> MarkerKind:
    """Say of which kind a locus is; what nobody knows counts with the autosomal ones."""
    if _is_mitochondrial(locus):
        return MarkerKind.MTDNA
    marker = known_marker(locus)
    return _KINDS[marker.lies] if marker else MarkerKind.AUTOSOMAL_STR


def is_locus(written: str) -> bool:
    """Tell whether a column or a row names a locus."""
    return _is_mitochondrial(written) or known_marker(written) is not None


def assemble(calls: Sequence[Call], single: Single = Single.HOMOZYGOTE) -> Assembled:
    """Make genotypes of the calls of one specimen; ``{kind: {locus: [allele, allele]}}``."""
    noticed: list[Noticed] = []
    sex = _sex_shown(calls)
    genotypes: dict[MarkerKind, dict[str, list[str]]] = {}
    for marker, own in _by_marker(calls, noticed).items():
        read = [seen for call in own if (seen := _alleles(call, marker, noticed))]
        if not read:
            continue
        alleles = _as_one(read, marker)
        whole = Call(marker.name, tuple(each for call in own for each in call.alleles))
        said = _as_copies(alleles, marker, single, sex) if alleles else Remark.TWICE
        if isinstance(said, Remark):
            noticed.append(Noticed(said, whole.locus, whole.alleles))
            if said.leaves_out:
                continue
            said = [*(alleles or ()), *(alleles or ())]
        genotypes.setdefault(_KINDS[marker.lies], {})[marker.name] = said
    if differences := _differences(calls, noticed):
        genotypes[MarkerKind.MTDNA] = {MITOCHONDRIAL: differences}
    return Assembled(genotypes, tuple(noticed))


def haplotype_text(genotypes: Mapping[str, Sequence[str]]) -> str:
    """Write a Y or mitochondrial profile as one text, the same for the same haplotype."""
    return "; ".join(
        f"{name} {','.join(sorted(set(alleles)))}"
        for name, alleles in sorted(genotypes.items())
    )


def _by_marker(calls: Sequence[Call], noticed: list[Noticed]) -> dict[Marker, list[Call]]:
    """Gather the calls of each locus that is known; of others it is told."""
    found: dict[Marker, list[Call]] = {}
    for each in calls:
        if _is_mitochondrial(each.locus):
            continue
        marker = known_marker(each.locus)
        if marker is None:
            noticed.append(Noticed(Remark.UNKNOWN, each.locus, each.alleles))
            continue
        if marker.name not in {each.locus, AMELOGENIN}:
            noticed.append(Noticed(Remark.RENAMED, each.locus, each.alleles, marker.name))
        found.setdefault(marker, []).append(each)
    return found


def _alleles(call: Call, marker: Marker, noticed: list[Noticed]) -> list[str] | None:
    """Read the alleles of one call; None leaves the locus out."""
    written = [each.strip() for each in call.alleles if each.strip().upper() not in _NOT_TYPED]
    if not written:
        noticed.append(Noticed(Remark.NOT_TYPED, call.locus, call.alleles))
        return None
    if any(each.upper().replace(" ", "") in OFF_LADDER for each in written):
        noticed.append(Noticed(Remark.OFF_LADDER, call.locus, call.alleles))
        return None
    read = [_allele(each, marker) for each in written]
    known = [each for each in read if each is not None]
    if len(known) < len(read):
        noticed.append(Noticed(Remark.UNREAD, call.locus, call.alleles))
        return None
    if known != written and marker.name != AMELOGENIN:
        told = Noticed(Remark.REREAD, call.locus, call.alleles, ", ".join(known))
        noticed.append(told)
    return known


def _allele(written: str, marker: Marker) -> str | None:
    if marker.name == AMELOGENIN:
        return written.upper() if written.upper() in {"X", "Y"} else None
    return allele_as_written(written)


def _as_one(read: list[list[str]], marker: Marker) -> list[str] | None:
    """Make one of several calls of a locus; None where they contradict each other.

    The two copies of some loci of the Y are called apart: DYS385a and DYS385b.
    """
    if marker.lies is Lies.Y and marker.copies > 1:
        return list(dict.fromkeys(each for own in read for each in own))
    return read[0] if all(set(each) == set(read[0]) for each in read) else None


def _as_copies(
    alleles: list[str], marker: Marker, single: Single, sex: Sex
) -> list[str] | Remark:
    """Give the alleles as many times as they are there, or say what is amiss."""
    seen = list(dict.fromkeys(alleles))
    is_mans_x = marker.lies is Lies.X and sex is Sex.MALE
    if len(seen) > (1 if is_mans_x else marker.copies):
        return Remark.TOO_MANY
    if marker.lies is Lies.Y or is_mans_x:
        return seen
    if marker.name == AMELOGENIN:
        return [*seen, *seen][: marker.copies] if len(seen) == 1 else ["X", "Y"]
    has_one = len(alleles) == 1 and (marker.lies is Lies.AUTOSOMAL or sex is Sex.FEMALE)
    if has_one and single is Single.LEFT_OUT:
        return Remark.SINGLE_LEFT_OUT
    if has_one:
        return Remark.SINGLE_TAKEN
    return seen if len(seen) > 1 else alleles[: marker.copies]


def _sex_shown(calls: Sequence[Call]) -> Sex:
    """Read the amelogenin of the same specimen; a man has one X, and so one allele there."""
    seen = {
        each.strip().upper()
        for call in calls
        if (marker := known_marker(call.locus)) and marker.name == AMELOGENIN
        for each in call.alleles
        if each.strip()
    }
    return sex_shown(seen)


def _is_mitochondrial(locus: str) -> bool:
    return locus.strip().casefold() in {"mtdna", "mitochondrial", "mt"}


def _differences(calls: Sequence[Call], noticed: list[Noticed]) -> list[str]:
    """Read the differences of a mitochondrial profile from the reference sequence (rCRS)."""
    found: list[str] = []
    for call in calls:
        if not _is_mitochondrial(call.locus):
            continue
        written = [part for each in call.alleles for part in each.upper().split()]
        if any(not _DIFFERENCE.fullmatch(each) for each in written):
            noticed.append(Noticed(Remark.UNREAD, call.locus, call.alleles))
            return []
        found += written
    return sorted(set(found), key=_position)


def _position(difference: str) -> tuple[float, str]:
    return float(re.sub(r"[^\d.]", "", difference)), difference
