"""What is believed of all pairings together: who may still be whom, and who may be nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.joint.assignment import best_assignment
from matching.joint.clusters import Method, refine
from matching.joint.companions import Companions
from matching.joint.ends import ends_of
from matching.joint.exact import MOST_CELLS
from matching.joint.messages import propagate
from matching.joint.web import Ends, Flags, Floats, Integers, Web, total_by
from matching.one_to_one import odds_before

LOUDEST = 250.0
"""Weights beyond are taken as this, so that products stay numbers; far beyond any model."""


@dataclass(frozen=True, slots=True, eq=False)
class WeighedPairs:
    """Pairings that were weighed; a pair stands once.

    Attributes
    ----------
    left, right : sequences of str, length n_pairs
        Record ids.
    log10_lr : float64 array, shape (n_pairs,)
        Base-10 log likelihood ratios; ``-inf`` says that the pair is impossible, ``nan`` and
        ``+inf`` are refused.
    """

    left: Sequence[str]
    right: Sequence[str]
    log10_lr: Floats

    def __post_init__(self) -> None:
        if not len(self.left) == len(self.right) == len(self.log10_lr):
            raise ValueError("the columns of the weighed pairs differ in length")
        if bool(np.any(np.isnan(self.log10_lr) | np.isposinf(self.log10_lr))):
            raise ValueError("a weight is nan or infinitely for the pair")
        if len(set(zip(self.left, self.right, strict=True))) != len(self.left):
            raise ValueError("a pair stands twice")


@dataclass(frozen=True, slots=True)
class Ended:
    """Where a company came to be recovered together, with the probability of it."""

    company: str
    event: str
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """What is believed of all pairings together; arrays in the order of the pairs given.

    Attributes
    ----------
    posterior : float64 array, shape (n_pairs,)
        Probability in [0, 1] that the pair is one person.
    nobody_left, nobody_right : mapping of id to float
        Probability that the record belongs to none of those it was paired with: to nobody in
        the registry, or to somebody whose pair was not listed. With the posteriors of its
        pairs it sums to one.
    chosen : bool array, shape (n_pairs,)
        The single best joint assignment; a record without a chosen pair is nobody's there.
    margin : float64 array, shape (n_pairs,)
        For a chosen pair, log10 of how many times more probable that assignment is than the
        best one without this pair; 0 is a tie; ``nan`` where not chosen, or not looked for.
    method : int8 array, shape (n_pairs,)
        `Method`: summed exactly, exactly among its rivals, sampled, or by messages alone.
    error : float64 array, shape (n_pairs,)
        Standard error of sampling; 0 where nothing was sampled.
    ended : tuple of Ended
        Events a company may have ended in, with at least `WORTH_SAYING`.
    odds_before : float
        Odds of a pair against both records standing alone, before its evidence.
    settled : bool
        Whether the messages came to rest. Where not, their last change was `moved`.
    moved : float
        Greatest change of a probability in the last round of messages.
    """

    posterior: Floats
    nobody_left: Mapping[str, float]
    nobody_right: Mapping[str, float]
    chosen: Flags
    margin: Floats
    method: NDArray[np.int8]
    error: Floats
    ended: tuple[Ended, ...]
    odds_before: float
    settled: bool
    moved: float


WORTH_SAYING = 0.01
RESTING = 1e-6
"""A last change below this is said to have settled; our choice."""


def reason(
    pairs: WeighedPairs,
    sizes: tuple[int, int],
    prior: float,
    companions: Companions | None = None,
    *,
    most_cells: int = MOST_CELLS,
) -> Joint:
    """Weigh all one-to-one assignments against each other.

    Parameters
    ----------
    pairs : WeighedPairs
        Those not listed are taken as impossible.
    sizes : (int, int)
        Records of both sides that were weighed, also those without a listed pair.
    prior : float
        Probability that a pair drawn blindly is true, as in `matching.prior.Prior`.
    companions : Companions, optional
        Who travelled together and who was recovered together.
    most_cells : int
        Numbers that may be kept for one exact sum; more is exact further and takes longer.

    Returns
    -------
    Joint
        The same digits whatever the order of `pairs`.

    Raises
    ------
    ImpossiblePrior
        If more true pairs are expected than the smaller side has records.

    Notes
    -----
    ``P(assignment) ∝ Π λ LR`` over its pairs, with λ from `odds_before`; with companions also
    over where each company ended. Method, error and limits: ``docs/methods/joint.md``.
    """
    before = odds_before(prior, *sizes)
    return reason_at(pairs, before, companions, most_cells=most_cells)


def reason_at(
    pairs: WeighedPairs,
    before: float,
    companions: Companions | None = None,
    *,
    most_cells: int = MOST_CELLS,
) -> Joint:
    """Reason with odds that are known already.

    Parameters
    ----------
    pairs, companions, most_cells
        As `reason` takes them.
    before : float
        Odds of a pair against both records standing alone, before its evidence, > 0.

    Returns
    -------
    Joint
        As `reason`; ``docs/methods/joint.md``.
    """
    left_ids, right_ids = sorted(set(pairs.left)), sorted(set(pairs.right))
    web, given = _web(pairs, (left_ids, right_ids), before, companions)
    told = propagate(web)
    refined = refine(web, told, most_cells)
    factor = 1.0 if web.ends is None else web.ends.factors_at(refined.at_slot)
    best = best_assignment(web, web.odds * factor)
    return Joint(
        posterior=_given(refined.posterior, given, len(pairs.left), 0.0),
        nobody_left=_nobody(web.left, refined.posterior, left_ids),
        nobody_right=_nobody(web.right, refined.posterior, right_ids),
        chosen=_given(best.chosen, given, len(pairs.left), fill=False),
        margin=_given(best.margin, given, len(pairs.left), np.nan),
        method=_given(refined.method, given, len(pairs.left), Method.EXACT),
        error=_given(refined.error, given, len(pairs.left), 0.0),
        ended=_ended(web.ends, refined.at_slot),
        odds_before=before,
        settled=told.moved <= RESTING,
        moved=told.moved,
    )


def _web(
    pairs: WeighedPairs,
    ids: tuple[list[str], list[str]],
    before: float,
    companions: Companions | None,
) -> tuple[Web, Integers]:
    """Count all in the order of their ids; say which of the pairs given each edge is."""
    left, right = (
        np.array([number[one] for one in side], dtype=np.int64)
        for number, side in (
            ({one: n for n, one in enumerate(ids[0])}, pairs.left),
            ({one: n for n, one in enumerate(ids[1])}, pairs.right),
        )
    )
    possible = np.flatnonzero(np.isfinite(pairs.log10_lr))
    given = possible[np.lexsort((right[possible], left[possible]))]
    log10_odds = np.clip(pairs.log10_lr[given] + np.log10(before), -LOUDEST, LOUDEST)
    left, right = left[given], right[given]
    ends = None if companions is None else ends_of(companions, ids, left, right)
    return Web(len(ids[0]), len(ids[1]), left, right, 10.0**log10_odds, ends), given


def _given(values: NDArray[Any], given: Integers, n_pairs: int, fill: float) -> NDArray[Any]:
    """Put what was found back into the order of the pairs given."""
    found = np.full(n_pairs, fill, dtype=values.dtype)
    found[given] = values
    return found


def _nobody(node: Integers, posterior: Floats, ids: Sequence[str]) -> dict[str, float]:
    taken = total_by(node, posterior, len(ids))
    return dict(zip(ids, np.maximum(1.0 - taken, 0.0).tolist(), strict=True))


def _ended(ends: Ends | None, at_slot: Floats) -> tuple[Ended, ...]:
    if ends is None:
        return ()
    return tuple(
        Ended(company, event, probability)
        for (company, event), probability in zip(ends.slot_name, at_slot.tolist(), strict=True)
        if event and probability >= WORTH_SAYING
    )
