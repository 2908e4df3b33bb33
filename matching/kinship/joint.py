"""Several remains and several missing at once: who is whom, or none of them.

Families are independent of each other, and so are remains that belong to nobody; within a
family nothing is. So what a family says of *each way of giving it some of the remains* is
computed once, exactly, and ways of different families are put together so that nobody is given
twice. Missing people whom nothing tells apart (brothers without children) share one likelihood.

Method: docs/methods/kinship.md.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matching.errors import TooMuchToSum, UndefinedRatio
from matching.kinship.loci import Locus
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

Profile = Mapping[str, Observation]

MOST_OPTIONS = 20_000
"""Ways of giving remains to one family that are computed, milliseconds each; our choice."""


@dataclass(frozen=True)
class Found:
    """Remains with a profile."""

    id: str
    sex: Sex
    profile: Profile


@dataclass(frozen=True)
class Family:
    """A pedigree with who is missing in it, and the profiles of who is not."""

    name: str
    pedigree: Pedigree
    profiles: Mapping[str, Profile]
    missing: tuple[str, ...]

    @cached_property
    def alike(self) -> dict[str, tuple[str, ...]]:
        """Give for each missing person whom nothing tells apart from them, with themselves.

        Children of one couple, of one sex, untyped and without children of their own.
        """
        groups: dict[object, list[str]] = {}
        for each in self.missing:
            person = self.pedigree.by_id[each]
            is_leaf = not person.is_founder and not self.pedigree.children[each]
            key = (person.parents, person.sex) if is_leaf else each
            groups.setdefault(key, []).append(each)
        return {each: tuple(group) for group in groups.values() for each in group}


@dataclass(frozen=True, slots=True)
class Option:
    """One way of giving a family some of the remains.

    ``given`` are pairs of a place in the list of remains and a missing person; ``taken`` the
    same places as bits; ``gain`` the natural logarithm of how much more probable all profiles
    are than if the family were given none.
    """

    given: tuple[tuple[int, str], ...]
    taken: int
    gain: float


@dataclass(frozen=True)
class Weighed:
    """A family's ways, best first; those that cannot be have a gain of minus infinity.

    ``base`` is the natural log-likelihood of the family given nobody.
    """

    family: Family
    options: tuple[Option, ...]
    base: float


class Scales:
    """Weighs families against remains at all loci, keeping what is asked for again."""

    def __init__(
        self, found: Sequence[Found], loci: Sequence[Locus], settings: Settings
    ) -> None:
        self._found, self._loci, self._settings = found, loci, settings

    @cached_property
    def alone(self) -> tuple[float, ...]:
        """Give the natural log-likelihood of each of the remains as somebody unrelated."""
        return tuple(
            math.fsum(
                math.log(self._alone(each, locus))
                for locus in self._loci
                if locus.name in each.profile
            )
            for each in self._found
        )

    def weigh(self, family: Family) -> Weighed:
        """Weigh every way of giving a family some of the remains.

        Raises
        ------
        UndefinedRatio
            If the family's own profiles contradict its pedigree.
        TooMuchToSum
            If there are too many ways.
        """
        one = _OneFamily(family, self._found, self._loci, self._settings)
        base = one.log_likelihood(())
        if base == -math.inf:
            raise UndefinedRatio(
                f"The profiles of family {family.name} contradict its pedigree, whoever the "
                "remains are. Look for a swapped sample or another parent, or compute with a "
                "mutation model."
            )
        options = [Option((), 0, 0.0)]
        for given in one.ways():
            alone = (-self.alone[at] for at, _ in given)
            # Exact sums do not depend on their order, so what is alike stays equal.
            gain = math.fsum([one.log_likelihood(given), -base, *alone])
            options.append(Option(given, sum(1 << n for n, _ in given), gain))
            if len(options) > MOST_OPTIONS:
                raise TooMuchToSum(
                    f"There are more than {MOST_OPTIONS:,} ways to give remains to family "
                    f"{family.name}; compare fewer remains with it at a time."
                )
        options.sort(key=lambda option: (-option.gain, option.given))
        return Weighed(family, tuple(options), base)

    def _alone(self, found: Found, locus: Locus) -> float:
        look = found.profile[locus.name]
        alleles = alleles_of(locus, self._settings, set(look.seen))
        return likelihood_of(Pedigree((Person(found.id),)), {found.id: [look]}, alleles)


class _OneFamily:
    """One family at all loci: its tables, and the likelihoods asked for before."""

    def __init__(
        self,
        family: Family,
        found: Sequence[Found],
        loci: Sequence[Locus],
        settings: Settings,
    ) -> None:
        self._family, self._found, self._loci = family, found, loci
        self._known: dict[tuple[tuple[int, str], ...], float] = {}
        self._tables: dict[tuple[str, str], Table] = {}
        self._alleles = {locus.name: self._shown(locus, settings) for locus in loci}

    def ways(self) -> Iterator[tuple[tuple[int, str], ...]]:
        """Give every way but none of giving remains to missing people of a sex that fits."""
        free = tuple(range(len(self._found)))
        return self._ways(self._family.missing, free, ())

    def _ways(
        self,
        missing: Sequence[str],
        free: Sequence[int],
        given: tuple[tuple[int, str], ...],
    ) -> Iterator[tuple[tuple[int, str], ...]]:
        if not missing:
            if given:
                yield given
            return
        person, *others = missing
        yield from self._ways(others, free, given)
        sex = self._family.pedigree.by_id[person].sex
        for at in free:
            if Sex.UNKNOWN in {sex, self._found[at].sex} or sex is self._found[at].sex:
                left = [each for each in free if each != at]
                yield from self._ways(others, left, (*given, (at, person)))

    def log_likelihood(self, given: tuple[tuple[int, str], ...]) -> float:
        """Give the natural logarithm; what cannot be in part cannot be as a whole."""
        given = self._ordered(given)
        if given not in self._known:
            parts = [given[:at] + given[at + 1 :] for at in range(len(given))]
            is_impossible = len(given) > 1 and any(
                self.log_likelihood(part) == -math.inf for part in parts
            )
            self._known[given] = -math.inf if is_impossible else self._summed(given)
        return self._known[given]

    def _ordered(self, given: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
        """Name people whom nothing tells apart in one order, so that they are computed once."""
        by_group: dict[tuple[str, ...], list[int]] = {}
        for at, person in given:
            by_group.setdefault(self._family.alike[person], []).append(at)
        return tuple(
            sorted(
                (at, person)
                for group, places in by_group.items()
                for at, person in zip(sorted(places), group, strict=False)
            )
        )

    def _summed(self, given: tuple[tuple[int, str], ...]) -> float:
        total = 0.0
        for locus in self._loci:
            likelihood = self._at(locus, given)
            if likelihood == 0:
                return -math.inf
            total += math.log(likelihood)
        return total

    def _at(self, locus: Locus, given: tuple[tuple[int, str], ...]) -> float:
        alleles = self._alleles[locus.name]
        typed = [(n, who) for n, who in given if locus.name in self._found[n].profile]
        if len(typed) == 1:
            ((at, person),) = typed
            look = self._found[at].profile[locus.name]
            chances = look.chance_given_two(locus.frequencies, alleles.classes)
            return float((self._table(locus, person) * chances).sum())
        looks = {who: [self._found[n].profile[locus.name]] for n, who in typed}
        return likelihood_of(self._family.pedigree, self._seen(locus) | looks, alleles)

    def _table(self, locus: Locus, person: str) -> Table:
        key = (locus.name, person)
        if key not in self._tables:
            alleles = self._alleles[locus.name]
            self._tables[key] = table_of(
                self._family.pedigree, self._seen(locus), alleles, person
            )
        return self._tables[key]

    def _seen(self, locus: Locus) -> dict[str, list[Observation]]:
        profiles = self._family.profiles.items()
        return {who: [own[locus.name]] for who, own in profiles if locus.name in own}

    def _shown(self, locus: Locus, settings: Settings) -> Alleles:
        everybody = [*self._family.profiles.values(), *(each.profile for each in self._found)]
        shown = {a for own in everybody if locus.name in own for a in own[locus.name].seen}
        return alleles_of(locus, settings, shown)
