"""The kind of evidence `Kind.TIME` as the search sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evidence.numbers import LARGEST
from matching.evidence.survival import SurvivalParameters
from matching.evidence.time import (
    Interval,
    TimeParameters,
    curve_days,
    found_per_day,
    found_year,
    interval_of,
)
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
from matching.packing.days.kernels import FIRST, LEVELS, fill_days, weigh_days
from matching.packing.logs import mixed_steps
from matching.packing.steps import IMPOSSIBLE, STEPS, Steps
from matching.packing.tables import interval_curve
from matching.packing.valued import coded
from matching.records import DateRange

UNDATED = (1, 0)
"""A range that is none; a record without a date."""
LONGEST_BUCKET = 512
ROUND_DAYS = 4096
"""Curves end at a multiple of this, so that few lengths are met."""
ALWAYS = 2**30
BYTES_A_DAY = 8 + 2 * (LEVELS + 1)
"""Of a curve: the chance itself, and its peaks."""
FEW_CURVES = 32
"""So many are kept for later searches, 0.2 to 0.7 MB each; of more, none is kept twice."""


@dataclass(frozen=True, slots=True)
class Told:
    """Days of last contact, sorted into classes of a few days."""

    days: Integers
    classes: Integers
    spans: Integers


@dataclass(frozen=True, slots=True)
class Seen:
    """Days of recovery, the interval since death, and how usual that year's recoveries are."""

    days: Integers
    intervals: list[Interval]
    interval: Integers
    per_day: Floats


class Days:
    """How the dates are read and laid together."""

    kind = Kind.TIME

    def tell(self, left: Sequence[Any], judged: Judged) -> Told:
        del judged
        days = _days([one.last_contact for one in left])
        classes, spans = _spans(days, classes_for(len(left)))
        return Told(days, classes, spans)

    def see(self, right: Sequence[Any], judged: Judged) -> Seen:
        days = _days([one.found for one in right])
        intervals = coded(
            [
                None if one.found is None else interval_of(one, judged.model.time)
                for one in right
            ]
        )
        return Seen(days, intervals.values, intervals.codes, _per_day(right, judged))

    def compare(self, told: Told, seen: Seen, judged: Judged) -> "DaysCompared":
        last = _last_day(told.days, seen.days)
        curves, peaks = _curves(tuple(seen.intervals), last, judged.model.survival)
        usual = np.floor(np.log10(np.nan_to_num(seen.per_day, nan=1.0)) * STEPS)
        unrelated = judged.model.time.unrelated
        return DaysCompared(
            kind=Kind.TIME,
            rows=told.classes[:, None],
            most=np.full(len(told.spans), int(LARGEST * STEPS), dtype=np.int16),
            told=told,
            seen=seen,
            curves=curves,
            peaks=peaks,
            usual=usual.astype(np.int32),
            mixed=_mixed(unrelated),
            log_steps=mixed_steps(unrelated),
            unrelated=unrelated,
            slip_days=judged.model.time.slip_days,
        )


@dataclass(frozen=True, slots=True)
class DaysCompared:
    """Dates of both sides, with the curves of the chance of recovery by day."""

    kind: Kind
    rows: Integers
    most: Steps
    told: Told
    seen: Seen
    curves: Floats
    peaks: Steps
    usual: Integers
    mixed: Steps
    log_steps: Steps
    unrelated: float
    slip_days: int
    least: int = IMPOSSIBLE
    keys: Keys | None = None
    shared: bool = False

    @property
    def possible(self) -> Possible:
        """Whoever was last heard of after every possible day of a recovery was not found then.

        The one place that says so to the search, beside the weight itself.
        """
        earliest = self.told.days[:, 0] - self.slip_days
        opens = np.where(self.told.classes == NOTHING, -ALWAYS, earliest)
        closes = np.where(self.seen.interval == NOTHING, ALWAYS, self.seen.days[:, 1])
        return Possible(opens.astype(np.int32), closes.astype(np.int32))

    def fill(self, classes: Integers, right: Integers, table: Steps, at: int) -> None:
        fill_days(
            classes, right, table, at, self.told.spans, self.seen.days, self.seen.interval,
            self.seen.per_day, self.usual, self.curves, self.peaks, self.mixed,
            self.log_steps, self.slip_days,
        )  # fmt: skip

    def weigh(self, left: Integers, right: Integers) -> Floats:
        weights: Floats = weigh_days(
            left, right, self.told.days, self.seen.days, self.seen.interval, self.seen.per_day,
            self.curves, self.unrelated, self.slip_days,
        )  # fmt: skip
        return weights


def _days(ranges: Sequence[DateRange | None]) -> Integers:
    """Earliest and latest day of each, as ordinals; reversed where there is none."""
    return np.array(
        [
            UNDATED if days is None else (days.earliest.toordinal(), days.latest.toordinal())
            for days in ranges
        ],
        dtype=np.int32,
    ).reshape(-1, 2)


