"""Ranks all left records against all right ones, on any number of cores with equal digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from matching.errors import KindNotSupported, NothingToCompare
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.model_file import Model
from matching.packing import EVIDENCE, Comparison, Judged, compare, evidence_of, see, tell
from matching.prior import Prior, open_population_prior, posteriors
from matching.search.guessing import Wanted, search
from matching.search.laid import Sizes
from matching.search.merging import Merged, merged
from matching.search.ranking import Ranking, Weights
from matching.search.scanning import Progress


@dataclass(frozen=True, slots=True)
class Registry:
    """What a whole registry says: how common things are, and what is believed of a pair."""

    rarity: Rarity
    prior: Prior


def rank(  # noqa: PLR0913 - each is documented and, from the fourth on, named
    missing: Sequence[Any],
    remains: Sequence[Any],
    model: Model,
    *,
    top: int = 50,
    jobs: int = 2,
    progress: Progress | None = None,
    min_log10_lr: float | None = None,
    registry: Registry | None = None,
    sizes: Sizes | None = None,
) -> Ranking:
    """Weigh every record of the left against all of the right and keep the best of both.

    Parameters
    ----------
    missing, remains : sequences of records
        At least one each; the left and the right side of the model's kind of pairing.
    model : Model
        Of a kind in `matching.packing.EVIDENCE`.
    top : int
        Pairings kept for each record of either side, at least 1.
    jobs : int
        Threads, at least 1. The result is the same for any number.
    progress : callable, optional
        Called with (pairs done, pairs in all) from the calling thread, several times a
        second; an answer of ``False``, and only that, stops the search.
    min_log10_lr : float, optional
        Pairings below are not kept.
    registry : Registry, optional
        What the whole registry says of chance agreement and of the prior; otherwise these
        records are taken for the whole. Pass `registry_of` of all records when weighing one
        new record against the others.
    sizes : Sizes, optional
        How much is taken at a time; the result is the same, memory and speed are not.

    Returns
    -------
    Ranking
        Exact: the same pairings, in the same order, as weighing each pair by the
        definitions. Equal weights rank by position in the input.

    Raises
    ------
    NothingToCompare
        If a side is empty.
    KindNotSupported
        If no evidence is known for the model's kind of pairing.
    SearchStopped
        If `progress` answers False.

    Notes
    -----
    Method and proof of exactness: ``docs/methods/search.md``.
    """
    if not missing or not remains:
        side = "missing persons" if not missing else "remains"
        raise NothingToCompare(f"there are no {side} to compare")
    demand_kind(model.kind)
    if min(top, jobs) < 1:
        raise ValueError("top and jobs are at least 1")
    if registry is None:
        registry = registry_of(missing, remains, model)
    comparisons = _compared(missing, remains, Judged(model, registry.rarity))
    least = -inf if min_log10_lr is None else min_log10_lr
    counts = len(missing), len(remains)
    found = search(comparisons, counts, Wanted(top, least, jobs, sizes or Sizes()), progress)
    pairs = found.scored, found.skipped
    return _ranking(merged(found), comparisons, pairs, (model, registry))


def registry_of(missing: Sequence[Any], remains: Sequence[Any], model: Model) -> Registry:
    """Learn from a whole registry what single pairs are judged against.

    Parameters
    ----------
    missing, remains : sequences of records
        All of them; at least one each.
    model : Model

    Returns
    -------
    Registry
    """
    prior = open_population_prior(len(missing), len(remains), model.prior.share_reported)
    return Registry(rarity_of(missing, remains, model), prior)


def demand_kind(kind: str) -> None:
    """Refuse kinds of pairing that are not weighed yet.

    Raises
    ------
    KindNotSupported
        The message says what is supported.
    """
    if kind not in EVIDENCE:
        known = ", ".join(f"“{one}”" for one in EVIDENCE)
        raise KindNotSupported(
            f"pairings of kind “{kind}” are not weighed yet; these are: {known}"
        )


def _compared(
    left: Sequence[Any], right: Sequence[Any], judged: Judged
) -> tuple[Comparison, ...]:
    evidence = evidence_of(judged.model)
    return compare(tell(left, evidence, judged), see(right, evidence, judged), evidence, judged)


def _ranking(
    pairings: Merged,
    comparisons: tuple[Comparison, ...],
    pairs: tuple[int, int],
    judged: tuple[Model, Registry],
) -> Ranking:
    model, registry = judged
    left, right, total = pairings.left, pairings.right, pairings.log10_lr
    return Ranking(
        left=left,
        right=right,
        log10_lr=total,
        posterior=posteriors(total, left, right, registry.prior.value),
        rank_for_left=pairings.rank_for_left,
        rank_for_right=pairings.rank_for_right,
        weights=Weights(comparisons, left.astype(np.int32), right.astype(np.int32)),
        pairs_scored=pairs[0],
        pairs_skipped=pairs[1],
        prior=registry.prior,
        model_name=model.name,
        model_version=model.version,
        model_hash=model.hash,
        rarity=registry.rarity,
    )
