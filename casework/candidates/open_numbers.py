"""What of a proposal's numbers is open: what is closed is told neither by itself nor in a sum.

A sum that held what is closed would tell it: whoever takes the weights they see from the sum is
left with the rest. So the sum is that of the open weights, and the probability follows from it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from privacy.model import Reveals

Shows = Callable[[Reveals], bool]


class Weighs(Protocol):
    """A proposal with its numbers, of whatever two kinds of record."""

    @property
    def log10_lr(self) -> Any: ...
    @property
    def weights(self) -> Any: ...


# The group that a kind of evidence is read from, on both sides.
KIND_GROUPS: Mapping[str, Reveals] = {
    "time": Reveals.CIRCUMSTANCE,
    "place": Reveals.CIRCUMSTANCE,
    "clothing": Reveals.CIRCUMSTANCE,
    "group": Reveals.CIRCUMSTANCE,
    "destination": Reveals.CIRCUMSTANCE,
    "recovery": Reveals.CIRCUMSTANCE,
    "nationality": Reveals.IDENTITY,
    "birth": Reveals.IDENTITY,
    "papers": Reveals.IDENTITY,  # that a telephone is the same is told, never the telephone
    "outside": Reveals.DNA,  # a laboratory's result may be among them
}


def group_of_kind(kind: str) -> Reveals:
    """Give the group that a kind is read from: the body, unless it is known to be another."""
    return KIND_GROUPS.get(kind, Reveals.BODY)


def open_weights(pairing: Weighs, shows: Shows) -> dict[str, float]:
    """Give the weights of the kinds whose group is open."""
    return {
        kind: weight for kind, weight in pairing.weights.items() if shows(group_of_kind(kind))
    }


def open_sum(pairing: Weighs, shows: Shows) -> float:
    """Sum the open weights; where all are open that is what is stored."""
    weights = open_weights(pairing, shows)
    total: float = pairing.log10_lr if weights == pairing.weights else sum(weights.values())
    return total
