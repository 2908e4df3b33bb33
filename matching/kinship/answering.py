"""A family asked about all remains at once: one table for each missing person and locus.

`Asking` lives in each process that works on families. What it answers is a list of numbers for
each locus; the remains are then looked up in them, wherever they are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import MatchingError, TooMuchToSum, UnusableProfile
from matching.kinship.coding import Looks
from matching.kinship.law import Law, steps_of, together
from matching.kinship.loci import Tables
from matching.kinship.pedigree import Sex
from matching.kinship.sought import Sought, read_sought
from matching.kinship.worlds import Floats, Said, Seen, World, demanded, says_nothing, shape_of


@dataclass(frozen=True)
class Answer:
    """What a family says of everybody's looks, for one of its missing.

    Parameters
    ----------
    log10_lr
        For each locus the base-10 logarithm of the ratio of each look; None where the locus
        says nothing. Theta is taken as 0.
    law
        Of somebody unrelated who is typed at all of these loci, above the floor asked for.
    """

    missing: str
    sex: Sex
    log10_lr: tuple[Floats | None, ...]
    law: Law


@dataclass(frozen=True)
class Answered:
    """A family's answers; ``refusal`` instead says why it has none."""

    id: str | None
    set_name: str = ""
    theta: float = 0.0
    answers: tuple[Answer, ...] = ()
    warnings: tuple[str, ...] = ()
    refusal: str | None = None
    rule: str | None = None


class Asking:
    """Asks families about remains, keeping what was said of other families of the kind.

    Parameters
    ----------
    tables
        Frequency sets.
    looks
        What was seen of remains, by the name of the set and then by locus.
    least
        Chances of a lower log10 ratio are not told.
    """

    def __init__(
        self, tables: Tables, looks: Mapping[str, Sequence[Looks]], least: float
    ) -> None:
        self._tables, self._looks, self._least = tables, looks, least
        self._worlds: dict[tuple[str, str], World] = {}

    def answer(self, written: Any, named: str | None) -> Answered:
        """Ask a family as it is written; one that cannot be asked says why."""
        try:
            sought = read_sought(written, self._tables)
            answers = tuple(self._answer(sought, each) for each in sought.missing)
        except MatchingError as error:
            return Answered(named, refusal=str(error), rule=type(error).__name__)
        theta = sought.settings.theta
        return Answered(sought.id, sought.set_name, theta, answers, sought.warnings)

    def exactly(self, written: Any, missing: str, codes: NDArray[np.int32]) -> list[float]:
        """Weigh some remains against a family that has answered, with its theta.

        Parameters
        ----------
        codes : int array, shape (n_loci, n_remains)
            Their looks, by their places in the lists.

        Returns
        -------
        list of float
            log10 ratios; nan where the exact sum would not fit in memory.
        """
        sought = read_sought(written, self._tables)
        return [self._exact(sought, missing, own) for own in codes.T.tolist()]

    def _exact(self, sought: Sought, missing: str, codes: Sequence[int]) -> float:
        world, total = self._world(sought), 0.0
        looks = self._looks[sought.set_name]
        try:
            for row, seen in _seen(sought, missing, looks):
                if codes[row]:
                    ratio = world.ratio(row, seen, looks[row].look(codes[row]))
                    total += np.log10(ratio) if ratio > 0 else -np.inf
        except TooMuchToSum:
            return np.nan
        return float(total)

    def _answer(self, sought: Sought, missing: str) -> Answer:
        world, looks = self._world(sought), self._looks[sought.set_name]
        said: list[Said | None] = [None] * len(looks)
        for row, seen in _seen(sought, missing, looks):
            told = demanded(world.said(row, seen), looks[row].locus.name, sought.id)
            said[row] = None if says_nothing(told) else told
        laws = [each.law for each in said if each is not None]
        if not laws:
            raise UnusableProfile(
                f"Nothing is said of {missing}: no relative in family {sought.id} is typed at "
                "a locus at which any remains are."
            )
        law = together(laws, int(steps_of(self._least)))
        weights = tuple(None if each is None else each.log10_lr for each in said)
        return Answer(missing, sought.pedigree.by_id[missing].sex, weights, law)

    def _world(self, sought: Sought) -> World:
        key = (sought.set_name, repr(sought.settings))
        if key not in self._worlds:
            self._worlds[key] = World(self._looks[sought.set_name], sought.settings)
        return self._worlds[key]


def _seen(sought: Sought, missing: str, looks: Sequence[Looks]) -> Iterator[tuple[int, Seen]]:
    """Give what was seen of a family at each locus that is to be looked at, without names."""
    people = sought.pedigree.people
    at = next(n for n, person in enumerate(people) if person.id == missing)
    shape, own = shape_of(sought.pedigree), sought.own.get(missing, {})
    profiles = [sought.profiles.get(person.id, {}) for person in people]
    for row, each in enumerate(looks):
        name = each.locus.name
        if sought.loci is None or name in sought.loci:
            seen = tuple(profile.get(name) for profile in profiles)
            yield row, Seen(shape, at, seen, own.get(name))
