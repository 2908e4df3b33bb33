"""What the page about the engine shows: the model, its weights as charts, how it was judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.candidates.presenters import KIND_WORDS
from casework.engine.charted import reliability_chart
from casework.engine.judged import Judged, JudgedColumn, JudgedGroup, JudgedKind, JudgedWorld
from casework.engine.weighing import InForce, sex_table
from casework.engine.weight_charts import weight_charts
from casework.engine.words import (
    COLUMNS,
    GRADES,
    METHODS,
    NOTES,
    SEX_COLUMNS,
    VERDICTS,
    WHY,
    WORLDS,
    group_words,
)
from casework.web.charts import widest_of
from casework.web.curves import ShareBar, share_bar
from casework.web.described import Teller


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One table of numbers that a version brought or changed."""

    path: str
    numbers: int
    source: str
    grade: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """One version of the model: why it came, what it changed, from which sources."""

    name: str
    version: str
    hash: str
    after: str
    why: str
    numbers: int
    kinds: str
    changed: tuple[ShownChange, ...]
    lost: tuple[str, ...]
    is_in_force: bool

    @classmethod
    def all_of(cls, model: InForce, teller: Teller) -> tuple["ShownEdition", ...]:
        _ = teller.gettext
        return tuple(
            cls(
                name=each.name,
                version=each.version,
                hash=each.hash,
                after=each.after,
                why=_(WHY[each.name]) if each.name in WHY else "",
                numbers=each.numbers,
                kinds=", ".join(kind_words(kind, teller).lower() for kind in each.kinds),
                changed=tuple(
                    ShownChange(
                        one.path,
                        one.numbers,
                        one.source,
                        _(GRADES[one.grade]) if one.grade else "",
                        one.is_new,
                    )
                    for one in each.changed
                ),
                lost=each.lost,
                is_in_force=each.name == model.name,
            )
            for each in model.editions
        )


@dataclass(frozen=True, slots=True)
class ShownSexRow:
    """What estimates by one method weigh: for each reported and each estimated sex."""

    method: str
    weights: tuple[float, ...]

    @classmethod
    def all_of(cls, teller: Teller) -> tuple["ShownSexRow", ...]:
        weights = {(c.method, c.reported, c.estimated): c.log10_lr for c in sex_table()}
        return tuple(
            cls(teller.code(method), tuple(weights[method, *pair] for pair in SEX_COLUMNS))
            for method in METHODS
        )


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """How one group fared, drawn and in figures."""

    name: str
    true_pairs: int
    within_ten: float
    low: float
    high: float
    expected: float
    median_rank: float | None
    bar: ShareBar

    @classmethod
    def of(cls, group: JudgedGroup, column: str, teller: Teller) -> "ShownGroup":
        ten = group.within_ten
        return cls(
            name=group_words(column, group.name, teller),
            true_pairs=group.true_pairs,
            within_ten=ten.value,
            low=ten.low,
            high=ten.high,
            expected=group.expected,
            median_rank=group.median_rank,
            bar=share_bar(ten.value, ten.low, ten.high, group.expected),
        )


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """The groups of one column, and what is to be said about the widest gap."""

    title: str
    groups: tuple[ShownGroup, ...]
    gap: str
    note: str

    @classmethod
    def all_of(cls, judged: Judged, teller: Teller) -> tuple["ShownColumn", ...]:
        by_place = {(each.column, each.side): each for each in judged.columns}
        return tuple(cls.of(by_place[place], teller) for place in COLUMNS if place in by_place)

    @classmethod
    def of(cls, judged: JudgedColumn, teller: Teller) -> "ShownColumn":
        place = judged.column, judged.side
        is_open = judged.gap is not None and judged.gap["verdict"] == "open"
        return cls(
            title=teller.gettext(COLUMNS[place]),
            groups=tuple(ShownGroup.of(each, judged.column, teller) for each in judged.groups),
            gap=_gap_words(judged, teller),
            note=teller.gettext(NOTES[place]) if is_open and place in NOTES else "",
        )


def _gap_words(judged: JudgedColumn, teller: Teller) -> str:
    _ = teller.gettext
    gap = judged.gap
    if gap is None:
        return _("No hay dos grupos con diez pares verdaderos o más: no se nombra diferencia.")
    said = _(
        "La mayor diferencia entre grupos de diez pares o más: %(points)s puntos (de %(low)s "
        "a %(high)s), %(worst)s por debajo de %(best)s. Por lo registrado se esperaban "
        "%(explained)s."
    ) % {
        "points": _points(gap["points"], teller),
        "low": _points(gap["low"], teller),
        "high": _points(gap["high"], teller),
        "worst": group_words(judged.column, gap["worst"], teller),
        "best": group_words(judged.column, gap["best"], teller),
        "explained": _points(gap["explained"], teller),
    }
    return f"{said} {_(VERDICTS[gap['verdict']])}"


def _points(share: float, teller: Teller) -> str:
    return teller.wording.number(100 * share, 0).replace("-", "−")


@dataclass(frozen=True, slots=True)
class ShownKind:
    """What one kind said of pairs known to be true."""

    name: str
    compared: float
    low: float | None
    median: float | None
    high: float | None

    @classmethod
    def all_of(cls, judged: Judged, teller: Teller) -> tuple["ShownKind", ...]:
        ordered = sorted(judged.kinds, key=_usual_gain, reverse=True)
        return tuple(
            cls(kind_words(each.kind, teller), each.compared, each.low, each.median, each.high)
            for each in ordered
            if each.compared
        )


def _usual_gain(kind: JudgedKind) -> float:
    return kind.compared * (kind.median or 0.0)


@dataclass(frozen=True, slots=True)
class ShownWorld:
    """How far finding falls when records are worse than they were invented."""

    name: str
    first: float
    within_ten: float
    within_fifty: float
    miscalibrated: float
    bar: ShareBar

    @classmethod
    def of(cls, world: JudgedWorld, teller: Teller) -> "ShownWorld":
        ten = world.recall[10]
        return cls(
            name=teller.gettext(WORLDS[world.name]),
            first=world.recall[1].value,
            within_ten=ten.value,
            within_fifty=world.recall[50].value,
            miscalibrated=world.miscalibrated,
            bar=share_bar(ten.value, ten.low, ten.high),
        )


def kind_words(kind: str, teller: Teller) -> str:
    """Name a kind of evidence as the comparison does."""
    return teller.gettext(KIND_WORDS[kind]) if kind in KIND_WORDS else kind


def widest_kind(kinds: Sequence[ShownKind]) -> float:
    """Choose one scale for the bars of all kinds."""
    return widest_of([each.median for each in kinds])


def engine_context(model: InForce, judged: Judged, teller: Teller) -> dict[str, Any]:
    """Give everything the page shows that does not depend on the registry."""
    kinds = ShownKind.all_of(judged, teller)
    return {
        "model": model,
        "editions": ShownEdition.all_of(model, teller),
        "charts": weight_charts(teller),
        "sex_rows": ShownSexRow.all_of(teller),
        "sex_columns": tuple(
            f"{teller.code(reported)} · {teller.code(estimated)}"
            for reported, estimated in SEX_COLUMNS
        ),
        "judged": judged,
        "is_of_model_in_force": judged.hash == model.hash,
        "reliability": reliability_chart(judged.reliability, teller),
        "columns": ShownColumn.all_of(judged, teller),
        "kinds": kinds,
        "never_compared": ", ".join(
            kind_words(each.kind, teller).lower() for each in judged.kinds if not each.compared
        ),
        "widest": widest_kind(kinds),
        "worlds": tuple(ShownWorld.of(each, teller) for each in judged.worlds),
    }
