"""Weight of a dental chart told of a missing person against the teeth of remains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from matching.evidence.age import reported_age
from matching.evidence.charts import (
    NOTHING,
    PLACES,
    POSITIONS,
    PRESENT,
    STAGES,
    Chart,
    chart_of,
    explainable,
)
from matching.evidence.numbers import OpenShare, Positive, Share, log10_capped, mixed
from matching.evidence.rarity import ChartRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

YOUNG_BELOW = 23
OLDER_FROM = 45
"""Ages, in years, between the bands by which mouths are told apart. The first is that of the
published shares of unrestored mouths (12 to 22.9 years); the second our choice."""

MOST_CHANGED = 0.9
"""Share of teeth that change at most, however old a chart."""
BANDS = ("young", "adult", "older", "unknown")

_NO_TOOTH = (STAGES["lost"], STAGES["replaced"])


@dataclass(frozen=True, slots=True)
class Mouths:
    """Mouths of one sort: how many people of each age have such, and their teeth.

    `young`, `adult`, `older` and `unknown` are shares of people; `changed` is the share of
    teeth that get on by a stage between a chart and death; the mappings say which share of
    the teeth of a position is found in each stage.
    """

    young: OpenShare
    adult: OpenShare
    older: OpenShare
    unknown: OpenShare
    changed: OpenShare
    front: Mapping[str, Share]
    premolar: Mapping[str, Share]
    molar: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class OldCharts:
    """Share of charts that are many years old, and how many times more teeth change there."""

    share: OpenShare
    times: Positive


@dataclass(frozen=True, slots=True)
class TeethParameters:
    """Sorts of mouths, what becomes of a tooth that changes, and errors of charts."""

    unrelated: OpenShare
    charting_error: OpenShare
    reference_charts: Positive
    old: OldCharts
    becomes: Mapping[str, Mapping[str, Share]]
    mouths: Mapping[str, Mouths]


@dataclass(frozen=True, slots=True)
class ToldTeeth:
    """A chart told, and the age band in which it was."""

    chart: Chart
    band: str


@dataclass(frozen=True, slots=True)
class SeenTeeth:
    """A chart of remains, and the age band estimated."""

    chart: Chart
    band: str


def weigh_teeth(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: TeethParameters,
    rarity: ChartRarity,
) -> Weight | None:
    """Weigh the chart told of a missing person against that of remains.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `teeth`, by ISO 3950 number; ages choose how common a mouth is.
    parameters : TeethParameters
        Table ``teeth`` of the model file.
    rarity : ChartRarity
        Charts of the remains of the registry.

    Returns
    -------
    Weight or None
        ``log10 [P(chart seen | chart told) / P(chart seen | anybody of that age)]`` over the
        teeth known on both sides, never below ``log10(unrelated)``. None where no tooth is
        known on both sides.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/teeth.md``.
    """
    told, seen = told_teeth(missing), seen_teeth(remains)
    if told is None or seen is None:
        return None
    return weigh_charts(told, seen, parameters, rarity, sorts=sorts_of_mouths(parameters))


def told_teeth(missing: MissingRecord) -> ToldTeeth | None:
    """Chart and age band of a missing person; None without a chart."""
    chart = chart_of(missing.teeth, after_death=False)
    age = reported_age(missing)
    middle = None if age is None else (age.low + age.high) / 2
    return None if chart is None else ToldTeeth(chart, band_of(middle))


def seen_teeth(remains: RemainsRecord) -> SeenTeeth | None:
    """Chart and age band of remains; None without a chart."""
    chart = chart_of(remains.teeth, after_death=True)
    middle = None if remains.age is None else remains.age.middle
    return None if chart is None else SeenTeeth(chart, band_of(middle))


def band_of(years: float | None) -> str:
    """Age band: young, adult, older or unknown."""
    if years is None:
        return "unknown"
    if years < YOUNG_BELOW:
        return "young"
    return "adult" if years < OLDER_FROM else "older"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of mouth, as probabilities of letters.

    `shares` by age band; `common` by position and letter; `step` by letter told and letter
    seen, `long_step` the same where the chart is old. `PRESENT` is any letter that is still
    a tooth in its place.
    """

    shares: Mapping[str, float]
    common: Mapping[str, Mapping[str, float]]
    step: Mapping[str, Mapping[str, float]]
    long_step: Mapping[str, Mapping[str, float]]


