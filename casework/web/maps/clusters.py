"""Gathering many points into few marks, so that a map of thousands can still be read."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

CELL = 34  # pixels; two marks nearer than this would hide each other


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points that fall into one cell: where they lie on average, and which they are.

    `kind` is `None` where kinds are mixed; `members` are positions in what was gathered.
    """

    x: float
    y: float
    members: tuple[int, ...]
    kind: str | None

    @property
    def count(self) -> int:
        """How many points the mark stands for."""
        return len(self.members)

    @property
    def radius(self) -> float:
        """Pixels; the area, not the radius, grows with the count, up to what a cell holds."""
        return min(6 + 1.1 * math.sqrt(self.count), CELL * 0.62)


Placed = tuple[float, float, str]


def gather(points: Iterable[Placed]) -> list[Cluster]:
    """Gather points (x, y, kind) by cells; the largest first, so that small ones lie on top."""
    cells: dict[tuple[int, int], list[tuple[int, Placed]]] = {}
    for number, point in enumerate(points):
        cell = int(point[0] // CELL), int(point[1] // CELL)
        cells.setdefault(cell, []).append((number, point))
    clusters = [_cluster(members) for members in cells.values()]
    return sorted(clusters, key=lambda cluster: -cluster.count)


def _cluster(members: list[tuple[int, Placed]]) -> Cluster:
    kinds = {kind for _, (_, _, kind) in members}
    return Cluster(
        x=sum(x for _, (x, _, _) in members) / len(members),
        y=sum(y for _, (_, y, _) in members) / len(members),
        members=tuple(number for number, _ in members),
        kind=kinds.pop() if len(kinds) == 1 else None,
    )
