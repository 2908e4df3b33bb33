"""Ranks all missing people against all remains, on any number of cores with equal digits."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from math import inf
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import KindNotSupported, NothingToCompare
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.model_file import Model
from matching.packing import Packed, layout, pack
from matching.prior import Prior, open_population_prior, posteriors
from matching.records import MissingRecord, RemainsRecord
from matching.search.bounds.tables import BoundTables, bound_tables
from matching.search.exact.kernels import weigh_pairs
from matching.search.kernels import search_block
from matching.search.ranking import Floats, Indices, Ranking, Ranks

BLOCK = 2048
"""Missing people searched at a time: their rows of scores stay in the processor's cache."""

Progress = Callable[[int, int], None]
Best = tuple[Floats, NDArray[np.int32], NDArray[np.int32]]
"""Weights, positions of the others, and how many are held, of the best of each record."""


@dataclass(frozen=True, slots=True)
class Registry:
    """What a whole registry says: how common things are, and what is believed of a pair."""

    rarity: Rarity
    prior: Prior


@dataclass(frozen=True, slots=True)
class Found:
    """What the search of all blocks found, and what it counted."""

    left: Best
    right: tuple[Best, ...]
    scored: int
    skipped: int


def rank(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    model: Model,
    *,
    top: int = 50,
    jobs: int = 2,
    progress: Progress | None = None,
    min_log10_lr: float | None = None,
    registry: Registry | None = None,
) -> Ranking:
    """Weigh every missing person against all remains and keep the best of both sides.

    Parameters
    ----------
    missing, remains : sequences of records
        At least one each.
    model : Model
        Of kind ``missing-remains``.
    top : int
        Pairings kept for each record of either side, at least 1.
    jobs : int
        Threads, at least 1. The result is the same for any number.
    progress : callable, optional
        Called with (pairs done, pairs in all) from the calling thread.
    min_log10_lr : float, optional
        Pairings below are not kept.
    registry : Registry, optional
        What the whole registry says of chance agreement and of the prior; otherwise these
        records are taken for the whole. Pass `registry_of` of all records when weighing one
        new record against the others.

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
        If the model is not for missing people and remains.

    Notes
    -----
    Method and proof of exactness: ``docs/methods/search.md``.
    """
    if not missing or not remains:
        side = "missing persons" if not missing else "remains"
        raise NothingToCompare(f"there are no {side} to compare")
    demand_kind(model.kind)
    if top < 1 or jobs < 1:
        raise ValueError("top and jobs are at least 1")
    if registry is None:
        registry = registry_of(missing, remains, model)
    packed = pack(missing, remains, model, registry.rarity)
    least = -inf if min_log10_lr is None else min_log10_lr
    top = min(top, max(len(missing), len(remains)))
    found = _search(packed, bound_tables(model), top, (jobs, progress, least))
    return _ranking(packed, found, (model, registry))


def registry_of(
    missing: Sequence[MissingRecord], remains: Sequence[RemainsRecord], model: Model
) -> Registry:
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
        For everything but ``missing-remains``; the message says what is supported.
    """
    if kind != "missing-remains":
        raise KindNotSupported(
            f"pairings of kind “{kind}” are not weighed yet; “missing-remains” is"
        )


def _search(
    packed: Packed, bounds: BoundTables, top: int, work: tuple[int, Progress | None, float]
) -> Found:
    jobs, progress, least = work
    pairs = len(packed.missing) * len(packed.remains)
    left = _empty(len(packed.missing), top)
    free: SimpleQueue[Best] = SimpleQueue()
    rights = tuple(_empty(len(packed.remains), top) for _ in range(jobs))
    for right in rights:
        free.put(right)

    def search(block: slice) -> tuple[int, int]:
        right = free.get()
        try:
            return _search_block(packed, block, bounds, (left, right, least))
        finally:
            free.put(right)

    scored = skipped = 0
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        blocks = reversed(list(_blocks(len(packed.missing), jobs)))  # newest people first
        waiting = [pool.submit(search, block) for block in blocks]
        for done in as_completed(waiting):
            counts = done.result()
            scored, skipped = scored + counts[0], skipped + counts[1]
            if progress is not None:
                progress(scored + skipped, pairs)
    return Found(left, rights, scored, skipped)


def _blocks(people: int, jobs: int) -> Iterator[slice]:
    size = min(BLOCK, -(-people // jobs))
    for start in range(0, people, size):
        yield slice(start, min(start + size, people))


def _empty(records: int, top: int) -> Best:
    return (
        np.empty((records, top)),
        np.empty((records, top), dtype=np.int32),
        np.zeros(records, dtype=np.int32),
    )


def _search_block(
    packed: Packed, block: slice, bounds: BoundTables, tops: tuple[Best, Best, float]
) -> tuple[int, int]:
    left, right, least = tops
    people = packed.missing[block]
    rows_at, rows, row_kind, row_of = rows_of_block(packed.keys[block])
    search: Any = search_block  # numba does not tell mypy what it takes
    counts: tuple[int, int] = search(
        people,
        rows_at,
        rows,
        row_kind,
        row_of,
        _codes_told(packed, people["marks_at"], people["marks"]),
        _codes_told(packed, people["clothes_at"], people["clothes"]),
        packed.remains,
        least,
        *(best[block] for best in left),
        *right,
        packed.rules,
        packed.tables,
        packed.table_steps,
        bounds.log_steps,
        bounds.journeys,
        bounds.marks,
        bounds.clothing,
        packed.things,
        packed.examples,
        packed.words,
        packed.word_ratios,
        int(packed.words.max(initial=-1)) + 1,
    )
    return counts


def _codes_told(
    packed: Packed, at: NDArray[np.int32], length: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Codes of the things told in a block, each once."""
    told = np.maximum(length, 0)
    within = np.arange(told.sum()) - np.repeat(np.cumsum(told) - told, told)
    codes: NDArray[np.int32] = np.unique(packed.things["code"][np.repeat(at, told) + within])
    return codes


