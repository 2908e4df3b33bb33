"""What the engine makes of two charts, tooth by tooth."""

from collections.abc import Iterable

from casework.teeth.charts import ChartedTooth
from matching.evidence.charts import NOTHING, PRESENT, TEETH, Chart, chart_of, explainable
from matching.records import Listed, Tooth


def teeth_explained(
    told: Iterable[ChartedTooth], seen: Iterable[ChartedTooth]
) -> dict[int, bool]:
    """Say of every tooth that differs whether time explains it, as the engine weighs it.

    `told` of a missing person, `seen` of remains. Wisdom teeth and milk teeth are compared by
    nobody, and are not in it.
    """
    before, after = _chart(told, after_death=False), _chart(seen, after_death=True)
    return {
        number: explainable(one, other)
        for number, one, other in zip(TEETH, before, after, strict=True)
        if NOTHING not in (one, other) and _differ(one, other)
    }


def _chart(teeth: Iterable[ChartedTooth], *, after_death: bool) -> Chart:
    listed = Listed.of(*(Tooth(tooth.number, tooth.state) for tooth in teeth))
    return chart_of(listed, after_death=after_death) or NOTHING * len(TEETH)


def _differ(told: str, seen: str) -> bool:
    """Say whether a tooth differs; one lost after death says only that it was there."""
    return not explainable(told, seen) if seen == PRESENT else told != seen
