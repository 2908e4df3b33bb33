"""Weight of the dates: last contact, death and recovery."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import erf, exp, inf, log, sqrt

from matching.evidence.numbers import OpenShare, Positive, log10_capped, mixed
from matching.evidence.rarity import Rarity
from matching.evidence.stature import MIDDLE_90
from matching.evidence.survival import SurvivalParameters, spans_alive
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import DateRange, MissingRecord, Place, RemainsRecord

LONGEST_DAYS = 60_000
"""Longer gaps, over 160 years, weigh like this one."""
WIDEST_KM = 100.0
"""Radius beyond which a place says nothing of its climate; our choice."""
STEP = 0.1
"""Stated intervals are rounded to this step of the natural logarithm, so that few differ."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from death to recovery: median, and standard deviation of the natural log."""

    median_days: Positive
    log_sd: Positive


@dataclass(frozen=True, slots=True)
class StatedInterval:
    """How precise an interval stated by an examiner can be."""

    min_log_sd: Positive


@dataclass(frozen=True, slots=True)
class Area:
    """A box of degrees, both ends included; none reaches over the date line."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, place: Place) -> bool:
        within = self.south <= place.lat <= self.north
        return within and self.west <= place.lon <= self.east


@dataclass(frozen=True, slots=True)
class Climate:
    """Where a climate is, and intervals by condition there instead of the usual ones."""

    areas: tuple[Area, ...]
    interval: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class TimeParameters:
    """Intervals by condition of the remains and climate, and the years the registry spans.

    `slip_days`: how many days *before* the last contact a recovery may be dated by an error
    beyond the stated precision; 0 leaves no room for one.
    """

    unrelated: OpenShare
    window_years: Positive
    window_records: Positive
    smoothing_years: int
    stated: StatedInterval
    interval: Mapping[str, Interval]
    slip_days: int = 0
    climate: Mapping[str, Climate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """Fewest and most days that can lie between last contact and recovery."""

    shortest: int
    longest: int


def weigh_time(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: TimeParameters,
    *,
    survival: SurvivalParameters,
    rarity: Rarity,
) -> Weight | None:
    """Weigh the days from last contact to recovery.

    Parameters
    ----------
    missing : MissingRecord
        `last_contact`, a range of days.
    remains : RemainsRecord
        `found`, a range of days; `death_days` if stated, else `condition`. One witness, not
        two: in some registers the interval is only a relabelled condition.
    parameters, survival : TimeParameters, SurvivalParameters
        Tables ``time`` and ``survival`` of the model file.
    rarity : Rarity
        Years in which the remains of this registry were recovered.

    Returns
    -------
    Weight or None
        ``log10 [P(gap per day | time alive + time since death) / P(recovered that day)]``.
        ``-inf`` only if every possible day of recovery precedes every possible day of last
        contact by more than `slip_days`; nearer, one of the dates must be wrong, and the
        weight is ``log10(unrelated)``. A gap possible only within the imprecision of the
        dates stays finite. None without both dates.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/time.md``.
    """
    if missing.last_contact is None or remains.found is None:
        return None
    gap = days_between(missing.last_contact, remains.found)
    facts = (("shortest_days", float(gap.shortest)), ("longest_days", float(gap.longest)))
    if gap.longest < -parameters.slip_days:
        return Weight(Kind.TIME, -inf, Reason.TIME_IMPOSSIBLE, facts)
    interval = interval_of(remains, parameters)
    per_day = chance_per_day(gap, interval, survival)
    ratio = mixed(
        parameters.unrelated, per_day / found_per_day(remains.found, parameters, rarity)
    )
    return Weight(Kind.TIME, log10_capped(ratio), _reason(gap, ratio), facts)


def days_between(last_contact: DateRange, found: DateRange) -> Gap:
    """Fewest and most days between last contact and recovery."""
    return Gap(
        (found.earliest - last_contact.latest).days,
        (found.latest - last_contact.earliest).days,
    )


def interval_of(remains: RemainsRecord, parameters: TimeParameters) -> Interval:
    """Interval since death: as stated by the examiner, else usual for the condition there."""
    if remains.death_days is None:
        code = "unknown" if remains.condition is None else remains.condition.value
        climate = climate_of(remains.place, parameters)
        here = None if climate is None else parameters.climate[climate].interval.get(code)
        return parameters.interval[code] if here is None else here
    low, high = max(remains.death_days.low, 0) + 0.5, max(remains.death_days.high, 0) + 0.5
    spread = max((log(high) - log(low)) / MIDDLE_90, parameters.stated.min_log_sd)
    return Interval(
        exp(round((log(low) + log(high)) / 2 / STEP) * STEP), round(spread / STEP) * STEP
    )


def climate_of(place: Place | None, parameters: TimeParameters) -> str | None:
    """Name of the first climate whose areas hold a place; None where none does.

    A place known only to within half a region has no climate.
    """
    if place is None or (place.radius_km or 0.0) > WIDEST_KM:
        return None
    for name, climate in parameters.climate.items():
        if any(area.holds(place) for area in climate.areas):
            return name
    return None


def chance_per_day(gap: Gap, interval: Interval, survival: SurvivalParameters) -> float:
    """Mean probability per day of the gap, over all the days it may be.

    ``[F(longest + 1) - F(shortest)] / (longest - shortest + 1)``: dates known only to the
    month spread one person's chance over the whole month. F is `chance_within`.
    """
    inside = chance_within(gap.longest + 1, interval, survival) - chance_within(
        gap.shortest, interval, survival
    )
    # Far beyond the last chance both are 1, but for rounding.
    return max(inside, 0.0) / (gap.longest - gap.shortest + 1)


@lru_cache
def curve_days() -> tuple[int, ...]:
    """Days at which `chance_within` is computed: each of the first 512, then 2 % apart."""
    days = list(range(513))
    while days[-1] < LONGEST_DAYS:
        days.append(round(days[-1] * 1.02))
    return tuple(days)


def chance_within(days: int, interval: Interval, survival: SurvivalParameters) -> float:
    """Probability that recovery comes within `days` of the last contact.

    Computed at `curve_days` and drawn straight between them; beyond the last the chance
    stays what it was there.
    """
    grid = curve_days()
    if days <= 0 or days >= grid[-1]:
        return chance_by(min(max(days, 0), grid[-1]), interval, survival)
    after = bisect_right(grid, days)
    before_day, after_day = grid[after - 1], grid[after]
    before = chance_by(before_day, interval, survival)
    rise = chance_by(after_day, interval, survival) - before
    return before + rise * (days - before_day) / (after_day - before_day)


@lru_cache(maxsize=65536)
def chance_by(days: int, interval: Interval, survival: SurvivalParameters) -> float:
    """Probability of recovery by this day exactly, without the grid.

    Time alive plus time from death to recovery: the log-normal distribution of the latter,
    its mean over each of the spans alive, averaged. With A its integral from 0, the mean over
    a span from a to b is ``[A(days - a) - A(days - b)] / (b - a)``.
    """
    return sum(
        share
        * (_log_normal_area(days - low, interval) - _log_normal_area(days - high, interval))
        / (high - low)
        for share, low, high in spans_alive(survival)
    )


def _log_normal_area(days: float, interval: Interval) -> float:
    """``∫ P(T ≤ t) dt`` from 0: ``days × P(T ≤ days) - E[T; T ≤ days]``."""
    if days <= 0:
        return 0.0
    sd = interval.log_sd
    z = (log(days) - log(interval.median_days)) / sd
    mean = interval.median_days * exp(sd * sd / 2)
    return days * (1 + erf(z / sqrt(2))) / 2 - mean * (1 + erf((z - sd) / sqrt(2))) / 2


def found_per_day(found: DateRange, parameters: TimeParameters, rarity: Rarity) -> float:
    """Probability, per day, that remains of this registry are recovered around that day.

    Counts of the registry in the years around, with a flat spread over the window worth
    `window_records` records mixed in.
    """
    around, years = rarity.found_around(found_year(found), parameters.smoothing_years)
    flat = parameters.window_records / parameters.window_years
    per_year = (around / years + flat) / (rarity.dated_remains + parameters.window_records)
    return per_year / 365.25


def found_year(found: DateRange) -> int:
    """Calendar year in the middle of a range of days."""
    middle = (found.earliest.toordinal() + found.latest.toordinal()) // 2
    return date.fromordinal(middle).year


def _reason(gap: Gap, ratio: float) -> Reason:
    """Call usual what is likelier for the same person: words and number never disagree."""
    if gap.longest < 0:
        return Reason.TIME_BEFORE_CONTACT
    if gap.shortest < 0:
        return Reason.TIME_WITHIN_IMPRECISION
    return Reason.TIME_FITS if ratio >= 1 else Reason.TIME_UNUSUAL
