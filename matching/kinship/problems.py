"""Problems of joint identification as other programs write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import ImpossiblePedigree, UnreadableCase, UnusableProfile
from matching.kinship.joint import Family, Found, Profile
from matching.kinship.loci import Locus, Tables
from matching.kinship.network import Settings
from matching.kinship.pedigree import Pedigree, Sex
from matching.kinship.profiles import Ladder, read_profile
from matching.kinship.reading import listed_in, object_in, pedigree_in
from matching.kinship.settings import chance_in, read_mutation

NONE = "*"
"""How "none of them" is written in a result; nobody may be called so."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Remains, families, and what is assumed.

    ``prior_odds`` are those of each identification against leaving both alone.
    """

    found: tuple[Found, ...]
    families: tuple[Family, ...]
    loci: tuple[Locus, ...]
    settings: Settings
    prior_odds: float
    warnings: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(each for family in self.families for each in family.missing)


def read_problem(written: Any, tables: Tables) -> Problem:
    """Read ``{frequency_set, pm, am, missing}``.

    ``pm`` are remains, ``{id, sex, genotypes}``; ``am`` are families, ``{family, pedigree,
    genotypes}``; ``missing`` names who is missing in them.

    Raises
    ------
    MatchingError
        If anything needed is lacking or cannot be; one sentence that names it.
    """
    problem = object_in(written, "The problem")
    _refuse_what_is_not_computed(problem)
    ladder = Ladder(tables, str(problem.get("frequency_set")))
    missing = listed_in(problem.get("missing"))
    found = tuple(_found(each, ladder) for each in _objects(problem, "pm"))
    families = tuple(_family(each, missing, ladder) for each in _objects(problem, "am"))
    _refuse_confusion(found, families, missing)
    profiles = [
        *(each.profile for each in found),
        *(own for family in families for own in family.profiles.values()),
    ]
    # Where the remains show nothing nothing is decided, but the families' own fit is.
    names = dict.fromkeys(name for profile in profiles for name in profile)
    return Problem(
        found,
        families,
        tuple(ladder.locus(name) for name in names),
        Settings(
            read_mutation(problem.get("mutation")),
            silent=chance_in(problem, "silent_freq", "the silent allele's frequency"),
        ),
        _odds(problem),
        tuple(ladder.warnings),
    )


def _refuse_what_is_not_computed(problem: Mapping[str, Any]) -> None:
    if problem.get("theta"):
        raise UnreadableCase(
            f"theta is {problem['theta']}: families are taken as independent here, which holds "
            "for theta 0 only. Weigh the pairs that matter with reunir kinship."
        )
    if problem.get("chromosome") not in {None, "autosomal"}:
        raise UnreadableCase("Joint identification is computed for autosomal loci only.")


def _odds(problem: Mapping[str, Any]) -> float:
    odds = problem.get("prior_odds", 1)
    if (
        isinstance(odds, bool)
        or not isinstance(odds, int | float)
        or not 0 < odds < float("inf")
    ):
        raise UnreadableCase(f"prior_odds is {odds}, not a number above 0.")
    return float(odds)


def _objects(problem: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = problem.get(key)
    if not isinstance(rows, list) or not rows:
        raise UnreadableCase(f"{key} is not a list with at least one object.")
    return [object_in(row, f"An entry of {key}") for row in rows]


def _found(row: dict[str, Any], ladder: Ladder) -> Found:
    named, sex = row.get("id"), row.get("sex") or Sex.UNKNOWN.value
    if not isinstance(named, str) or not named.strip():
        raise UnreadableCase("Remains of pm have no id.")
    if sex not in list(Sex):
        raise ImpossiblePedigree(f"The sex of {named} is “{sex}”, not female or male.")
    profile = read_profile(row.get("genotypes", {}), (named, Sex(sex)), ladder)
    if not profile:
        raise UnusableProfile(f"{named} has no allele at any locus: nothing to weigh.")
    return Found(named, Sex(sex), profile)


def _family(row: dict[str, Any], missing: list[str], ladder: Ladder) -> Family:
    pedigree = pedigree_in(row, "pedigree")
    profiles = _profiles(row, pedigree, ladder)
    here = tuple(each for each in missing if each in pedigree.by_id)
    for each in here:
        if each in profiles:
            raise UnusableProfile(f"{each} is missing and has a profile of their own.")
    return Family(str(row.get("family", "without a name")), pedigree, profiles, here)


def _profiles(row: dict[str, Any], pedigree: Pedigree, ladder: Ladder) -> dict[str, Profile]:
    profiles: dict[str, Profile] = {}
    for person, written in object_in(row.get("genotypes", {}), "genotypes").items():
        if person not in pedigree.by_id:
            raise ImpossiblePedigree(f"{person} is typed and stands in no pedigree.")
        named = (person, pedigree.by_id[person].sex)
        profiles[person] = read_profile(written, named, ladder)
    return profiles


def _refuse_confusion(
    found: tuple[Found, ...], families: tuple[Family, ...], missing: list[str]
) -> None:
    """Refuse a name that stands for two, for the result could not be read."""
    sought = [each for family in families for each in family.missing]
    for each in missing:
        if each not in sought:
            raise ImpossiblePedigree(f"{each} is missing and stands in no pedigree.")
    named = [NONE, *(each.id for each in found), *sought]
    for each in named:
        if named.count(each) > 1:
            raise UnreadableCase(f"{each} stands for two: give everybody an id of their own.")
