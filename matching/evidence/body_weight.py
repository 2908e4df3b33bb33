"""Weight of what a person weighed."""

from dataclasses import dataclass
from math import sqrt

from matching.codes import Condition
from matching.evidence.numbers import OpenShare, Positive, Share, log10_capped, mixed
from matching.evidence.stature import MIDDLE_90, density
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

FAR = 2.0
"""Standard deviations beyond which a difference is called large; it only words a reason."""
CM_A_STEP = 2


@dataclass(frozen=True, slots=True)
class KilogramReport:
    """Spread of what is told, and what the journey takes, as shares of the weight told."""

    sd_share: Positive
    lost_share: Share
    lost_sd_share: Positive


@dataclass(frozen=True, slots=True)
class MassIndex:
    """Mean and standard deviation of kilograms per square metre of stature."""

    mean: Positive
    sd: Positive


@dataclass(frozen=True, slots=True)
class Kilograms:
    """Mean and standard deviation of a weight, in kg."""

    mean_kg: Positive
    sd_kg: Positive


@dataclass(frozen=True, slots=True)
class OtherKilograms:
    """The share of weights that are no adult's, or noted wrongly, and how wide they lie."""

    share: OpenShare
    mean_kg: Positive
    sd_kg: Positive


@dataclass(frozen=True, slots=True)
class BodyWeightParameters:
    """Errors of weights told and found, and the population they are judged against."""

    unrelated: OpenShare
    scales_sd_kg: Positive
    report: KilogramReport
    mass_index: MassIndex
    population: Kilograms
    other: OtherKilograms


@dataclass(frozen=True, slots=True)
class SeenKilograms:
    """Weight found, its error, and the stature found or None."""

    kg: float
    width_kg: float
    stature_cm: float | None


def weigh_body_weight(
    missing: MissingRecord, remains: RemainsRecord, parameters: BodyWeightParameters
) -> Weight | None:
    """Weigh the kilograms told against those found soon after death.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `weight_kg`; `stature_cm` of the remains says whose weights they are judged against.
    parameters : BodyWeightParameters
        Table ``body_weight`` of the model file.

    Returns
    -------
    Weight or None
        ``log10 [N(found; expected) / density among people of that stature]``, never below
        ``log10(unrelated)``. None without both, and for remains that are not fresh: gases
        swell them, drought and animals take from them.

    Notes
    -----
    Method, sources and limits: ``docs/methods/build.md``.
    """
    told, seen = told_kilograms(missing), seen_kilograms(remains)
    if told is None or seen is None:
        return None
    person = expected_kilograms(told, seen, parameters)
    at = seen.kg
    ratio = density(at, person.mean_kg, person.sd_kg**2) / chance_of_kilograms(seen, parameters)
    far = abs(at - person.mean_kg) > FAR * person.sd_kg
    reason = Reason.BODY_WEIGHT_FAR if far else Reason.BODY_WEIGHT_NEAR
    facts = (("expected_kg", person.mean_kg), ("found_kg", at))
    return Weight(
        Kind.BODY_WEIGHT, log10_capped(mixed(parameters.unrelated, ratio)), reason, facts
    )


def told_kilograms(missing: MissingRecord) -> Kilograms | None:
    """Middle of the weight told and its width, rounded to whole kg; None if not told."""
    told = missing.weight_kg
    return (
        None if told is None else Kilograms(float(round(told.middle)), float(round(told.width)))
    )


def seen_kilograms(remains: RemainsRecord) -> SeenKilograms | None:
    """Weight found, rounded to whole kg, with the stature to 2 cm; None if it says nothing."""
    seen, stature = remains.weight_kg, remains.stature_cm
    if seen is None or remains.condition is not Condition.FULLY_FLESHED:
        return None
    cm = None if stature is None else float(CM_A_STEP * round(stature.middle / CM_A_STEP))
    return SeenKilograms(float(round(seen.middle)), float(round(seen.width)), cm)


def expected_kilograms(
    told: Kilograms, seen: SeenKilograms, parameters: BodyWeightParameters
) -> Kilograms:
    """Weight expected on the scales: what was told less what the journey takes."""
    mean, journey, width = after_the_journey(told, parameters)
    scales = scales_error_kg(seen, parameters) ** 2
    return Kilograms(mean, sqrt(journey + (width + scales)))


def after_the_journey(
    told: Kilograms, parameters: BodyWeightParameters
) -> tuple[float, float, float]:
    """Take off what the journey takes; give its variance too, and that of the width told."""
    report, kg = parameters.report, told.mean_kg
    variance = (kg * report.sd_share) ** 2 + (kg * report.lost_sd_share) ** 2
    return kg * (1 - report.lost_share), variance, told.sd_kg**2 / 12


def kilograms_of_anybody(seen: SeenKilograms, parameters: BodyWeightParameters) -> Kilograms:
    """Weight of anybody of the stature found, or of anybody where none was."""
    error = scales_error_kg(seen, parameters)
    if seen.stature_cm is None:
        population = parameters.population
        return Kilograms(population.mean_kg, sqrt(population.sd_kg**2 + error**2))
    squared_m = (seen.stature_cm / 100) ** 2
    index = parameters.mass_index
    return Kilograms(index.mean * squared_m, sqrt((index.sd * squared_m) ** 2 + error**2))


def chance_of_kilograms(seen: SeenKilograms, parameters: BodyWeightParameters) -> float:
    """Density, per kg, of finding this weight on anybody of the stature found."""
    anybody, other = kilograms_of_anybody(seen, parameters), parameters.other
    usual = density(seen.kg, anybody.mean_kg, anybody.sd_kg**2)
    error = scales_error_kg(seen, parameters)
    wide = density(seen.kg, other.mean_kg, other.sd_kg**2 + error**2)
    return (1 - other.share) * usual + other.share * wide


def scales_error_kg(seen: SeenKilograms, parameters: BodyWeightParameters) -> float:
    """Give the standard deviation of what was weighed, at least that of any scales."""
    return max(parameters.scales_sd_kg, seen.width_kg / MIDDLE_90)
