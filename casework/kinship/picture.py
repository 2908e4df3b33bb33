"""What is believed before, what each evidence adds and where it ends: bars on one log axis.

Each bar begins where the one above it ended, so that the eye does the sum.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casework.kinship.weighing import THRESHOLD_LOG10_ODDS, Beside

WIDTH, LEFT, RIGHT = 640.0, 168.0, 14.0
TOP, ROW, THICK = 30.0, 34.0, 16.0
LEAST_SPAN = 3.0  # powers of ten on either side of even
STEPS = (1, 2, 3, 5, 10, 20, 50, 100)
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: from where to where, in the units of the drawing."""

    x: float
    width: float
    y: float
    start: float
    end: float
    kind: str  # prior, supports, against, together


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, and how many powers of ten it stands for."""

    x: float
    power: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing; `threshold` is where the rules set their bar."""

    width: float
    height: float
    middle: float
    threshold: float
    left: float
    bottom: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def draw_together(found: Beside) -> Picture:
    """Draw prior, other evidence, DNA and all together."""
    before, total = found.before_dna, found.log10_odds
    ends = ((0.0, found.prior), (found.prior, before), (before, total), (0.0, total))
    low, high = _span([0.0, THRESHOLD_LOG10_ODDS, *(value for pair in ends for value in pair)])

    def at(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    rows = zip(("prior", "", "", "together"), ends, strict=True)
    bars = tuple(
        Bar(
            x=min(at(start), at(end)),
            width=max(round(abs(at(end) - at(start)), 1), 1.5),
            y=TOP + ROW * row,
            start=at(start),
            end=at(end),
            kind=kind or ("supports" if end >= start else "against"),
        )
        for row, (kind, (start, end)) in enumerate(rows)
    )
    bottom = TOP + ROW * len(bars)
    return Picture(
        width=WIDTH,
        height=bottom + 30.0,
        middle=at(0.0),
        threshold=at(THRESHOLD_LOG10_ODDS),
        left=LEFT,
        bottom=bottom,
        bars=bars,
        ticks=tuple(Tick(at(power), power) for power in _ticks(low, high)),
    )


def _span(values: Sequence[float]) -> tuple[float, float]:
    low = min(-LEAST_SPAN, math.floor(min(values) - 0.3))
    high = max(LEAST_SPAN + 1, math.ceil(max(values) + 0.3))
    return float(low), float(high)


def _ticks(low: float, high: float) -> list[int]:
    step = next((each for each in STEPS if (high - low) / each <= MOST_TICKS), STEPS[-1])
    first = math.ceil(low / step) * step
    return list(range(first, math.floor(high) + 1, step))
