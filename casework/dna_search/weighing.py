"""All remains against all families, of the profiles that one institution keeps and may use.

What is computed is `matching.kinship.search`, as `reunir kinship-search` does it: every pair at
theta 0, the shortlist once more exactly with the theta that was chosen. Nothing of it is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import numpy as np

from casework.kinship.computing import MUTATION, Genotypes
from casework.pedigree.tree import MISSING, Tree
from casework.pedigree.written import member_id, with_founders
from matching.errors import MatchingError
from matching.kinship.answering import Asking
from matching.kinship.coding import Codes, coded
from matching.kinship.listing import Listing, Pairs
from matching.kinship.loci import read_tables
from matching.kinship.pedigree import Sex
from matching.kinship.search import Found, Person, search
from matching.kinship.sought import Remains, read_remains

OF_EACH = 10
"""So many pairs are kept of either side; the tenth of a list is hardly ever the one."""


class CannotSearch(ValueError):
    """Why nothing could be compared, in the engine's own sentence."""


@dataclass(frozen=True, slots=True)
class OfFamily:
    """One missing person's family: `genotypes` by number in the tree, an own sample's apart."""

    record: str
    tree: Tree
    genotypes: Mapping[int, Genotypes] = field(repr=False)
    own: Genotypes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OfRemains:
    """One set of remains; `sex` as recorded: female, male or unknown."""

    record: str
    sex: str
    genotypes: Genotypes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One pair: its ratio with theta, and what chance alone would do in the whole search."""

    remains: str
    person: str
    log10_lr: float
    loci: int
    by_chance: float
    sexes_differ: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of a search; `refused` names who could not be compared, with the reason."""

    hits: Sequence[Hit]
    compared: int
    against: int  # pairs whose profiles are less probable if it is the person
    remains: int
    families: int
    refused: Sequence[tuple[str, str]]


def searched(
    families: Sequence[OfFamily],
    remains: Sequence[OfRemains],
    table: tuple[str, Mapping[str, Mapping[str, float]]],
    theta: float,
) -> Searched:
    """Compare all remains with all families; what speaks against a pair is only counted.

    Raises
    ------
    CannotSearch
        If the table, or what was written of a record, cannot be used at all.
    """
    name, loci = table
    try:
        tables = read_tables({name: loci})
        own = [_remains(each) for each in remains]
        read = coded(own, tables, name, list(loci))
    except MatchingError as refusal:
        raise CannotSearch(str(refusal)) from refusal
    asking = Asking(tables, {name: read.looks}, 0.0)
    written = {each.record: _family(each, name, list(loci), theta) for each in families}
    listing = Listing(len(own), OF_EACH)
    found = search(
        (asking.answer(each, record) for record, each in written.items()),
        {name: read},
        listing,
        least=0.0,
    )
    refused = [(remains[at].record, reason) for at, reason in read.refused.items()]
    refused += [(each.id or "", each.refusal) for each in found.families if each.refusal]
    exactly = _Exactly(asking, written, read.codes)
    return Searched(
        hits=sorted(_hits(listing.listed(), found, own, exactly), key=_best_first),
        compared=found.compared,
        against=found.compared - found.reached.get(0, 0),
        remains=int(np.count_nonzero(read.is_read)),
        families=len(found.missing),
        refused=refused,
    )


@dataclass(frozen=True, slots=True)
class _Exactly:
    """Weighs one pair with the theta that was chosen; nan where that would not fit."""

    asking: Asking
    written: Mapping[str, dict[str, Any]]
    codes: Codes

    def log10_lr(self, family: str, person: str, remains: int) -> float:
        own = self.codes[:, [remains]]
        return self.asking.exactly(self.written[family], person, own)[0]


def _hits(
    pairs: Pairs, found: Found, own: Sequence[Remains], exactly: _Exactly
) -> Iterator[Hit]:
    by_chance = found.expected_by_chance(pairs.log10_lr)
    for at in range(len(pairs)):
        person, place = found.missing[pairs.whom[at]], int(pairs.remains[at])
        record = found.families[person.family].id or ""
        exact = exactly.log10_lr(record, person.id, place)
        yield Hit(
            remains=own[place].id,
            person=record,
            log10_lr=float(pairs.log10_lr[at]) if isnan(exact) else float(exact),
            loci=int(pairs.loci[at]),
            by_chance=float(by_chance[at]),
            sexes_differ=_differ(own[place], person),
        )


def _best_first(hit: Hit) -> float:
    return -hit.log10_lr


def _remains(each: OfRemains) -> Remains:
    return read_remains({"id": each.record, "sex": each.sex, "genotypes": dict(each.genotypes)})


def _family(each: OfFamily, table: str, loci: list[str], theta: float) -> dict[str, Any]:
    """Write one family as `reunir kinship-search` reads it."""
    missing = member_id(MISSING)
    genotypes = {member_id(number): dict(own) for number, own in each.genotypes.items()}
    if each.own is not None:
        genotypes[missing] = dict(each.own)
    written: dict[str, Any] = {
        "id": each.record,
        "missing_id": missing,
        "pedigree": with_founders(each.tree),
        "frequency_set": table,
        "loci": loci,
        "theta": theta,
        "mutation": MUTATION,
        "genotypes": genotypes,
    }
    return written | ({"group": "direct_match"} if each.own is not None else {})


def _differ(remains: Remains, person: Person) -> bool:
    return Sex.UNKNOWN not in {remains.sex, person.sex} and remains.sex is not person.sex
