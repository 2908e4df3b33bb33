"""What a search hands back: the best pairings of both sides, with their reasons in numbers."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evidence.rarity import Rarity
from matching.packing.comparison import Comparison, Integers
from matching.prior import Prior

Indices = NDArray[np.int64]
Ranks = NDArray[np.int32]
Floats = NDArray[np.float64]


KEPT = 1_000_000
"""Weights of so many pairings are kept once computed; of more, computed when asked for."""


Places = slice | NDArray[np.signedinteger[Any]]


class PairWeights(Mapping[str, Floats]):
    """Weights of some pairings, one array for each kind of evidence."""

    @abstractmethod
    def at(self, places: Places) -> "PairWeights":
        """Give the weights of some of the pairings, without weighing the others."""


class Weights(PairWeights):
    """Weights of the pairings, one array for each kind of evidence, in their order.

    Ten million pairings with twenty kinds would be two gigabytes; a kind is weighed when it
    is asked for.
    """

    def __init__(
        self, comparisons: tuple[Comparison, ...], left: Integers, right: Integers
    ) -> None:
        self._comparisons = {one.kind.value: one for one in comparisons}
        self._left, self._right = left, right
        self._kept: dict[str, Floats] = {}

    def __getitem__(self, kind: str) -> Floats:
        weights = self._kept.get(kind)
        if weights is None:
            weights = self._comparisons[kind].weigh(self._left, self._right)
            if len(weights) <= KEPT:
                self._kept[kind] = weights
        return weights

    def at(self, places: Places) -> PairWeights:
        chosen = self._left[places], self._right[places]
        return Weights(tuple(self._comparisons.values()), *chosen)

    def totals(self, left: Integers, right: Integers) -> Floats:
        """Weigh any pairs, listed or not: the sum of their weights; -inf where impossible."""
        total: Floats = np.zeros(len(left))
        for comparison in self._comparisons.values():
            total += np.nan_to_num(comparison.weigh(left, right), nan=0.0, neginf=-np.inf)
        return total

    def __iter__(self) -> Iterator[str]:
        return iter(self._comparisons)

    def __len__(self) -> int:
        return len(self._comparisons)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The pairings within the top of either side, and how they were reached.

    All arrays have shape ``(n_pairings,)`` and the same order: by `left`, then by falling
    `log10_lr`, then by `right`.

    Attributes
    ----------
    left, right : int32 arrays
        Positions in the sequences given to `rank`: `left` of missing persons, `right` of
        remains.
    log10_lr : float64 array
        Sum of the weights that could be compared: base-10 log of how many times more
        probable both records are if they describe one person. Never ``nan``; ``-inf``
        pairings (recovered before the last contact) are never listed.
    posterior : float64 array
        Probability in [0, 1] that the pairing is true, from `log10_lr` and `prior`, each
        pairing taken alone.
    rank_for_left, rank_for_right : int32 arrays
        1 for the best pairing of that record; 0 when it lies outside that side's top.
    weights : mapping of float64 arrays
        One array per evidence kind, log10; ``nan`` where the kind could not be compared
        and therefore weighs nothing. Take one kind at a time: see `Weights`.
    pairs_scored, pairs_skipped : int
        Together the number of pairs. Skipped pairs are those whose dates make them
        impossible whatever else the records say.
    prior : Prior
        What was believed of a pair before its evidence, and why.
    rarity : Rarity
        How common things are in these records: `matching.explanation.explain` needs it.
    model_name, model_version, model_hash : str
        Which numbers weighed; the hash is SHA-256 of the model file.
    """

    left: Integers
    right: Integers
    log10_lr: Floats
    posterior: Floats
    rank_for_left: Ranks
    rank_for_right: Ranks
    weights: PairWeights
    pairs_scored: int
    pairs_skipped: int
    prior: Prior
    model_name: str
    model_version: str
    model_hash: str
    rarity: Rarity

    def __len__(self) -> int:
        return len(self.left)

    def part(self, some: slice) -> "Ranking":
        """Give some of the pairings, by their places in the list."""
        return replace(
            self,
            left=self.left[some],
            right=self.right[some],
            log10_lr=self.log10_lr[some],
            posterior=self.posterior[some],
            rank_for_left=self.rank_for_left[some],
            rank_for_right=self.rank_for_right[some],
            weights=self.weights.at(some),
        )
