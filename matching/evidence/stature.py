"""Weight of the stature reported of a missing person against that found of remains."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, pi, sqrt

from matching.evidence.age import reported_age
from matching.evidence.numbers import NotNegative, OpenShare, Positive, log10_capped, mixed
from matching.evidence.sex import SexParameters, chance_female
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

MIDDLE_90 = 3.29
"""Width of the middle 90 % of a normal distribution, in standard deviations (2 × 1.645)."""


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Stature lost with age."""

    cm_per_year: NotNegative
    from_years: Positive


@dataclass(frozen=True, slots=True)
class StatureSpread:
    """Mean and standard deviation of a population, in cm."""

    mean_cm: Positive
    sd_cm: Positive


@dataclass(frozen=True, slots=True)
class OtherStatures:
    """The share of statures that are no adult's, or noted wrongly, and how wide they lie."""

    share: OpenShare
    mean_cm: Positive
    sd_cm: Positive


@dataclass(frozen=True, slots=True)
class StaturePopulation:
    """Statures among the remains: adults by sex, and all others."""

    female: StatureSpread
    male: StatureSpread
    other: OtherStatures


@dataclass(frozen=True, slots=True)
class ReportError:
    """How far a report lies above the measured stature, and its spread, in cm."""

    bias_cm: float
    sd_cm: Positive


@dataclass(frozen=True, slots=True)
class EstimateError:
    """Standard error of an estimate, in cm."""

    sd_cm: Positive


@dataclass(frozen=True, slots=True)
class StatureParameters:
    """Errors of reports and of estimates, and the population they are judged against."""

    unrelated: OpenShare
    adult_from_years: Positive
    shrinkage: Shrinkage
    population: StaturePopulation
    report: Mapping[str, ReportError]
    estimate: Mapping[str, EstimateError]


@dataclass(frozen=True, slots=True)
class Expected:
    """A stature as a normal distribution, in cm."""

    mean_cm: float
    sd_cm: float


def weigh_stature(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: StatureParameters,
    sex: SexParameters,
) -> Weight | None:
    """Weigh the reported stature against the one measured or estimated.

    Parameters
    ----------
    missing : MissingRecord
        `stature_cm` with its basis; `age` or `birth` for stature lost with age.
    remains : RemainsRecord
        `stature_cm` with its basis; `sex` decides which population it is judged against.
    parameters, sex : StatureParameters, SexParameters
        Tables ``stature`` and ``sex`` of the model file.

    Returns
    -------
    Weight or None
        ``log10 [N(found; expected) / population density at found]``, never below
        ``log10(unrelated)``. None without two statures, or for people still growing.

    Notes
    -----
    The population is that of the *estimated* sex of the remains, so the weight of sex is
    not counted twice. Method, sources and limits: ``docs/methods/stature.md``.
    """
    expected = expected_stature(missing, parameters)
    found = found_stature(remains, parameters)
    if expected is None or found is None:
        return None
    person = density(found.mean_cm, expected.mean_cm, expected.sd_cm**2 + found.sd_cm**2)
    female = chance_female(remains.sex, remains.sex_method, sex)
    ratio = person / population_density(found, female, parameters.population)
    facts = (
        ("expected_cm", expected.mean_cm),
        ("found_cm", found.mean_cm),
        ("basis_missing", missing.stature_basis.value),
        ("basis_remains", remains.stature_basis.value),
    )
    far = abs(found.mean_cm - expected.mean_cm) > 2 * sqrt(expected.sd_cm**2 + found.sd_cm**2)
    reason = Reason.STATURE_FAR if far else Reason.STATURE_NEAR
    return Weight(Kind.STATURE, log10_capped(mixed(parameters.unrelated, ratio)), reason, facts)


def expected_stature(missing: MissingRecord, parameters: StatureParameters) -> Expected | None:
    """Stature expected of the person: the report less its bias and less what age takes.

    Returns
    -------
    Expected or None
        In cm, from the middle of the report rounded to half cm. None without a report or
        below `adult_from_years`.
    """
    if missing.stature_cm is None:
        return None
    age = reported_age(missing)
    years = (age.low + age.high) / 2 if age is not None else parameters.adult_from_years
    if years < parameters.adult_from_years:
        return None
    error = parameters.report[missing.stature_basis.value]
    lost = parameters.shrinkage.cm_per_year * max(years - parameters.shrinkage.from_years, 0)
    middle = round(missing.stature_cm.middle * 2) / 2
    width = round(missing.stature_cm.width)
    return Expected(middle - error.bias_cm - lost, sqrt(error.sd_cm**2 + width**2 / 12))


def found_stature(remains: RemainsRecord, parameters: StatureParameters) -> Expected | None:
    """Stature found of remains: middle of the range, rounded to half cm, and its error.

    Returns
    -------
    Expected or None
        A range wider than the method's error is taken as its middle 90 %.
    """
    if remains.stature_cm is None:
        return None
    error = parameters.estimate[remains.stature_basis.value].sd_cm
    width = round(remains.stature_cm.width)
    return Expected(round(remains.stature_cm.middle * 2) / 2, max(error, width / MIDDLE_90))


def density(at: float, mean: float, variance: float) -> float:
    """Compute the normal density, per cm."""
    return exp(-((at - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


def population_density(found: Expected, female: float, population: StaturePopulation) -> float:
    """Density, per cm, of finding this stature among remains of this probability of sex."""
    women, men, other = population.female, population.male, population.other
    variance = found.sd_cm**2
    at = found.mean_cm
    adults = female * density(at, women.mean_cm, women.sd_cm**2 + variance)
    adults += (1 - female) * density(at, men.mean_cm, men.sd_cm**2 + variance)
    others = density(at, other.mean_cm, other.sd_cm**2 + variance)
    return (1 - other.share) * adults + other.share * others
