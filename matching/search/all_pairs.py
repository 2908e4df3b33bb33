"""Ranks all left records against all right ones, on any number of cores with equal digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from matching.errors import KindNotSupported, NothingToCompare
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.model_file import Model
from matching.packing import EVIDENCE, Comparison, Judged, evidence_of, lay
from matching.packing.days import curves_take
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


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Records of both sides, laid out for a search; see `lay_out`."""

    comparisons: tuple[Comparison, ...]
    counts: tuple[int, int]
    model: Model
    registry: Registry


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
    laid = lay_out(missing, remains, model, registry)
    return rank_laid_out(
        laid, top=top, jobs=jobs, progress=progress, min_log10_lr=min_log10_lr, sizes=sizes
    )


def lay_out(
    missing: Sequence[Any],
    remains: Sequence[Any],
    model: Model,
    registry: Registry | None = None,
) -> LaidOut:
    """Read all that a search needs of the records of both sides.

    Parameters
    ----------
    missing, remains, model, registry
        As `rank`.

    Returns
    -------
    LaidOut
        Holds none of the records: whoever needs them no more may let go of them before the
        search begins, which takes its own room.

    Raises
    ------
    NothingToCompare, KindNotSupported
        As `rank`.
    """
    if not missing or not remains:
        side = "missing persons" if not missing else "remains"
        raise NothingToCompare(f"there are no {side} to compare")
    demand_kind(model.kind)
    if registry is None:
        registry = registry_of(missing, remains, model)
    judged = Judged(model, registry.rarity)
    comparisons = lay(missing, remains, evidence_of(model), judged)
    return LaidOut(comparisons, (len(missing), len(remains)), model, registry)


def dates_take(missing: Sequence[Any], remains: Sequence[Any], model: Model) -> int:
    """Reckon what the dates of these records will take when they are laid out.

    Parameters
    ----------
    missing, remains, model
        As `rank`.

    Returns
    -------
    int
        Bytes. Few years and a dozen intervals since death take a megabyte or two, fifty years
        of finds some 200: the other kinds grow with the number of records only.
    """
    return curves_take(missing, remains, model.time)


def rank_laid_out(
    laid: LaidOut,
    *,
    top: int = 50,
    jobs: int = 2,
    progress: Progress | None = None,
    min_log10_lr: float | None = None,
    sizes: Sizes | None = None,
) -> Ranking:
    """Rank records that are laid out.

    Parameters
    ----------
    laid : LaidOut
        Of `lay_out`.
    top, jobs, progress, min_log10_lr, sizes
        As `rank`.

    Returns
    -------
    Ranking

    Raises
    ------
    SearchStopped
        If `progress` answers False.
    """
    if min(top, jobs) < 1:
        raise ValueError("top and jobs are at least 1")
    least = -inf if min_log10_lr is None else min_log10_lr
    wanted = Wanted(top, least, jobs, sizes or Sizes())
    found = search(laid.comparisons, laid.counts, wanted, progress)
    pairs, pairings = (found.scored, found.skipped), merged(found)
    del found  # before the list is judged: it has the best of each record once more
    return _ranking(pairings, laid, pairs)


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


def _ranking(pairings: Merged, laid: LaidOut, pairs: tuple[int, int]) -> Ranking:
    model, registry = laid.model, laid.registry
    left, right, total = pairings.left, pairings.right, pairings.log10_lr
    return Ranking(
        left=left,
        right=right,
        log10_lr=total,
        posterior=posteriors(total, left, right, registry.prior.value),
        rank_for_left=pairings.rank_for_left,
        rank_for_right=pairings.rank_for_right,
        weights=Weights(laid.comparisons, left, right),
        pairs_scored=pairs[0],
        pairs_skipped=pairs[1],
        prior=registry.prior,
        model_name=model.name,
        model_version=model.version,
        model_hash=model.hash,
        rarity=registry.rarity,
    )
