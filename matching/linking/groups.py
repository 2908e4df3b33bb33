"""Records that belong together: joined by strong links, never through a weak one.

If A is B and B is C, then A is C; but a chain of doubtful links soon says that everybody is one
person. So two groups become one only where a strong link joins them *and* most of their records
are linked with each other as well: a single clerk's slip cannot weld two people together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.linking.search import Links

STRONG = 0.9
"""Least posterior of a link that may join two groups; our choice."""
MOSTLY = 0.5
"""Least share of the pairs between two groups that must be linked, if weakly; our choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Records that belong together.

    Attributes
    ----------
    group : int32 array, shape (n_records,)
        Number of each record's group, from 0 in the order of their first records; -1 for
        records that are linked with none.
    because : tuple of int
        Positions in the links, of those that joined two groups: each is a reason that can be
        explained.
    refused : tuple of int
        Strong links that join nothing, as too few records of both sides are linked.
    """

    group: NDArray[np.int32]
    because: tuple[int, ...]
    refused: tuple[int, ...]


@dataclass(slots=True)
class _Grouping:
    """Groups while they grow: members by group, and which group a record is in."""

    linked: set[tuple[int, int]]
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def members_of(self, record: int) -> list[int]:
        return self.members.get(self.group_of.get(record, -1), [record])

    def belong(self, left: list[int], right: list[int]) -> bool:
        """Whether enough of the pairs between two groups are linked."""
        found = sum((min(a, b), max(a, b)) in self.linked for a in left for b in right)
        return found >= MOSTLY * len(left) * len(right)

    def join(self, left: list[int], right: list[int]) -> None:
        name = min(*left, *right)
        for old in {self.group_of.get(one) for one in (*left, *right)} - {None}:
            del self.members[old]  # type: ignore[arg-type]  # None was taken out
        self.members[name] = sorted([*left, *right])
        self.group_of |= dict.fromkeys(self.members[name], name)


def groups_of(links: Links, n_records: int, strong: float = STRONG) -> Groups:
    """Join linked records to groups.

    Parameters
    ----------
    links : Links
        The likeliest first, as `link` gives them, with weaker ones than `strong`.
    n_records : int
    strong : float
        Least posterior of a link that may join.

    Returns
    -------
    Groups
        The same whatever the order of equally likely links, but for ties.
    """
    pairs = list(zip(links.left.tolist(), links.right.tolist(), strict=True))
    grouping = _Grouping(set(pairs))
    because, refused = _grow(
        grouping, enumerate(pairs[: int((links.posterior >= strong).sum())])
    )
    numbers = {name: at for at, name in enumerate(sorted(grouping.members))}
    group = np.full(n_records, -1, dtype=np.int32)
    for record, name in grouping.group_of.items():
        group[record] = numbers[name]
    return Groups(group, tuple(because), tuple(refused))


def _grow(
    grouping: _Grouping, pairs: Iterable[tuple[int, tuple[int, int]]]
) -> tuple[list[int], list[int]]:
    because: list[int] = []
    waiting: list[tuple[int, tuple[int, int]]] = []
    for at, (a, b) in pairs:
        left, right = grouping.members_of(a), grouping.members_of(b)
        if b in left:
            continue
        if grouping.belong(left, right):
            grouping.join(left, right)
            because.append(at)
        else:
            waiting.append((at, (a, b)))
    apart = [at for at, (a, b) in waiting if b not in grouping.members_of(a)]
    return because, apart
