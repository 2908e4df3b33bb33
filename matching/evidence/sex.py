"""Weight of the sex reported of a missing person against the sex estimated of remains."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.codes import RemainsSex, Sex, SexMethod
from matching.evidence.numbers import OpenShare, log10_capped, mixed
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

ESTIMATED = {
    RemainsSex.FEMALE: Sex.FEMALE,
    RemainsSex.PROBABLE_FEMALE: Sex.FEMALE,
    RemainsSex.MALE: Sex.MALE,
    RemainsSex.PROBABLE_MALE: Sex.MALE,
}
ONLY_PROBABLE = (RemainsSex.PROBABLE_FEMALE, RemainsSex.PROBABLE_MALE)


@dataclass(frozen=True, slots=True)
class SexAccuracy:
    """Probability that an estimate is right, by the true sex."""

    female: OpenShare
    male: OpenShare


@dataclass(frozen=True, slots=True)
class SexParameters:
    """Errors of each method, the sexes among the remains, and wrongly registered sex."""

    wrong_report: OpenShare
    population: SexAccuracy
    accuracy: Mapping[str, SexAccuracy]
    probable: SexAccuracy


def weigh_sex(
    missing: MissingRecord, remains: RemainsRecord, parameters: SexParameters
) -> Weight | None:
    """Weigh the reported sex against the estimated one.

    Parameters
    ----------
    missing : MissingRecord
        `sex` female or male; intersex and unknown are not comparable by this model.
    remains : RemainsRecord
        `sex` with `sex_method`; indeterminate and unknown are not comparable.
    parameters : SexParameters
        Table ``sex`` of the model file.

    Returns
    -------
    Weight or None
        ``log10 [P(estimate | sex of the missing person) / P(estimate)]``, always finite:
        sex is never a hard filter. None where nothing can be compared.

    Notes
    -----
    Method, sources and limits: ``docs/methods/sex.md``.
    """
    estimate = ESTIMATED.get(remains.sex)
    if estimate is None or missing.sex not in (Sex.FEMALE, Sex.MALE):
        return None
    seen = chance_of_estimate(remains.sex, remains.sex_method, parameters)
    anybody = (
        share_female(parameters) * seen[Sex.FEMALE]
        + (1 - share_female(parameters)) * (seen[Sex.MALE])
    )
    ratio = mixed(parameters.wrong_report, seen[missing.sex] / anybody)
    reason = Reason.SEX_AGREES if estimate is missing.sex else Reason.SEX_DIFFERS
    facts = (
        ("missing", missing.sex.value),
        ("remains", remains.sex.value),
        ("method", remains.sex_method.value),
    )
    return Weight(Kind.SEX, log10_capped(ratio), reason, facts)


def chance_of_estimate(
    sex: RemainsSex, method: SexMethod, parameters: SexParameters
) -> dict[Sex, float]:
    """Probability of this estimate for a woman and for a man.

    Parameters
    ----------
    sex : RemainsSex
        Female, male, or either with "probable".
    method : SexMethod
    parameters : SexParameters

    Returns
    -------
    dict of Sex to float
        P(estimate | female) and P(estimate | male), each in (0, 1).
    """
    accuracy = parameters.accuracy[method.value]
    female, male = accuracy.female, accuracy.male
    if sex in ONLY_PROBABLE:
        female = min(female, parameters.probable.female)
        male = min(male, parameters.probable.male)
    if ESTIMATED[sex] is Sex.FEMALE:
        return {Sex.FEMALE: female, Sex.MALE: 1 - male}
    return {Sex.FEMALE: 1 - female, Sex.MALE: male}


def share_female(parameters: SexParameters) -> float:
    """Share of women and girls among the remains, in (0, 1)."""
    population = parameters.population
    return population.female / (population.female + population.male)


def chance_female(sex: RemainsSex, method: SexMethod, parameters: SexParameters) -> float:
    """Probability that remains so estimated are female, before any missing person is named.

    Returns
    -------
    float
        In (0, 1); the plain share among the remains where nothing was estimated.
    """
    share = share_female(parameters)
    if sex not in ESTIMATED:
        return share
    seen = chance_of_estimate(sex, method, parameters)
    female, male = share * seen[Sex.FEMALE], (1 - share) * seen[Sex.MALE]
    return female / (female + male)
