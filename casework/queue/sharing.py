"""Sharing pairs out among people by the hours they said, fairly. Pure.

docs/methods/queue.md says in words what it promises.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who examines: how many opinions their week holds, and how many are asked."""

    account_id: int
    fits: int
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """A pair that waits: how many of one's own people it takes, and who must not be one."""

    pairing: int
    seats: int
    barred: frozenset[int] = frozenset()


def share(looks: Iterable[Look], people: Iterable[Person]) -> Mapping[int, tuple[int, ...]]:
    """Say who looks at what, by pairing; each pair has different people.

    Pairs in their order, each seat to whoever has the smallest part of their week taken. Where
    all who may sit there are full, others change seats for it along the shortest chain that
    makes room: a later pair never takes a seat from an earlier one, and nobody's week is left
    empty for the order in which seats were given. What nobody's week holds is left out.
    """
    sharing = _Sharing(people)
    for each in looks:
        for _ in range(each.seats):
            if not sharing.finds_room(each):
                break
    return {number: tuple(who) for number, who in sharing.given.items() if who}


class _Sharing:
    """What was given so far."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {each.account_id: each for each in people if each.fits}
        self.given: dict[int, list[int]] = defaultdict(list)
        self.looks: dict[int, Look] = {}
        self.taken = {each.account_id: each.asked for each in self.people.values()}

    def finds_room(self, look: Look) -> bool:
        """Give one seat of a pair, if anybody's week holds it."""
        self.looks[look.pairing] = look
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(self._may_sit(look))
        layer = deque(came)
        while layer:
            free = [who for who in layer if self.taken[who] < self.people[who].fits]
            if free:
                self._pass_on(min(free, key=self._part_taken), came, look.pairing)
                return True
            layer = deque(self._who_could_relieve(layer, came))
        return False

    def _may_sit(self, look: Look) -> Sequence[int]:
        sits = {*look.barred, *self.given[look.pairing]}
        return [who for who in self.people if who not in sits]

    def _who_could_relieve(
        self, full: Iterable[int], came: dict[int, tuple[int, int] | None]
    ) -> Iterable[int]:
        """Name who could take over a pair of somebody full, each once; note from whom."""
        for who in full:
            held = [number for number, sits in self.given.items() if who in sits]
            for number in held:
                for other in self._may_sit(self.looks[number]):
                    if other not in came:
                        came[other] = (who, number)
                        yield other

    def _pass_on(
        self, who: int, came: Mapping[int, tuple[int, int] | None], wanted: int
    ) -> None:
        """Give the seat at the end of the chain, and move each before it by one."""
        self.taken[who] += 1
        step = came[who]
        while step is not None:
            before, number = step
            sits = self.given[number]
            sits[sits.index(before)] = who
            who, step = before, came[before]
        self.given[wanted].append(who)

    def _part_taken(self, who: int) -> tuple[float, int, int]:
        """Say which part of their week would be taken; of equals, who said more hours first."""
        fits = self.people[who].fits
        return (self.taken[who] + 1) / fits, -fits, who
