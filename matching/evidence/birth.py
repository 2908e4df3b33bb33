"""Weight of the day and month of birth, where both records hold a whole date.

The year is left to the age, so that nothing is counted twice.
"""

from dataclasses import dataclass

from matching.evidence.numbers import OpenShare, Positive, log10_capped
from matching.evidence.rarity import BirthRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import DateRange, MissingRecord, RemainsRecord

DayOfYear = tuple[int, int]
"""Month and day."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class BirthParameters:
    """How often day and month are given the same twice, and how often swapped."""

    same: OpenShare
    swapped: OpenShare
    records: Positive


def weigh_birth(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: BirthParameters,
    rarity: BirthRarity,
) -> Weight | None:
    """Weigh the day and month of birth told against those given.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `birth`, compared where it is one day. Of remains none is ever known; somebody alive
        and a second report are read as seen with theirs (`matching.pairings.as_seen`).
    parameters : BirthParameters
        Table ``birth`` of the model file.
    rarity : BirthRarity
        Days of birth told in the registry: the first of January is common.

    Returns
    -------
    Weight or None
        ``log10 [P(day given | day told) / P(day given)]``, never below
        ``log10(1 - same - swapped)``. None without two whole dates.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/birth.md``.
    """
    told, seen = day_of_birth(missing.birth), day_of_birth(remains.birth)
    if told is None or seen is None:
        return None
    return weigh_days(told, seen, parameters, rarity)


def day_of_birth(birth: DateRange | None) -> DayOfYear | None:
    """Month and day; None unless the date is one day."""
    if birth is None or birth.earliest != birth.latest:
        return None
    return birth.earliest.month, birth.earliest.day


def weigh_days(
    told: DayOfYear, seen: DayOfYear, parameters: BirthParameters, rarity: BirthRarity
) -> Weight:
    """Weigh two days of the year; see `weigh_birth`."""
    by_chance = rarity.share(seen, parameters.records)
    swappable = told[1] <= MONTHS and told[0] != told[1]
    swapped = parameters.swapped if swappable else 0.0
    person = (1 - parameters.same - swapped) * by_chance
    person += parameters.same * (seen == told)
    person += swapped * (seen == told[::-1])
    return Weight(Kind.BIRTH, log10_capped(person / by_chance), _reason(told, seen))


def _reason(told: DayOfYear, seen: DayOfYear) -> Reason:
    if told == seen:
        return Reason.BIRTH_SAME
    return Reason.BIRTH_SWAPPED if seen == told[::-1] else Reason.BIRTH_DIFFERS
