"""Curves and bins laid out as charts, with the same figures in rows for who reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.engine.judged import Bin
from casework.engine.weighing import Curve
from casework.web.curves import CurveChart, Dot, Line, Scale, line, ticks
from casework.web.described import Teller

LOWEST, HIGHEST = -2.5, 5.0
"""Weights that the charts have in common, so that kinds can be compared with each other."""

WHOLE_WEIGHTS = (-2, -1, 0, 1, 2, 3, 4)
TENTHS = tuple(each / 5 for each in range(6))
ENOUGH_TO_DRAW = 5
ROWS = 9


@dataclass(frozen=True, slots=True)
class Axis:
    """What is compared: its words, its ends, and where it is marked."""

    words: str
    ends: tuple[float, float]
    marks: Sequence[float]
    is_logarithmic: bool = False


def chart_of_curves(
    title: str, axis: Axis, curves: Sequence[Curve], teller: Teller, *, note: str
) -> CurveChart:
    """Draw weights along one difference."""
    scales = Scale(*axis.ends, axis.is_logarithmic), Scale(*_reach(curves))
    number = teller.wording.number
    marks = [each for each in WHOLE_WEIGHTS if scales[1].first <= each <= scales[1].last]
    return CurveChart(
        title=title,
        across=axis.words,
        up=teller.gettext("peso (log10)"),
        across_ticks=ticks(axis.marks, scales[0].across, lambda value: number(value, 0)),
        up_ticks=ticks(marks, scales[1].up, teller.wording.weight_short),
        lines=tuple(
            line(each.told, each.points, scales, str(dash)) for dash, each in enumerate(curves)
        ),
        table=_curve_rows(axis, curves, teller),
        even=scales[1].up(0),
        note=note,
    )


def _reach(curves: Sequence[Curve]) -> tuple[float, float]:
    top = max(weight for each in curves for _, weight in each.points)
    return LOWEST, min(max(1.0, round(top + 0.5)), HIGHEST)


def _curve_rows(
    axis: Axis, curves: Sequence[Curve], teller: Teller
) -> tuple[tuple[str, ...], ...]:
    at = [x for x, _ in curves[0].points]
    chosen = [round(step * (len(at) - 1) / (ROWS - 1)) for step in range(ROWS)]
    number, weight = teller.wording.number, teller.wording.weight_short
    rows = [(number(at[i], 0), *(weight(each.points[i][1]) for each in curves)) for i in chosen]
    return ((axis.words, *(each.told for each in curves)), *rows)


def reliability_chart(bins: Sequence[Bin], teller: Teller) -> CurveChart:
    """Draw how often proposals said to be so probable were true."""
    _ = teller.gettext
    share = Scale(0, 1)
    return CurveChart(
        title=_("¿Fue cierto tantas veces como se dijo?"),
        across=_("probabilidad que se dijo"),
        up=_("parte que resultó verdadera"),
        across_ticks=ticks(TENTHS, share.across, teller.wording.share),
        up_ticks=ticks(TENTHS, share.up, teller.wording.share),
        lines=(_guide(share),),
        dots=tuple(_dot(each, share, teller) for each in bins if _is_drawn(each)),
        table=_reliability_rows(bins, teller),
        note=_(
            "Sobre la línea, lo dicho y lo cierto son lo mismo. Por encima, se dijo de menos; "
            "por debajo, de más."
        ),
    )


def _is_drawn(each: Bin) -> bool:
    return each.pairs >= ENOUGH_TO_DRAW


def _guide(share: Scale) -> Line:
    start, end = (share.across(0), share.up(0)), (share.across(1), share.up(1))
    return Line("", f"M{start[0]} {start[1]}L{end[0]} {end[1]}", "guide")


def _dot(each: Bin, share: Scale, teller: Teller) -> Dot:
    said, so = teller.wording.share(each.said), teller.wording.share(each.so.value)
    return Dot(
        x=share.across(each.said),
        y=share.up(each.so.value),
        low=share.up(each.so.low),
        high=share.up(each.so.high),
        label=f"{said} → {so}",
    )


def _reliability_rows(bins: Sequence[Bin], teller: Teller) -> tuple[tuple[str, ...], ...]:
    _ = teller.gettext
    percent, number = teller.wording.share, teller.wording.number
    heading = (
        _("Se dijo"),
        _("Propuestas"),
        _("Verdaderas"),
        _("Parte verdadera"),
        _("Entre (95 %)"),
    )
    rows = [
        (
            percent(each.said),
            number(each.pairs, 0),
            number(each.true, 0),
            percent(each.so.value),
            f"{percent(each.so.low)} – {percent(each.so.high)}",
        )
        for each in bins
    ]
    return (heading, *rows)
