"""What it would be worth to know what is missing: which question to ask next."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.evidence.rarity import Rarity
from matching.evidence.weight import Kind
from matching.explanation import Lacking, Side, definitions, lacking_kinds
from matching.model_file import Model
from matching.records import MissingRecord, RemainsRecord
from matching.unknowns.answers import Answer, Expected, by_share, expected_of
from matching.unknowns.lists import possible_lists
from matching.unknowns.outcomes import possible_outcomes
from matching.unknowns.teeth import possible_charts
from matching.unknowns.values import Case, possible_finds, possible_reports

EVERY = 3
"""Where both sides are silent, every third value of each is gone through."""
LEAST = 0.01
"""A question from which less is expected is not worth anybody's time."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What is missing, on which side, and what to expect of learning it."""

    kind: Kind
    side: Side
    expected: Expected


def worth_knowing(
    missing: MissingRecord, remains: RemainsRecord, model: Model, rarity: Rarity
) -> tuple[Worth, ...]:
    """Rank what is missing by what it would be worth to know it.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
    model : Model
    rarity : Rarity
        Of the whole registry, or what is kept of it (`commonness.kept`).

    Returns
    -------
    tuple of Worth
        The highest expected weight, if both are one person, first. Kinds that both sides know
        and that cannot be compared are left out, and so is what nobody can be asked for:
        papers that were not found, soft tissue that is gone, an implant nobody spoke of; and
        what is worth less than `LEAST`.

    Notes
    -----
    Formula, derivation and what each kind assumes: ``docs/methods/missing-data.md``.
    """
    case = Case(missing, remains, model, rarity)
    found = []
    for lacking in lacking_kinds(missing, remains, model, rarity):
        expected = expected_of(_answers(lacking, case))
        if expected is not None and expected.if_same >= LEAST:
            found.append(Worth(lacking.kind, lacking.side, expected))
    return tuple(sorted(found, key=lambda each: -each.expected.if_same))


def _answers(lacking: Lacking, case: Case) -> Iterable[Answer]:
    if lacking.side is Side.NEITHER:
        return
    if lacking.kind is Kind.TEETH:
        yield from possible_charts(case)
    yield from possible_lists(lacking.kind, case)
    yield from possible_outcomes(lacking.kind, case)
    yield from _by_definition(lacking, case)


def _by_definition(lacking: Lacking, case: Case) -> Iterable[Answer]:
    """Put every value into the record that lacks it, and weigh by the kind's own definition."""
    kind, side = lacking.kind, lacking.side
    weigh = definitions(case.model, case.rarity)[kind]
    reports = [(1.0, case.missing)]
    finds = [(1.0, case.remains)]
    if side in (Side.MISSING, Side.BOTH):
        reports = list(possible_reports(kind, case))
    if side in (Side.REMAINS, Side.BOTH):
        finds = list(possible_finds(kind, case))
    if side is Side.BOTH and len(reports) * len(finds) > EVERY**6:
        reports, finds = reports[::EVERY], finds[::EVERY]
    for told, report in reports:
        for seen, find in finds:
            weight = weigh(report, find)
            if weight is not None:
                yield by_share(told * seen, weight.log10_lr)