def rows_of_block(
    keys: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Give each distinct thing told in a block one row of scores.

    Parameters
    ----------
    keys : int32 array, shape (n_people, layout.KINDS)
        Equal where two people are told alike; `layout.NOTHING` where nothing was told.

    Returns
    -------
    rows_at : int32 array, shape (n_people + 1,)
    rows : int32 array
        ``rows[rows_at[i]:rows_at[i + 1]]``: the rows that sum to the score of person i.
    row_kind, row_of : int32 arrays, shape (n_rows,)
        Kind of each row, and the first person of whom it was told. Row 0 stays unused.
    """
    table = np.zeros(keys.shape, dtype=np.int32)
    kinds, firsts, used = [np.zeros(1, np.int32)], [np.zeros(1, np.int32)], 1
    for kind in range(keys.shape[1]):
        told = np.flatnonzero(keys[:, kind] != layout.NOTHING)
        distinct, first, number = np.unique(
            keys[told, kind], return_index=True, return_inverse=True
        )
        table[told, kind] = used + number
        kinds.append(np.full(len(distinct), kind, np.int32))
        firsts.append(told[first].astype(np.int32))
        used += len(distinct)
    counts = np.count_nonzero(table, axis=1)
    rows_at = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return rows_at, table[table != 0], np.concatenate(kinds), np.concatenate(firsts)


def _ranking(packed: Packed, found: Found, judged: tuple[Model, Registry]) -> Ranking:
    model, registry = judged
    n_remains = len(packed.remains)
    by_left = _pairs(found.left, packed.missing["at"], (n_remains, 1))
    by_right = np.concatenate(
        [_pairs(one, packed.remains["at"], (1, n_remains)) for one in found.right]
    )
    pairs = np.unique(np.concatenate([by_left, by_right]))
    left, right = pairs // n_remains, pairs % n_remains
    weights = _weights(packed, left, right)
    total = np.zeros(len(pairs))
    for kind in layout.SHOWN_ORDER:
        total += np.where(np.isnan(weights[:, kind]), 0.0, weights[:, kind])
    top = found.left[0].shape[1]
    for_left = _ranks(left, right, (total, top))
    for_right = _ranks(right, left, (total, top))
    # Each worker keeps its own best of every remains: what another's displaced goes now.
    order = np.lexsort((right, -total, left))
    order = order[(for_left[order] > 0) | (for_right[order] > 0)]
    left, right, total, weights = left[order], right[order], total[order], weights[order]
    return Ranking(
        left=left,
        right=right,
        log10_lr=total,
        posterior=posteriors(total, left, right, registry.prior.value),
        rank_for_left=for_left[order],
        rank_for_right=for_right[order],
        weights={
            kind.value: weights[:, at]
            for kind, at in zip(model.kinds, layout.SHOWN_ORDER, strict=True)
        },
        pairs_scored=found.scored,
        pairs_skipped=found.skipped,
        prior=registry.prior,
        model_name=model.name,
        model_version=model.version,
        model_hash=model.hash,
        rarity=registry.rarity,
    )


def _pairs(best: Best, at: NDArray[np.int32], factors: tuple[int, int]) -> Indices:
    """Pairs held, each as one number: position of the person × remains + position of these."""
    _, who, held = best
    kept = np.arange(who.shape[1]) < held[:, None]
    owner = np.repeat(at.astype(np.int64), held)
    pairs: Indices = owner * factors[0] + who[kept].astype(np.int64) * factors[1]
    return pairs


def _weights(packed: Packed, left: Indices, right: Indices) -> Floats:
    place_of_left, place_of_right = (
        np.argsort(packed.missing["at"]),
        np.argsort(packed.remains["at"]),
    )
    weights: Floats = weigh_pairs(
        place_of_left[left],
        place_of_right[right],
        packed.missing,
        packed.remains,
        packed.rules,
        packed.tables,
        packed.things,
        packed.words,
        packed.word_ratios,
    )
    return weights


def _ranks(owner: Indices, other: Indices, judged: tuple[Floats, int]) -> Ranks:
    """Rank of each pairing for its owner, 1 for the best; 0 beyond `top`."""
    total, top = judged
    order = np.lexsort((other, -total, owner))
    sorted_owner = owner[order]
    starts = np.flatnonzero(np.concatenate([[True], sorted_owner[1:] != sorted_owner[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(order)]]))
    place = np.arange(len(order)) - np.repeat(starts, lengths) + 1
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.where(place <= top, place, 0)
    return ranks
