"""Links records: looks at the pairs that share a key, learns, and weighs them exactly."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.linking.comparing import kernels
from matching.linking.comparing.kernels import MOST_TOGETHER
from matching.linking.keys import (
    BROADEST,
    KEYS,
    NO_BLOCKS,
    PAIRS_A_RECORD,
    SUFFICIENT,
    Blocks,
    Key,
    blocks_of,
    pairs_within,
)
from matching.linking.kinds import SHARED_BY_RELATIVES, Kind
from matching.linking.layout import BITS, NOTHING
from matching.linking.learning import (
    Learnt,
    gathered,
    learn,
    levels_of,
    log10_ratios,
    share_of_pairs,
)
from matching.linking.packing import Packed, pack
from matching.linking.parameters import LinkingModel
from matching.linking.records import Records
from matching.linking.thirds import lent_by_thirds, lent_weights

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Progress = Callable[[int, int], None]

WORTH_KEEPING = 1e-3
"""Pairs less probable than this, by the numbers learning begins with, are not kept."""
WORTH_SHOWING = 0.5
RELATIVES, THIRD = "relatives", "third_record"
ROOM = 1 << 20
"""Pairs for which a thread holds room at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs that may be of one person, the likeliest first.

    Attributes
    ----------
    left, right : int32 arrays, shape (n,)
        Positions of the records; left stands before right.
    log10_lr, posterior : float arrays, shape (n,)
        Against "two people", who may be relatives.
    levels : int array, shape (n, n_kinds)
        How each kind compares (`kinds.LEVELS`, from 1; 0 where nothing could be compared).
    weights : dict of str to float array
        log10 by kind; ``nan`` where nothing could be compared; ``relatives`` is what is taken
        off as brothers and sisters may say the same, ``third_record`` what is added as both
        are linked with the same third record (`thirds`).
    third : int32 array, shape (n,)
        Position of that record, -1 where none adds anything.
    learnt : Learnt
    n_compared, n_parted : int
        Comparisons made, pairs met by several keys counted each time; and pairs parted
        because too many records share one key.
    model : LinkingModel
    """

    left: Indices
    right: Indices
    log10_lr: Floats
    posterior: Floats
    levels: NDArray[np.intp]
    weights: dict[str, Floats]
    third: Indices
    learnt: Learnt
    n_compared: int
    n_parted: int
    model: LinkingModel

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """Pairs that may be of one person: how they compare, and what chance costs."""

    left: Indices
    right: Indices
    pattern: NDArray[np.uint64]
    cost: NDArray[np.float32]
    shared_cost: NDArray[np.float32]

    @classmethod
    def room(cls, n: int) -> Self:
        kinds: tuple[Any, ...] = (np.int32, np.int32, np.uint64, np.float32, np.float32)
        return cls(*(np.empty(n, dtype=kind) for kind in kinds))

    @classmethod
    def joined(cls, found: Sequence[Self]) -> Self:
        return cls(
            *(np.concatenate(column) for column in zip(*map(_columns, found), strict=True))
        )

    def at(self, where: NDArray[np.intp] | slice) -> Self:
        return type(self)(*(column[where].copy() for column in _columns(self)))


def _columns(kept: _Kept) -> tuple[NDArray[Any], ...]:
    return kept.left, kept.right, kept.pattern, kept.cost, kept.shared_cost


@dataclass(frozen=True, slots=True)
class _Search:
    """What every thread needs to know."""

    packed: Packed
    model: LinkingModel
    bar: float
    jobs: int


def link(
    records: Records,
    model: LinkingModel,
    *,
    keys: Sequence[Key] = KEYS,
    jobs: int = 2,
    least_posterior: float = WORTH_SHOWING,
    progress: Progress | None = None,
) -> Links:
    """Find the pairs of records that are likely to be of one person.

    Parameters
    ----------
    records : Records
    model : LinkingModel
    keys : sequence of Key
        Two records are compared if they share one of them.
    jobs : int
        Threads, at least 1; the result is the same for any number.
    least_posterior : float
        Pairs less probable are not given.
    progress : callable, optional
        Called with (keys done, keys in all) from the calling thread.

    Returns
    -------
    Links

    Raises
    ------
    NotLearnt
        If learning did not settle (`learning.learn`).

    Notes
    -----
    Method: ``docs/methods/linking.md``.
    """
    n = len(records)
    n_pairs = n * (n - 1) / 2
    share = share_of_pairs(model.numbers["prior.matches_a_record"], n)
    search = _Search(pack(records, model), model, float(np.log10(WORTH_KEEPING / share)), jobs)
    kept, n_compared, n_parted = _compare(search, keys, progress)
    learnt = learn(gathered(kept.pattern, kept.cost, kept.shared_cost), n_pairs, model, n)
    direct = _weighed(kept, learnt, least_posterior)
    chosen = _with_thirds(search, direct, learnt, least_posterior)
    return Links(*chosen, learnt, n_compared, n_parted, model)


def _compare(
    search: _Search, keys: Sequence[Key], progress: Progress | None
) -> tuple[_Kept, int, int]:
    found, compared, parted = [_Kept.room(0)], 0, 0
    with ThreadPoolExecutor(search.jobs) as pool:
        for done, key in enumerate(keys, start=1):
            blocks = blocks_for(search.packed, key)
            parted += blocks.parted
            # More parts than threads: the pairs of a part are not all equally quick.
            parts = _parts(blocks, 4 * search.jobs)
            for kept, count in pool.map(lambda part: _search(search, part), parts):
                found.append(kept)
                compared += count
            if progress is not None:
                progress(done, len(keys))
    return _distinct(found), compared, parted


def blocks_for(packed: Packed, key: Key) -> Blocks:
    """Bring together what shares a key, or a narrower one, or nothing, if that is too much."""
    blocks = blocks_of(packed.whole, key)
    most = PAIRS_A_RECORD if key.name == BROADEST else key.most
    if key.name != BROADEST and not most:
        return blocks
    if pairs_within(packed.whole, blocks, key.years) <= most * len(packed):
        return blocks
    return blocks_of(packed.whole, SUFFICIENT) if key.name == BROADEST else NO_BLOCKS


def _parts(blocks: Blocks, n: int) -> list[Blocks]:
    """Cut blocks into parts of about as many pairs each."""
    sizes = np.diff(blocks.begins)
    ends = np.cumsum(sizes * (sizes - 1) // 2)
    if len(ends) == 0:
        return []
    cuts = np.searchsorted(ends, np.linspace(0, ends[-1], n + 1)[1:-1])
    edges = pairwise([0, *cuts.tolist(), len(sizes)])
    return [
        Blocks(blocks.order, blocks.begins[a : b + 1], blocks.years) for a, b in edges if b > a
    ]


def _search(search: _Search, blocks: Blocks) -> tuple[_Kept, int]:
    """Compare the pairs of some blocks; a thread's own work."""
    packed, model = search.packed, search.model
    weight = np.log10(model.one_person).astype(np.float32)
    state = np.zeros(5, dtype=np.int64)
    room = _Kept.room(max(min(blocks.n_pairs, ROOM), MOST_TOGETHER) + 1)
    found = []
    done = False
    while not done:
        state[1] = 0
        done = kernels.search_blocks(
            packed.whole, packed.costs, packed.bits, blocks.order, blocks.begins,
            blocks.years, state, weight, np.float32(search.bar), packed.words, packed.letters,
            packed.nicknames, fixed_costs(model), _is_shared(), *_columns(room),
        )  # fmt: skip
        found.append(room.at(slice(int(state[1]))))
    return _Kept.joined(found), int(state[2])


