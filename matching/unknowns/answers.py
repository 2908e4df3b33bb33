"""All that could be learned of one kind of evidence, and what to expect of learning it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matching.evidence.numbers import LARGEST

TENTH = 0.1
"""The best and the worst tenth of what is learned lie outside `low` and `high`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that could be learned.

    Attributes
    ----------
    if_same, if_not : float
        How often it is learned if both records are of one person, and if not; not negative,
        known but for a common factor each.
    log10_lr : float
        What it would weigh.
    """

    if_same: float
    if_not: float
    log10_lr: float


@dataclass(frozen=True, slots=True)
class Expected:
    """What to expect of learning one thing.

    Attributes
    ----------
    if_same, if_not : float
        Mean weight, in log10, if both records are of one person (never negative), and if they
        are not (never positive).
    low, high : float
        Weight that nine of ten answers exceed, and that nine of ten stay below, if same.
    """

    if_same: float
    if_not: float
    low: float
    high: float


def by_share(share: float, log10_lr: float) -> Answer:
    """Make the answer that a share of anybody would give, and that weighs so much.

    A weight is ``log10 [P(answer | same person) / P(answer | anybody)]``, so whoever knows the
    share of anybody knows that of the person: ``share × 10^weight``.
    """
    return Answer(share * 10**log10_lr, share, log10_lr)


def expected_of(answers: Iterable[Answer]) -> Expected | None:
    """Take the means and the tenths over all answers.

    Parameters
    ----------
    answers : iterable of Answer
        All that could be learned. A weight beyond ±7, also ``-inf``, counts as ±7.

    Returns
    -------
    Expected or None
        None where nothing can be learned: no answers, or none that weighs anything.

    Notes
    -----
    ``E[w | same] = Σ p w / Σ p`` with p = `if_same`, the Kullback–Leibler divergence in log10
    of the answers of this person from those of anybody; likewise with `if_not`. Derivation:
    ``docs/methods/missing-data.md``.
    """
    known = [_within(each) for each in answers]
    same, anybody = (sum(getattr(each, one) for each in known) for one in ("if_same", "if_not"))
    if not any(each.log10_lr for each in known) or same <= 0 or anybody <= 0:
        return None
    return Expected(
        sum(each.if_same * each.log10_lr for each in known) / same,
        sum(each.if_not * each.log10_lr for each in known) / anybody,
        _reached(known, TENTH * same),
        _reached(known, (1 - TENTH) * same),
    )


def _within(answer: Answer) -> Answer:
    weight = max(-LARGEST, min(answer.log10_lr, LARGEST))
    return Answer(answer.if_same, answer.if_not, weight)


def _reached(answers: Sequence[Answer], mass: float) -> float:
    """Give the least weight up to which so much of what is learned if same has come."""
    ordered = sorted(answers, key=lambda each: each.log10_lr)
    below = accumulate(each.if_same for each in ordered)
    reached = (each for each, so_far in zip(ordered, below, strict=True) if so_far >= mass)
    return next(reached, ordered[-1]).log10_lr
