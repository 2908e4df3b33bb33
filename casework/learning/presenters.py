"""What the page about decisions shows: a report in words, and who signed what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.candidates.adopted import (
    SIGNERS,
    SetState,
    SetStep,
    WeightSet,
    WeightSetSignature,
)
from casework.engine.charted import reliability_chart
from casework.engine.judged import Bin, Share
from casework.engine.presenters import kind_words
from casework.engine.words import group_words
from casework.web.curves import CurveChart, ShareBar, share_bar
from casework.web.described import Teller
from casework.web.languages import marked

COLUMNS: Mapping[str, str] = {
    "year": marked("Año de la decisión"),
    "sex": marked("Sexo reportado"),
    "age_group": marked("Edad"),
    "nationality": marked("Nacionalidad"),
    "institution": marked("Institución que responde por el reporte"),
}
STATES: Mapping[SetState, tuple[str, str]] = {
    SetState.WAITS: (marked("en camino"), "own"),
    SetState.MADE: (marked("hecho"), "done"),
    SetState.FAILED: (marked("no se pudo hacer"), "warning"),
}
STEPS: Mapping[SetStep, str] = {
    SetStep.ADOPTS: marked("firmó que se use"),
    SetStep.TAKES_BACK: marked("lo retiró"),
}
VERDICTS: Mapping[str, str] = {
    "chance": marked("Puede ser azar."),
    "open": marked("No es azar: a este grupo se le halla menos."),
    "explained": marked("No es azar: a este grupo se le halla menos."),
}


@dataclass(frozen=True, slots=True)
class ShownFactor:
    """How much one side of one kind would count, and how many decisions say so."""

    kind: str
    side: str
    pairs: int
    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Where one group's identified people had stood."""

    name: str
    people: int
    within_ten: float
    low: float
    high: float
    bar: ShareBar


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """The groups of one column, and whether one of them is found less."""

    title: str
    groups: tuple[ShownGroup, ...]
    gap: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One penalty before and after, each with its limits."""

    name: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """What somebody signed, and why."""

    step: str
    institution: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownSet:
    """One report in a list."""

    number: int
    state: str
    tone: str
    requested_at: datetime
    signatures: tuple[ShownSignature, ...]
    waits: bool
    is_made: bool
    changes: bool
    is_in_force: bool
    lacks: int
    is_taken_back: bool

    @property
    def href(self) -> str:
        return f"/engine/learning/{self.number}"


def shown_set(
    row: WeightSet,
    signatures: Sequence[WeightSetSignature],
    teller: Teller,
    *,
    institutions: Mapping[int, str],
    in_force: int | None,
) -> ShownSet:
    """Tell how far one report is, and who signed it."""
    words, tone = STATES[row.state]
    adopts = sum(each.step == SetStep.ADOPTS for each in signatures)
    return ShownSet(
        row.id,
        teller.gettext(words),
        tone,
        row.requested_at,
        tuple(
            ShownSignature(
                teller.gettext(STEPS[each.step]),
                institutions.get(each.institution_id, ""),
                each.reason,
                each.signed_at,
            )
            for each in signatures
        ),
        row.state == SetState.WAITS,
        row.state == SetState.MADE,
        bool(row.factors),
        row.id == in_force,
        max(SIGNERS - adopts, 0),
        any(each.step == SetStep.TAKES_BACK for each in signatures),
    )


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What one report says."""

    model: str
    invented: bool
    decided: str
    true: str
    excluded: str
    left_out: str
    factors: tuple[ShownFactor, ...]
    scores: tuple[ShownScore, ...]
    said_true: tuple[float, float, int] | None
    reliability: CurveChart | None
    found: ShownGroup | None
    columns: tuple[ShownColumn, ...]
    lists: int
    comes: int
    leaves: int