def _spans(days: Integers, most: int) -> tuple[Integers, Integers]:
    """Gather days of last contact: neighbours, and ranges about as wide, are of one class."""
    dated = np.flatnonzero(days[:, 0] <= days[:, 1])
    classes = np.full(len(days), NOTHING, dtype=np.int32)
    if not len(dated):
        return classes, np.zeros((0, 5), dtype=np.int32)
    earliest, latest = days[dated].astype(np.int64).T
    octave = np.frexp((latest - earliest).astype(np.float64))[1]
    bucket = 1
    keys, numbers = np.unique(earliest * 64 + octave, return_inverse=True)
    while len(keys) > most and bucket < LONGEST_BUCKET:
        bucket *= 2
        keys, numbers = np.unique(earliest // bucket * 64 + octave, return_inverse=True)
    classes[dated] = numbers
    spans = np.empty((len(keys), 5), dtype=np.int32)
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(len(keys)))
    for column, (values, extreme) in enumerate(
        (
            (earliest, np.minimum),
            (earliest, np.maximum),
            (latest, np.minimum),
            (latest, np.maximum),
            (latest - earliest, np.minimum),
        )
    ):
        spans[:, column] = extreme.reduceat(values[order], starts)
    return classes, spans


def _per_day(right: Sequence[Any], judged: Judged) -> Floats:
    """Chance that remains are recovered on a day of that year, computed once a year."""
    by_year: dict[int, float] = {}
    chances = np.full(len(right), np.nan)
    for at, one in enumerate(right):
        if one.found is not None:
            year = found_year(one.found)
            if year not in by_year:
                by_year[year] = found_per_day(one.found, judged.model.time, judged.rarity)
            chances[at] = by_year[year]
    return chances


def _last_day(told: Integers, seen: Integers) -> int:
    """Give at least one day more than the longest gap any pair has, as a round number."""
    contacts, finds = told[told[:, 0] <= told[:, 1]], seen[seen[:, 0] <= seen[:, 1]]
    if not len(contacts) or not len(finds):
        return 1
    return curve_end(int(contacts[:, 0].min()), int(finds[:, 1].max()))


def curve_end(contact: int, found: int) -> int:
    """Give at least one day more than from a day of contact to one of recovery, rounded up."""
    gap = max(found - contact, 0) + 1
    return min(-(-gap // ROUND_DAYS) * ROUND_DAYS, curve_days()[-1])


def curves_take(left: Sequence[Any], right: Sequence[Any], time: TimeParameters) -> int:
    """Reckon how many bytes `_curves` will give of these records, without making it."""
    intervals = {interval_of(one, time) for one in right if one.found is not None}
    told = _days([one.last_contact for one in left])
    last = _last_day(told, _days([one.found for one in right]))
    return max(len(intervals), 1) * (last + 1) * BYTES_A_DAY


@lru_cache(maxsize=1)
def _curves(
    intervals: tuple[Interval, ...], last: int, survival: SurvivalParameters
) -> tuple[Floats, Steps]:
    """Give what `_curve` says of each interval; kept once, for the blocks of one search."""
    curves = np.zeros((max(len(intervals), 1), last + 1))
    peaks = np.zeros((len(curves), LEVELS + 1, last + 1), dtype=np.int16)
    curve = _curve if len(intervals) <= FEW_CURVES else _curve.__wrapped__
    for at, interval in enumerate(intervals):
        curves[at], peaks[at] = curve(interval, last, survival)
    return curves, peaks


@lru_cache(maxsize=FEW_CURVES)
def _curve(interval: Interval, last: int, survival: SurvivalParameters) -> tuple[Floats, Steps]:
    """Chance of recovery by each day; highest chance per day of so many days from each on."""
    curve = interval_curve(interval, last, survival)
    per_day = np.append(np.diff(curve), 0.0)
    with np.errstate(divide="ignore"):
        steps = np.ceil(np.maximum(np.log10(per_day) * STEPS + 1e-6, FIRST))
    peaks = np.empty((LEVELS + 1, last + 1), dtype=np.int16)
    peaks[0] = steps
    for level in range(1, LEVELS):
        reach = 1 << (level - 1)
        peaks[level] = peaks[level - 1]
        later = peaks[level - 1, reach:]
        peaks[level, : len(later)] = np.maximum(peaks[level - 1, : len(later)], later)
    peaks[LEVELS] = np.maximum.accumulate(peaks[0, ::-1])[::-1]
    return curve, peaks


@lru_cache(maxsize=16)
def _mixed(unrelated: float) -> NDArray[np.int16]:
    """Give the steps of a weight by the steps of its ratio."""
    ratio = 10 ** (np.arange(FIRST, -FIRST + 1) / STEPS)
    weights = np.minimum(np.log10(unrelated + (1 - unrelated) * ratio), LARGEST)
    steps: NDArray[np.int16] = np.ceil(weights * STEPS + 1e-6).astype(np.int16)
    return steps
