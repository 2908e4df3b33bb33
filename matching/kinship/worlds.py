"""What a family says of everything that may be seen of remains, kept from family to family.

Two mothers of the same alleles say the same. So a family is known here by its shape (who
descends from whom, without names) and by what was seen of whom, locus by locus, and what it
says is computed once for all families of that kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.errors import UndefinedRatio
from matching.kinship.coding import Looks
from matching.kinship.law import Law, law_of
from matching.kinship.network import (
    Alleles,
    Settings,
    Table,
    alleles_of,
    likelihood_of,
    table_of,
)
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Pedigree, Person, Sex

Floats = NDArray[np.float64]

Shape = tuple[tuple[int, int, Sex], ...]
"""Of each person the places of father and mother, -1 for a founder's, and the sex."""

NOBODY = -1

KEPT = 1 << 14
"""So many answers are kept, 1 to 5 kB each; our choice."""

SAME = 1e-12
"""Logarithms no further from 0 are those of a ratio of one, but for rounding."""

STRANGER = "a stranger"


@dataclass(frozen=True, slots=True)
class Seen:
    """A family at one locus: its shape, whom it misses, and what was seen of whom.

    ``looks`` are by place in the pedigree, None where nothing was seen; ``own`` is a reference
    sample of the missing person.
    """

    shape: Shape
    missing: int
    looks: tuple[Observation | None, ...]
    own: Observation | None = None

    @property
    def by_name(self) -> dict[str, list[Observation]]:
        return {str(at): [look] for at, look in enumerate(self.looks) if look is not None}


@dataclass(frozen=True, slots=True)
class Said:
    """What a family says at one locus.

    ``log10_lr`` is by place in the list of looks; ``law`` is that of somebody unrelated with a
    clean profile. A locus that says nothing of anybody has none of both.
    """

    log10_lr: Floats
    law: Law


class World:
    """The loci of one frequency set under one setting, and all that families said of them.

    Parameters
    ----------
    looks
        What was seen of remains, by locus.
    settings
        What is assumed. Tables are made at theta 0; `ratio` keeps to the theta given.
    """

    def __init__(self, looks: Sequence[Looks], settings: Settings) -> None:
        self._looks, self._settings = looks, settings
        self._bases: dict[int, _Base] = {}
        self.said = lru_cache(maxsize=KEPT)(self._said)
        self.ratio = lru_cache(maxsize=KEPT)(self._ratio)

    def _said(self, row: int, seen: Seen) -> Said | None:
        """Weigh every look at one locus; None where the family contradicts its pedigree."""
        base = self._base(row)
        table = table_of(_named(seen.shape), seen.by_name, base.alleles, str(seen.missing))
        if seen.own is not None:
            table = table * base.chances(seen.own)
        family = float(table.sum())
        if family == 0:
            return None
        log10_lr = np.zeros(1 + len(base.alone))
        with np.errstate(divide="ignore"):
            log10_lr[1:] = np.log10(base.summed(table) / (family * base.alone))
        return Said(log10_lr, law_of(log10_lr[1 : base.clean + 1], base.alone[: base.clean]))

    def _ratio(self, row: int, seen: Seen, look: Observation) -> float:
        """Give the exact ratio of one look at one locus, theta and all; nan if undefined."""
        theirs, missing = seen.by_name, str(seen.missing)
        own = [] if seen.own is None else [seen.own]
        shown = {
            a for looks in (*theirs.values(), own, [look]) for one in looks for a in one.seen
        }
        alleles = alleles_of(self._looks[row].locus, self._settings, shown)
        pedigree = _named(seen.shape)
        wider = pedigree.with_stranger(Person(STRANGER))
        above = likelihood_of(pedigree, theirs | {missing: [*own, look]}, alleles)
        below = likelihood_of(wider, theirs | {missing: own, STRANGER: [look]}, alleles)
        return above / below if below else np.nan

    def genotypes(self, row: int) -> tuple[Observation, ...]:
        """Give every clean look at a locus, in the order of `spread`."""
        base = self._base(row)
        return tuple(base.looks.look(code) for code in range(1, base.clean + 1))

    def spread(self, row: int, seen: Seen, place: int) -> Floats:
        """Give the probability of each clean look at one more person, given what was seen.

        Returns
        -------
        float array, shape (n_genotypes,)
            Summing to one; that nothing is seen of somebody (two silent alleles) is left out.
        """
        base, looks = self._base(row), seen.by_name
        if seen.own is not None:
            looks[str(seen.missing)] = [seen.own]
        table = table_of(_named(seen.shape), looks, base.alleles, str(place))
        shown = base.summed(table)[: base.clean]
        chances: Floats = shown / shown.sum()
        return chances

    def _base(self, row: int) -> "_Base":
        if row not in self._bases:
            self._bases[row] = _Base.of(self._looks[row], self._settings)
        return self._bases[row]


@dataclass(frozen=True)
class _Base:
    """One locus without any family: who may be seen how, and how probable that is."""

    looks: Looks
    alleles: Alleles
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]]
    alone: Floats

    @classmethod
    def of(cls, looks: Looks, settings: Settings) -> "_Base":
        everything = set(range(len(looks.locus.alleles)))
        alleles = alleles_of(looks.locus, replace(settings, theta=0.0), everything)
        base = cls(looks, alleles, looks.pairs, np.empty(0))
        stranger = np.outer(alleles.frequencies, alleles.frequencies)
        return replace(base, alone=base.summed(stranger))

    @property
    def clean(self) -> int:
        return len(self.pairs[0])

    def chances(self, look: Observation) -> Table:
        return look.chance_given_two(self.alleles.locus.frequencies, self.alleles.classes)

    def summed(self, table: Table) -> Floats:
        """Sum a table over genotypes into the probability of each look."""
        first, second = self.pairs
        is_one = first == second
        sums = table[first, second] + np.where(is_one, 0.0, table[second, first])
        silent = self.alleles.classes.silent
        if silent is not None:
            sums[is_one] += table[silent, :silent] + table[:silent, silent]
        others = [(table * self.chances(look)).sum() for look in self.looks.others]
        return np.append(sums, others)


def shape_of(pedigree: Pedigree) -> Shape:
    """Give a pedigree without its names."""
    place = {person.id: at for at, person in enumerate(pedigree.people)}
    return tuple(
        (place.get(p.father or "", NOBODY), place.get(p.mother or "", NOBODY), p.sex)
        for p in pedigree.people
    )


@lru_cache(maxsize=1024)
def _named(shape: Shape) -> Pedigree:
    """Make a pedigree of a shape; people are called by their places."""
    people = (
        Person(
            str(at),
            None if father == NOBODY else str(father),
            None if mother == NOBODY else str(mother),
            sex,
        )
        for at, (father, mother, sex) in enumerate(shape)
    )
    return Pedigree(tuple(people))


def demanded(said: Said | None, locus: str, family: str) -> Said:
    """Refuse a family whose own profiles cannot be.

    Raises
    ------
    UndefinedRatio
        The message names family and locus.
    """
    if said is None:
        raise UndefinedRatio(
            f"At {locus} the profiles of family {family} contradict its pedigree, whoever the "
            "remains are. Look for a swapped sample or another parent, or compute with a "
            "mutation model."
        )
    return said


def says_nothing(said: Said) -> bool:
    """Tell whether a locus leaves everybody as probable as before."""
    return bool(np.abs(said.log10_lr).max() <= SAME)
