"""Many profiles as numbers: at each locus the place of what was seen in a list of looks.

A list begins with "nothing seen", then holds every clean genotype of the locus (the pairs of
alleles, row by row), then each look of a sample that may have lost or gained an allele. What a
family says of each look is computed once; what it says of remains is then a look-up.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.errors import MatchingError
from matching.kinship.amelogenin import contradictions
from matching.kinship.loci import Locus, Tables
from matching.kinship.observation import Observation
from matching.kinship.profiles import Ladder
from matching.kinship.sought import Profile, Remains

Codes = NDArray[np.int32]

NOTHING = 0
"""The code of a locus at which nothing was seen."""


@dataclass(frozen=True)
class Looks:
    """What was seen at one locus of any remains: the clean genotypes, then ``others``."""

    locus: Locus
    others: tuple[Observation, ...]

    @property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The two alleles of each clean genotype, the earlier one first."""
        first, second = np.triu_indices(len(self.locus.alleles))
        return first, second

    def look(self, code: int) -> Observation:
        """Give what a code above 0 stands for."""
        first, second = self.pairs
        if code <= len(first):
            return Observation(frozenset({int(first[code - 1]), int(second[code - 1])}))
        return self.others[code - 1 - len(first)]


@dataclass(frozen=True)
class Coded:
    """Remains as they are read by one frequency set.

    Parameters
    ----------
    looks
        The loci at which any of them was typed.
    codes : int array, shape (n_loci, n_remains)
        Places in the list of looks; remains that cannot be read have seen nothing.
    is_read : bool array, shape (n_remains,)
        False for those that cannot be read by this set.
    refused
        Why each of these cannot be, by its place.
    """

    looks: tuple[Looks, ...]
    codes: Codes
    is_read: NDArray[np.bool_]
    refused: Mapping[int, str]
    warnings: tuple[str, ...]


def clean_genotypes(n_alleles: int) -> int:
    """Count the genotypes that so many alleles make."""
    return n_alleles * (n_alleles + 1) // 2


def coded(
    remains: Sequence[Remains],
    tables: Tables,
    set_name: str,
    asked: Collection[str] | None = None,
) -> Coded:
    """Read the profiles of all remains by one frequency set.

    Parameters
    ----------
    asked
        Loci to read, however they are spelt; None for all, and then one for which the set has
        no frequencies is refused.

    Raises
    ------
    UnusableFrequencies
        If there is no such set.
    """
    ladder = Ladder(tables, set_name, asked=None if asked is None else list(asked))
    profiles: list[Profile] = []
    refused: dict[int, str] = {}
    for at, each in enumerate(remains):
        for sentence in contradictions(each.written, each.id, each.sex):
            ladder.notice(sentence)
        try:
            profiles.append(each.profile(ladder))
        except MatchingError as error:
            refused[at] = str(error)
            profiles.append({})
    names = list(dict.fromkeys(name for profile in profiles for name in profile))
    codes = np.zeros((len(names), len(remains)), dtype=np.int32)
    looks = tuple(
        _coded_at(ladder.locus(name), profiles, codes[row]) for row, name in enumerate(names)
    )
    is_read = np.array([at not in refused for at in range(len(remains))], dtype=np.bool_)
    return Coded(looks, codes, is_read, refused, tuple(ladder.warnings))


def _coded_at(locus: Locus, profiles: Sequence[Profile], codes: Codes) -> Looks:
    """Fill in the codes of one locus, and give what they stand for."""
    places: dict[Observation, int] = {}
    others: list[Observation] = []
    next_place = 1 + clean_genotypes(len(locus.alleles))
    for at, profile in enumerate(profiles):
        look = profile.get(locus.name)
        if look is None:
            continue
        if look not in places:
            if is_clean(look):
                places[look] = 1 + place_of_pair(sorted(look.seen), len(locus.alleles))
            else:
                places[look] = next_place + len(others)
                others.append(look)
        codes[at] = places[look]
    return Looks(locus, tuple(others))


def is_clean(look: Observation) -> bool:
    """Tell whether a look shows just the alleles that are there."""
    return look.dropout == look.dropin == 0


def place_of_pair(alleles: Sequence[int], n_alleles: int) -> int:
    """Give the place of a genotype among all of them, row by row; one allele stands twice."""
    first, second = alleles[0], alleles[-1]
    return first * n_alleles - first * (first - 1) // 2 + second - first