def shown_report(
    report: Mapping[str, Any], teller: Teller, institutions: Mapping[int, str]
) -> ShownReport:
    """Put a report into words; what is of fewer than ten was never in it."""
    judged, moved = report["judged"], report["moved"]
    return ShownReport(
        model=report["model"],
        invented=report["invented"],
        **{
            name: _count(report[name], teller)
            for name in ("decided", "true", "excluded", "left_out")
        },
        factors=tuple(_factor(each, teller) for each in report["learned"]),
        scores=_scores(judged, teller),
        said_true=None
        if judged is None
        else (
            judged["before"]["said_true"],
            judged["after"]["said_true"],
            judged["before"]["true"],
        ),
        reliability=_chart(report["reliability"], teller),
        found=None
        if report["found"] is None
        else _group(teller.gettext("Todas"), report["found"], has_expected=False),
        columns=tuple(_column(each, teller, institutions) for each in report["columns"]),
        lists=moved["lists"],
        comes=moved["comes"],
        leaves=moved["leaves"],
    )


def _count(value: int | None, teller: Teller) -> str:
    if value is None:
        return teller.gettext("menos de diez")
    return teller.wording.number(value, 0)


def _factor(told: Mapping[str, Any], teller: Teller) -> ShownFactor:
    _ = teller.gettext
    return ShownFactor(
        kind_words(told["kind"], teller),
        _("a favor") if told["speaks_for"] else _("en contra"),
        told["pairs"],
        1.0,
        told["value"],
        told["low"],
        told["high"],
    )


def _scores(judged: Mapping[str, Any] | None, teller: Teller) -> tuple[ShownScore, ...]:
    if judged is None:
        return ()
    names = {"brier": "Brier", "log_loss": teller.gettext("Pérdida logarítmica")}
    return tuple(
        ShownScore(words, _score(judged["before"][name]), _score(judged["after"][name]))
        for name, words in names.items()
    )


def _score(told: Mapping[str, float]) -> tuple[float, float, float]:
    return told["value"], told["low"], told["high"]


def _chart(bins: Collection[Mapping[str, Any]], teller: Teller) -> CurveChart | None:
    if not bins:
        return None
    found = [
        Bin(
            each["pairs"],
            each["true"],
            each["mean_posterior"],
            Share(each["share_true"], each["share_low"], each["share_high"]),
        )
        for each in bins
    ]
    return reliability_chart(found, teller)


def _column(
    told: Mapping[str, Any], teller: Teller, institutions: Mapping[int, str]
) -> ShownColumn:
    column = told["column"]

    def name(group: str) -> str:
        if column == "institution" and group.isdecimal():
            return institutions.get(int(group), group)
        return group_words(column, group, teller)

    gap = told["gap"]
    return ShownColumn(
        teller.gettext(COLUMNS[column]),
        tuple(_group(name(each["name"]), each, has_expected=True) for each in told["groups"]),
        "" if gap is None else _gap_words(gap, name(gap["worst"]), name(gap["best"]), teller),
        gap is not None and gap["verdict"] != "chance",
    )


def _gap_words(gap: Mapping[str, Any], worst: str, best: str, teller: Teller) -> str:
    def points(share: float) -> str:
        return teller.wording.number(100 * share, 0).replace("-", "−")

    said = teller.gettext(
        "La mayor diferencia: %(points)s puntos (de %(low)s a %(high)s), %(worst)s por debajo "
        "de %(best)s."
    ) % {
        "points": points(gap["points"]),
        "low": points(gap["low"]),
        "high": points(gap["high"]),
        "worst": worst,
        "best": best,
    }
    return f"{said} {teller.gettext(VERDICTS[gap['verdict']])}"


def _group(name: str, told: Mapping[str, Any], *, has_expected: bool) -> ShownGroup:
    ten = told["within_ten"]
    expected = told["expected"] if has_expected else None
    return ShownGroup(
        name,
        told["people"],
        ten["value"],
        ten["low"],
        ten["high"],
        share_bar(ten["value"], ten["low"], ten["high"], expected),
    )
