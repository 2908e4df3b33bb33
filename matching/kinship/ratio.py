"""Two hypotheses about a family, and how much better one foretold what was seen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matching.errors import UndefinedRatio
from matching.kinship.loci import Locus
from matching.kinship.network import Settings, alleles_of, likelihood_of
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Pedigree

__all__ = ["Hypothesis", "Ratios", "Settings", "compare"]

Looks = Mapping[str, Sequence[Observation]]
"""Of one person: what was seen, by locus."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A family, and who in it showed what.

    Parameters
    ----------
    pedigree
        Who descends from whom if the hypothesis is true.
    looks
        What was seen of each person at each locus.
    """

    pedigree: Pedigree
    looks: Mapping[str, Looks]

    def at(self, locus: str) -> dict[str, Sequence[Observation]]:
        """Give what was seen at one locus."""
        return {who: looks[locus] for who, looks in self.looks.items() if looks.get(locus)}


@dataclass(frozen=True, slots=True)
class Ratios:
    """How many times more probable what was seen is under the first hypothesis.

    ``by_locus`` holds the ratio of each locus: 0 where the first hypothesis cannot be, infinity
    where the second cannot. ``total_log10`` is the sum of their logarithms; nan where one locus
    excludes the first hypothesis and another the second.
    """

    by_locus: Mapping[str, float]
    total_log10: float = field(init=False)

    def __post_init__(self) -> None:
        each = [log10(ratio) for ratio in self.by_locus.values()]
        is_torn = math.inf in each and -math.inf in each
        object.__setattr__(self, "total_log10", math.nan if is_torn else math.fsum(each))


def log10(ratio: float) -> float:
    """Give the logarithm, minus infinity for 0."""
    return math.log10(ratio) if ratio > 0 else -math.inf


def compare(
    first: Hypothesis, second: Hypothesis, loci: Sequence[Locus], settings: Settings
) -> Ratios:
    """Weigh one hypothesis against another, locus by locus.

    Loci are taken as independent, which holds for unlinked ones (docs/methods/kinship.md).

    Parameters
    ----------
    first, second
        What is claimed, and what it is held against. The same people showed the same.
    loci
        Where to compare; a locus at which nothing was seen has a ratio of 1.
    settings
        What is assumed of the population and of inheritance, the same for both.

    Raises
    ------
    UndefinedRatio
        If what was seen is impossible under both hypotheses; the message names the locus.
    ImpossiblePedigree, UnusableMutation, TooMuchToSum
        As `likelihood_of` and `Mutation.matrix`.
    """
    return Ratios({locus.name: _ratio(first, second, locus, settings) for locus in loci})


def _ratio(first: Hypothesis, second: Hypothesis, locus: Locus, settings: Settings) -> float:
    seen, seen_otherwise = first.at(locus.name), second.at(locus.name)
    shown = {
        allele
        for looks in (*seen.values(), *seen_otherwise.values())
        for look in looks
        for allele in look.seen
    }
    if not shown or _is_same(first, second, locus.name):
        return 1.0
    alleles = alleles_of(locus, settings, shown)
    above = likelihood_of(first.pedigree, seen, alleles)
    below = likelihood_of(second.pedigree, seen_otherwise, alleles)
    if above == below == 0:
        raise UndefinedRatio(
            f"At {locus.name} what was seen cannot be under either hypothesis: the profiles "
            "contradict the pedigree whoever the remains are. Look for a swapped sample or "
            "another parent, or compute with a mutation model."
        )
    return above / below if below else math.inf


def _is_same(first: Hypothesis, second: Hypothesis, locus: str) -> bool:
    """Tell whether both hypotheses say the same of this locus."""
    seen = first.at(locus)
    if seen != second.at(locus):
        return False
    own, other = (set(each.pedigree.relevant(seen).people) for each in (first, second))
    return own == other
