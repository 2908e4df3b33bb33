"""The geometry of small charts: where each bar starts and ends, ready for SVG attributes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Log10 likelihood ratios beyond this are drawn to the edge: words, too, end at a million
# times, and a longer scale would hide what the quieter kinds say.
WIDEST = 6.0
WIDTH = 240.0
EVEN = math.log10(1.1)


@dataclass(frozen=True, slots=True)
class WeightBar:
    """One bar that grows from the middle, to the side that the evidence favours.

    `side` is `supports`, `against`, `even` or `absent`; `is_cut` says that the true
    weight lies beyond the edge of the scale.
    """

    x: float
    width: float
    side: str
    is_cut: bool
    total_width: float = WIDTH

    @property
    def middle(self) -> float:
        """Where neither explanation is favoured."""
        return self.total_width / 2


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a chart of counts, with the words under it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


def weight_bar(
    log10_lr: float | None, widest: float = WIDEST, total_width: float = WIDTH
) -> WeightBar:
    """Place the bar of one weight; a weight that could not be computed has no bar."""
    middle = total_width / 2
    if log10_lr is None or math.isnan(log10_lr):
        return WeightBar(middle, 0.0, "absent", is_cut=False, total_width=total_width)
    length = round(min(abs(log10_lr), widest) / widest * middle, 2)
    start = middle - length if log10_lr < 0 else middle
    return WeightBar(
        x=start,
        width=length,
        side=_side(log10_lr),
        is_cut=abs(log10_lr) > widest,
        total_width=total_width,
    )


def widest_of(weights: Sequence[float | None]) -> float:
    """Choose one scale for several bars, so that their lengths can be compared."""
    known = [abs(w) for w in weights if w is not None and math.isfinite(w)]
    return max(1.0, min(max(known, default=0.0), WIDEST))


def scale_of(weights: Sequence[float]) -> float:
    """Choose one scale for the sums of several pairings: none of them is cut."""
    known = [abs(weight) for weight in weights if math.isfinite(weight)]
    return max(1.0, *known) if known else 1.0


def columns(
    counts: Sequence[tuple[str, int]], width: float = 480.0, height: float = 120.0
) -> list[Column]:
    """Place the columns of a chart of counts, the tallest as high as the chart."""
    if not counts:
        return []
    tallest = max(1, *(count for _, count in counts))
    step = width / len(counts)
    return [
        Column(
            x=round(number * step + step * 0.12, 2),
            y=round(height - height * count / tallest, 2),
            width=round(step * 0.76, 2),
            height=round(height * count / tallest, 2),
            label=label,
            count=count,
        )
        for number, (label, count) in enumerate(counts)
    ]


def _side(log10_lr: float) -> str:
    if abs(log10_lr) < EVEN:
        return "even"
    return "supports" if log10_lr > 0 else "against"
