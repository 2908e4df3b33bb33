"""One locus of one family as tables over alleles: who has what, and who hands what on.

The unknowns are *alleles*, not genotypes: the one from the father and the one from the mother.
A genotype of n alleles has n² states and three of them meet in each birth; alleles have n, and
three of them meet too. That is what lets a ladder of thirty-six alleles, a loop and stepwise
mutation be summed in milliseconds.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.errors import ImpossiblePedigree, TooMuchToSum
from matching.kinship.elimination import Factor, eliminate
from matching.kinship.founders import expectations
from matching.kinship.loci import Chromosome, Locus
from matching.kinship.lumping import gathered, gathered_moves, lumped
from matching.kinship.mutation import Mutation
from matching.kinship.observation import Lumped, Observation
from matching.kinship.pedigree import Pedigree, Person, Sex

Table = NDArray[np.float64]
Seen = Mapping[str, Sequence[Observation]]
"""Of each person, what was seen; several looks at one person each count."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is assumed of the population and of inheritance.

    Parameters
    ----------
    mutation
        How alleles move; None where none does.
    theta
        Coancestry of founders, in [0, 1).
    silent
        Frequency of alleles that nobody sees, in [0, 1).
    """

    mutation: Mutation | None = None
    theta: float = 0.0
    silent: float = 0.0


@dataclass(frozen=True)
class Alleles:
    """The alleles of one locus as they are summed: in classes, the silent one last.

    ``moves`` are the chances of being handed on as another class, by the sex of the parent;
    ``looked_up`` keeps the chances of observations, which both hypotheses ask for.
    """

    locus: Locus
    classes: Lumped
    frequencies: Table
    moves: Mapping[Sex, Table]
    theta: float
    looked_up: dict[tuple[tuple[Observation, ...], int], Table] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return self.classes.count


def alleles_of(locus: Locus, settings: Settings, shown: set[int]) -> Alleles:
    """Gather the alleles that nobody showed, and add the silent one if there is any.

    A silent allele neither mutates nor is become: no count of either exists.
    """
    mutation, n = settings.mutation, len(locus.alleles)
    full = {} if mutation is None else {sex: mutation.matrix(locus, sex) for sex in PARENTS}
    of = lumped(n, shown, list(full.values()))
    frequencies = gathered(locus.frequencies, of)
    count = len(frequencies)
    moves = {sex: gathered_moves(matrix, of) for sex, matrix in full.items()}
    if not moves:
        moves = dict.fromkeys(PARENTS, np.eye(count))
    if settings.silent == 0:
        return Alleles(locus, Lumped(of, count), frequencies, moves, settings.theta)
    frequencies = np.append(frequencies * (1 - settings.silent), settings.silent)
    moves = {sex: _with_silent(matrix) for sex, matrix in moves.items()}
    return Alleles(locus, Lumped(of, count + 1, count), frequencies, moves, settings.theta)


def likelihood_of(pedigree: Pedigree, seen: Seen, alleles: Alleles) -> float:
    """Give the probability of all that was seen of a family at one locus.

    Parameters
    ----------
    pedigree
        Who descends from whom.
    seen
        What was seen of whom; alleles as in ``alleles.locus``.
    alleles
        With every allele of `seen` a class of its own.

    Raises
    ------
    ImpossiblePedigree
        If an X marker meets a person whose sex is not recorded.
    TooMuchToSum
        If the sum does not fit in memory.
    """
    return float(_summed(pedigree, seen, alleles, ()))


def table_of(pedigree: Pedigree, seen: Seen, alleles: Alleles, person: str) -> Table:
    """Give the probability of all that was seen together with each genotype of one person.

    Returns
    -------
    float array, shape (n_classes, n_classes)
        By the class of the father's and of the mother's allele; shape (n_classes,) for a man's
        X. Its sum is `likelihood_of` the rest; times the chance of an observation given the
        genotype, and summed, it is `likelihood_of` with that observation.
    """
    return _summed(pedigree, seen, alleles, (person,))


def _summed(pedigree: Pedigree, seen: Seen, alleles: Alleles, asked: Sequence[str]) -> Table:
    looked_at = [each for each, looks in seen.items() if looks]
    network = _Network(pedigree.relevant([*looked_at, *asked]), seen, alleles, asked)
    keep = [gene for person in asked for gene in network.genes[person]]
    try:
        result = eliminate(network.factors, network.sizes, alleles.count, keep=keep)
    except TooMuchToSum as error:
        raise TooMuchToSum(f"At {alleles.locus.name} {error}.") from error
    if alleles.theta == 0:
        table: Table = result.table[0]
        return table
    certain = np.array(network.certain, dtype=np.int64)
    counts = np.bincount(certain, minlength=alleles.count)
    weights = expectations(result.degree, counts, alleles.frequencies, alleles.theta)
    expected: Table = np.tensordot(weights, result.table, axes=(0, 0))
    return expected


PARENTS = (Sex.MALE, Sex.FEMALE)


def _with_silent(moves: Table) -> Table:
    wider = np.eye(len(moves) + 1)
    wider[:-1, :-1] = moves
    return wider


@dataclass
class _Network:
    """The unknown alleles of a family, and the tables that tie them.

    ``genes`` are the unknowns of each person, the father's allele first; ``domains`` the
    classes each may be; ``certain`` the alleles of founders that are known beyond doubt, taken
    out where theta makes founders depend on each other.
    """

    pedigree: Pedigree
    seen: Seen
    alleles: Alleles
    asked: Sequence[str]
    genes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    domains: list[NDArray[np.int64]] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    certain: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for person in self.pedigree.people:
            self._place(person)
        for person in self.pedigree.people:
            self.factors += (
                self._founding(person) if person.is_founder else self._births(person)
            )

    @property
    def sizes(self) -> dict[int, int]:
        return {gene: len(domain) for gene, domain in enumerate(self.domains)}

    def _place(self, person: Person) -> None:
        """Give a person unknowns, and the table of what was seen of them."""
        copies = self._copies(person)
        looks = self.seen.get(person.id, ())
        chances = self._chances(looks, copies)
        free = np.arange(self.alleles.count)
        if chances is None:
            domain = free
        else:
            domain = free[(chances > 0).reshape(self.alleles.count, -1).any(axis=1)]
        genes = tuple(range(len(self.domains), len(self.domains) + copies))
        self.genes[person.id] = genes
        self.domains += [domain] * copies
        if chances is not None:
            table = chances[domain] if copies == 1 else chances[domain[:, None], domain]
            self.factors.append(Factor(genes, table[None]))

    def _copies(self, person: Person) -> int:
        if self.alleles.locus.chromosome is Chromosome.X:
            if person.sex is Sex.UNKNOWN:
                raise ImpossiblePedigree(
                    f"The sex of {person.id} is not recorded, and decides how an X marker "
                    f"such as {self.alleles.locus.name} is inherited."
                )
            if person.sex is Sex.MALE:
                return 1
        is_idle = person.is_founder and len(self.pedigree.children[person.id]) == 1
        is_free = person.id not in self.asked and not self.seen.get(person.id)
        # A founder of one child hands one allele on; the other one meets nobody.
        return 1 if is_idle and is_free else 2

    def _chances(self, looks: Sequence[Observation], copies: int) -> Table | None:
        """Multiply the chances of all looks at one person; None where there is no look."""
        if not looks:
            return None
        key = (tuple(looks), copies)
        if key not in self.alleles.looked_up:
            chances = [
                (look.chance_given_two if copies == 2 else look.chance_given_one)(  # noqa: PLR2004
                    self.alleles.locus.frequencies, self.alleles.classes
                )
                for look in looks
            ]
            self.alleles.looked_up[key] = math.prod(chances[1:], start=chances[0])
        return self.alleles.looked_up[key]

    def _founding(self, person: Person) -> Iterator[Factor]:
        """Draw a founder's alleles: from the table, or from what theta leaves open."""
        genes, p = self.genes[person.id], self.alleles.frequencies
        if self.alleles.theta == 0:
            for gene in genes:
                yield Factor((gene,), p[self.domains[gene]][None])
        elif (known := self._known(person)) is not None:
            self.certain += known
        else:
            for gene in genes:
                yield Factor((gene,), np.eye(len(p))[:, self.domains[gene]], degree=1)

    def _known(self, person: Person) -> list[int] | None:
        """Give the founder's alleles where only their order is open."""
        genes = self.genes[person.id]
        tables = [factor.table[0] for factor in self.factors if factor.scope == genes]
        if not tables:
            return None
        possible = np.argwhere(tables[0] > 0)
        domain = self.domains[genes[0]]
        sorted_rows = {tuple(sorted(domain[row].tolist())) for row in possible}
        return list(sorted_rows.pop()) if len(sorted_rows) == 1 else None

    def _births(self, person: Person) -> Iterator[Factor]:
        """Hand on one of each parent's alleles, which may have mutated."""
        father, mother = person.parents
        genes = self.genes[person.id]
        if len(genes) == 2:  # noqa: PLR2004 - a man's X comes from the mother alone
            yield self._handed_on(father, Sex.MALE, genes[0])
        yield self._handed_on(mother, Sex.FEMALE, genes[-1])

    def _handed_on(self, parent: str, sex: Sex, gene: int) -> Factor:
        from_ = self.genes[parent]
        moves = self.alleles.moves[sex][:, self.domains[gene]]
        ways = moves[self.domains[from_[0]]]
        if len(from_) == 1:
            return Factor((from_[0], gene), ways[None])
        other = moves[self.domains[from_[1]]]
        table = (ways[:, None, :] + other[None, :, :]) / 2
        return Factor((*from_, gene), table[None])