def weigh_charts(
    told: ToldTeeth,
    seen: SeenTeeth,
    parameters: TeethParameters,
    rarity: ChartRarity,
    *,
    sorts: Sequence[Sort],
) -> Weight | None:
    """Weigh two charts; see `weigh_teeth`. `sorts` are those of the same parameters."""
    compared = compared_teeth(told.chart, seen.chart)
    if not compared:
        return None
    person = chance_of_person(told, compared, sorts, parameters.old)
    anybody = chance_of_anybody(seen.band, compared, sorts)
    anybody = max(anybody, rarity.least_share(seen.chart, parameters.reference_charts))
    same = sum(before == after for _, before, after in compared)
    unexplained = sum(not explainable(before, after) for _, before, after in compared)
    facts = (
        ("compared", float(len(compared))),
        ("same", float(same)),
        ("unexplained", float(unexplained)),
    )
    weight = log10_capped(mixed(parameters.unrelated, person / anybody))
    return Weight(Kind.TEETH, weight, _reason(len(compared), same, unexplained), facts)


Compared = Sequence[tuple[int, str, str]]
"""Place in the chart, letter told and letter seen, of each tooth known on both sides."""


def compared_teeth(told: Chart, seen: Chart) -> Compared:
    """Teeth known on both sides."""
    return [
        (at, before, after)
        for at, (before, after) in enumerate(zip(told, seen, strict=True))
        if NOTHING not in (before, after)
    ]


def sorts_of_mouths(parameters: TeethParameters) -> tuple[Sort, ...]:
    """Compute the probabilities of each sort of mouth from the numbers of the model file.

    Returns
    -------
    tuple of Sort
        Over the sorts, `shares` sum to one for each band; over the seven stages `common` and
        `step` sum to one, and none is zero: a share `charting_error` of all teeth is written
        as any stage at all.
    """
    totals = {
        band: sum(getattr(mouths, band) for mouths in parameters.mouths.values())
        for band in BANDS
    }
    return tuple(
        Sort(
            {band: getattr(mouths, band) / totals[band] for band in BANDS},
            {
                position: _with_errors(getattr(mouths, position), parameters)
                for position in dict.fromkeys(POSITIONS)
            },
            _steps(mouths.changed, parameters),
            _steps(min(mouths.changed * parameters.old.times, MOST_CHANGED), parameters),
        )
        for mouths in parameters.mouths.values()
    )


def _steps(changed: float, parameters: TeethParameters) -> dict[str, dict[str, float]]:
    return {
        letter: _with_errors(_after(stage, changed, parameters), parameters)
        for stage, letter in STAGES.items()
    }


def _after(stage: str, changed: float, parameters: TeethParameters) -> dict[str, float]:
    becomes = parameters.becomes[stage]
    total = sum(becomes.values())
    shares = {name: changed * share / total for name, share in becomes.items()}
    shares[stage] = shares.get(stage, 0.0) + 1 - changed
    return shares


def _with_errors(shares: Mapping[str, float], parameters: TeethParameters) -> dict[str, float]:
    total, error = sum(shares.values()), parameters.charting_error
    chances = {
        letter: (1 - error) * shares.get(stage, 0.0) / total + error / len(STAGES)
        for stage, letter in STAGES.items()
    }
    return chances | {PRESENT: 1 - sum(chances[letter] for letter in _NO_TOOTH)}


def chance_of_person(
    told: ToldTeeth, compared: Compared, sorts: Sequence[Sort], old: OldCharts
) -> float:
    """Probability of what is seen if it is the mouth told of, some time later.

    ``Σ_c P(sort c | chart told) Σ_age P(age of the chart) Π_teeth P_c(seen | told, age)``:
    how fast teeth change depends on the sort of mouth, and the chart told says which sort it
    is. How old a chart is, nobody says; in an old one many teeth have changed, not one.
    """
    return sum(
        share
        * (
            (1 - old.share) * prod(sort.step[before][after] for _, before, after in compared)
            + old.share * prod(sort.long_step[before][after] for _, before, after in compared)
        )
        for sort, share in zip(sorts, shares_of_sorts(told, sorts), strict=True)
    )


def chance_of_anybody(band: str, compared: Compared, sorts: Sequence[Sort]) -> float:
    """Probability of what is seen in the mouth of anybody of that age band.

    ``Σ_c P(sort c | age) Π_teeth P_c(seen)``: the teeth of one mouth go together because
    mouths are of different sorts, and only for that.
    """
    return sum(
        sort.shares[band] * prod(sort.common[PLACES[at]][after] for at, _, after in compared)
        for sort in sorts
    )


def shares_of_sorts(told: ToldTeeth, sorts: Sequence[Sort]) -> tuple[float, ...]:
    """Probability of each sort of mouth, given a chart told and its age band; sums to one."""
    chances = [
        sort.shares[told.band]
        * prod(
            sort.common[PLACES[at]][before]
            for at, before in enumerate(told.chart)
            if before != NOTHING
        )
        for sort in sorts
    ]
    return tuple(chance / sum(chances) for chance in chances)


def _reason(compared: int, same: int, unexplained: int) -> Reason:
    if unexplained:
        return Reason.TEETH_UNEXPLAINED
    return Reason.TEETH_SAME if same == compared else Reason.TEETH_EXPLAINABLE
