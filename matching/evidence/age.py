"""Weight of the age of a missing person against the age estimated of remains."""

from dataclasses import dataclass
from functools import lru_cache
from math import erf, floor, sqrt

from matching.evidence.numbers import NotNegative, OpenShare, Positive, log10_capped, mixed
from matching.evidence.survival import SurvivalParameters, days_alive
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, Range, RemainsRecord

OLDEST = 120
DAYS_A_YEAR = 365.25
SOFT_YEARS = 5.0

Ages = tuple[float, ...]
"""Probability of each whole year of age, 0 to `OLDEST`."""


@dataclass(frozen=True, slots=True)
class EstimateSoftness:
    """How soft the ends of a stated range are, growing with age."""

    floor_years: Positive
    floor_share: NotNegative


@dataclass(frozen=True, slots=True)
class Heaping:
    """Rounded ages: how many, and how far rounding to ten or to five reaches, in years."""

    share: OpenShare
    by_ten_years: int
    by_five_years: int


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A share of the remains between two ages."""

    from_years: int
    to_years: int
    share: OpenShare


@dataclass(frozen=True, slots=True)
class AgePopulation:
    """Age at death among the remains of the registry."""

    bands: tuple[AgeBand, ...]


@dataclass(frozen=True, slots=True)
class AgeParameters:
    """Softness of estimates, rounding of reports, ages at death."""

    unrelated: OpenShare
    estimate: EstimateSoftness
    heaping: Heaping
    population: AgePopulation


@dataclass(frozen=True, slots=True)
class ReportedAge:
    """Whole years at last contact, and whether they come from a date of birth."""

    low: int
    high: int
    from_birth: bool


def weigh_age(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: AgeParameters,
    survival: SurvivalParameters,
) -> Weight | None:
    """Weigh the age at last contact against the range estimated of the remains.

    Parameters
    ----------
    missing : MissingRecord
        `birth` with `last_contact`, else `age`, in years.
    remains : RemainsRecord
        `age`, a range in years; both are rounded to half years.
    parameters : AgeParameters
        Table ``age`` of the model file.
    survival : SurvivalParameters
        Table ``survival``: time alive after the last contact.

    Returns
    -------
    Weight or None
        ``log10 [P(range | ages of this person) / P(range | ages among remains)]``, never
        below ``log10(unrelated)``: an age is never a hard filter. None without two ages.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/age.md``.
    """
    reported = reported_age(missing)
    if reported is None or remains.age is None:
        return None
    low, high = estimate_ends(remains.age)
    fits = softly_within(low, high, parameters.estimate)
    person = chance(ages_at_death(reported, parameters.heaping, survival), fits)
    anybody = chance(ages_among_remains(parameters.population), fits)
    weight = log10_capped(mixed(parameters.unrelated, person / anybody))
    facts = (
        ("missing_low", float(reported.low)),
        ("missing_high", float(reported.high)),
        ("remains_low", remains.age.low),
        ("remains_high", remains.age.high),
    )
    return Weight(Kind.AGE, weight, _reason(reported, remains.age), facts)


def reported_age(missing: MissingRecord) -> ReportedAge | None:
    """Whole years of age at last contact: from the birth date if there is one.

    Returns
    -------
    ReportedAge or None
        Ends between 0 and `OLDEST`. None without an age, or with a birth after the last
        contact and no age beside it.
    """
    if missing.birth is not None and missing.last_contact is not None:
        youngest = (missing.last_contact.earliest - missing.birth.latest).days
        oldest = (missing.last_contact.latest - missing.birth.earliest).days
        if oldest >= 0:
            return ReportedAge(
                _years(youngest / DAYS_A_YEAR), _years(oldest / DAYS_A_YEAR), from_birth=True
            )
    if missing.age is None:
        return None
    return ReportedAge(_years(missing.age.low), _years(missing.age.high), from_birth=False)


def _years(years: float) -> int:
    return min(max(floor(years), 0), OLDEST)


def estimate_ends(age: Range) -> tuple[float, float]:
    """Round the ends of an estimate to half years, so that equal ranges are met again."""
    return round(age.low * 2) / 2, round(age.high * 2) / 2


@lru_cache(maxsize=65536)
def ages_at_death(
    reported: ReportedAge, heaping: Heaping, survival: SurvivalParameters
) -> Ages:
    """Probability of each age at death of a person last heard of at `reported`.

    Returns
    -------
    tuple of float, length ``OLDEST + 1``
        Sums to one. Rounding spreads a round single age over its neighbours; time alive
        after the last contact moves it up.
    """
    at_contact = _heaped(reported, heaping)
    at_death = [0.0] * (OLDEST + 1)
    for added, share in _years_added(survival):
        for age, probability in at_contact.items():
            at_death[min(age + added, OLDEST)] += probability * share
    return tuple(at_death)


def _heaped(reported: ReportedAge, heaping: Heaping) -> dict[int, float]:
    low, high = reported.low, reported.high
    ages = dict.fromkeys(range(low, high + 1), 1 / (high - low + 1))
    if reported.from_birth or low != high or low == 0 or low % 5:
        return ages
    reach = heaping.by_ten_years if low % 10 == 0 else heaping.by_five_years
    ages = {low: 1 - heaping.share}
    around = [
        (age, reach + 1 - abs(age - low))
        for age in range(max(low - reach, 0), min(low + reach, OLDEST) + 1)
    ]
    total = sum(share for _, share in around)
    for age, share in around:
        ages[age] = ages.get(age, 0.0) + heaping.share * share / total
    return ages


@lru_cache
def _years_added(survival: SurvivalParameters) -> tuple[tuple[int, float], ...]:
    """Birthdays passed while alive: half a year on average is already behind the person."""
    added: dict[int, float] = {}
    for share, days in days_alive(survival):
        years = days / DAYS_A_YEAR
        whole, part = floor(years), years - floor(years)
        added[whole] = added.get(whole, 0.0) + share * (1 - part)
        added[whole + 1] = added.get(whole + 1, 0.0) + share * part
    return tuple(sorted(added.items()))


@lru_cache
def ages_among_remains(population: AgePopulation) -> Ages:
    """Probability of each age at death among the remains; sums to one."""
    ages = [0.0] * (OLDEST + 1)
    for band in population.bands:
        for age in range(band.from_years, band.to_years):
            ages[age] += band.share / (band.to_years - band.from_years)
    total = sum(ages)
    return tuple(age / total for age in ages)


@lru_cache(maxsize=65536)
def softly_within(low: float, high: float, softness: EstimateSoftness) -> Ages:
    """How well each age at death fits a stated range, in [0, 1].

    The range with its ends blurred: ``Φ((high + ½ - a) / s) - Φ((low - ½ - a) / s)``, where
    s grows with the age a. Summed over all ranges of one width it does not depend on a, so
    the mean likelihood ratio over non-matches is one.
    """
    fits = []
    for year in range(OLDEST + 1):
        age = year + 0.5
        soft = softness.floor_years + softness.floor_share * age
        fits.append(_normal((high + 0.5 - age) / soft) - _normal((low - 0.5 - age) / soft))
    return tuple(fits)


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def chance(ages: Ages, fits: Ages) -> float:
    """Probability of a range, given the probability of each age and how well each fits."""
    return sum(age * fit for age, fit in zip(ages, fits, strict=True))


def _reason(reported: ReportedAge, estimated: Range) -> Reason:
    apart = max(reported.low - estimated.high, estimated.low - reported.high - 1, 0.0)
    if apart <= 0:
        return Reason.AGE_WITHIN
    return Reason.AGE_NEAR if apart <= SOFT_YEARS else Reason.AGE_FAR
