"""How well a pedigree foretells the profiles there are: one number, to hold others against."""

import math
from collections.abc import Iterable, Mapping, Sequence

from matching.kinship.loci import Locus
from matching.kinship.network import Settings, alleles_of, likelihood_of
from matching.kinship.pedigree import Pedigree
from matching.kinship.ratio import Looks, log10


class Fit:
    """Weighs pedigrees by the same profiles, whoever in them they are said to be of.

    Parameters
    ----------
    profiles
        All profiles that will be weighed.
    loci
        Where; one at which nothing was seen says nothing.
    settings
        What is assumed.
    """

    def __init__(
        self, profiles: Iterable[Looks], loci: Sequence[Locus], settings: Settings
    ) -> None:
        shown: dict[str, set[int]] = {}
        for profile in profiles:
            for name, looks in profile.items():
                shown.setdefault(name, set()).update(*(look.seen for look in looks))
        self.loci = tuple(locus for locus in loci if shown.get(locus.name))
        self._alleles = {
            locus.name: alleles_of(locus, settings, shown[locus.name]) for locus in self.loci
        }

    def by_locus(self, pedigree: Pedigree, looks: Mapping[str, Looks]) -> dict[str, float]:
        """Give the log10 probability of the profiles by locus; minus infinity if none."""
        found = {}
        for name, alleles in self._alleles.items():
            seen = {who: own[name] for who, own in looks.items() if own.get(name)}
            found[name] = log10(likelihood_of(pedigree, seen, alleles))
        return found

    def total(self, pedigree: Pedigree, looks: Mapping[str, Looks]) -> float:
        """Give the log10 probability of all profiles."""
        return math.fsum(self.by_locus(pedigree, looks).values())
