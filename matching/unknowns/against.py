"""The strongest argument against a pairing: what whoever doubts it would say first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.evidence.weight import Kind
from matching.unknowns.worth import Worth

SLIGHT = 0.1
"""A weight nearer to nought argues for nothing."""


class Against(StrEnum):
    """What an argument rests on."""

    KIND = "kind"
    OTHERS = "others"
    UNKNOWN = "unknown"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Argument:
    """The strongest argument against one pairing.

    Attributes
    ----------
    rests_on : Against
    kind : Kind or None
        The kind that speaks against, or that nobody knows and that could.
    log10_lr : float
        Its weight; of an unknown kind the mean weight if they are two people.
    others : int
        Other records that fit as well; told beside every argument.
    """

    rests_on: Against
    kind: Kind | None
    log10_lr: float
    others: int


def argument_against(
    weights: Mapping[Kind, float], unknown: Sequence[Worth], others: int
) -> Argument:
    """Find what speaks most against a pairing.

    Parameters
    ----------
    weights : mapping of Kind to log10 likelihood ratio
        Of the kinds that were compared.
    unknown : sequence of Worth
        What is missing (`worth_knowing`).
    others : int
        How many other records of the registry fit as well as this one; 0 or more.

    Returns
    -------
    Argument
        The kind with the most negative weight. Where none is below ``-SLIGHT``: that others
        fit as well; else the unknown kind that would speak most against two people; else
        nothing.

    Notes
    -----
    ``docs/methods/missing-data.md``.
    """
    worst = min(weights, key=lambda kind: weights[kind], default=None)
    if worst is not None and weights[worst] <= -SLIGHT:
        return Argument(Against.KIND, worst, weights[worst], others)
    if others:
        return Argument(Against.OTHERS, None, 0.0, others)
    telling = min(unknown, key=lambda each: each.expected.if_not, default=None)
    if telling is not None and telling.expected.if_not <= -SLIGHT:
        return Argument(Against.UNKNOWN, telling.kind, telling.expected.if_not, others)
    return Argument(Against.NOTHING, None, 0.0, others)
