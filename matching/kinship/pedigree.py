"""Who descends from whom: any family, with loops and marriages among kin."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from matching.errors import ImpossiblePedigree


class Sex(StrEnum):
    """What decides how a person hands on an X chromosome, and at which rate alleles mutate."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """One member of a pedigree; a founder has no parents in it."""

    id: str
    father: str | None = None
    mother: str | None = None
    sex: Sex = Sex.UNKNOWN

    @property
    def is_founder(self) -> bool:
        return self.father is None and self.mother is None

    @property
    def parents(self) -> tuple[str, ...]:
        return tuple(each for each in (self.father, self.mother) if each is not None)


@dataclass(frozen=True)
class Pedigree:
    """A family that can be: parents are there, of the right sex, and nobody's own ancestors.

    Where only one parent is named the other is a founder of their own, whom nobody typed and
    who has no other child: `implied` names such parents. A parent whose sex is not recorded is
    taken to be what the place in the pedigree says.

    Parameters
    ----------
    people
        Everybody, in any order.

    Raises
    ------
    ImpossiblePedigree
        If an id stands twice, a parent is missing, of the other sex or a child of their own
        descendant, or one person is both parents. The message names the people.
    """

    people: tuple[Person, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", tuple(_completed(self.people)))
        named = Counter(person.id for person in self.people)
        for each, times in named.items():
            if times > 1:
                raise ImpossiblePedigree(f"{each} stands {times} times in the pedigree.")
        for person in self.people:
            self._refuse_parents_of(person)
        self._refuse_circles()

    @cached_property
    def by_id(self) -> dict[str, Person]:
        """Everybody by id, implied parents included."""
        return {person.id: person for person in self.people}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The children of each person, in the order of the pedigree."""
        found: dict[str, list[str]] = {person.id: [] for person in self.people}
        for person in self.people:
            for parent in person.parents:
                found[parent].append(person.id)
        return {parent: tuple(children) for parent, children in found.items()}

    @property
    def implied(self) -> tuple[str, ...]:
        """Parents that the pedigree did not name, and that each person has."""
        return tuple(each.id for each in self.people if each.id.endswith(IMPLIED))

    def with_stranger(self, person: Person) -> "Pedigree":
        """Add somebody who is related to nobody here."""
        return Pedigree((*self.people, person))

    def relevant(self, asked: Iterable[str]) -> "Pedigree":
        """Leave out whoever has neither a descendant nor themselves among those asked about.

        They sum to one whatever the mutation model, so nothing changes but the work. Untyped
        *ancestors* stay: a mutation model that is not stationary gives their descendants other
        frequencies than the table's, and which convention holds must be said (docs/methods).
        """
        wanted = frozenset(asked)
        if wanted not in self._parts:
            kept, waiting = set[str](), list(wanted)
            while waiting:
                each = waiting.pop()
                if each not in kept:
                    kept.add(each)
                    waiting += self.by_id[each].parents
            part = tuple(person for person in self.people if person.id in kept)
            self._parts[wanted] = Pedigree(part)
        return self._parts[wanted]

    @cached_property
    def _parts(self) -> dict[frozenset[str], "Pedigree"]:
        """Parts asked for before: the same people are typed at most loci."""
        return {}

    def _refuse_parents_of(self, person: Person) -> None:
        for parent, sex, word in (
            (person.father, Sex.MALE, "father"),
            (person.mother, Sex.FEMALE, "mother"),
        ):
            if parent is None:
                continue
            if parent not in self.by_id:
                raise ImpossiblePedigree(
                    f"{parent}, {word} of {person.id}, does not stand in the pedigree."
                )
            if self.by_id[parent].sex not in {sex, Sex.UNKNOWN}:
                raise ImpossiblePedigree(
                    f"{parent} is {self.by_id[parent].sex} and stands as {word} of {person.id}."
                )
        if person.father is not None and person.father == person.mother:
            raise ImpossiblePedigree(f"{person.father} is both parents of {person.id}.")

    def _refuse_circles(self) -> None:
        waiting = {person.id: set(person.parents) for person in self.people}
        while free := [each for each, parents in waiting.items() if not parents]:
            for each in free:
                del waiting[each]
            for parents in waiting.values():
                parents.difference_update(free)
        if waiting:
            circle = ", ".join(_circle(waiting))
            raise ImpossiblePedigree(
                f"The pedigree goes in a circle: each of {circle} descends from the next."
            )


IMPLIED = (" (father, not named)", " (mother, not named)")
"""How parents that a pedigree does not name are called."""


def _completed(people: Iterable[Person]) -> Iterator[Person]:
    for person in people:
        if person.is_founder or len(person.parents) == 2:  # noqa: PLR2004 - two parents
            yield person
        elif person.father is None:
            father = Person(person.id + IMPLIED[0], sex=Sex.MALE)
            yield father
            yield Person(person.id, father.id, person.mother, person.sex)
        else:
            mother = Person(person.id + IMPLIED[1], sex=Sex.FEMALE)
            yield mother
            yield Person(person.id, person.father, mother.id, person.sex)


def _circle(waiting: dict[str, set[str]]) -> list[str]:
    """Walk from child to parent until somebody comes again; what lies between is the circle."""
    walked = [min(waiting)]
    while (parent := min(waiting[walked[-1]])) not in walked:
        walked.append(parent)
    return walked[walked.index(parent) :]
