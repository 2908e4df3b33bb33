"""One side of a registry kept packed, so that a new record finds its nearest in moments.

`rank` packs both sides anew, which takes a minute or so where there are a hundred thousand
records. A `WarmSide` is packed once; new and changed records come into small segments of
their own, which are packed together as they grow.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from matching.model_file import Model
from matching.packing import Judged, evidence_of
from matching.packing.comparison import Floats
from matching.search.all_pairs import Registry, demand_kind
from matching.search.warm.segment import Near, Segment

PACKED_TOGETHER = 256
"""Records that are packed anew whenever one of them changes; our choice."""

Key = Any
"""What names a record: comparable with the others', for equal weights rank by it."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest kept records of one record, by falling weight, then by key.

    Attributes
    ----------
    keys : tuple
    log10_lr : float64 array, shape (n,)
        Sums of the weights that could be compared; never ``nan``, never ``-inf``.
    weights : mapping of float64 arrays, shape (n,)
        By kind of evidence; ``nan`` where it could not be compared.
    """

    keys: tuple[Key, ...]
    log10_lr: Floats
    weights: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.keys)


class WarmSide:
    """All records of one side, packed.

    Parameters
    ----------
    records : mapping of key to record
        Keys are comparable with each other, and name a record for good.
    model : Model
    registry : Registry
        How common things are, as `registry_of` said of the whole registry; it stays as it
        was when this side was packed, whatever is put or dropped since.
    is_left : bool
        Whether these are the left records (missing persons), and what is searched for right
        ones, or the other way round.

    Raises
    ------
    KindNotSupported
        If no evidence is known for the model's kind of pairing.

    Notes
    -----
    Not for two threads at a time. Method: ``docs/methods/new-records.md``.
    """

    def __init__(
        self, records: Mapping[Key, Any], model: Model, registry: Registry, *, is_left: bool
    ) -> None:
        demand_kind(model.kind)
        self._judged = Judged(model, registry.rarity)
        self._is_left = is_left
        self._records = dict(records)
        self._where: dict[Key, tuple[Segment, int]] = {}
        self._segments: list[Segment] = []
        self._fresh: dict[Key, Any] = {}
        if records:
            self._pack(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: Key) -> bool:
        return key in self._records

    def __getitem__(self, key: Key) -> Any:
        return self._records[key]

    def put(self, key: Key, record: Any) -> None:
        """Add a record, or put it in the place of the one with this key."""
        self.drop(key)
        self._records[key] = self._fresh[key] = record

    def drop(self, key: Key) -> None:
        """Forget a record; one that is not there is none."""
        if self._records.pop(key, None) is None:
            return
        self._fresh.pop(key, None)
        if key in self._where:
            segment, at = self._where.pop(key)
            segment.alive[at] = False

    def nearest(
        self,
        one: Any,
        *,
        top: int | None = 50,
        min_log10_lr: float | None = None,
        without: Collection[Key] = (),
    ) -> Nearest:
        """Find the records nearest to one of the other side.

        Parameters
        ----------
        one : record
            Of the other side; it need not be kept anywhere.
        top : int, optional
            How many, at least 1; None for all that weigh enough.
        min_log10_lr : float, optional
            Records that weigh less are left out.
        without : collection of keys
            Kept records that this one may not meet.

        Returns
        -------
        Nearest
            Exact: the same records, in the same order and with the same digits, as `rank`
            gives with the same registry for this record against all that are kept, in the
            order of their keys, had those of `without` not been there.

        Raises
        ------
        ValueError
            If `top` is below 1.
        """
        if top is not None and top < 1:
            raise ValueError("top is at least 1")
        self._settle()
        least = -inf if min_log10_lr is None else min_log10_lr
        barred = self._places_of(without)
        found = [
            (each, each.nearest(one, top, least, barred.get(id(each), ())))
            for each in self._segments
        ]
        return self._best([each for each in found if len(each[1].positions)], top)

    def _places_of(self, keys: Collection[Key]) -> dict[int, list[int]]:
        """Say where some records lie, by the segment that they are packed in."""
        places: dict[int, list[int]] = {}
        for key in keys:
            if key in self._where:
                segment, at = self._where[key]
                places.setdefault(id(segment), []).append(at)
        return places

    def _best(self, found: Sequence[tuple[Segment, Near]], top: int | None) -> Nearest:
        kinds = [evidence.kind.value for evidence in evidence_of(self._judged.model)]
        if not found:
            return Nearest((), np.zeros(0), {kind: np.zeros(0) for kind in kinds})
        keys = [segment.keys[at] for segment, near in found for at in near.positions]
        near = Near.together([near for _, near in found])
        order = sorted(range(len(keys)), key=lambda at: (-near.log10_lr[at], keys[at]))[:top]
        near = near.chosen(np.array(order))
        weights = dict(zip(kinds, near.weights.T, strict=True))
        return Nearest(tuple(keys[at] for at in order), near.log10_lr, weights)

    def _settle(self) -> None:
        """Pack what came since, together with segments that are not much larger."""
        waiting = dict(self._fresh)
        if not waiting:
            return
        while self._segments and self._is_small(self._segments[-1], len(waiting)):
            last = self._segments.pop()
            alive = (last.keys[at] for at in np.flatnonzero(last.alive))
            waiting.update((key, self._records[key]) for key in alive)
        self._pack(waiting)
        self._fresh.clear()

    @staticmethod
    def _is_small(segment: Segment, waiting: int) -> bool:
        return len(segment.keys) < max(PACKED_TOGETHER, 2 * waiting)

    def _pack(self, records: Mapping[Key, Any]) -> None:
        segment = Segment(
            list(records), list(records.values()), self._judged, is_left=self._is_left
        )
        self._where.update((key, (segment, at)) for at, key in enumerate(segment.keys))
        self._segments.append(segment)
