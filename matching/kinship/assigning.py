"""Putting families' ways together so that nobody is given twice, best first.

Best first is exact: a part is worked on in the order of the most it could become, which is
what it has and, for each family to come, the best way that takes nobody taken. So whatever
comes out whole is better than all that is left, and what is left has a proven bound
(Hart, Nilsson & Raphael 1968).
"""

import heapq
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.kinship.joint import Option, Weighed

MOST_PARTS = 200_000
"""Parts worked on before the search stops with a bound, some seconds; our choice."""

MOST_STATES = 1 << 16
"""Sets of remains already given that are carried along for exact posteriors; our choice."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One way of naming everybody: pairs of a place in the list of remains and who it is."""

    given: tuple[tuple[int, str], ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Best:
    """Assignments, best first, and how much the best of those not listed could gain.

    ``rest`` is minus infinity where every assignment that can be is listed.
    """

    assignments: tuple[Assignment, ...]
    rest: float

    @property
    def gap(self) -> float:
        """How much better than the best one listed an unlisted one could be; 0 if it cannot."""
        if not self.assignments:
            return math.inf
        return max(0.0, self.rest - self.assignments[0].gain)


def best_assignments(weighed: Sequence[Weighed], top: int, parts: int = MOST_PARTS) -> Best:
    """List the best assignments.

    Parameters
    ----------
    weighed
        What each family says of each way of giving it remains.
    top
        How many to list at the most.
    parts
        How many parts to work on at the most; then the best part is completed as it comes, and
        ``gap`` says how far that may be from the best.
    """
    options = [tuple(o for o in each.options if o.gain > -math.inf) for each in weighed]
    count = itertools.count()
    start = _bound(options, 0, 0)
    waiting: list[tuple[float, int, float, int, tuple[Option, ...]]] = [
        (-start, next(count), 0.0, 0, ())
    ]
    found: list[Assignment] = []
    while waiting and len(found) < top:
        if next(count) > parts:
            break
        _, _, gain, taken, chosen = heapq.heappop(waiting)
        if len(chosen) == len(options):
            found.append(_assignment(chosen, gain))
            continue
        for option in options[len(chosen)]:
            if not option.taken & taken:
                now, used = gain + option.gain, taken | option.taken
                most = now + _bound(options, len(chosen) + 1, used)
                heapq.heappush(waiting, (-most, next(count), now, used, (*chosen, option)))
    rest = -waiting[0][0] if waiting else -math.inf
    if not found:
        found.append(_completed(options, waiting[0]))
    return Best(tuple(found), rest)


def _bound(options: Sequence[Sequence[Option]], start: int, taken: int) -> float:
    return sum(_first_free(each, taken).gain for each in options[start:])


def _first_free(options: Sequence[Option], taken: int) -> Option:
    """Give the best way that takes nobody taken; taking nobody is always one."""
    return next(option for option in options if not option.taken & taken)


def _completed(
    options: Sequence[Sequence[Option]], part: tuple[float, int, float, int, tuple[Option, ...]]
) -> Assignment:
    _, _, gain, taken, chosen = part
    for each in options[len(chosen) :]:
        option = _first_free(each, taken)
        gain, taken, chosen = gain + option.gain, taken | option.taken, (*chosen, option)
    return _assignment(chosen, gain)


def _assignment(chosen: Sequence[Option], gain: float) -> Assignment:
    return Assignment(tuple(sorted(p for option in chosen for p in option.given)), gain)


def alike(assignment: Assignment, weighed: Sequence[Weighed]) -> tuple[tuple[int, object], ...]:
    """Give what an assignment says once people whom nothing tells apart are one.

    Two assignments of which this is the same have the same likelihood, whatever was seen.
    """
    groups = {who: group for each in weighed for who, group in each.family.alike.items()}
    return tuple(sorted((at, groups[who]) for at, who in assignment.given))


def every_assignment(weighed: Sequence[Weighed]) -> Iterator[Assignment]:
    """Give every assignment, those that cannot be too, in no order."""

    def further(at: int, taken: int, chosen: tuple[Option, ...]) -> Iterator[Assignment]:
        if at == len(weighed):
            yield _assignment(chosen, math.fsum(option.gain for option in chosen))
            return
        for option in weighed[at].options:
            if not option.taken & taken:
                yield from further(at + 1, taken | option.taken, (*chosen, option))

    return further(0, 0, ())


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of each pair, all assignments taken together.

    ``pairs`` are probabilities by place in the list of remains and missing person; what is
    lacking to one, over the pairs of somebody, is "none of them". ``total`` is the natural
    logarithm of the sum over all assignments of gain and prior.
    """

    pairs: Mapping[tuple[int, str], float]
    total: float


def posteriors(weighed: Sequence[Weighed], odds: float) -> Believed | None:
    """Give the probability of each pair, summed over all assignments.

    Parameters
    ----------
    weighed
        What each family says of each way of giving it remains.
    odds
        Prior odds of each identification against leaving both alone; 1 makes every assignment
        equally probable beforehand.

    Returns
    -------
    Believed or None
        None where too many sets of remains would have to be carried along.
    """
    weights = [_weights(each, odds) for each in weighed]
    forward: list[dict[int, float]] = [{0: 0.0}]
    for options in weights:
        after: dict[int, float] = {}
        for taken, so_far in forward[-1].items():
            for option, weight in options:
                if not option.taken & taken:
                    used = taken | option.taken
                    after[used] = _added(after.get(used, -math.inf), so_far + weight)
        if len(after) > MOST_STATES:
            return None
        forward.append(after)
    return _traced_back(weights, forward)


Weights = Sequence[tuple[Option, float]]
"""Ways that can be, with the natural logarithm of gain and prior; sums are of logarithms, for
several remains in one family can gain more than a number holds."""


def _weights(weighed: Weighed, odds: float) -> Weights:
    return [
        (option, option.gain + len(option.given) * math.log(odds))
        for option in weighed.options
        if option.gain > -math.inf
    ]


def _traced_back(weights: Sequence[Weights], forward: Sequence[dict[int, float]]) -> Believed:
    total = -math.inf
    for each in forward[-1].values():
        total = _added(total, each)
    found: dict[tuple[int, str], float] = {}
    backward = dict.fromkeys(forward[-1], 0.0)
    for options, before in zip(reversed(weights), reversed(forward[:-1]), strict=True):
        earlier = dict.fromkeys(before, -math.inf)
        for taken, so_far in before.items():
            for option, weight in options:
                if option.taken & taken:
                    continue
                ahead = weight + backward[taken | option.taken]
                earlier[taken] = _added(earlier[taken], ahead)
                for pair in option.given:
                    found[pair] = found.get(pair, 0.0) + math.exp(so_far + ahead - total)
        backward = earlier
    return Believed(found, total)


def _added(one: float, other: float) -> float:
    """Add two numbers given as logarithms."""
    low, high = sorted((one, other))
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
