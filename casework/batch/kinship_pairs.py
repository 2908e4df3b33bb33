"""The table of pairs of a search by DNA, and the report about the run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from casework.batch.kinship_rows import Rejects
from casework.batch.kinship_shortlist import Best
from casework.batch.rounding import POSTERIOR_DIGITS, significant
from casework.batch.running import peak_memory_mb
from matching.kinship.pedigree import Sex
from matching.kinship.search import Found, Person
from matching.kinship.sought import Remains

LR_DECIMALS = 6
CHANCE_DIGITS = 3
"""A chance is known to a few per cent; see docs/methods/kinship.md."""


@dataclass(frozen=True)
class Searched:
    """A search with the pairs it lists; ``n_read`` remains could be compared with anybody."""

    remains: Sequence[Remains]
    n_read: int
    found: Found
    best: Best

    def __len__(self) -> int:
        return len(self.best.pairs)


def pairs_table(searched: Searched, expected_matches: float | None) -> pa.Table:
    """Lay the pairs out in the columns of `docs/reference/batch-tables.md`."""
    best, found = searched.best, searched.found
    pairs = best.pairs
    remains = [searched.remains[at] for at in pairs.remains]
    missing = [found.missing[at] for at in pairs.whom]
    families = [found.families[each.family] for each in missing]
    n_read = np.array([found.n_read[at] for at in pairs.whom])
    return pa.table(
        {
            "remains_id": pa.array([each.id for each in remains], pa.string()),
            "family_id": pa.array([each.id for each in families], pa.string()),
            "missing_id": pa.array([each.id for each in missing], pa.string()),
            "log10_lr": pa.array(np.round(best.log10_lr, LR_DECIMALS)),
            "theta": pa.array(best.theta),
            "log10_lr_theta_0": pa.array(np.round(pairs.log10_lr, LR_DECIMALS)),
            "loci": pa.array(pairs.loci),
            "posterior": _posterior(best, found, expected_matches),
            "rank_for_remains": pa.array(best.rank_for_remains),
            "rank_for_missing": pa.array(best.rank_for_missing),
            "chance_hits": _chances(found.expected_by_chance(pairs.log10_lr)),
            "chance_hits_for_missing": _chances(pairs.by_chance * n_read),
            "sex": pa.array(list(map(_sexes, remains, missing)), pa.string()),
        }
    )


def _chances(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(significant(values, CHANCE_DIGITS))


def _sexes(remains: Remains, missing: Person) -> str:
    if Sex.UNKNOWN in {remains.sex, missing.sex}:
        return "unknown"
    return "agrees" if remains.sex is missing.sex else "differs"


def prior_of(found: Found, expected_matches: float | None) -> float | None:
    """Give the probability of one pair before anything is compared, where it was said."""
    if expected_matches is None:
        return None
    return min(expected_matches / found.compared, 0.5)


def _posterior(best: Best, found: Found, expected_matches: float | None) -> pa.Array:
    prior = prior_of(found, expected_matches)
    if prior is None:
        return pa.nulls(len(best.log10_lr), pa.float64())
    against = (1 - prior) / prior * 10.0**-best.log10_lr
    return pa.array(significant(1 / (1 + against), POSTERIOR_DIGITS))


def sentences_of(searched: Searched, expected_matches: float | None) -> Iterator[str]:
    """Say what a reader of the list must know, once."""
    best, found = searched.best, searched.found
    for family in found.families:
        for sentence in family.warnings:
            yield f"Family {family.id}: {sentence}"
    yield (
        f"{found.compared:,} pairs were compared, {found.excluded:,} are excluded. "
        f"{len(searched):,} are listed; none is an identification."
    )
    if expected_matches is None:
        yield "Without --expected-matches no posterior is given: a prior must be stated."
    over = int(((best.theta == 0) & (_thetas(searched) > 0)).sum())
    if over:
        yield (
            f"{over:,} pairs could not be weighed with theta in the memory there is; they "
            "stand with theta 0."
        )


def _thetas(searched: Searched) -> NDArray[np.float64]:
    found = searched.found
    theta = [found.families[found.missing[at].family].theta for at in searched.best.pairs.whom]
    return np.array(theta, dtype=np.float64)


def report_of(
    searched: Searched, rejected: Sequence[Rejects], expected_matches: float | None
) -> dict[str, Any]:
    """Say what was read, compared and to be expected by chance, so that it can be judged."""
    found, (remains, families) = searched.found, rejected
    answered = sum(family.refusal is None for family in found.families)
    return {
        "remains": {
            "file": remains.path.name,
            "read": searched.n_read,
            "rejected": len(remains.rows),
        },
        "families": {
            "file": families.path.name,
            "read": answered,
            "rejected": len(families.rows),
            "missing": len(found.missing),
        },
        "pairs_compared": found.compared,
        "pairs_excluded": found.excluded,
        "pairs_written": len(searched),
        "reached": [
            {
                "log10_lr": threshold,
                "pairs": count,
                "expected_by_chance": float(
                    significant(found.expected_by_chance(np.array([float(threshold)])), 3)[0]
                ),
            }
            for threshold, count in found.reached.items()
            if threshold >= found.least
        ],
        "prior": {
            "value": prior_of(found, expected_matches),
            "expected_matches": expected_matches,
            "basis": None if expected_matches is None else "stated",
        },
        "warnings": [
            {"family_id": each.id, "warnings": list(each.warnings)}
            for each in found.families
            if each.warnings
        ],
        "peak_memory_mb": peak_memory_mb(),
    }
