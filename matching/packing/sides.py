"""Both sides of a search, each read by every kind of evidence and then laid together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.packing.comparison import Comparison, Evidence, Judged


@dataclass(frozen=True, slots=True)
class Side:
    """What each kind reads from the records of one side."""

    records: int
    read: tuple[Any, ...]


def tell(left: Sequence[Any], evidence: Sequence[Evidence], judged: Judged) -> Side:
    """Read the left side."""
    return Side(len(left), tuple(kind.tell(left, judged) for kind in evidence))


def see(right: Sequence[Any], evidence: Sequence[Evidence], judged: Judged) -> Side:
    """Read the right side."""
    return Side(len(right), tuple(kind.see(right, judged) for kind in evidence))


def compare(
    told: Side, seen: Side, evidence: Sequence[Evidence], judged: Judged
) -> tuple[Comparison, ...]:
    """Lay both sides together, kind by kind."""
    return tuple(
        kind.compare(left, right, judged)
        for kind, left, right in zip(evidence, told.read, seen.read, strict=True)
    )
