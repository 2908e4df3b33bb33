"""Whether a family's own profiles fit its pedigree, or fit it better told otherwise.

Nobody is accused: another father, an adoption and two exchanged tubes look alike here. It is
said by how much each would explain the profiles better, and a person decides what to ask.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from matching.kinship.fit import Fit
from matching.kinship.loci import Locus
from matching.kinship.mutation import Mutation, MutationModel
from matching.kinship.network import Settings
from matching.kinship.pedigree import IMPLIED, Pedigree, Person
from matching.kinship.ratio import Looks

USUAL = Mutation(MutationModel.EQUAL, rate_male=0.002, rate_female=0.0005)
"""Where a family names no mutation model, so that one mutation is no contradiction; rates as of
usual autosomal loci, our choice."""

SAYS_NOTHING = 1e-9
"""Alternatives that differ by less say the same of the profiles."""


class Told(StrEnum):
    """How the pedigree might be told otherwise."""

    UNRELATED = "unrelated"
    OTHER_FATHER = "other_father"
    OTHER_MOTHER = "other_mother"
    EXCHANGED = "exchanged"


SENTENCES = {
    Told.UNRELATED: "{0} were unrelated to the others",
    Told.OTHER_FATHER: "{0} had another father than {1}",
    Told.OTHER_MOTHER: "{0} had another mother than {1}",
    Told.EXCHANGED: "the samples of {0} and {1} were exchanged",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One other way to tell a family, and how much better it explains the profiles.

    ``log10_times`` is how many times as probable they are then, as a power of ten; below 0
    where the pedigree as said explains them better, infinity where it cannot explain them.
    """

    told: Told
    people: tuple[str, ...]
    log10_times: float

    @property
    def sentence(self) -> str:
        what = SENTENCES[self.told].format(*self.people)
        if self.log10_times == math.inf:
            return f"The profiles are possible only if {what}."
        times = f"10^{self.log10_times:.1f} times as"
        return f"The profiles would be {times} probable if {what}."


@dataclass(frozen=True, slots=True)
class Consistency:
    """What a family's profiles say of its pedigree.

    ``contradicted`` are loci at which they cannot be without a mutation; ``doubts`` all that
    was tried, what explains most first.
    """

    contradicted: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def consistency_of(
    pedigree: Pedigree, looks: Mapping[str, Looks], loci: Sequence[Locus], settings: Settings
) -> Consistency:
    """Hold a family's profiles against its pedigree.

    Parameters
    ----------
    pedigree
        As said.
    looks
        Of the family, without the remains.
    loci, settings
        Where, and what is assumed; theta is taken as 0, and `USUAL` rates where no mutation
        is allowed for.

    Raises
    ------
    MatchingError
        As `likelihood_of`.
    """
    typed = {who: own for who, own in looks.items() if any(own.values())}
    strict = Fit(typed.values(), loci, replace(settings, mutation=None, theta=0.0))
    of_strict = strict.by_locus(pedigree, typed)
    contradicted = tuple(name for name, value in of_strict.items() if value == -math.inf)
    if len(typed) < 2:  # noqa: PLR2004 - one profile agrees with itself
        return Consistency(contradicted, ())
    allowed = replace(settings, mutation=settings.mutation or USUAL, theta=0.0)
    fit = Fit(typed.values(), loci, allowed)
    as_said = fit.total(pedigree, typed)
    doubts = [
        Doubt(told, people, fit.total(other, theirs) - as_said)
        for told, people, other, theirs in _otherwise(pedigree, typed)
    ]
    telling = [each for each in doubts if abs(each.log10_times) > SAYS_NOTHING]
    return Consistency(contradicted, tuple(sorted(telling, key=lambda each: -each.log10_times)))


Other = tuple[Told, tuple[str, ...], Pedigree, Mapping[str, Looks]]


def _otherwise(pedigree: Pedigree, typed: Mapping[str, Looks]) -> Iterator[Other]:
    """Tell the family in other ways."""
    for who, own in typed.items():
        stranger = Person(f"{who} (somebody unrelated)")
        others = {each: looks for each, looks in typed.items() if each != who}
        yield (
            Told.UNRELATED,
            (who,),
            pedigree.with_stranger(stranger),
            others | {stranger.id: own},
        )
    for person in pedigree.people:
        for told, parent, other in _with_another_parent(person):
            people = tuple(other if each is person else each for each in pedigree.people)
            yield told, (person.id, parent), Pedigree(people), typed
    for one, other_one in combinations(typed, 2):
        swapped = dict(typed) | {one: typed[other_one], other_one: typed[one]}
        yield Told.EXCHANGED, (one, other_one), pedigree, swapped


def _with_another_parent(person: Person) -> Iterator[tuple[Told, str, Person]]:
    if person.father is not None and not person.father.endswith(IMPLIED[0]):
        yield Told.OTHER_FATHER, person.father, replace(person, father=None)
    if person.mother is not None and not person.mother.endswith(IMPLIED[1]):
        yield Told.OTHER_MOTHER, person.mother, replace(person, mother=None)
