"""Why two records are linked: which comparison came out how, and what each weighs.

Codes, never sentences: sentences are written where people read them, in their language.
"""

from dataclasses import dataclass

import numpy as np

from matching.linking.kinds import LEVELS, Kind
from matching.linking.search import RELATIVES, THIRD, Links

BEYOND = ((RELATIVES, "may_be_relatives"), (THIRD, "both_linked_with_a_third"))
"""Reasons that no single comparison gives."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of a link.

    Attributes
    ----------
    kind : str
        A word of `Kind`; ``relatives``, what is taken off as two of one family may say the
        same; or ``third_record``, what is added as both are linked with a third.
    level : str
        How it came out (`kinds.LEVELS`).
    log10_lr : float
        Positive speaks for one person.
    """

    kind: str
    level: str
    log10_lr: float


def reasons_of(links: Links, at: int) -> tuple[Reason, ...]:
    """Say why two records are linked, the strongest reason first.

    Parameters
    ----------
    links : Links
    at : int
        Position of the link.

    Returns
    -------
    tuple of Reason
        One for each kind that could be compared; together they weigh ``links.log10_lr[at]``.
    """
    reasons = [
        Reason(
            kind.word,
            level_name(kind, links.levels[at, kind]),
            float(links.weights[kind.word][at]),
        )
        for kind in Kind
        if links.levels[at, kind]
    ]
    for kind, level in BEYOND:
        weight = float(links.weights[kind][at])
        if not np.isclose(weight, 0.0, atol=1e-9):
            reasons.append(Reason(kind, level, weight))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.log10_lr)))


def level_name(kind: Kind, level: int) -> str:
    """Name a level by its number, from 1."""
    return LEVELS[kind][int(level) - 1].name
