"""A case looked at for what would mislead: the family, the alternatives, the assumptions."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import MatchingError
from matching.kinship.alternatives import Alternative, alternatives_of
from matching.kinship.cases import Case, read_case
from matching.kinship.doubts import SAYS_NOTHING, Consistency, consistency_of
from matching.kinship.loci import Locus, Tables
from matching.kinship.profiles import Ladder
from matching.kinship.ratio import Ratios
from matching.kinship.reading import object_in
from matching.kinship.sought import OF_REMAINS, read_sought, set_named_in

THETAS = (0.0, 0.01, 0.03)
"""What is usual for large populations and for small, isolated ones; our choice."""

WORTH_A_LOOK = 2.0
"""From 100 times as probable on another telling is named aloud: with ten of them tried, one in
ten sound families would be by chance at the most; our choice."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The total of a case under one frequency set and theta, or why there is none.

    ``loci`` are those of the case that the set can read; ``log10_lr_here`` is the total over
    the same loci by the case's own set, at the same theta.
    """

    frequency_set: str
    theta: float
    loci: int
    log10_lr: float | None = None
    log10_lr_here: float | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of a case.

    ``alternatives`` and ``sensitivity`` are empty where there are no remains yet.
    """

    consistency: Consistency
    missing: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    sensitivity: tuple[Weighed, ...] = ()

    def findings(self) -> Iterator[str]:
        """Say what somebody should look at, in sentences."""
        yield from _of_family(self.consistency)
        yield from _of_alternatives(self.alternatives, self.missing)
        yield from _of_sensitivity(self.sensitivity)


def check(written: Any, tables: Tables) -> Check:
    """Check one case, as `reunir kinship` reads it; remains may be lacking.

    Raises
    ------
    MatchingError
        If it cannot be read or weighed; one sentence, naming person, locus, value.
    """
    row = object_in(written, "A case")
    sought = read_sought(_without_remains(row), tables, is_typed=False)
    ladder = Ladder(tables, sought.set_name)
    looks = {
        who: {name: [look] for name, look in own.items()}
        for who, own in sought.profiles.items()
    }
    names = dict.fromkeys(name for own in looks.values() for name in own)
    loci = [ladder.locus(name) for name in names]
    consistency = consistency_of(sought.pedigree, looks, loci, sought.settings)
    if not _has_remains(row):
        return Check(consistency, sought.missing)
    full = row | {"frequency_set": set_named_in(row, tables)}
    case = read_case(full, tables)
    return Check(
        consistency,
        sought.missing,
        alternatives_of(case, sought.missing[0]),
        tuple(_weighed_otherwise(case, full, tables)),
    )


def _without_remains(row: Mapping[str, Any]) -> dict[str, Any]:
    missing = {missing_id_in(row)}
    family = {key: value for key, value in row.items() if key not in {*OF_REMAINS, "group"}}
    if isinstance(row.get("genotypes"), dict):
        profiles = row["genotypes"].items()
        family["genotypes"] = {who: own for who, own in profiles if who not in missing}
    if isinstance(row.get("typed"), list):
        family["typed"] = [who for who in row["typed"] if who not in missing]
    return family


def _has_remains(row: Mapping[str, Any]) -> bool:
    missing, genotypes = missing_id_in(row), row.get("genotypes", {})
    return missing is not None and bool(row.get("pm_observed") or genotypes.get(missing))


def missing_id_in(row: Mapping[str, Any]) -> str | None:
    """Give whom the remains of a case are said to be; None where several are missing."""
    said = row.get("missing_id")
    return said if isinstance(said, str) else None


def _weighed_otherwise(case: Case, row: dict[str, Any], tables: Tables) -> Iterator[Weighed]:
    """Weigh the case with every frequency set there is, and with several thetas."""
    own = row["frequency_set"]
    for theta in sorted({*THETAS, case.settings.theta}):
        try:
            here = read_case(row | {"theta": theta}, tables).weighed().ratios.by_locus
        except MatchingError as error:
            yield Weighed(own, theta, len(case.loci), refusal=str(error))
            continue
        for set_name in (own, *(name for name in tables.sets if name != own)):
            loci = list(_readable(case, tables, set_name))
            if not loci:
                continue
            total = _total({name: here[name] for name in loci})
            other = row | {"frequency_set": set_name, "theta": theta, "loci": loci}
            try:
                weighed = read_case(other, tables).weighed().ratios.total_log10
            except MatchingError as error:
                yield Weighed(set_name, theta, len(loci), refusal=str(error))
                continue
            yield Weighed(set_name, theta, len(loci), weighed, total)


def _readable(case: Case, tables: Tables, set_name: str) -> Iterator[str]:
    """Give the loci of a case whose alleles another set knows."""
    ladder = Ladder(tables, set_name)
    for locus in case.loci:
        there = tables.sets[set_name].get(ladder.name_of(locus.name) or "")
        if not isinstance(there, Locus):
            continue
        looks = (own.get(locus.name, ()) for own in case.second.looks.values())
        seen = {allele for own in looks for look in own for allele in look.seen}
        if all(there.find(locus.alleles[each]) is not None for each in seen):
            yield locus.name


def _total(ratios: Mapping[str, float]) -> float:
    return Ratios(ratios).total_log10


def _of_family(consistency: Consistency) -> Iterator[str]:
    if consistency.contradicted:
        loci = ", ".join(consistency.contradicted)
        yield (
            f"Without a mutation the family's profiles cannot be at {loci}. One such locus may "
            "be a mutation, several hardly are."
        )
    for doubt in consistency.doubts:
        if doubt.log10_times >= WORTH_A_LOOK:
            yield doubt.sentence


def _of_alternatives(
    alternatives: tuple[Alternative, ...], missing: tuple[str, ...]
) -> Iterator[str]:
    own = next((each.log10_lr for each in alternatives if each.who in missing), 0.0)
    alike = [each.who for each in alternatives if abs(each.log10_lr - own) < SAYS_NOTHING]
    alike = [who for who in alike if who not in missing]
    if own >= WORTH_A_LOOK and alike:
        yield (
            f"These relatives cannot tell {missing[0]} from {' or '.join(alike)}: each is as "
            "probable. Other relatives, or what is known of the family, may."
        )
    for each in alternatives:
        if each.who in {*missing, *alike}:
            continue
        if each.log10_lr >= max(WORTH_A_LOOK, own - WORTH_A_LOOK):
            yield (
                f"The remains may as well be {each.who}: 10^{each.log10_lr:.1f} times as "
                f"probable as somebody unrelated, {missing[0]} themselves 10^{own:.1f} times."
            )


def _of_sensitivity(sensitivity: tuple[Weighed, ...]) -> Iterator[str]:
    told = [
        (each.frequency_set, each.log10_lr, each.log10_lr_here)
        for each in sensitivity
        if each.log10_lr is not None and each.log10_lr_here is not None
    ]
    finite = [each for each in told if math.isfinite(each[1]) and math.isfinite(each[2])]
    own = [total for name, total, _ in finite if name == sensitivity[0].frequency_set]
    if own:
        yield f"By theta the ratio lies between 10^{min(own):.2f} and 10^{max(own):.2f}."
    if len(own) < len(finite):
        apart = max(abs(total - here) for _, total, here in finite)
        yield (
            f"Another frequency table changes it by up to 10^{apart:.2f} on the loci it knows."
        )