def _is_shared() -> NDArray[np.bool_]:
    """Say which kinds relatives share, with birth, which they have a table of their own for."""
    with_births = SHARED_BY_RELATIVES | {Kind.BIRTH}
    return np.array([kind in with_births for kind in Kind])


def fixed_costs(model: LinkingModel) -> NDArray[np.float32]:
    """Give what chance costs where it is one number: nickname, id same, near, other, phone."""
    numbers = model.numbers
    chances = [
        numbers["chance.nickname"],
        numbers["chance.id_number"],
        numbers["chance.id_number_near"],
        1.0,
        numbers["chance.phone"],
    ]
    costs: NDArray[np.float32] = (-np.log10(chances)).astype(np.float32)
    return costs


def _distinct(found: Sequence[_Kept]) -> _Kept:
    """Give each pair once, however many keys brought it together."""
    kept = _Kept.joined(found)
    pair = (kept.left.astype(np.uint64) << np.uint64(32)) | kept.right.astype(np.uint64)
    return kept.at(np.unique(pair, return_index=True)[1])


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Pairs worth showing, the likeliest first."""

    left: Indices
    right: Indices
    levels: NDArray[np.intp]
    log10_lr: Floats
    relatives: Floats
    posterior: Floats


def _weighed(kept: _Kept, learnt: Learnt, least: float) -> _Weighed:
    """Weigh every kept pair against "two people", who are relatives now and then."""
    levels = levels_of(kept.pattern)
    tables = (learnt.one_person, learnt.relatives)
    costs = kept.cost.astype(np.float64), kept.shared_cost.astype(np.float64)
    one, kin = log10_ratios(levels, *costs, tables)
    two_people = 1.0 - learnt.match_share
    share = learnt.relative_share / two_people
    relatives = -np.log10((1.0 - share) + share * 10.0**kin)
    log10_lr = one + relatives
    posterior = _posterior(log10_lr, learnt)
    chosen = np.flatnonzero(posterior >= least)
    at = chosen[np.argsort(-log10_lr[chosen], kind="stable")]
    return _Weighed(
        kept.left[at], kept.right[at], levels[at], log10_lr[at], relatives[at], posterior[at]
    )


def _posterior(log10_lr: Floats, learnt: Learnt) -> Floats:
    odds = learnt.match_share / (1.0 - learnt.match_share) * 10.0**log10_lr
    posterior: Floats = odds / (1.0 + odds)
    return posterior


def _with_thirds(
    search: _Search, direct: _Weighed, learnt: Learnt, least: float
) -> tuple[Indices, Indices, Floats, Floats, NDArray[np.intp], dict[str, Floats], Indices]:
    """Add what third records lend; gives the first columns of `Links`, by position."""
    packed = search.packed
    lent = lent_by_thirds(direct.left, direct.right, direct.posterior, len(packed))
    pairs = _joined(direct, _weighed(_compared(search, lent.left, lent.right), learnt, 0.0))
    weights = _weights(search, pairs, learnt)
    against = sum(np.minimum(np.nan_to_num(each), 0.0) for each in weights.values())
    prior = np.log10(learnt.match_share / (1.0 - learnt.match_share))
    added, third = lent_weights(
        lent, (pairs.left, pairs.right), np.asarray(against), prior + pairs.log10_lr
    )
    log10_lr = pairs.log10_lr + added
    posterior = _posterior(log10_lr, learnt)
    chosen = np.flatnonzero(posterior >= least)
    at = chosen[np.argsort(-log10_lr[chosen], kind="stable")]
    weights |= {RELATIVES: pairs.relatives, THIRD: added}
    one, other = packed.position[pairs.left[at]], packed.position[pairs.right[at]]
    return (
        np.minimum(one, other), np.maximum(one, other), log10_lr[at], posterior[at],
        pairs.levels[at], {name: each[at] for name, each in weights.items()},
        np.where(third[at] < 0, NOTHING, packed.position[third[at]]),
    )  # fmt: skip


def _joined(one: _Weighed, more: _Weighed) -> _Weighed:
    """Give the pairs of both, those of the first once."""
    key = [each.left.astype(np.int64) << 32 | each.right for each in (one, more)]
    new = ~np.isin(key[1], key[0])
    names = [each.name for each in fields(_Weighed)]
    return _Weighed(
        *(np.concatenate((getattr(one, name), getattr(more, name)[new])) for name in names)
    )


def _compared(search: _Search, left: Indices, right: Indices) -> _Kept:
    """Compare listed pairs, whatever they weigh."""
    levels, owed = _levels_and_costs(search, left, right)
    shifts = np.arange(len(Kind), dtype=np.uint64) * np.uint64(BITS)
    pattern = (levels.astype(np.uint64) << shifts).sum(axis=1, dtype=np.uint64)
    shared = owed[:, _is_shared()].sum(axis=1, dtype=np.float32)
    return _Kept(left, right, pattern, owed.sum(axis=1, dtype=np.float32), shared)


def _levels_and_costs(
    search: _Search, left: Indices, right: Indices
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    packed = search.packed
    levels = np.zeros((len(left), len(Kind)), dtype=np.int64)
    costs = np.zeros((len(left), len(Kind)), dtype=np.float32)
    kernels.compare_pairs(
        packed.whole, packed.costs, packed.bits, left, right, packed.words, packed.letters,
        packed.nicknames, fixed_costs(search.model), levels, costs,
    )  # fmt: skip
    return levels, costs


def _weights(search: _Search, pairs: _Weighed, learnt: Learnt) -> dict[str, Floats]:
    """Say what each kind weighs of each pair: compared once more, kind by kind."""
    _, costs = _levels_and_costs(search, pairs.left, pairs.right)
    logs = np.log10(learnt.one_person)[np.arange(len(Kind)), pairs.levels] + costs
    found = np.where(pairs.levels > 0, logs, np.nan)
    return {kind.word: found[:, kind] for kind in Kind}
