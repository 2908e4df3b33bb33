"""How far two records of one kind agree, by the engine's own definitions, in plain outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.candidates.compared_facts import is_open
from casework.candidates.reading import Told, as_open
from casework.candidates.weighing import missing_record, remains_record
from casework.missing.model import MissingPerson
from casework.openings import Openings
from matching.evidence.weight import Weight
from matching.explanation import explain
from matching.model_file import load_model
from matching.pairings import NEWEST, Pairing, as_seen, as_told
from matching.records import MissingRecord, RemainsRecord
from matching.unknowns.commonness import read_kept

_NEAR = ("_near", "_partly_agrees", "_partly_agree", "_swapped", "_explainable", "_imprecision")
_DIFFERS = ("_differs", "_differ", "_far", "_unexplained", "_other_country", "_unusual")
_ONE_SIDED = ("_none_found", "_none_reported")


class Fit(StrEnum):
    """How a kind of evidence comes out."""

    AGREES = "agrees"
    NEAR = "near"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of evidence that both records tell of."""

    kind: str
    fit: Fit
    log10_lr: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that both records tell openly; what is closed on either side counts for nothing."""

    log10_lr: float
    reasons: tuple[Reason, ...]
    model: str  # which was asked


def weigh_two(one: tuple[object, Openings], other: tuple[object, Openings]) -> Weighed:
    """Weigh two records of one kind, by what is open of both; what weighs most comes first."""
    sides = (one, other)
    told = [as_open(record, openings) for record, openings in sides]  # type: ignore[arg-type]
    of_people = isinstance(one[0], MissingPerson)
    pairing = Pairing.MISSING_MISSING if of_people else Pairing.REMAINS_REMAINS
    left, right = (_record(each) for each in told)
    found = explain(as_told(left), as_seen(right), load_model(NEWEST[pairing]), read_kept(None))
    opened = [each for each in found.weights if _both_open(each, sides)]
    reasons = sorted(map(_reason, opened), key=lambda each: -abs(each.log10_lr))
    total = sum(each.log10_lr for each in opened)
    return Weighed(total, tuple(reasons), NEWEST[pairing])


def _record(told: Told) -> MissingRecord | RemainsRecord:
    return missing_record(told) if isinstance(told.row, MissingPerson) else remains_record(told)


def _both_open(weight: Weight, sides: Sequence[tuple[object, Openings]]) -> bool:
    return all(is_open(weight.kind.value, openings) for _, openings in sides)


def _reason(weight: Weight) -> Reason:
    return Reason(
        weight.kind.value, _fit(weight.reason.value, weight.log10_lr), weight.log10_lr
    )


def _fit(code: str, log10_lr: float) -> Fit:
    """Read an outcome off its code; a distance is told by what it weighs."""
    if code.endswith((*_DIFFERS, *_ONE_SIDED)):
        return Fit.DIFFERS
    if code.endswith(_NEAR):
        return Fit.NEAR
    if code.endswith("_distance"):
        return Fit.NEAR if log10_lr > 0 else Fit.DIFFERS
    return Fit.AGREES
