"""Before anybody is compared: does the family fit its own tree, and whom to sample next.

What is computed is `matching.kinship.checks` and `matching.kinship.planning`, as the commands
`reunir kinship-check` and `reunir kinship-plan` do it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.kinship.computing import MUTATION, CannotCompute, Genotypes, noted
from casework.pedigree.tree import MISSING, Tree
from casework.pedigree.written import member_id, with_founders
from casework.web.languages import marked
from matching.errors import MatchingError
from matching.kinship.checks import WORTH_A_LOOK, check
from matching.kinship.loci import Tables, read_tables
from matching.kinship.planning import Planning
from matching.kinship.plans import read_plan
from matching.kinship.profiles import plain_name

CLEAR = 4.0
"""Powers of ten that count as clear: from there on the scale says very strong support."""

MOST_ASKED = 8  # relatives tried on one page: each costs a second at the most
MOST_LOCI = 24  # of a table with more, the first so many: what a large kit types
WAYS = 100  # half of the engine's: what is told is a share of a hundred


@dataclass(frozen=True, slots=True)
class FamilyAsked:
    """A family: its tree, profiles by number in it, who could still give a sample."""

    tree: Tree
    family: Mapping[int, Genotypes] = field(repr=False)
    available: Sequence[int]
    table: str
    loci: Mapping[str, Mapping[str, float]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doubted:
    """One other way to tell the family that explains its profiles better; inf: the only one."""

    told: str
    people: tuple[str, ...]
    log10_times: float


@dataclass(frozen=True, slots=True)
class Power:
    """How often a true case would be clear; `who` is asked besides, None for what there is."""

    who: int | None
    often: float
    median: float


@dataclass(frozen=True, slots=True)
class FamilyFound:
    """What was found. `contradicted` are loci that need a mutation under the tree."""

    contradicted: tuple[str, ...]
    doubts: tuple[Doubted, ...]
    now: Power
    next: tuple[Power, ...]
    loci: int


def looked_at(asked: FamilyAsked) -> FamilyFound:
    """Hold a family against its tree, and say what each further sample would bring.

    Raises
    ------
    CannotCompute
        If the engine refuses, with what it said.
    """
    tables = read_tables({asked.table: asked.loci})
    try:
        contradicted, doubts = _held(asked, tables)
        now, following, loci = _planned(asked, tables)
    except MatchingError as refusal:
        raise CannotCompute(
            marked("Con estos perfiles y esta tabla no se puede calcular: %(engine)s"),
            noted(refusal.args[0]),
        ) from refusal
    return FamilyFound(contradicted, doubts, now, following, loci)


def _held(asked: FamilyAsked, tables: Tables) -> tuple[tuple[str, ...], tuple[Doubted, ...]]:
    if not asked.family:
        return (), ()
    found = check(_written(asked), tables).consistency
    return found.contradicted, tuple(
        Doubted(each.told.value, each.people, each.log10_times)
        for each in found.doubts
        if each.log10_times >= WORTH_A_LOOK
    )


def _planned(asked: FamilyAsked, tables: Tables) -> tuple[Power, tuple[Power, ...], int]:
    plan = read_plan(_written(asked), tables)
    planning = Planning(plan.sought, member_id(MISSING), plan.loci, WAYS)
    following = [_power(planning, number) for number in asked.available[:MOST_ASKED]]
    following.sort(key=lambda each: (-each.often, -each.median))
    return _power(planning, None), tuple(following), len(plan.loci)


def _power(planning: Planning, who: int | None) -> Power:
    law = planning.power(() if who is None else (member_id(who),)).law
    median = law.quantile_if_true(0.5)
    often = float(law.reached_if_true(CLEAR))
    return Power(who, min(1.0, often), median if math.isfinite(median) else 0.0)


def _written(asked: FamilyAsked) -> dict[str, Any]:
    """Write the family as the commands read it; of a locus the table lacks nothing is said."""
    known = {plain_name(name): name for name in asked.loci}
    genotypes = {
        member_id(number): {
            known[plain_name(name)]: alleles
            for name, alleles in own.items()
            if plain_name(name) in known
        }
        for number, own in asked.family.items()
    }
    typed = {name for own in genotypes.values() for name in own}
    names = [name for name in asked.loci if not typed or name in typed][:MOST_LOCI]
    return {
        "family_id": "family",
        "missing_id": member_id(MISSING),
        "pedigree": with_founders(asked.tree),
        "genotypes": genotypes,
        "typed": list(genotypes),
        "frequency_set": asked.table,
        "mutation": MUTATION,
        "loci": names,
        "available": [member_id(number) for number in asked.available[:MOST_ASKED]],
    }
