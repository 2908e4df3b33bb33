"""A family and the relatives who could give a sample, as a plan is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import ImpossiblePedigree, UnreadableCase, UnusableProfile
from matching.kinship.loci import Locus, Tables
from matching.kinship.profiles import Ladder
from matching.kinship.reading import listed_in
from matching.kinship.sought import Sought, read_sought

MOST_AVAILABLE = 12
"""Relatives who may be asked: of so many there are four thousand sets; our choice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a family: who may be sampled at what cost, and which loci are typed."""

    sought: Sought
    costs: Mapping[str, float]
    loci: tuple[Locus, ...]


def read_plan(written: Any, tables: Tables) -> Plan:
    """Read a family as `read_sought` does, nobody typed allowed, with who is ``available``.

    ``available`` is a list of relatives, or ``{relative: cost}``. Loci are those of ``loci``,
    else those typed in the family, else all of the frequency set.

    Raises
    ------
    MatchingError
        One sentence that names what is wrong.
    """
    sought = read_sought(written, tables, is_typed=False)
    costs = _costs(written.get("available"), sought)
    ladder = Ladder(tables, sought.set_name)
    typed = {name for own in sought.profiles.values() for name in own}
    asked = sought.loci if sought.loci is not None else typed
    names = [name for name in tables.sets[sought.set_name] if not asked or name in asked]
    return Plan(sought, costs, tuple(ladder.locus(name) for name in names))


def _costs(available: Any, sought: Sought) -> dict[str, float]:
    if available is None:
        return {}
    if isinstance(available, dict):
        costs = {who: _cost(who, cost) for who, cost in available.items()}
    else:
        costs = dict.fromkeys(listed_in(available), 1.0)
    if len(costs) > MOST_AVAILABLE:
        raise UnreadableCase(
            f"Family {sought.id} lists {len(costs)} relatives to sample; ask about "
            f"{MOST_AVAILABLE} at a time."
        )
    for who in costs:
        if who not in sought.pedigree.by_id:
            raise ImpossiblePedigree(f"{who} is available and stands in no pedigree.")
        if who in sought.missing:
            raise ImpossiblePedigree(f"{who} is missing and cannot be sampled.")
        if sought.profiles.get(who):
            raise UnusableProfile(f"{who} is available and has a profile already.")
    return costs


def _cost(who: str, cost: Any) -> float:
    is_number = isinstance(cost, int | float) and not isinstance(cost, bool)
    if not is_number or not 0 <= cost < float("inf"):
        raise UnreadableCase(f"What sampling {who} costs is {cost}, not a number from 0.")
    return float(cost)
