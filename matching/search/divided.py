"""The same search in blocks that other machines can do, put together to the same digits.

A block is some left records against some right ones. What the whole registry says of chance
agreement goes with it, so every pair weighs what it weighs in one search. Each block hands back
the best of its own records; the best of all are among them. Names, numbers and telephones go
along only into blocks whose right records have papers to hold them against.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.evidence.papers import seen_papers
from matching.evidence.rarity import PaperRarity, Rarity
from matching.evidence.written import IMPLANTS
from matching.model_file import Model
from matching.packing import Comparison, Judged, evidence_of, lay
from matching.packing.comparison import Integers
from matching.prior import posteriors
from matching.records import NAMELESS, Listed
from matching.search.all_pairs import Registry, rank
from matching.search.ranking import (
    Floats,
    Indices,
    PairWeights,
    Places,
    Ranking,
    Ranks,
    Weights,
)

NOBODY = np.iinfo(np.int64).max
"""Stands where a place among the best is still free; after everybody in order."""


@dataclass(frozen=True, slots=True)
class Block:
    """Which records meet, by position in the input, rising; `named` if their names go along."""

    left: Indices
    right: Indices
    named: bool

    @property
    def pairs(self) -> int:
        return len(self.left) * len(self.right)


class Asked(NamedTuple):
    """What every block is asked: by which model and registry, how many places, from where."""

    model: Model
    registry: Registry
    top: int
    min_log10_lr: float | None


class Pairs(NamedTuple):
    """Pairs of two lists of records: their positions there, and what each weighs in all."""

    left: Integers
    right: Integers
    log10_lr: Floats
    scored: int
    skipped: int


def blocks_of(missing: int, remains: Sequence[Any], size: int) -> tuple[Block, ...]:
    """Divide a search into blocks of at most `size` records a side.

    Parameters
    ----------
    missing : int
        Left records, at least 1.
    remains : sequence of records
        The right ones. Those with papers come into blocks of their own.
    size : int
        Records of either side, at least 1.

    Returns
    -------
    tuple of Block
        Every pair is in exactly one.
    """
    papers = np.array([seen_papers(one) is not None for one in remains], dtype=np.bool_)
    lefts = list(_runs(np.arange(missing, dtype=np.int64), size))
    return tuple(
        Block(left, right, named)
        for named in (False, True)
        for right in _runs(np.flatnonzero(papers == named), size)
        for left in lefts
    )


def _runs(positions: Indices, size: int) -> Iterator[Indices]:
    for start in range(0, len(positions), size):
        yield positions[start : start + size]


def to_travel(records: Sequence[Any], *, named: bool) -> list[Any]:
    """Leave out references and cells as they stood, and names unless they meet papers."""
    lean = [replace(one, record_id="", other={}) for one in records]
    return lean if named else [replace(one, **_nameless(one)) for one in lean]


def _nameless(record: Any) -> dict[str, Any]:
    # A serial number of an implant stands among the numbers of papers; it names nobody.
    serials = (one for one in record.id_numbers if one.scheme in IMPLANTS)
    return {"names": NAMELESS, "id_numbers": Listed.of(*serials), "phones": Listed()}


def without_counted_names(asked: Asked) -> Asked:
    """Take the names, numbers and telephones counted over the registry out of a question."""
    rarity: Rarity = replace(asked.registry.rarity, papers=PaperRarity())
    return asked._replace(registry=replace(asked.registry, rarity=rarity))


def search_block(missing: Sequence[Any], remains: Sequence[Any], asked: Asked) -> Pairs:
    """Search one block on one core.

    Parameters
    ----------
    missing, remains : sequences of records
        Those of the block, at least one each.
    asked : Asked

    Returns
    -------
    Pairs
        The best `asked.top` of each record within the block.
    """
    found = rank(
        missing, remains, asked.model, top=asked.top, jobs=1, registry=asked.registry,
        min_log10_lr=asked.min_log10_lr,
    )  # fmt: skip
    counts = found.pairs_scored, found.pairs_skipped
    return Pairs(found.left, found.right, found.log10_lr, *counts)


def weigh_block(
    missing: Sequence[Any], remains: Sequence[Any], asked: Asked, pairs: tuple[Indices, Indices]
) -> dict[str, Floats]:
    """Weigh chosen pairs of one block kind by kind; `nan` where nothing can be compared."""
    left, right = (side.astype(np.int32) for side in pairs)
    kinds = compared(missing, remains, asked)
    return {one.kind.value: one.weigh(left, right) for one in kinds}


def compared(
    missing: Sequence[Any], remains: Sequence[Any], asked: Asked
) -> tuple[Comparison, ...]:
    """Lay records out kind by kind, as a question asks them to be judged."""
    judged = Judged(asked.model, asked.registry.rarity)
    return lay(missing, remains, evidence_of(asked.model), judged)


class WeighedInBlocks(Weights):
    """Weights by kind as blocks gave them; any other pairs are weighed here, when asked for."""

    def __init__(
        self,
        by_kind: Mapping[str, Floats],
        sides: tuple[Sequence[Any], Sequence[Any]],
        asked: Asked,
    ) -> None:
        self._by_kind, self._sides, self._asked = by_kind, sides, asked

    def __getitem__(self, kind: str) -> Floats:
        return self._by_kind[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_kind)

    def __len__(self) -> int:
        return len(self._by_kind)

    def at(self, places: Places) -> PairWeights:
        chosen = {kind: weights[places] for kind, weights in self._by_kind.items()}
        return WeighedInBlocks(chosen, self._sides, self._asked)

    def totals(self, left: Integers, right: Integers) -> Floats:
        """Weigh any pairs, listed or not: the sum of their weights; -inf where impossible."""
        none = left[:0], right[:0]
        return Weights(compared(*self._sides, self._asked), *none).totals(left, right)


class Gathered:
    """The best of all records of both sides, as far as blocks have come in, in any order."""

    def __init__(self, missing: int, remains: int, top: int) -> None:
        self._best = _Places(missing, min(top, remains)), _Places(remains, min(top, missing))
        self._scored = self._skipped = 0

    def add(self, block: Block, found: Pairs) -> None:
        """Take in what a block found."""
        left, right = block.left[found.left], block.right[found.right]
        self._best[0].add(block.left, found.left, right, found.log10_lr)
        self._best[1].add(block.right, found.right, left, found.log10_lr)
        self._scored += found.scored
        self._skipped += found.skipped

    def ranking(
        self, asked: Asked, weigh: Callable[[Indices, Indices], PairWeights]
    ) -> Ranking:
        """Lay both sides together once all blocks are in.

        Parameters
        ----------
        asked : Asked
        weigh : callable
            Gives the weights by kind of pairings, by positions of their records.

        Returns
        -------
        Ranking
            That of `rank` on the same records, to the last digit. How many pairs were
            skipped depends on the blocks.
        """
        left, right, total, ranks = self._together()
        model, registry = asked.model, asked.registry
        return Ranking(
            left=left.astype(np.int32),
            right=right.astype(np.int32),
            log10_lr=total,
            posterior=posteriors(total, left, right, registry.prior.value),
            rank_for_left=ranks[0],
            rank_for_right=ranks[1],
            weights=weigh(left, right),
            pairs_scored=self._scored,
            pairs_skipped=self._skipped,
            prior=registry.prior,
            model_name=model.name,
            model_version=model.version,
            model_hash=model.hash,
            rarity=registry.rarity,
        )

    def _together(self) -> tuple[Indices, Indices, Floats, tuple[Ranks, Ranks]]:
        left, others, of_left, left_ranks = self._best[0].held()
        right, owners, of_right, right_ranks = self._best[1].held()
        lefts, rights = np.concatenate([left, owners]), np.concatenate([others, right])
        weights = np.concatenate([of_left, of_right])
        order = np.lexsort((rights, -weights, lefts))
        lefts, rights, weights = lefts[order], rights[order], weights[order]
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = (lefts[1:] != lefts[:-1]) | (rights[1:] != rights[:-1])
        number = np.cumsum(new) - 1
        ranks = []
        for first, own in ((0, left_ranks), (len(left), right_ranks)):
            places = np.zeros(int(new.sum()), dtype=np.int32)
            mine = (order >= first) & (order < first + len(own))
            places[number[mine]] = own[order[mine] - first]
            ranks.append(places)
        return lefts[new], rights[new], weights[new], (ranks[0], ranks[1])


class _Places:
    """The best of one side: scores fall along a row, equal ones stand by position."""

    def __init__(self, records: int, top: int) -> None:
        self._scores = np.full((records, top), -np.inf)
        self._who = np.full((records, top), NOBODY, dtype=np.int64)

    def add(self, records: Indices, own: Integers, others: Indices, scores: Floats) -> None:
        """Let pairs in: `own` counts within `records`, `others` are positions in the input."""
        order = np.lexsort((others, -scores, own))
        own, others, scores = own[order], others[order], scores[order]
        rank_ = np.arange(len(own)) - np.searchsorted(own, own)
        top = self._who.shape[1]
        kept = rank_ < top
        new_scores = np.full((len(records), top), -np.inf)
        new_who = np.full((len(records), top), NOBODY, dtype=np.int64)
        new_scores[own[kept], rank_[kept]] = scores[kept]
        new_who[own[kept], rank_[kept]] = others[kept]
        both_scores = np.hstack([self._scores[records], new_scores])
        both_who = np.hstack([self._who[records], new_who])
        best = np.lexsort((both_who, -both_scores), axis=1)[:, :top]
        self._scores[records] = np.take_along_axis(both_scores, best, axis=1)
        self._who[records] = np.take_along_axis(both_who, best, axis=1)

    def held(self) -> tuple[Indices, Indices, Floats, NDArray[np.int32]]:
        """Owners, whom they hold, weights and ranks, from 1."""
        owners, places = np.nonzero(self._who != NOBODY)
        ranks = (places + 1).astype(np.int32)
        return owners, self._who[owners, places], self._scores[owners, places], ranks
