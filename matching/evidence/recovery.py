"""Weight of two days of recovery: one death in two registers, or one person found in parts."""

from dataclasses import dataclass
from math import exp

from matching.evidence.numbers import OpenShare, Positive, log10_capped, mixed
from matching.evidence.rarity import Rarity
from matching.evidence.time import Gap, TimeParameters, days_between, found_per_day
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

NEAR_DAYS = 40
"""Two registers of one border date a death up to so far apart; it only words a reason."""


@dataclass(frozen=True, slots=True)
class DayScale:
    """A share of pairs whose two days lie about so far apart, either way."""

    days: Positive
    share: OpenShare


@dataclass(frozen=True, slots=True)
class RecoveryParameters:
    """How far apart two records of one recovery, or of two parts, are dated."""

    unrelated: OpenShare
    scales: tuple[DayScale, ...]


def weigh_recovery(
    told: MissingRecord,
    seen: RemainsRecord,
    parameters: RecoveryParameters,
    *,
    time: TimeParameters,
    rarity: Rarity,
) -> Weight | None:
    """Weigh the days between the recoveries of two records of remains.

    Parameters
    ----------
    told : MissingRecord
        Remains read as told (`matching.pairings.as_told`): `found`, a range of days. Nobody
        else has one.
    seen : RemainsRecord
        `found`, a range of days.
    parameters : RecoveryParameters
        Table ``recovery`` of the model file.
    time : TimeParameters
        Table ``time``: how even the recoveries of a registry are taken to be.
    rarity : Rarity
        Years in which the remains of the right table were recovered.

    Returns
    -------
    Weight or None
        ``log10 [P(days between, per day | one person) / P(recovered that day)]``, never
        below ``log10(unrelated)``. None without both dates.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/recovery.md``.
    """
    if told.found is None or seen.found is None:
        return None
    gap = days_between(told.found, seen.found)
    per_day = apart_per_day(gap, parameters)
    by_chance = found_per_day(seen.found, time, rarity)
    ratio = mixed(parameters.unrelated, per_day / by_chance)
    nearest, farthest = days_apart(gap)
    facts = (("shortest_days", float(nearest)), ("longest_days", float(farthest)))
    return Weight(Kind.RECOVERY, log10_capped(ratio), _reason(nearest, farthest), facts)


def apart_per_day(gap: Gap, parameters: RecoveryParameters) -> float:
    """Mean probability, per day, of the differences the two ranges of days allow.

    Differences either way are as probable: two-sided exponentials, mixed by their shares
    and summed over whole days.
    """
    inside = chance_below(gap.longest + 0.5, parameters)
    inside -= chance_below(gap.shortest - 0.5, parameters)
    return inside / (gap.longest - gap.shortest + 1)


def chance_below(days: float, parameters: RecoveryParameters) -> float:
    """Probability that the right day is at most so many days after the left one."""
    total = sum(scale.share for scale in parameters.scales)
    beyond = sum(
        scale.share / total / 2 * exp(-abs(days) / scale.days) for scale in parameters.scales
    )
    return beyond if days < 0 else 1 - beyond


def days_apart(gap: Gap) -> tuple[int, int]:
    """Fewest and most days between the two, whichever came first."""
    ends = abs(gap.shortest), abs(gap.longest)
    return (0 if gap.shortest <= 0 <= gap.longest else min(ends)), max(ends)


def _reason(nearest: int, farthest: int) -> Reason:
    if farthest == 0:
        return Reason.RECOVERY_SAME
    return Reason.RECOVERY_NEAR if nearest <= NEAR_DAYS else Reason.RECOVERY_FAR
