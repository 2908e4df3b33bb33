"""DNA beside the other evidence: prior odds × other evidence × DNA, and nothing counted twice.

Budowle et al. 2011: the ratio of the DNA stands beside a prior that is said with its basis, and
the non-genetic evidence belongs to it. Derived in docs/methods/kinship.md, "In the registry".
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from casework.kinship.told import Against, Outcome, SexIn, Told
from matching.calibration import CalibrationParameters, calibrated
from matching.evidence.weight import Kind
from matching.kinship.amelogenin import is_amelogenin

__all__ = ["Beside", "Strength", "beside", "chance_hits", "is_sex", "strength_of"]

THRESHOLD = 0.9995
"""Posterior that the rules for identification ask of DNA unless a jurisdiction sets another."""

THRESHOLD_LOG10_ODDS = math.log10(THRESHOLD / (1 - THRESHOLD))


class Strength(StrEnum):
    """How strongly DNA supports one of two hypotheses, in words."""

    NONE = "none"
    WEAK = "weak"
    MODERATE = "moderate"
    MODERATELY_STRONG = "moderately_strong"
    STRONG = "strong"
    VERY_STRONG = "very_strong"
    EXTREMELY_STRONG = "extremely_strong"


# ENFSI, Guideline for evaluative reporting in forensic science, 2015, the table of verbal
# equivalents. Seen at second hand only: docs/methods/kinship.md, "In words", says where, and
# what others write. A ratio below 1 supports the other hypothesis by as much as its inverse.
SCALE = (
    (math.log10(2), Strength.NONE),
    (1.0, Strength.WEAK),
    (2.0, Strength.MODERATE),
    (3.0, Strength.MODERATELY_STRONG),
    (4.0, Strength.STRONG),
    (6.0, Strength.VERY_STRONG),
)


def strength_of(log10_lr: float) -> Strength:
    """Give the word for a ratio, whichever hypothesis it supports."""
    size = abs(log10_lr)
    return next((word for end, word in SCALE if size < end), Strength.EXTREMELY_STRONG)


def is_sex(locus: str) -> bool:
    """Say whether a locus tells the sex, which is weighed with the other evidence.

    Besides amelogenin, as it is spelt in any language, what kits carry to tell a man by.
    """
    name = "".join(each for each in locus.casefold() if each.isalnum())
    return is_amelogenin(locus) or name.startswith("amel") or name in {"sry", "yindel"}


def chance_hits(log10_lr: float, comparisons: int) -> float:
    """Bound how many unrelated pairs among so many reach such a ratio by chance.

    Among the unrelated the mean ratio is 1, so no more than `1 / ratio` of them reach it.
    """
    return comparisons * float(10.0 ** -max(log10_lr, 0.0))


@dataclass(frozen=True, slots=True)
class Beside:
    """The three numbers that are multiplied, as base-10 logarithms, and what is left out.

    `other`: the weights that stand, summed; `counted`: what the model counts of that sum.
    """

    prior: float
    other: float
    counted: float
    dna: float
    left_out: tuple[str, ...]

    @property
    def log10_odds(self) -> float:
        """Posterior odds: the product of the three."""
        return self.prior + self.counted + self.dna

    @property
    def before_dna(self) -> float:
        """What is believed without the DNA."""
        return self.prior + self.counted

    @property
    def posterior(self) -> float:
        return probability(self.log10_odds)

    @property
    def doubt(self) -> float:
        """Give one less the posterior, exactly where that is near to nothing."""
        return probability(-self.log10_odds)

    @property
    def reaches_threshold(self) -> bool:
        return self.log10_odds >= THRESHOLD_LOG10_ODDS


def probability(log10_odds: float) -> float:
    """Turn log10 odds into a probability, without overflowing."""
    if log10_odds > 0:
        return 1 / (1 + float(10.0**-log10_odds))
    odds = float(10.0**log10_odds)
    return odds / (1 + odds)


def beside(
    told: Told,
    weights: Mapping[str, float],
    prior_odds: float,
    calibration: CalibrationParameters | None,
) -> Beside | None:
    """Put the DNA of a pair beside its other evidence.

    None where there is nothing to multiply: the DNA excludes, or was held against something
    else than "somebody unrelated", which the other evidence knows nothing of.

    The weight of other systems is left out: what such a system found may be this very DNA. And
    sex is counted once: with the other evidence, whatever it rests on; but with the DNA where
    a laboratory's total holds it and it cannot be taken out.
    """
    if told.log10_lr is None or told.outcome is not Outcome.RATIO:
        return None
    if told.against is not Against.UNRELATED:
        return None
    left_out = tuple(sorted(kind for kind in weights if _is_counted_twice(kind, weights, told)))
    other = math.fsum(weight for kind, weight in weights.items() if kind not in left_out)
    counted = float(calibrated(np.array(other), calibration))
    return Beside(math.log10(prior_odds), other, counted, told.log10_lr, left_out)


def _is_counted_twice(kind: str, weights: Mapping[str, float], told: Told) -> bool:
    """Say of a kind of evidence that the DNA may hold it already.

    Where nobody knows whether the sex is in the total, what speaks for the pair is not counted
    and what speaks against it is.
    """
    if kind == Kind.OUTSIDE:
        return True
    if kind != Kind.SEX:
        return False
    return told.sex is SexIn.INCLUDED or (told.sex is SexIn.UNKNOWN and weights[kind] > 0)
