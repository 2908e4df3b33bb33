"""Places on the chromosomes, the alleles they may hold and how frequent each is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import UnusableFrequencies

SILENT = "silent"
"""The allele that no laboratory sees. No allele of a table may be called so."""

ROUNDING = 1e-9
"""How far a sum may be from one and still be one: printed digits and their rounding."""

SCALED = 0.005
"""Up to here a published table is taken for rounded, and scaled to one with a warning; beyond,
something is missing from it. Tables printed to three digits with twenty alleles are off by less
than 20 × 0.0005 / 2; our choice."""


class Chromosome(StrEnum):
    """Where a locus lies, which decides how it is handed on."""

    AUTOSOMAL = "autosomal"
    X = "X"


@dataclass(frozen=True, eq=False)
class Locus:
    """One locus with its alleles.

    Parameters
    ----------
    name
        As laboratories write it.
    alleles
        Names of what can be seen, in the order of the ladder.
    frequencies : float array, shape (n_alleles,)
        In (0, 1], summing to one: of visible alleles, before any silent share is taken off.
    chromosome
        Autosomal, or X.
    """

    name: str
    alleles: tuple[str, ...]
    frequencies: NDArray[np.float64]
    chromosome: Chromosome = Chromosome.AUTOSOMAL

    @cached_property
    def index(self) -> dict[str, int]:
        """Where each allele stands."""
        return {allele: at for at, allele in enumerate(self.alleles)}

    def find(self, written: str) -> int | None:
        """Find an allele by its name, or by its number if written otherwise (12.0)."""
        if written in self.index:
            return self.index[written]
        number = repeats_of(written)
        if number is None:
            return None
        return next((at for at, a in enumerate(self.alleles) if repeats_of(a) == number), None)


def repeats_of(allele: str) -> float | None:
    """Read an allele as a number of repeats, 9.3 being nine repeats and three bases."""
    try:
        number = float(allele)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


@dataclass(frozen=True)
class Tables:
    """Sets of frequencies, and what was noticed of each locus when it was read."""

    sets: Mapping[str, Mapping[str, Locus | UnusableFrequencies]]
    scaled: Mapping[tuple[str, str], float]

    def set_named(self, name: str) -> Mapping[str, Locus | UnusableFrequencies]:
        """Give one set of frequencies.

        Raises
        ------
        UnusableFrequencies
            If there is none of that name.
        """
        if name not in self.sets:
            known = ", ".join(self.sets) or "none"
            raise UnusableFrequencies(
                f"No frequency set is called “{name}”; there are: {known}."
            )
        return self.sets[name]


def read_tables(written: Any) -> Tables:
    """Read ``{set: {locus: {allele: frequency}}}``.

    A locus that cannot be used is kept as its refusal, so that only cases that need it fail.

    Raises
    ------
    UnusableFrequencies
        If the whole is not of that shape.
    """
    if not isinstance(written, dict) or not all(isinstance(v, dict) for v in written.values()):
        raise UnusableFrequencies(
            "Frequencies are read as {set: {locus: {allele: frequency}}}; these are not."
        )
    sets: dict[str, dict[str, Locus | UnusableFrequencies]] = {}
    scaled: dict[tuple[str, str], float] = {}
    for set_name, loci in written.items():
        sets[set_name] = {}
        for name, alleles in loci.items():
            try:
                locus, total = _locus(f"{name} of {set_name}", name, alleles)
            except UnusableFrequencies as refusal:
                sets[set_name][name] = refusal
                continue
            sets[set_name][name] = locus
            if abs(total - 1) > ROUNDING:
                scaled[set_name, name] = total
    return Tables(sets, scaled)


def _locus(where: str, name: str, alleles: Any) -> tuple[Locus, float]:
    """Read one locus, and give what its frequencies came to before they were scaled."""
    if not isinstance(alleles, dict) or not alleles:
        raise UnusableFrequencies(f"{where} has no alleles with frequencies.")
    for allele, share in alleles.items():
        is_number = isinstance(share, int | float) and not isinstance(share, bool)
        if not is_number or not 0 <= share <= 1:
            raise UnusableFrequencies(
                f"{where}: the frequency of allele {allele} is {share}, not between 0 and 1."
            )
        if allele == SILENT:
            raise UnusableFrequencies(
                f"{where}: an allele is called “{SILENT}”; give its share as silent_freq."
            )
    total = math.fsum(alleles.values())
    if abs(total - 1) > SCALED:
        raise UnusableFrequencies(
            f"{where}: the frequencies sum to {total:.6g}, not to 1; alleles are missing from "
            "the table or stand in it twice."
        )
    # An allele that was never seen is no allele of this table: it is refused in a profile.
    seen = {allele: float(share) for allele, share in alleles.items() if share > 0}
    ordered = sorted(seen, key=_ladder)
    shares = np.array([seen[allele] for allele in ordered])
    if abs(total - 1) > ROUNDING:
        shares /= total
    return Locus(name, tuple(ordered), shares), total


def _ladder(allele: str) -> tuple[float, str]:
    number = repeats_of(allele)
    return (math.inf if number is None else number, allele)
