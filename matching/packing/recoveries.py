"""The kind of evidence `Kind.RECOVERY` as the search sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from matching.evidence.numbers import LARGEST
from matching.evidence.recovery import RecoveryParameters
from matching.evidence.time import found_per_day, found_year
from matching.evidence.weight import Kind
from matching.packing.comparison import (
    NOTHING,
    Floats,
    Integers,
    Judged,
    Keys,
    Possible,
    classes_for,
)
from matching.packing.steps import STEPS, Steps
from matching.packing.valued import coded
from matching.records import DateRange

UNDATED = (0, 0)
FARTHEST = 20_000
"""Days, and widths of days, beyond which bounds do not tell apart."""


@dataclass(frozen=True, slots=True)
class Told:
    """First and last day told of each record, and the class of days as near and as wide."""

    days: Integers
    classes: Integers
    spans: Integers


@dataclass(frozen=True, slots=True)
class Seen:
    """First and last day of each recovery, and how usual that year's are; nan if undated."""

    days: Integers
    per_day: Floats


class Recoveries:
    """How the days of recovery are read and laid together."""

    kind = Kind.RECOVERY

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        del judged
        found = [one.found for one in left]
        days = _days(found)
        dated = np.array([each is not None for each in found], dtype=bool)
        return Told(days, *_classes(days, dated, classes_for(len(left))))

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        years = coded([None if one.found is None else found_year(one.found) for one in right])
        first = np.unique(years.codes, return_index=True)[1]
        by_year = {
            int(years.codes[at]): found_per_day(
                right[at].found, judged.model.time, judged.rarity
            )
            for at in first.tolist()
            if years.codes[at] != NOTHING
        }
        chances = [by_year.get(code, np.nan) for code in years.codes.tolist()]
        return Seen(_days([one.found for one in right]), np.array(chances, dtype=np.float64))

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "RecoveriesCompared":
        parameters: Any = judged.model.recovery
        most = np.full(len(told.spans), int(LARGEST * STEPS), dtype=np.int16)
        return RecoveriesCompared(
            self.kind, told.classes[:, None], most, told, seen, parameters
        )


@dataclass(frozen=True, slots=True)
class RecoveriesCompared:
    """Days of recovery of both sides."""

    kind: Kind
    rows: Integers
    most: Steps
    told: Told
    seen: Seen
    parameters: RecoveryParameters
    keys: Keys | None = None
    possible: Possible | None = None
    shared: bool = False

    @property
    def least(self) -> int:
        return int(np.floor(np.log10(self.parameters.unrelated) * STEPS))

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        """Bound a class by the likeliest of the differences that its days allow.

        Differences are likeliest near nought. So no mean over a range of them is above that
        of its nearest day, nor above that of a range as wide around nought.
        """
        spans = self.told.spans[classes][:, :, None]
        days = self.seen.days[right].T
        nearest = np.maximum(np.maximum(spans[:, 0] - days[1], days[0] - spans[:, 1]), 0)
        width = spans[:, 2] + days[1] - days[0]
        by_day, by_width = _at_most(self.parameters)
        at_best = np.minimum(
            by_day[np.minimum(nearest, FARTHEST)], by_width[np.minimum(width, FARTHEST)]
        )
        weights = np.ceil(self._weights(at_best, self.seen.per_day[right]) * STEPS + 1e-6)
        steps = np.where((right == NOTHING) | np.isnan(weights), 0, weights).astype(np.int16)
        lanes = table.shape[2]
        table[:, at : at + len(classes)] = steps.reshape(len(classes), -1, lanes).swapaxes(0, 1)

    def weigh(self, left: Integers, right: Integers) -> Floats:
        told, seen = self.told.days[left].T, self.seen.days[right].T
        means = _mean(seen[0] - told[1], seen[1] - told[0], self.parameters)
        weights = self._weights(means, self.seen.per_day[right])
        return np.where(self.told.classes[left] == NOTHING, np.nan, weights)

    def _weights(self, means: Floats, by_chance: Floats) -> Floats:
        unrelated = self.parameters.unrelated
        ratio = unrelated + (1 - unrelated) * (means / by_chance)
        weights: Floats = np.minimum(np.log10(ratio), LARGEST)
        return weights


@lru_cache(maxsize=8)
def _at_most(parameters: RecoveryParameters) -> tuple[Floats, Floats]:
    """Probability of a difference of so many days; highest mean over a range so wide.

    Both fall, so that what lies beyond the last is bounded by the last.
    """
    days = np.arange(FARTHEST + 1)
    return _mean(days, days, parameters), _mean(-days / 2, days / 2, parameters)


def _mean(shortest: Any, longest: Any, parameters: RecoveryParameters) -> Floats:
    """Mean probability of the differences, per day; as `apart_per_day` says."""
    inside = _below(longest + 0.5, parameters) - _below(shortest - 0.5, parameters)
    mean: Floats = inside / (longest - shortest + 1)
    return mean


def _below(days: Floats, parameters: RecoveryParameters) -> Floats:
    total = sum(scale.share for scale in parameters.scales)
    beyond = np.zeros_like(days)
    for scale in parameters.scales:
        beyond += scale.share / total / 2 * np.exp(-np.abs(days) / scale.days)
    return np.where(days < 0, beyond, 1 - beyond)


def _days(found: Sequence[DateRange | None]) -> Integers:
    """Earliest and latest day of each, as ordinals."""
    ends = [
        UNDATED if each is None else (each.earliest.toordinal(), each.latest.toordinal())
        for each in found
    ]
    return np.array(ends, dtype=np.int32).reshape(-1, 2)


def _classes(
    days: Integers, dated: np.ndarray[Any, np.dtype[np.bool_]], most: int
) -> tuple[Integers, Integers]:
    """Gather days near each other, in ranges about as wide, until the classes are few.

    A class spans from its first day to its last, and is as wide as its narrowest range.
    """
    classes = np.full(len(days), NOTHING, dtype=np.int32)
    earliest, latest = days[dated].T
    width = latest - earliest
    octave = np.frexp(width.astype(np.float64))[1].astype(np.int64)
    bucket = 1
    keys, numbers = np.unique(earliest * 64 + octave, return_inverse=True)
    while len(keys) > most:
        bucket *= 2
        keys, numbers = np.unique(earliest // bucket * 64 + octave, return_inverse=True)
    classes[dated] = numbers
    spans = np.zeros((len(keys), 3), dtype=np.int32)
    spans[:, 0] = spans[:, 2] = np.iinfo(np.int32).max
    np.minimum.at(spans[:, 0], numbers, earliest)
    np.maximum.at(spans[:, 1], numbers, latest)
    np.minimum.at(spans[:, 2], numbers, width)
    return classes, spans
