"""Remains and families as a search is given them: one object each, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import (
    ImpossiblePedigree,
    UnreadableCase,
    UnusableFrequencies,
    UnusableProfile,
)
from matching.kinship.amelogenin import contradictions
from matching.kinship.loci import Chromosome, Tables
from matching.kinship.network import Settings
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Pedigree, Sex
from matching.kinship.profiles import Ladder, Loss, not_listed, read_profile
from matching.kinship.reading import listed_in, object_in, pedigree_in
from matching.kinship.settings import chance_in, read_mutation

Profile = Mapping[str, Observation]

REMAINS_IDS = ("id", "remains_id", "record_id", "case_id")
FAMILY_IDS = ("family", "family_id", "case_id", "id")
"""By which names an id is given, in the order in which they are looked for."""

OF_REMAINS = ("pm_observed", "dropout_d", "dropin_c")
"""What a case says of its remains; in a search the remains say it of themselves."""


@dataclass(frozen=True, slots=True)
class Remains:
    """Remains whose profile waits to be read by the frequency set of a family."""

    id: str
    sex: Sex
    written: Mapping[str, Any]
    loss: Loss

    def profile(self, ladder: Ladder) -> Profile:
        """Read the profile by one frequency set.

        Raises
        ------
        UnusableProfile, UnusableFrequencies
            The message names the remains, locus and value.
        """
        profile = read_profile(self.written, (self.id, self.sex), ladder, self.loss)
        if not profile:
            raise UnusableProfile(f"{self.id} has no allele at any locus: nothing to weigh.")
        return profile


@dataclass(frozen=True, slots=True)
class Sought:
    """A family, the profiles of who is not missing, and whom it misses.

    ``own`` are reference samples of the missing themselves; ``loci`` those to be looked at,
    None for all; ``warnings`` what was noticed while reading.
    """

    id: str
    pedigree: Pedigree
    profiles: Mapping[str, Profile]
    own: Mapping[str, Profile]
    missing: tuple[str, ...]
    set_name: str
    settings: Settings
    loci: frozenset[str] | None
    warnings: tuple[str, ...]


def id_in(written: Any, names: tuple[str, ...]) -> str | None:
    """Give the id of an object by the first of its names that is there."""
    if not isinstance(written, dict):
        return None
    found = next((written[name] for name in names if written.get(name) is not None), None)
    return str(found) if isinstance(found, str | int) and str(found).strip() else None


def read_remains(written: Any) -> Remains:
    """Read ``{id, sex, genotypes, dropout_d, dropin_c}``, all but the alleles themselves.

    Raises
    ------
    MatchingError
        One sentence that names what is wrong.
    """
    row = object_in(written, "Remains")
    named = id_in(row, REMAINS_IDS)
    if named is None:
        raise UnreadableCase("The remains have no id.")
    sex = row.get("sex") or Sex.UNKNOWN.value
    if sex not in list(Sex):
        raise ImpossiblePedigree(f"The sex of {named} is “{sex}”, not female or male.")
    loss = Loss(chance_in(row, "dropout_d", "drop-out"), chance_in(row, "dropin_c", "drop-in"))
    genotypes = object_in(row.get("genotypes", {}), f"The profile of {named}")
    return Remains(named, Sex(sex), genotypes, loss)


def read_sought(written: Any, tables: Tables, *, is_typed: bool = True) -> Sought:
    """Read a family as a case of `reunir kinship` is written, without the remains.

    Parameters
    ----------
    is_typed
        Whether somebody must have a profile already.

    Raises
    ------
    MatchingError
        If anything needed is lacking or cannot be; one sentence, naming person, locus, value.
    """
    return _Reading(object_in(written, "A family"), tables).sought(is_typed=is_typed)


class _Reading:
    """One family being read: what the steps of it share."""

    def __init__(self, written: dict[str, Any], tables: Tables) -> None:
        self.written = written
        named = id_in(written, FAMILY_IDS)
        if named is None:
            raise UnreadableCase("The family has no id.")
        self.id = named
        self._refuse_what_is_not_searched()
        loci = written.get("loci")
        asked = None if loci is None else listed_in(loci)
        self.ladder = Ladder(tables, set_named_in(written, tables), asked=asked)
        self.pedigree = pedigree_in(written, "pedigree")

    def sought(self, *, is_typed: bool) -> Sought:
        missing = self._missing()
        profiles = self._profiles()
        own = {each: profiles.pop(each) for each in missing if profiles.get(each)}
        if own and self.written.get("group") != "direct_match":
            each = next(iter(own))
            raise UnusableProfile(
                f"{each} is missing and has a profile. If it is their own reference sample, "
                'say so by "group": "direct_match"; the profiles of remains stand in the '
                "other file."
            )
        if is_typed and not any(profiles.values()) and not own:
            raise UnusableProfile(f"Nobody of family {self.id} has an allele at any locus.")
        settings = Settings(
            read_mutation(self.written.get("mutation")),
            chance_in(self.written, "theta", "theta"),
            chance_in(self.written, "silent_freq", "the silent allele's frequency"),
        )
        return Sought(
            self.id,
            self.pedigree,
            profiles,
            own,
            missing,
            self.ladder.set_name,
            settings,
            self._loci(),
            tuple(self.ladder.warnings),
        )

    def _refuse_what_is_not_searched(self) -> None:
        chromosome = self.written.get("chromosome")
        if chromosome not in {None, Chromosome.AUTOSOMAL.value}:
            raise UnreadableCase(
                f"The chromosome is “{chromosome}”; only autosomal loci are looked at here."
            )
        if self.written.get("pedigree_H2") is not None:
            raise UnreadableCase(
                "The family has a pedigree_H2; here remains are held against somebody "
                "unrelated. Weigh two pedigrees with reunir kinship."
            )
        for key in OF_REMAINS:
            if self.written.get(key):
                raise UnreadableCase(
                    f"The family has {key}, which is said of remains: write it into their file."
                )

    def _missing(self) -> tuple[str, ...]:
        said = self.written.get("missing_id", self.written.get("missing"))
        missing = tuple(listed_in(said)) if said else ()
        if not missing:
            raise UnreadableCase(f"Family {self.id} does not say who is missing (missing_id).")
        for each in missing:
            if each not in self.pedigree.by_id:
                raise ImpossiblePedigree(f"The missing person {each} stands in no pedigree.")
        return missing

    def _profiles(self) -> dict[str, Profile]:
        genotypes = object_in(self.written.get("genotypes", {}), "genotypes")
        typed = listed_in(self.written.get("typed", list(genotypes)))
        profiles: dict[str, Profile] = {}
        for person in typed:
            if person not in self.pedigree.by_id:
                raise ImpossiblePedigree(f"{person} is typed and stands in no pedigree.")
            sex, own = self.pedigree.by_id[person].sex, genotypes.get(person, {})
            profiles[person] = read_profile(own, (person, sex), self.ladder)
            for sentence in contradictions(own, person, sex):
                self.ladder.notice(sentence)
        for person in genotypes:
            if person not in typed:
                self.ladder.notice(not_listed(person))
        return profiles

    def _loci(self) -> frozenset[str] | None:
        if self.ladder.asked is None:
            return None
        names = (self.ladder.name_of(each) for each in self.ladder.asked)
        return frozenset(name for name in names if name is not None)


def set_named_in(written: Mapping[str, Any], tables: Tables) -> str:
    """Give the frequency set a family names; where there is but one it need not.

    Raises
    ------
    UnusableFrequencies
        If it names none, and there are several.
    """
    named = written.get("frequency_set")
    if named is None and len(tables.sets) == 1:
        return next(iter(tables.sets))
    if named is None:
        known = ", ".join(tables.sets) or "none"
        raise UnusableFrequencies(f"The family names no frequency_set; there are: {known}.")
    return str(named)
