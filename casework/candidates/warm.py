"""Both sides of the registry kept packed in the worker, as the engine was last shown them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from casework.candidates.apart import Keeping, kept_from
from casework.candidates.rules import LEAST_LOG10_LR
from casework.candidates.worlds import Entry, World
from matching.calibration import calibrated
from matching.model_file import Model, load_model
from matching.prior import Prior, odds_of, posteriors
from matching.records import Names
from matching.search import Registry, registry_of
from matching.search.warm import Nearest, WarmSide

Ids = Collection[int]
Key = tuple[str, int]


class Pair(NamedTuple):
    """Two records by the numbers of their rows, and what they weigh kind by kind."""

    missing_person_id: int
    remains_id: int
    log10_lr: float
    weights: tuple[float, ...]


class Side:
    """One packed side, by the numbers of the rows behind its records."""

    def __init__(
        self, entries: Sequence[Entry], judged: tuple[Model, Registry], *, is_left: bool
    ) -> None:
        self._is_left = is_left
        self._keys: dict[int, Key] = {}
        self._keeping: dict[int, Keeping] = {}
        self._kept_alike: dict[Keeping, set[Key]] = {}
        for entry in entries:
            self._note(entry)
        records = {self._keys[number]: record for number, record, _ in entries}
        self._packed = WarmSide(records, *judged, is_left=is_left)

    def __contains__(self, number: int) -> bool:
        return number in self._keys

    def record_of(self, number: int) -> Any:
        """Give the record behind a row."""
        return self._packed[self._keys[number]]

    def keeping_of(self, number: int) -> Keeping:
        """Say how the record behind a row is kept."""
        return self._keeping[number]

    def take_in(self, changed: Ids, entries: Sequence[Entry]) -> None:
        """Forget the records of some rows, and keep those that are still there as they are."""
        for number in changed:
            if number in self._keys:
                key = self._keys.pop(number)
                self._kept_alike[self._keeping.pop(number)].discard(key)
                self._packed.drop(key)
        for entry in entries:
            self._packed.put(self._note(entry), entry[1])

    def found_for(self, number: int, other: "Side", top: int | None) -> "Found":
        """Find the pairs of one record of the other side, the best first.

        Those that it must not be compared with are as if they were not there.
        """
        nearest = self._packed.nearest(
            other.record_of(number),
            top=top,
            min_log10_lr=LEAST_LOG10_LR,
            without=kept_from(other.keeping_of(number), self._kept_alike),
        )
        kept = tuple(row for _, row in nearest.keys)
        return Found(number, kept, nearest, self._is_left)

    def _note(self, entry: Entry) -> Key:
        number, record, keeping = entry
        key = self._keys[number] = _key(record, number)
        self._keeping[number] = keeping
        self._kept_alike.setdefault(keeping, set()).add(key)
        return key


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of one record, the best first; `others` are the rows on the other side."""

    number: int
    others: tuple[int, ...]
    nearest: Nearest
    others_are_people: bool

    def pairs(self, chosen: Sequence[int] | None = None) -> list[Pair]:
        """Give all of them, or those at some places."""
        places = np.arange(len(self.others)) if chosen is None else np.array(chosen, dtype=int)
        weights = np.column_stack([of[places] for of in self.nearest.weights.values()])
        totals = self.nearest.log10_lr[places]
        return [
            Pair(*self._two(self.others[at]), total, tuple(row))
            for at, total, row in zip(
                places.tolist(), totals.tolist(), weights.tolist(), strict=True
            )
        ]

    def _two(self, other: int) -> tuple[int, int]:
        return (other, self.number) if self.others_are_people else (self.number, other)


def _key(record: Any, number: int) -> Key:
    """Order records as whoever reads all of them does: equal weights rank by it."""
    return record.record_id, number


@dataclass(frozen=True, slots=True)
class Standing:
    """One world, packed, and by what it is judged until the next whole run."""

    missing: Side
    remains: Side
    model: Model
    prior: Prior
    counts: tuple[int, int]
    has_papers: bool
    # By whose list, "people" or "remains": what its last place weighs, if it is full. Only
    # this worker fills lists; whoever loses a place by a closing is weighed again.
    last_places: Mapping[str, dict[int, float]]

    @classmethod
    def of(
        cls,
        world: World,
        prior: float | None,
        last_places: Mapping[str, dict[int, float]],
        model: Model | None = None,
    ) -> "Standing | None":
        """Pack a world; one without a pair has nothing that could be judged by.

        `prior` is that of the last whole run, where it listed anything, and so is `model`;
        how common things are is counted now.
        """
        if not world.pairs:
            return None
        model = model or load_model(None)
        registry = registry_of(world.missing, world.remains, model)
        judged, counts = (model, registry), (len(world.missing), len(world.remains))
        return cls(
            Side(world.people, judged, is_left=True),
            Side(world.found, judged, is_left=False),
            model,
            registry.prior if prior is None else _stated(prior, counts),
            counts,
            any(map(lies_beside_papers, world.remains)),
            last_places,
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of evidence, in the order of a pair's weights."""
        return tuple(kind.value for kind in self.model.kinds)

    def take_in(self, people: Ids, remains: Ids, world: World) -> None:
        """Let go of what changed, and keep it as it is now."""
        self.missing.take_in(people, world.people)
        self.remains.take_in(remains, world.found)

    def found_for_person(self, number: int, top: int | None = None) -> Found:
        """Find the pairs of a missing person worth proposing, or the best of them."""
        return self.remains.found_for(number, self.missing, top)

    def found_for_remains(self, number: int, top: int | None = None) -> Found:
        """Find the pairs of remains worth proposing, or the best of them."""
        return self.missing.found_for(number, self.remains, top)

    def believed(
        self, people: NDArray[np.int64], remains: NDArray[np.int64], log10_lr: NDArray[Any]
    ) -> NDArray[np.float64]:
        """Give the posteriors of pairs, as a whole run does."""
        left = np.unique(people, return_inverse=True)[1]
        right = np.unique(remains, return_inverse=True)[1]
        worth = calibrated(log10_lr, self.model.calibration)
        return posteriors(worth, left, right, odds_of(self.prior, self.counts))

    def note_last(self, whose: str, ids: Ids, last: Mapping[int, float]) -> None:
        """Note what the last place weighs in those of some lists that are full now."""
        known = self.last_places[whose]
        for number in ids:
            known.pop(number, None)
        known.update(last)


@dataclass(frozen=True, slots=True)
class Unpaired:
    """Who may be searched in a world that had no pair when all were opened."""

    people: set[int]
    remains: set[int]

    @classmethod
    def of(cls, world: World) -> "Unpaired":
        """Note who is there, by the numbers of their rows."""
        return cls(set(world.missing_ids), set(world.remains_ids))

    def take_in(self, people: Ids, remains: Ids, world: World) -> None:
        """Let go of what changed, and note who is there now."""
        self.people.difference_update(people)
        self.people.update(world.missing_ids)
        self.remains.difference_update(remains)
        self.remains.update(world.remains_ids)

    @property
    def has_pairs(self) -> bool:
        """Say whether there is now something to judge by: a whole run is due."""
        return bool(self.people and self.remains)


def lies_beside_papers(remains: Any) -> bool:
    """Say whether names or numbers were found with remains: only then names are opened."""
    return remains.names != Names() or bool(remains.id_numbers.items or remains.phones.items)


def _stated(prior: float, counts: tuple[int, int]) -> Prior:
    """Take the prior of a whole run as it was put down with its pairings."""
    return Prior(prior, prior * counts[0] * counts[1], "stated")
